/* The bound chain as a model for Spin: docs/chain.md made small enough to be searched completely. README.md says what is
 * modelled, what is left out and why, and how to run it. Numbers (4), (4g) are messages, "rule 5" a rule of docs/chain.md,
 * I1 … I8 and "live" the invariants.
 *
 * Two citizens, each with one session, whose opening allows one application for the first and two for the second; two
 * kiosks, two cities. Application a is the (a % 2)th of session a / 2; its number stands for its digest too.
 *
 * The attackers, one on each hop, pool what they see. Every message sent stays with them for ever, in a place of its own
 * below, and a receiver may be handed any message of the kind that it waits for: early, late, twice, of another session,
 * at another city. Dropping is handing over nothing. They can sign for nobody, and open nothing sealed to an honest place.
 *
 * defences.pml says who can open what, and what each receiver checks; its flags leave single defences out. */

#ifndef CRASHES
#define CRASHES 1 /* how often a kiosk loses its memory, all together */
#endif
#define FORGED 4 /* the certificate that a dishonest city writes */
#define NOBODY 7
#define SESSION_OF(a) ((a) / 2)
#define PERSONS_OF(a) (a) /* whom it asks for: each time another choice from the holder's household */
#define MOST_IN_OPENING(session) (1 + (session))
#define EACH_SESSION(rule) :: rule(0) :: rule(1)
#define EACH_APPLICATION(rule) :: rule(0) :: rule(1) :: rule(2) :: rule(3)

mtype:kiosk = { free, opened, choosing, applied, confirming, paid, captured, submitted, printing, printed, down };
mtype:journal = { no_row, row_accepting, row_paid, row_submitted, row_printed, row_settled };
mtype:ledger = { unknown, begun, burnt, made, confirmed, settled };
mtype:money = { in_purse, in_escrow, in_box, given_back };
mtype:ending = { open_end, ended_returned, ended_with_paper, ended_as_case };
mtype:job = { no_job, queued, came_out, failed };

/* What was sent. The place in each array is the session or the application; `sent` says that the attackers have it. */
typedef Opening { bool sent; bit city; bit kiosk; bit epoch };                             /* (1) card and device key */
typedef Menu { bool sent; bit signer; byte sealed_to; byte names };                        /* (3) city */
typedef Application { bool sent };                                                         /* (4) session key */
typedef Certificate { bool sent; bit signer; byte sealed_to; byte names; byte drawn; byte images }; /* (4) city */
typedef Confirmation { bool sent; byte certificate };                                      /* (5) session key */
typedef Release { bool sent; bit signer; byte sealed_to; byte names };                     /* (5) city */
Opening opening[2];
Menu menu[2];
Application application[4];
Certificate certificate[5];
Confirmation confirmation[4];
Release release[4];

/* What is durable, or outside of any program. */
mtype:journal journal[4] = no_row; /* at the application's kiosk (rule 11) */
mtype:ending ending[4] = open_end; /* in its row; a settled row is its receipt (6), sent until both have it */
mtype:money money[4] = in_purse;
mtype:job job[2] = no_job;  /* each kiosk's printer */
byte queue[2] = NOBODY;     /* the application whose images lie in it */
byte images[2] = NOBODY;    /* … and whose page they show */
bool uncounted[2];          /* the printer's counter is ahead of the journal */
mtype:ledger ledger[8] = unknown; /* a row for each city and application */
#define ROW(city, a) ledger[4 * (city) + (a)]
byte desk[8] = NOBODY;      /* what a call at the issuer has drawn and not yet signed */
bit epoch[2];               /* of each city's ledger (rule 5) */
bool suppressed;            /* the first citizen's household: 支援措置 acknowledged by both cities */
bool waiting[2] = true;     /* a citizen who has not yet come */
byte crashes_left = CRASHES;

/* What only the properties look at. */
byte turn[2] = NOBODY; /* current(k): the application of whoever stands before kiosk k */
byte issues[4];        /* |Issue(a)| over all cities, nodes and restarts */
bit card_signs[2];
bool was_confirmed[4];
bool submits[4];
bool sheets[4];

#include "defences.pml"

/* ── The city's issuer ─────────────────────────────────────────────────────────────────────────────────────────────────
 * It keeps nothing between two calls but its ledger (decision 0006): each rule below is one call by any of its nodes. A
 * refusal is not modelled: to the kiosk it is an answer that does not come. */
inline make_menu(s) { /* (2) (3) */
    atomic {
        opening[s].sent && !menu[s].sent && CHAIN_HOLDS(city, s) && MAY_BE_ISSUED(s) ->
        menu[s].sent = true; menu[s].signer = city; menu[s].sealed_to = s; menu[s].names = s;
        printf("city %d: a menu for session %d\n", city, s)
    }
}
inline begin(a) { /* (4): the id and (opening, sequence) are committed, then the page is drawn (rule 5); twice is enough */
    atomic {
        application[a].sent && CHAIN_HOLDS(city, SESSION_OF(a)) && MAY_BE_ISSUED(SESSION_OF(a)) && WITHIN_OPENING(a) &&
        SEQUENCE_IS_NEW(city, a) && ID_IS_NEW(city, a) && issues[a] < 2 ->
        ROW(city, a) = begun; DESK(city, a) = PERSONS_OF(a); issues[a]++;
        printf("city %d: application %d is issued\n", city, a);
        assert(card_signs[SESSION_OF(a)] == 1);                        /* I2: CardSign < Apply < Issue */
        assert(opening[SESSION_OF(a)].city == city);                   /* I2: city(o) = city(a) = city(signer) */
        assert(issues[a] == 1);                                        /* I3 */
        assert(a % 2 < MOST_IN_OPENING(SESSION_OF(a)))                 /* I3 */
    }
}
inline sign(a) { /* (4) */
    atomic {
        ROW(city, a) == begun && DESK(city, a) != NOBODY && DRAWN_IS_ASKED(city, a) ->
        ROW(city, a) = made;
        certificate[a].sent = true; certificate[a].signer = city; certificate[a].sealed_to = SESSION_OF(a);
        certificate[a].names = a; certificate[a].drawn = PERSONS_STATED(city, a); certificate[a].images = DESK(city, a);
        DESK(city, a) = NOBODY;
        printf("city %d: a certificate for application %d, with the page of persons %d\n", city, a, certificate[a].images)
    }
}
inline lose(a) { /* the node crashes, or the page cannot be drawn: the id is spent */
    atomic {
        ROW(city, a) == begun -> ROW(city, a) = burnt; DESK(city, a) = NOBODY;
        printf("city %d: application %d is lost while it is drawn\n", city, a)
    }
}
inline confirm(a) { /* (5): one transaction reads suppression again and commits */
    atomic {
        confirmation[a].sent && CHAIN_HOLDS(city, SESSION_OF(a)) && MAY_BE_RELEASED(SESSION_OF(a)) &&
        ROW(city, a) == made && CERTIFICATE_IS_MADE(a) ->
        ROW(city, a) = confirmed; was_confirmed[a] = true;
        release[a].sent = true; release[a].signer = city; release[a].sealed_to = SESSION_OF(a); release[a].names = a;
        printf("city %d: application %d is confirmed and released\n", city, a);
        assert(issues[a] == 1);                                        /* I2: Issue < Confirm */
        assert(!(suppressed && SESSION_OF(a) == 0))                    /* I7 */
    }
}
inline settle_row(a) { /* (6): only the receipt of the application's own kiosk closes (rule 15) */
    atomic {
        RECEIPT_COMES(a) && opening[SESSION_OF(a)].city == city &&
        ROW(city, a) != unknown && ROW(city, a) != settled ->
        ROW(city, a) = settled; DESK(city, a) = NOBODY;
        printf("city %d: the receipt of application %d is recorded\n", city, a)
    }
}
proctype City(bit city) {
end:
    do
    EACH_SESSION(make_menu)
    EACH_APPLICATION(begin)
    EACH_APPLICATION(sign)
    EACH_APPLICATION(lose)
    EACH_APPLICATION(confirm)
    EACH_APPLICATION(settle_row)
    od
}

/* ── What happens to a city ────────────────────────────────────────────────────────────────────────────────────────── */
proctype Suppression() { suppressed = true; printf("both cities: the household of citizen 0 is suppressed\n") }
#ifdef RESTORE
proctype Restore() { /* city 0's ledger comes back from an old backup, and its epoch changes (rule 5) */
    byte a;
    atomic {
        for (a : 0 .. 3) { ROW(0, a) = unknown; DESK(0, a) = NOBODY };
        epoch[0] = 1; a = 0;
        printf("city 0: the ledger is restored from an empty backup\n")
    }
}
#endif

/* ── The kiosk ─────────────────────────────────────────────────────────────────────────────────────────────────────── */
inline sign_opening(c) { /* (0) (1): a city is chosen; its challenge may be old; the card signs once */
    waiting[c] = false; opening[c].sent = true; opening[c].kiosk = k; card_signs[c]++;
    if :: opening[c].city = 0 :: opening[c].city = 1 fi;
    if :: opening[c].epoch = 0 :: epoch[opening[c].city] == 1 -> opening[c].epoch = 1 fi;
    printf("kiosk %d: the card of citizen %d signs an opening for city %d\n", k, c, opening[c].city)
}
inline step_up(citizen) {
    atomic {
        step == free && MACHINES_IN_ORDER(k) && waiting[citizen] ->
        s = citizen; a = 2 * citizen; turn[k] = NOBODY; step = opened;
        sign_opening(citizen)
    }
}
inline accept_menu(x) {
    atomic {
        step == opened && menu[x].sent && OPENS_ANSWER(menu[x]) && SIGNED_BY_CITY(menu[x]) && menu[x].names == s ->
        step = choosing
    }
}
inline accept_certificate(x) { /* (4) opened and checked; journal: accepting; coins in escrow (0005); (5) asked for */
    atomic {
        step == applied && certificate[x].sent &&
        OPENS_ANSWER(certificate[x]) && SIGNED_BY_CITY(certificate[x]) && IS_OURS(x) ->
        held = x; pay()
    }
}
inline pay() {
    journal[a] = row_accepting; money[a] = in_escrow;
    confirmation[a].sent = true; confirmation[a].certificate = held; step = confirming;
    printf("kiosk %d: certificate %d is taken for application %d; the coins lie in escrow; confirmation\n", k, held, a)
}
inline accept_release(x) { /* (5) in time, while the call is open; journal: paid */
    atomic {
        step == confirming && release[x].sent &&
        OPENS_ANSWER(release[x]) && SIGNED_BY_CITY(release[x]) && RELEASES_OURS(x) ->
        note_paid()
    }
}
inline note_paid() {
    journal[a] = row_paid; step = paid;
    printf("kiosk %d: released; journal: paid\n", k);
    assert(was_confirmed[a] || !HONEST(opening[s].city))               /* I2: Confirm < Paid */
}
inline settle(how) {
    journal[a] = row_settled; ending[a] = how; uncounted[k] = false;
#ifdef RECEIPT_ONCE
    if :: receipt_lost[a] = true :: true fi;
#endif
    if
    :: job[k] != queued -> job[k] = no_job
    :: else /* it may still come out: MACHINES_IN_ORDER */
    fi
}
inline end_session() { s = NOBODY; a = NOBODY; held = NOBODY; step = free }
inline submit() {
    job[k] = queued; queue[k] = a; images[k] = certificate[held].images;
    printf("kiosk %d: application %d goes to the printer\n", k, a);
    assert(journal[a] == row_submitted);                               /* I8: durable(paid) < Submit */
    assert(money[a] == in_box);                                        /* I2: Paid < Submit */
    assert(certificate[held].signer == opening[SESSION_OF(a)].city);   /* I2 */
    assert(!submits[a]);                                               /* I8 */
    submits[a] = true
}
/* settle_after_restart (src/kiosk/core/recovery.cpp): the machines' own counters decide. */
inline recover() {
    if
    :: money[a] == in_escrow -> money[a] = given_back
    :: else
    fi;
    if
    :: money[a] != in_box -> settle(ended_returned)
    :: money[a] == in_box && journal[a] == row_printed -> settle(ended_with_paper)
    :: money[a] == in_box && journal[a] != row_printed -> settle(ended_as_case)
    fi;
    printf("kiosk %d: restarted; application %d is settled: %e\n", k, a, ending[a]);
    end_session()
}
proctype Kiosk(bit k) {
    mtype:kiosk step = free;
    byte s = NOBODY, a = NOBODY, held = NOBODY; /* all that a crash wipes; a restart finds `a` in the journal */
end:
    do
    EACH_SESSION(step_up)
    EACH_SESSION(accept_menu)
    :: atomic { step == opened && FORGES(opening[s].city) -> step = choosing }
    :: atomic { step == choosing -> /* (4) a new id each time */
        application[a].sent = true; turn[k] = a; step = applied;
        printf("kiosk %d: application %d\n", k, a) }
    EACH_APPLICATION(accept_certificate)
    :: atomic { step == applied && FORGES(opening[s].city) -> certificate[FORGED].signer = 1;
        certificate[FORGED].images = NOBODY; held = FORGED; pay() }
    EACH_APPLICATION(accept_release)
    :: atomic { step == confirming && FORGES(opening[s].city) -> note_paid() }
    :: atomic { step == opened || step == choosing || step == applied -> /* no answer in time, a wrong one, a cancel */
        printf("kiosk %d: session %d ends before any money\n", k, s); end_session() }
    :: atomic { step == confirming || step == paid -> /* the same, or the box does not take it */
        money[a] = given_back; settle(ended_returned);
        printf("kiosk %d: application %d ends, the money is given back\n", k, a); end_session() }
    :: atomic { step == paid -> money[a] = in_box; step = captured; printf("kiosk %d: the fee is taken\n", k) }
#ifdef NO_JOURNAL_FIRST /* written when it has been printed */
    :: atomic { step == captured -> step = submitted }
#else
    :: atomic { step == captured -> journal[a] = row_submitted; step = submitted }
#endif
    :: atomic { step == submitted -> submit(); step = printing }
    :: atomic { step == printing && job[k] == came_out ->
        journal[a] = row_printed; uncounted[k] = false; step = printed }
    :: atomic { step == captured || step == submitted || (step == printing && job[k] != came_out) ->
        /* the journal or the page is no good; the printer has failed, or says nothing for too long */
        settle(ended_as_case); printf("kiosk %d: application %d is not printed: a case\n", k, a); end_session() }
    :: atomic { step == printed -> /* taken or left behind; another one, or the end */
        settle(ended_with_paper); printf("kiosk %d: application %d is handed over\n", k, a);
        if
        :: a % 2 == 0 -> a++; held = NOBODY; step = choosing
        :: end_session()
        fi }
    :: atomic { crashes_left > 0 && step != free && step != down -> /* memory is gone; what was journalled is not */
        crashes_left--; printf("kiosk %d: crash\n", k);
        s = NOBODY; held = NOBODY;
        if
        :: journal[a] == no_row -> a = NOBODY; step = free
        :: else -> step = down
        fi }
#ifdef PRINT_AGAIN /* "tried again, printed fine" */
    :: atomic { step == down && journal[a] == row_submitted -> s = SESSION_OF(a); held = a; submit(); step = printing }
#endif
#ifndef NO_SETTLE_AT_RESTART
    :: atomic { step == down -> recover() }
#endif
    od
}

#ifdef DISHONEST_KIOSK
/* Has each card sign an opening, and says at once all that it will ever say: unpaid confirmations and receipts too. When a
 * city hears it is for the attackers to choose, so that saying it later would add nothing. */
inline misuse(citizen) {
    atomic {
        waiting[citizen] -> sign_opening(citizen);
        for (a : 2 * citizen .. 2 * citizen + 1) {
            application[a].sent = true; journal[a] = row_settled;
            confirmation[a].sent = true; confirmation[a].certificate = a
        };
        a = 0;
        printf("kiosk %d: dishonest, it asks for everything with the card of citizen %d\n", k, citizen)
    }
}
proctype DishonestKiosk(bit k) {
    byte a;
end:
    do
    EACH_SESSION(misuse)
    od
}
#endif

/* ── The printer: goes on by itself, whatever becomes of the kiosk's program ───────────────────────────────────────── */
proctype Printer(bit k) {
    byte a;
end:
    do
    :: atomic { job[k] == queued ->
        a = queue[k];
        printf("kiosk %d: A SHEET of application %d, with the page of persons %d\n", k, a, images[k]);
        assert(turn[k] == a && opening[SESSION_OF(a)].kiosk == k);     /* I1: kiosk(o) = k, current(k) = a */
        assert(images[k] == PERSONS_OF(a) || !HONEST(opening[SESSION_OF(a)].city)); /* I1: persons(p) = persons(a) */
        assert(card_signs[SESSION_OF(a)] == 1 && submits[a]);          /* I2 */
        assert(issues[a] == 1 || !HONEST(opening[SESSION_OF(a)].city)); /* I2 */
        assert(!sheets[a]);                                            /* I8 */
        sheets[a] = true; uncounted[k] = true; job[k] = came_out; queue[k] = NOBODY; images[k] = NOBODY; a = 0 }
    :: atomic { job[k] == queued -> job[k] = failed; queue[k] = NOBODY; images[k] = NOBODY }
    od
}

/* ── live: what is true when nothing can happen any more ───────────────────────────────────────────────────────────────
 * By then the attackers have handed over all that is of use to anybody, and every kiosk has restarted. That every run gets
 * there is a check of its own (README.md: no cycle). */
proctype AtTheEnd() {
    byte a;
    atomic { timeout ->
        for (a : 0 .. 3) {
            if
            :: !KEEPS_KEYS(SESSION_OF(a)) -> goto next /* a dishonest kiosk's word is worth nothing */
            :: else
            fi;
            assert(journal[a] == no_row || journal[a] == row_settled);                                       /* live */
            assert(money[a] != in_escrow);                                                                   /* live */
            assert(money[a] != in_box || ending[a] == ended_with_paper || ending[a] == ended_as_case);       /* live */
            assert(ending[a] != ended_with_paper || (sheets[a] && money[a] == in_box));                      /* live */
            assert(ending[a] != ended_returned || (!sheets[a] && money[a] != in_box));                       /* live */
            assert(ROW(0, a) != confirmed && ROW(1, a) != confirmed);    /* live: Confirm(a) leads to Settled(a) */
        next: skip
        };
        a = 0 }
}

init {
    atomic { run Kiosk(0); run Printer(0); run City(0);
#ifdef DISHONEST_KIOSK
        run DishonestKiosk(1);
#else
        run Kiosk(1); run Printer(1);
#endif
#ifndef DISHONEST_CITY
        run City(1);
#endif
#ifdef RESTORE
        run Restore();
#endif
        run Suppression(); run AtTheEnd() }
}
