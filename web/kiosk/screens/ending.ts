// The ways in which a session ends, and the screens of the page itself.
import problem from "../drawings/problem.svg";
import thanks from "../drawings/thanks.svg";
import { button, drawing, h } from "../element";
import { domicileRegistration } from "../protocol";
import type { Texts } from "../texts/languages";
import type { Draw, Screen } from "./screen";

export const ended: Draw<"ended"> = (_message, { ended: texts }) => ({
  title: texts.title,
  calm: "thanks",
  body: [drawing(thanks), h("p", { class: "lead" }, texts.lead), h("p", { class: "notice" }, texts.check)],
});

function telephone(label: string, number: string): HTMLElement {
  return h("p", { class: "telephone" }, h("span", {}, label), h("strong", {}, number));
}

const code = (label: string, value: string): HTMLElement => h("p", { class: "code" }, label, " ", h("code", {}, value));

function refundCase(number: string, { refused: texts }: Texts): HTMLElement {
  return h(
    "div",
    { class: "case" },
    h("p", {}, texts.case),
    h("p", { class: "case-number" }, number),
    h("p", { class: "hint" }, texts.case_why),
  );
}

export const refused: Draw<"refused"> = ({ view, service }, texts) => ({
  title: service === domicileRegistration ? texts.refused.title_registration : texts.refused.title,
  calm: "problem",
  main: button({ action: "close" }, { class: "main" }, texts.refused.close),
  spoken: view.sentence,
  body: [
    drawing(problem, "drawing small"),
    h("p", { class: "sentence" }, view.sentence),
    view.returned > 0 &&
      h("p", { class: "returned" }, h("span", {}, texts.refused.returned), h("strong", {}, texts.yen(view.returned))),
    h(
      "div",
      { class: "facts" },
      telephone(texts.refused.telephone, view.telephone),
      view.case !== "" && refundCase(view.case, texts),
    ),
    code(texts.refused.code, view.code),
  ],
});

function openCases(numbers: string[], label: string): HTMLElement {
  const list = h("ul", { class: "case-numbers" }, ...numbers.map((number) => h("li", {}, number)));
  return h("div", { class: "case" }, h("p", {}, label), list);
}

export const out_of_service: Draw<"out_of_service"> = ({ view }, { out_of_service: texts }) => ({
  title: texts.title,
  calm: "problem",
  spoken: view.sentence,
  body: [
    drawing(problem, "drawing small"),
    h("p", { class: "sentence" }, view.sentence),
    h(
      "div",
      { class: "facts" },
      telephone(texts.telephone, view.telephone),
      view.open_cases.length > 0 && openCases(view.open_cases, texts.cases),
    ),
    code(texts.code, view.code),
  ],
});

/** What the page shows of a message that it cannot show. */
export function failure({ failure: texts }: Texts): Screen {
  return {
    title: texts.title,
    calm: "problem",
    cancel: true,
    spoken: texts.what,
    body: [drawing(problem, "drawing small"), h("p", { class: "sentence" }, texts.what)],
  };
}

/** What the page shows once the program has closed the socket: nothing of the session. */
export function closed({ closed: texts }: Texts): Screen {
  return { title: texts.title, calm: "thanks", body: [h("p", { class: "lead" }, texts.lead)] };
}
