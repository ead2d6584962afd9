// The screens' words in English. Short sentences, plain words.
import type { Texts } from "./ja";

const yen = (amount: number): string => `¥${amount.toLocaleString("en-US")}`;
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const en: Texts = {
  name: "English",
  yen,
  service_name: "Certificate Service",
  service_under: "Certificates at a store",
  choose_language: "Language",
  back: "Back",
  cancel: "Cancel",
  next: "Next",
  steps_label: "Steps",
  steps: ["City", "Card", "Certificate", "Check", "Pay", "Receive"],
  step_of: (step, all, name) => `Step ${step} of ${all}: ${name}`,
  step_done: "done",

  countdown: {
    before: "Ending in",
    after: "seconds",
    why: "Everything you entered will be erased.",
    stay: "Continue",
    spoken: (seconds) => `This session ends in ${seconds} seconds. Press Continue to go on.`,
  },

  ask_cancel: {
    title: "Cancel everything?",
    what: "Everything you entered will be erased. All money that you put in will be returned.",
    go_on: "Go on",
    cancel: "Cancel everything",
  },

  service: {
    title: "Get your certificate here",
    lead: "Receive a copy of your residence certificate and other papers with your My Number Card.",
    needs_title: "What you need",
    need_card: "My Number Card",
    need_card_why: "with a certificate for user authentication",
    need_pin: "4-digit PIN",
    need_pin_why: "the number you set at your city office",
    need_money: "The fee",
    need_money_why: "in coins",
    terms_title: "Before you begin",
    terms: [
      "Three wrong PINs in a row lock your card.",
      "Only what the application needs is sent to the city, encrypted.",
      "When you finish, everything on this terminal is erased.",
      "A printed certificate cannot be returned or exchanged.",
    ],
    begin: "Agree and begin",
  },

  place: {
    title: "Which city should issue it?",
    lead: "Choose the city where you are registered. For a family register, choose the city of your 本籍 (registered domicile).",
    prefectures: "Prefecture",
    cities: "City",
    choose_first: "First, choose a prefecture.",
    cities_of: (prefecture) => `Cities in ${prefecture}`,
  },

  card_on: {
    title: "Place your card",
    lead: "Put your My Number Card on the reader.",
    stays: "Do not move the card until you are asked to.",
    city: "Applying to",
  },

  pin: {
    title: "Enter your PIN",
    lead: "The 4-digit number of your certificate for user authentication.",
    entered: (digits) => `${digits} of 4 digits entered`,
    wrong: "The PIN is not correct.",
    tries: (tries) => `${counted(tries, "try", "tries")} left`,
    tries_why: "Three wrong PINs in a row lock the card.",
    last_try: "One more wrong PIN locks the card. If you are not sure, press Cancel.",
    pad: "Digits",
    erase: "Erase one",
    enter: "Confirm",
  },

  card_off: {
    title: "Take your card",
    lead: "The card has been read. Take it to go on.",
    long: "Your card is still here. Please take it.",
    spoken: "Please take your card.",
  },

  working: {
    title: "Please wait",
    steps: {
      challenge: "Connecting to the city",
      card: "Checking the card. Do not move it",
      check: "Checking that the card's certificate is valid",
      issue: "The city is making your certificate",
      confirm: "Checking once more before you pay",
    },
  },

  kind: {
    title: "Which certificate do you need?",
    a_copy: "a copy",
    not_available: "Not available now",
  },

  persons: {
    title: "Who should be on it?",
    scope: "Extent",
    scopes: { "1": "Only me", "2": "Persons I choose", "3": "Whole household" },
    scope_other: (scope) => `Extent ${scope}`,
    persons: "Persons",
    holder: "You",
    chosen: "Included",
    not_chosen: "Not included",
  },

  items: {
    title: "What should it show?",
    lead: "Choose only what the receiver of the paper needs.",
    chosen: "Shown",
    not_chosen: "Not shown",
    none: "There is nothing to choose. Press Next.",
  },

  copies: {
    title: "How many copies?",
    fewer: "One fewer",
    more: "One more",
    unit: "",
    amount: "Fee",
    each: (fee) => `${yen(fee)} a copy`,
    most: (most) => `Up to ${most} copies`,
    spoken: (copies, amount) => `${counted(copies, "copy", "copies")}, ${yen(amount)}`,
  },

  summary: {
    title: "Is this right?",
    certificate: "Certificate",
    persons: "Persons",
    options: "Items shown",
    no_options: "None",
    copies: "Copies",
    copies_value: (copies) => counted(copies, "copy", "copies"),
    fee: "Total fee",
    note: "Once printed, it cannot be cancelled or refunded.",
    agree: "Apply for this",
  },

  pay: {
    title: "Please insert the fee",
    due: "Fee",
    inserted: "Inserted",
    rest: "Still to pay",
    enough: "Confirming your payment",
    coins: "Coins: ¥10, ¥50, ¥100, ¥500. Change is given.",
    demo: "Demo only",
    demo_why: "These buttons stand for coins. No real money is used.",
    insert: (coin) => `Insert ${yen(coin)}`,
    spoken: (inserted, rest) => `${yen(inserted)} inserted. ${yen(rest)} still to pay.`,
  },

  printing: {
    title: "Printing",
    sheet: (printed, sheets) => `${printed} of ${counted(sheets, "sheet", "sheets")} printed`,
    may_take: "This may take more than two minutes.",
    do_not_leave: "Please stay here until your certificate comes out.",
  },

  take: {
    title: "Please take everything",
    paper: "Certificate",
    change: "Change",
    no_change: "There is no change",
    receipt: "Receipt",
    again: "Get another certificate",
    finish: "I have everything",
    spoken: "Please take your certificate, your change and your receipt.",
    long: "Your certificate is still here. Please take it.",
    receipt_rows: {
      title: "Certificate",
      copies: "Copies",
      fee: "Fee",
      paid: "Received",
      change: "Change",
      at: "Date",
      kiosk: "Terminal",
      number: "Number",
    },
    copies_value: (copies) => `${copies}`,
    card: "Do you have your card?",
  },

  ended: {
    title: "Thank you",
    lead: "Everything you entered on this terminal has been erased.",
    check: "Do you have your certificate, your change and your card?",
  },

  refused: {
    title: "No certificate could be issued",
    telephone: "Please call",
    code: "Code",
    case: "Refund case number",
    case_why: "Please give this number when you call. Write it down or take a photo.",
    returned: "Money returned",
    close: "Finish",
  },

  out_of_service: {
    title: "Out of service",
    telephone: "Please call",
    code: "Code",
    cases: "Case numbers being handled",
  },

  failure: {
    title: "This screen cannot be shown",
    what: "The procedure cannot go on. Press Cancel. Money that you put in will be returned.",
  },

  closed: {
    title: "The session has ended",
    lead: "Please wait until the screen changes.",
  },
};
