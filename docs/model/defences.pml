/* What stands between an attacker and an answer: who can open, and what each receiver checks. One name for each defence,
 * used by the rules of chain.pml. A flag NO_... leaves it out, others name the bad habit that takes its place. */

/* ── Whose keys the attackers hold ─────────────────────────────────────────────────────────────────────────────────── */
#ifdef DISHONEST_CITY /* city 1 opens what is sealed to it, seals it again to city 0, and signs whatever it likes */
#define HONEST(city) ((city) == 0)
#else
#define HONEST(city) true
#endif
#ifdef DISHONEST_KIOSK /* kiosk 1 opens what is sealed to its sessions, seals it again to others, and asks as it likes */
#define KEEPS_KEYS(s) (opening[s].kiosk == 0 || !opening[s].sent)
#else
#define KEEPS_KEYS(s) true
#endif

/* ── At the issuer ─────────────────────────────────────────────────────────────────────────────────────────────────── */
#ifdef RECEIPT_ONCE /* not repeated until both have it */
bool receipt_lost[4];
#define RECEIPT_COMES(a) (journal[a] == row_settled && !receipt_lost[a])
#else
#define RECEIPT_COMES(a) (journal[a] == row_settled)
#endif
#ifdef NO_CITY_SEAL
#define OPENS_REQUEST(city, s) true
#else
#define OPENS_REQUEST(city, s) (opening[s].city == (city) || !HONEST(opening[s].city))
#endif
#ifdef NO_OPENING_CITY
#define IS_FOR(city, s) true
#else
#define IS_FOR(city, s) (opening[s].city == (city))
#endif
#ifdef NO_EPOCH
#define IS_OF_THIS_EPOCH(city, s) true
#else
#define IS_OF_THIS_EPOCH(city, s) (opening[s].epoch == epoch[city])
#endif
#define CHAIN_HOLDS(city, s) (OPENS_REQUEST(city, s) && IS_FOR(city, s) && IS_OF_THIS_EPOCH(city, s))
#define MAY_BE_ISSUED(s) !(suppressed && (s) == 0)
#ifdef NO_RELEASE_READS_AGAIN
#define MAY_BE_RELEASED(s) true
#else
#define MAY_BE_RELEASED(s) MAY_BE_ISSUED(s)
#endif

#ifdef ID_FROM_CLOCK /* two applications within one second get one id, and one file */
#define DESK(city, a) desk[4 * (city)]
#define ID_IS_NEW(city, a) \
    (ROW(city, 0) == unknown && ROW(city, 1) == unknown && ROW(city, 2) == unknown && ROW(city, 3) == unknown)
#else
#define DESK(city, a) desk[4 * (city) + (a)]
#define ID_IS_NEW(city, a) (ROW(city, a) == unknown)
#endif
#ifdef NO_ID_ONCE
#undef ID_IS_NEW
#define ID_IS_NEW(city, a) true
#endif
#ifdef NO_SEQUENCE_ONCE
#define SEQUENCE_IS_NEW(city, a) true
#else
#define SEQUENCE_IS_NEW(city, a) (ROW(city, a) == unknown)
#endif
#ifdef NO_MOST_IN_OPENING
#define WITHIN_OPENING(a) true
#else
#define WITHIN_OPENING(a) ((a) % 2 < MOST_IN_OPENING(SESSION_OF(a)))
#endif
#ifdef NO_DRAWN_CHECK /* the statement repeats whom the application named */
#define DRAWN_IS_ASKED(city, a) true
#define PERSONS_STATED(city, a) PERSONS_OF(a)
#else
#define DRAWN_IS_ASKED(city, a) (DESK(city, a) == PERSONS_OF(a))
#define PERSONS_STATED(city, a) DESK(city, a)
#endif
#ifdef NO_CERTIFICATE_NAMED
#define CERTIFICATE_IS_MADE(a) true
#else
#define CERTIFICATE_IS_MADE(a) (confirmation[a].certificate == (a))
#endif

/* ── At the kiosk ──────────────────────────────────────────────────────────────────────────────────────────────────── */
#ifdef NO_SESSION_SEAL
#define OPENS_ANSWER(answer) true
#else
#define OPENS_ANSWER(answer) (answer.sealed_to == s || !KEEPS_KEYS(answer.sealed_to))
#endif
#ifdef NO_CITY_SIGNER
#define SIGNED_BY_CITY(answer) true
#define FORGES(city) !HONEST(1)
#else
#define SIGNED_BY_CITY(answer) (answer.signer == opening[s].city)
#define FORGES(city) !HONEST(city)
#endif
#ifdef NO_CERTIFICATE_QUESTION
#define IS_OURS(x) true
#else
#define IS_OURS(x) (certificate[x].names == a && certificate[x].drawn == PERSONS_OF(a))
#endif
#ifdef NO_RELEASE_QUESTION
#define RELEASES_OURS(x) true
#else
#define RELEASES_OURS(x) (release[x].names == a)
#endif
#ifdef NO_IDLE_CHECK
#define MACHINES_IN_ORDER(k) true
#else
#define MACHINES_IN_ORDER(k) (job[k] != queued && !uncounted[k])
#endif
