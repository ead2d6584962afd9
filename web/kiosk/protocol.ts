// What the kiosk's program and its page say to each other: docs/kiosk-screens.md in types.

export interface Place {
  name: string;
  name_en: string;
}
export interface City extends Place {
  code: string;
}
export interface Prefecture extends Place {
  cities: City[];
}
export interface Kind {
  kind: number;
  title: string;
  fee: number; // yen a copy
  available: boolean;
  code: string; // of the reason, if not available
  why: string; // the reason, in the session's language, if not available
}
export interface Kana {
  text: string; // katakana
  characters: number;
  most: number;
  complete: boolean; // may be given as a name
}
export interface Era {
  era: number; // 0: 西暦
  name: string; // Japanese
}
export interface Person {
  index: number;
  name: string;
  relation: string;
  holder: boolean; // whose card it is
  chosen: boolean;
}
export interface Option {
  option: number;
  name: string;
  chosen: boolean;
  available: boolean;
  beside: string; // the option without which it is not available, in the session's language
}
export interface Receipt {
  city: string;
  title: string;
  copies: number;
  fee: number;
  paid: number;
  change: number;
  at: string;
  kiosk: string;
  number: string;
}

export type WorkingStep = "challenge" | "card" | "check" | "register" | "issue" | "confirm";

/** What the citizen has come for; 0 while that is not known. */
export const homeCity = 1;
export const domicileCity = 2;
export const domicileRegistration = 3;

export const householdGroup = 1; // of a kind: it is about 世帯; 2: about 戸籍

/** The view of each screen. */
export interface Views {
  service: object;
  registration: object;
  place: { prefectures: Prefecture[] };
  applicant: Kana;
  head: Kana;
  born: { eras: Era[]; era: number; year_digits: number; digits: string; complete: boolean; wrong: boolean };
  telephone: { digits: string; most: number; complete: boolean };
  registration_summary: { city: string; applicant: string; head: string; born: string; telephone: string };
  card_on: { city: string };
  pin: { digits: number; tries_left: number; wrong: boolean };
  card_off: { waiting_for_long: boolean };
  working: { step: WorkingStep };
  kind: { kinds: Kind[]; telephone: string };
  persons: { group: number; scopes: number[]; scope: number; persons: Person[] };
  items: { options: Option[] };
  copies: { copies: number; most: number; fee_each: number };
  summary: { title: string; persons: string[]; options: string[]; copies: number; fee: number };
  pay: { due: number; inserted: number; simulated: boolean };
  printing: { sheets: number; printed: number };
  take: { change: number; receipt: Receipt; again: boolean; waiting_for_long?: boolean };
  accepted: { city: string; number: string; telephone: string };
  ended: object;
  refused: { code: string; sentence: string; telephone: string; returned: number; case: string };
  out_of_service: { sentence: string; code: string; telephone: string; open_cases: string[] };
}

export type ScreenName = keyof Views;

/** One message of the program: everything that the page shows. */
export interface Message<S extends ScreenName = ScreenName> {
  screen: S;
  language: string;
  languages: string[];
  session: string;
  service: number;
  seconds_left: number; // 0: this screen has no limit
  can_go_back: boolean;
  view: Views[S];
}

/** One message of the page. */
export type Action =
  | { action: "begin"; service: number }
  | { action: "enter" | "erase_digit" | "erase_kana" | "next" | "agree" | "another" | "finish" | "close" }
  | { action: "back" | "cancel" | "stay" }
  | { action: "language"; language: string }
  | { action: "choose_city"; city: string }
  | { action: "digit"; digit: string }
  | { action: "kana"; kana: string }
  | { action: "mark_kana"; mark: "voiced" | "half_voiced" | "small" }
  | { action: "choose_era"; era: number }
  | { action: "choose_kind"; kind: number }
  | { action: "choose_scope"; scope: number }
  | { action: "toggle_person"; index: number }
  | { action: "toggle_option"; option: number }
  | { action: "set_copies"; copies: number }
  | { action: "insert_coin"; yen: number };

/** The message in `text`, or null if it is none. Whether its view is whole shows when it is drawn. */
export function readMessage(text: unknown): Message | null {
  if (typeof text !== "string") return null;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof said !== "object" || said === null) return null;
  const message = said as Partial<Message>;
  const whole =
    typeof message.screen === "string" &&
    typeof message.language === "string" &&
    Array.isArray(message.languages) &&
    typeof message.view === "object" &&
    message.view !== null;
  return whole ? (said as Message) : null;
}
