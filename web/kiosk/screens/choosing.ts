// What is asked for: kind, persons, items, copies, and the summary.
import { button, h, type Child } from "../element";
import { householdGroup, type Kind, type Option, type Person } from "../protocol";
import type { Texts } from "../texts/languages";
import type { Draw } from "./screen";

const next = (texts: Texts): HTMLElement => button({ action: "next" }, { class: "main" }, texts.next);

// More than these stand closer together, so that nobody has to scroll for them.
const mostSpaciousKinds = 6;
const mostSpaciousOptions = 8;

function kindButton(kind: Kind, telephone: string, texts: Texts): HTMLElement {
  const price = h("span", { class: "fee" }, texts.kind.a_copy, " ", h("strong", {}, texts.yen(kind.fee)));
  const why = h(
    "span",
    { class: "why" },
    h("b", {}, texts.kind.not_available),
    " ",
    kind.why,
    h("span", { class: "why-call" }, texts.kind.call, " ", h("strong", {}, telephone)),
  );
  return button(
    { action: "choose_kind", kind: kind.kind },
    { class: "choice kind", key: `kind-${kind.kind}`, disabled: !kind.available },
    h("span", { class: "what" }, kind.title),
    kind.available ? price : why,
  );
}

export const kind: Draw<"kind"> = ({ view }, texts) => ({
  title: texts.kind.title,
  step: 3,
  cancel: true,
  body: [h("div", { class: view.kinds.length > mostSpaciousKinds ? "choices kinds many" : "choices kinds" }, ...view.kinds.map((each) => kindButton(each, view.telephone, texts)))],
});

/** A mark that says chosen or not by shape and word, not by colour alone. */
function mark(chosen: boolean, yes: string, no: string): Child[] {
  return [
    h("i", { class: chosen ? "mark chosen" : "mark", "aria-hidden": "true" }),
    h("span", { class: "state" }, chosen ? yes : no),
  ];
}

function personButton(person: Person, texts: Texts): HTMLElement {
  const { chosen, not_chosen, holder } = texts.persons;
  return button(
    { action: "toggle_person", index: person.index },
    { class: "choice toggle", key: `person-${person.index}`, pressed: person.chosen },
    h(
      "span",
      { class: "what" },
      h("span", { class: "person-name", lang: "ja" }, person.name),
      person.relation !== "" && h("small", {}, person.relation),
      person.holder && h("em", { class: "holder" }, holder),
    ),
    ...mark(person.chosen, chosen, not_chosen),
  );
}

export const persons: Draw<"persons"> = ({ view }, texts) => ({
  title: texts.persons.title,
  step: 3,
  cancel: true,
  main: next(texts),
  body: [
    h(
      "div",
      { class: "scopes", role: "group", "aria-label": texts.persons.scope },
      ...view.scopes.map((scope) =>
        button(
          { action: "choose_scope", scope },
          { class: "choice scope", key: `scope-${scope}`, pressed: scope === view.scope },
          (view.group === householdGroup ? texts.persons.scopes : texts.persons.scopes_register)[scope] ??
            texts.persons.scope_other(scope),
        ),
      ),
    ),
    h("h2", {}, texts.persons.persons),
    h("div", { class: "choices toggles" }, ...view.persons.map((each) => personButton(each, texts))),
  ],
});

function optionButton(option: Option, texts: Texts): HTMLElement {
  return button(
    { action: "toggle_option", option: option.option },
    {
      class: "choice toggle",
      key: `option-${option.option}`,
      pressed: option.chosen,
      disabled: !option.available && !option.chosen,
    },
    h(
      "span",
      { class: "what" },
      option.name,
      option.beside !== "" && h("small", {}, texts.items.beside(option.beside)),
    ),
    ...mark(option.chosen, texts.items.chosen, texts.items.not_chosen),
  );
}

export const items: Draw<"items"> = ({ view }, texts) => ({
  title: texts.items.title,
  step: 3,
  cancel: true,
  main: next(texts),
  body: [
    h("p", { class: "lead" }, view.options.length > 0 ? texts.items.lead : texts.items.none),
    h("div", { class: view.options.length > mostSpaciousOptions ? "choices toggles many" : "choices toggles" }, ...view.options.map((each) => optionButton(each, texts))),
  ],
});

export const copies: Draw<"copies"> = ({ view }, texts) => {
  const amount = view.copies * view.fee_each;
  const change = (to: number, key: string, label: string, sign: string) =>
    button(
      { action: "set_copies", copies: to },
      { class: "stepper", key, label, disabled: to < 1 || to > view.most },
      sign,
    );
  return {
    title: texts.copies.title,
    step: 3,
    cancel: true,
    main: next(texts),
    spoken: texts.copies.spoken(view.copies, amount),
    body: [
      h(
        "div",
        { class: "copies" },
        change(view.copies - 1, "fewer", texts.copies.fewer, "−"),
        h("p", { class: "count" }, h("strong", {}, String(view.copies)), texts.copies.unit),
        change(view.copies + 1, "more", texts.copies.more, "＋"),
      ),
      h("p", { class: "hint" }, texts.copies.most(view.most)),
      h(
        "p",
        { class: "amount" },
        h("span", {}, texts.copies.amount),
        h("strong", {}, texts.yen(amount)),
        h("small", {}, texts.copies.each(view.fee_each)),
      ),
    ],
  };
};

function row(name: string, ...value: Child[]): HTMLElement {
  return h("div", { class: "row" }, h("dt", {}, name), h("dd", {}, ...value));
}

const list = (entries: string[], language?: string): HTMLElement =>
  h("ul", {}, ...entries.map((entry) => h("li", { lang: language }, entry)));

export const summary: Draw<"summary"> = ({ view }, texts) => ({
  title: texts.summary.title,
  step: 4,
  cancel: true,
  main: button({ action: "agree" }, { class: "main" }, texts.summary.agree),
  body: [
    h(
      "dl",
      { class: "rows" },
      row(texts.summary.certificate, view.title),
      view.persons.length > 0 && row(texts.summary.persons, list(view.persons, "ja")),
      row(texts.summary.options, view.options.length > 0 ? list(view.options) : texts.summary.no_options),
      row(texts.summary.copies, texts.summary.copies_value(view.copies)),
      row(texts.summary.fee, h("strong", { class: "total" }, texts.yen(view.fee))),
    ),
    h("p", { class: "notice" }, texts.summary.note),
  ],
});
