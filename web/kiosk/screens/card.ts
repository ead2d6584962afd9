// The card on the reader, the PIN, the card off the reader, and the waits between.
import cardOff from "../drawings/card_off.svg";
import cardOn from "../drawings/card_on.svg";
import waiting from "../drawings/waiting.svg";
import { button, drawing, h } from "../element";
import { domicileRegistration, type Message, type WorkingStep } from "../protocol";
import type { Draw } from "./screen";

const pinLength = 4;

/** The card's place among the steps: at once, or after all that a registration types. */
const cardStep = ({ service }: Pick<Message, "service">): number => (service === domicileRegistration ? 5 : 2);

export const card_on: Draw<"card_on"> = ({ view, service }, { card_on: texts }) => ({
  title: texts.title,
  step: cardStep({ service }),
  cancel: true,
  body: [
    h("p", { class: "lead" }, texts.lead),
    drawing(cardOn),
    h("p", { class: "notice" }, texts.stays),
    h("p", { class: "applying-to" }, h("span", {}, texts.city), " ", h("strong", {}, view.city)),
  ],
});

function tries(left: number): HTMLElement {
  const marks = [1, 2, 3].map((n) => h("i", { class: n <= left ? "try left" : "try" }));
  return h("span", { class: "tries-marks", "aria-hidden": "true" }, ...marks);
}

export const pin: Draw<"pin"> = ({ view, service }, { pin: texts }) => {
  const digits = Math.max(0, Math.min(pinLength, view.digits));
  const last = view.tries_left <= 1;
  const key = (digit: string) => button({ action: "digit", digit }, { class: "key", key: `digit-${digit}` }, digit);
  return {
    title: texts.title,
    step: cardStep({ service }),
    cancel: true,
    spoken: [view.wrong ? texts.wrong : "", texts.tries(view.tries_left), texts.entered(digits)].join(" "),
    body: [
      h("p", { class: "lead" }, texts.lead),
      h(
        "div",
        { class: "pin" },
        h(
          "div",
          { class: "pin-state" },
          h(
            "div",
            { class: "pin-digits", role: "img", "aria-label": texts.entered(digits) },
            ...Array.from({ length: pinLength }, (_, n) => h("i", { class: n < digits ? "digit filled" : "digit" })),
          ),
          h(
            "div",
            { class: last ? "tries last" : "tries", "data-tries": view.tries_left },
            view.wrong && h("p", { class: "wrong" }, texts.wrong),
            h("p", { class: "tries-left" }, tries(view.tries_left), h("strong", {}, texts.tries(view.tries_left))),
            h("p", {}, last ? texts.last_try : texts.tries_why),
          ),
        ),
        h(
          "div",
          { class: "pad", role: "group", "aria-label": texts.pad },
          ...["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(key),
          button({ action: "erase_digit" }, { class: "key word", key: "erase", disabled: digits === 0 }, texts.erase),
          key("0"),
          button(
            { action: "enter" },
            { class: "key word main", key: "enter", disabled: digits < pinLength },
            texts.enter,
          ),
        ),
      ),
    ],
  };
};

export const card_off: Draw<"card_off"> = ({ view, service }, { card_off: texts }) => ({
  title: texts.title,
  step: cardStep({ service }),
  cancel: true,
  spoken: view.waiting_for_long ? texts.long : texts.spoken,
  body: [
    h("p", { class: "lead" }, texts.lead),
    drawing(cardOff),
    view.waiting_for_long && h("p", { class: "warning" }, texts.long),
  ],
});

const stepAfterCard: Partial<Record<WorkingStep, number>> = { issue: 4, confirm: 5 };

export const working: Draw<"working"> = ({ view, service }, { working: texts }) => ({
  title: texts.title,
  step: stepAfterCard[view.step] ?? cardStep({ service }),
  calm: "wait",
  spoken: texts.steps[view.step],
  body: [drawing(waiting), h("p", { class: "lead doing", "data-step": view.step }, texts.steps[view.step])],
});
