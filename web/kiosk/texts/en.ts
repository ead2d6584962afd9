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
  registration_steps: ["About", "City", "Details", "Check", "Card", "Number"],
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
    home: { what: "City where I live", why: "Residence, seal, tax and more" },
    domicile: { what: "City of my 本籍", why: "Family register, once you have registered" },
    registration: { what: "Register for my 本籍", why: "If it is not where you live" },
  },

  place: {
    title: "Which city should issue it?",
    lead: "Choose the city where you are registered as a resident.",
    title_domicile: "Which city is your 本籍 in?",
    lead_domicile: "Choose the city of your 本籍 (registered domicile).",
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
      register: "Sending your application to the city",
      issue: "The city is making your certificate",
      confirm: "Checking once more before you pay",
    },
  },

  kind: {
    title: "Which certificate do you need?",
    a_copy: "a copy",
    not_available: "Not available now",
    call: "Questions:",
  },

  persons: {
    title: "Who should be on it?",
    scope: "Extent",
    scopes: { "1": "Only me", "2": "Persons I choose", "3": "Whole household" },
    scopes_register: { "1": "Only me", "2": "Persons I choose", "3": "Whole register" },
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
    beside: (option) => `Only with “${option}”`,
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

  registration: {
    title: "Register for your 本籍 (registered domicile)",
    lead: "If you live in another city, register once, and then receive papers of your family register here.",
    how_title: "What happens",
    how: [
      "You enter names in katakana, your date of birth and telephone number.",
      "You show who you are with your My Number Card and its PIN.",
      "Staff of that city compare it with the family register and decide. This takes some days.",
    ],
    needs_title: "What you need",
    needs: [
      "Your My Number Card and its 4-digit PIN",
      "The name of the 筆頭者 (the person named first in the register)",
      "There is no fee",
    ],
    city: "City of your 本籍",
    applicant: "Your name in katakana",
    head: "筆頭者 in katakana",
    born: "Date of birth",
    telephone: "Telephone",
    note: "Next, you use your card. This is sent encrypted, and only to the city of your 本籍.",
    agree: "Apply with this",
    accepted_title: "Your application was accepted",
    accepted_lead: "Staff will check it. Once you are registered, you can receive papers of your family register.",
    number: "Your number",
    accepted_note: "The number cannot be shown again. Write it down or take a photograph.",
    accepted_spoken: (number) => `Your application was accepted. Your number is ${number}.`,
    finish: "I have noted it",
  },

  typing: {
    applicant_title: "Your name in katakana?",
    applicant_lead: "Put a space between family name and given name.",
    head_title: "The 筆頭者 in katakana?",
    head_lead: "The person who is named first in the family register.",
    typed: (text) => (text === "" ? "Nothing entered yet" : `Entered: ${text}`),
    kana_pad: "Katakana",
    marks_label: "Marks, space, erase",
    marks: {
      voiced: { sign: "カ→ガ", name: "Voiced mark" },
      half_voiced: { sign: "ハ→パ", name: "Half-voiced mark" },
      small: { sign: "ツ→ッ", name: "Small letter" },
    },
    blank: "Space",
    born_title: "Your date of birth?",
    born_lead: "Choose the era or the western calendar, then enter the digits.",
    born_hint: "Put a 0 before a single digit: March is 03.",
    born_wrong: "There is no such day. Check era and digits.",
    era: "Era",
    eras: { 明治: "Meiji", 大正: "Taisho", 昭和: "Showa", 平成: "Heisei", 令和: "Reiwa", 西暦: "Western" },
    units: { year: "Y", month: "M", day: "D" },
    telephone_title: "Your telephone number?",
    telephone_lead: "Staff may call you with a question.",
    telephone_hint: "10 or 11 digits, with the area code.",
  },

  ended: {
    title: "Thank you",
    lead: "Everything you entered on this terminal has been erased.",
    check: "Do you have your certificate, your change and your card?",
  },

  refused: {
    title: "No certificate could be issued",
    title_registration: "The application could not be accepted",
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
