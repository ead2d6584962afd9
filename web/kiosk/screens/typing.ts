// What a registration (本籍地利用登録申請) asks for by touch: katakana from a 五十音 keyboard, a day of birth, a telephone
// number. The program holds what is typed; a key goes out and is forgotten.
import { button, h, type Child } from "../element";
import type { Era, Kana } from "../protocol";
import type { Texts } from "../texts/languages";
import type { Draw, Screen } from "./screen";

const inputStep = 3; // of the registration's steps
const western = 0; // in the place of an era's number

// The columns of the 五十音 as in every table of it, from the right: あ, か, さ … わ. A space is no key.
const columns = ["アイウエオ", "カキクケコ", "サシスセソ", "タチツテト", "ナニヌネノ", "ハヒフヘホ", "マミムメモ", "ヤ ユ ヨ", "ラリルレロ", "ワヲンー "];
const blank = "　"; // between family name and given name

const next = (texts: Texts, ready: boolean): HTMLElement =>
  button({ action: "next" }, { class: "main", key: "next", disabled: !ready }, texts.next);

const kanaKey = (kana: string): Child =>
  kana === " " ? h("span", {}) : button({ action: "kana", kana }, { class: "key", key: `kana-${kana}` }, kana);

function markKey(mark: "voiced" | "half_voiced" | "small", empty: boolean, { typing: texts }: Texts): HTMLElement {
  const { sign, name } = texts.marks[mark];
  const look = { class: "key word", key: `mark-${mark}`, label: `${sign} ${name}`, disabled: empty };
  return button({ action: "mark_kana", mark }, look, sign);
}

function kanaPad(view: Kana, texts: Texts): HTMLElement {
  const empty = view.characters === 0;
  const full = view.characters >= view.most;
  const blankLook = { class: "key word", key: "kana-blank", disabled: empty || full };
  return h(
    "div",
    { class: "pad kana-pad" },
    h(
      "div",
      { class: "kana-keys", role: "group", "aria-label": texts.typing.kana_pad, lang: "ja" },
      ...columns.flatMap((column) => [...column].map(kanaKey)),
    ),
    h(
      "div",
      { class: "kana-marks", role: "group", "aria-label": texts.typing.marks_label },
      markKey("voiced", empty, texts),
      markKey("half_voiced", empty, texts),
      markKey("small", empty, texts),
      button({ action: "kana", kana: blank }, blankLook, texts.typing.blank),
      button({ action: "erase_kana" }, { class: "key word", key: "erase", disabled: empty }, texts.pin.erase),
    ),
  );
}

function kanaScreen(view: Kana, title: string, lead: string, texts: Texts): Screen {
  const shown = view.text.replaceAll(blank, "␣");
  return {
    title,
    step: inputStep,
    cancel: true,
    main: next(texts, view.complete),
    spoken: texts.typing.typed(view.text),
    body: [
      h("p", { class: "lead" }, lead),
      h(
        "p",
        { class: view.characters > 20 ? "typed long" : "typed", lang: "ja", "data-typed": view.text },
        h("span", { class: "typed-text" }, shown),
        h("i", { class: "caret", "aria-hidden": "true" }),
      ),
      kanaPad(view, texts),
    ],
  };
}

export const applicant: Draw<"applicant"> = ({ view }, texts) =>
  kanaScreen(view, texts.typing.applicant_title, texts.typing.applicant_lead, texts);

export const head: Draw<"head"> = ({ view }, texts) =>
  kanaScreen(view, texts.typing.head_title, texts.typing.head_lead, texts);

function digitPad(full: boolean, empty: boolean, texts: Texts): HTMLElement {
  const key = (digit: string) =>
    button({ action: "digit", digit }, { class: "key", key: `digit-${digit}`, disabled: full }, digit);
  return h(
    "div",
    { class: "pad", role: "group", "aria-label": texts.pin.pad },
    ...["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(key),
    h("span", {}),
    key("0"),
    button({ action: "erase_digit" }, { class: "key word", key: "erase", disabled: empty }, texts.pin.erase),
  );
}

function eraButton(era: Era, chosen: number, { typing: texts }: Texts): HTMLElement {
  return button(
    { action: "choose_era", era: era.era },
    { class: "choice era", key: `era-${era.era}`, pressed: era.era === chosen },
    texts.eras[era.name] ?? era.name,
  );
}

export const born: Draw<"born"> = ({ view }, texts) => {
  const { year_digits: years, digits, era } = view;
  const part = (from: number, size: number, unit: string): Child[] => [
    h("span", { class: size === 4 ? "date-part four" : "date-part" }, digits.slice(from, from + size)),
    h("small", {}, unit),
  ];
  const name = view.eras.find((each) => each.era === era)?.name ?? "";
  const units = texts.typing.units;
  return {
    title: texts.typing.born_title,
    step: inputStep,
    cancel: true,
    main: next(texts, view.complete),
    spoken: [view.wrong ? texts.typing.born_wrong : "", texts.typing.eras[name] ?? name, digits].join(" "),
    body: [
      h("p", { class: "lead" }, texts.typing.born_lead),
      h(
        "div",
        { class: "eras", role: "group", "aria-label": texts.typing.era },
        ...view.eras.map((each) => eraButton(each, era, texts)),
      ),
      h(
        "div",
        { class: "typing" },
        h(
          "div",
          { class: "typing-state" },
          h(
            "p",
            { class: "date", "data-typed": digits },
            era !== western && h("span", { class: "date-era" }, texts.typing.eras[name] ?? name),
            ...part(0, years, units.year),
            ...part(years, 2, units.month),
            ...part(years + 2, 2, units.day),
          ),
          h("p", { class: "hint" }, texts.typing.born_hint),
          view.wrong && h("p", { class: "warning" }, texts.typing.born_wrong),
        ),
        digitPad(view.complete, digits === "", texts),
      ),
    ],
  };
};

export const telephone: Draw<"telephone"> = ({ view }, texts) => ({
  title: texts.typing.telephone_title,
  step: inputStep,
  cancel: true,
  main: next(texts, view.complete),
  spoken: texts.typing.typed(view.digits),
  body: [
    h("p", { class: "lead" }, texts.typing.telephone_lead),
    h(
      "div",
      { class: "typing" },
      h(
        "div",
        { class: "typing-state" },
        h(
          "p",
          { class: "typed", "data-typed": view.digits },
          h("span", { class: "typed-text" }, view.digits),
          h("i", { class: "caret", "aria-hidden": "true" }),
        ),
        h("p", { class: "hint" }, texts.typing.telephone_hint),
      ),
      digitPad(view.digits.length >= view.most, view.digits === "", texts),
    ),
  ],
});
