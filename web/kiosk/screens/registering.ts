// 本籍地利用登録申請: what it is, what is sent, and the number under which the city keeps it.
import { button, h } from "../element";
import type { Draw } from "./screen";

export const registration: Draw<"registration"> = (_message, texts) => {
  const words = texts.registration;
  return {
    title: words.title,
    step: 1,
    cancel: true,
    main: button({ action: "next" }, { class: "main", key: "next" }, texts.next),
    body: [
      h("p", { class: "lead" }, words.lead),
      h(
        "section",
        { class: "terms", "aria-labelledby": "what-happens" },
        h("h2", { id: "what-happens" }, words.how_title),
        h("ol", {}, ...words.how.map((each) => h("li", {}, each))),
      ),
      h(
        "section",
        { class: "terms", "aria-labelledby": "what-is-needed" },
        h("h2", { id: "what-is-needed" }, words.needs_title),
        h("ul", {}, ...words.needs.map((each) => h("li", {}, each))),
      ),
    ],
  };
};

export const registration_summary: Draw<"registration_summary"> = ({ view }, texts) => {
  const words = texts.registration;
  const row = (name: string, value: string, language?: string) =>
    h("div", { class: "row" }, h("dt", {}, name), h("dd", { lang: language }, value));
  return {
    title: texts.summary.title,
    step: 4,
    cancel: true,
    main: button({ action: "agree" }, { class: "main", key: "agree" }, words.agree),
    body: [
      h(
        "dl",
        { class: "rows" },
        row(words.city, view.city),
        row(words.applicant, view.applicant, "ja"),
        row(words.head, view.head, "ja"),
        row(words.born, view.born, "ja"),
        row(words.telephone, view.telephone),
      ),
      h("p", { class: "notice" }, words.note),
    ],
  };
};

export const accepted: Draw<"accepted"> = ({ view }, texts) => {
  const words = texts.registration;
  return {
    title: words.accepted_title,
    step: 6,
    main: button({ action: "finish" }, { class: "main", key: "finish" }, words.finish),
    spoken: words.accepted_spoken(view.number),
    body: [
      h("p", { class: "lead" }, words.accepted_lead),
      h(
        "div",
        { class: "facts" },
        h("div", { class: "case" }, h("p", {}, words.number), h("p", { class: "case-number", "data-number": view.number }, view.number)),
        h("p", { class: "telephone" }, h("span", {}, view.city), h("strong", {}, view.telephone)),
      ),
      h("p", { class: "notice" }, words.accepted_note),
    ],
  };
};
