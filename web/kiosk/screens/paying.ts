// Paying, printing, and taking what came out.
import coins from "../drawings/coins.svg";
import printer from "../drawings/printing.svg";
import takeAll from "../drawings/take.svg";
import { button, drawing, h } from "../element";
import type { Receipt } from "../protocol";
import type { Texts } from "../texts/languages";
import type { Draw } from "./screen";

const simulatedCoins = [10, 50, 100, 500]; // yen

function demoPanel(texts: Texts): HTMLElement {
  return h(
    "section",
    { class: "demo", "aria-labelledby": "demo" },
    h("h2", { id: "demo" }, texts.pay.demo),
    h("p", {}, texts.pay.demo_why),
    h(
      "div",
      { class: "coins" },
      ...simulatedCoins.map((yen) =>
        button(
          { action: "insert_coin", yen },
          { class: "coin", key: `coin-${yen}`, label: texts.pay.insert(yen) },
          texts.yen(yen),
        ),
      ),
    ),
  );
}

export const pay: Draw<"pay"> = ({ view }, texts) => {
  const rest = Math.max(0, view.due - view.inserted);
  const money = (name: string, yen: number, className: string) =>
    h("div", { class: className }, h("dt", {}, name), h("dd", {}, texts.yen(yen)));
  return {
    title: texts.pay.title,
    step: 5,
    cancel: true,
    spoken: texts.pay.spoken(view.inserted, rest),
    body: [
      h(
        "div",
        { class: "pay" },
        drawing(coins, "drawing small"),
        h(
          "dl",
          { class: "money", "data-due": view.due, "data-inserted": view.inserted },
          money(texts.pay.due, view.due, "due"),
          money(texts.pay.inserted, view.inserted, "inserted"),
          money(texts.pay.rest, rest, "rest"),
        ),
      ),
      h("p", { class: "hint" }, rest > 0 ? texts.pay.coins : texts.pay.enough),
      view.simulated && demoPanel(texts),
    ],
  };
};

export const printing: Draw<"printing"> = ({ view }, texts) => {
  const printed = Math.min(view.printed, view.sheets);
  return {
    title: texts.printing.title,
    step: 6,
    spoken: texts.printing.sheet(printed, view.sheets),
    body: [
      drawing(printer),
      h(
        "p",
        { class: "lead sheets", "data-sheets": view.sheets, "data-printed": view.printed },
        texts.printing.sheet(printed, view.sheets),
      ),
      h("progress", {
        max: Math.max(1, view.sheets),
        value: printed,
        "aria-label": texts.printing.sheet(printed, view.sheets),
      }),
      h("p", { class: "notice" }, texts.printing.may_take, " ", texts.printing.do_not_leave),
    ],
  };
};

function receiptSlip(receipt: Receipt, texts: Texts): HTMLElement {
  const names = texts.take.receipt_rows;
  const row = (name: string, value: string) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return h(
    "section",
    { class: "receipt", "aria-labelledby": "receipt" },
    h("h2", { id: "receipt" }, texts.take.receipt),
    h("p", { class: "receipt-city" }, receipt.city),
    h(
      "dl",
      {},
      row(names.title, receipt.title),
      row(names.copies, texts.take.copies_value(receipt.copies)),
      row(names.fee, texts.yen(receipt.fee)),
      row(names.paid, texts.yen(receipt.paid)),
      row(names.change, texts.yen(receipt.change)),
      row(names.at, receipt.at),
      row(names.kiosk, receipt.kiosk),
      row(names.number, receipt.number),
    ),
  );
}

export const take: Draw<"take"> = ({ view }, texts) => ({
  title: texts.take.title,
  step: 6,
  main: button({ action: "finish" }, { class: "main" }, texts.take.finish),
  spoken: view.waiting_for_long ? texts.take.long : texts.take.spoken,
  body: [
    view.waiting_for_long && h("p", { class: "warning" }, texts.take.long),
    h(
      "div",
      { class: "take" },
      h(
        "div",
        { class: "take-what" },
        drawing(takeAll),
        h(
          "p",
          { class: "change", "data-change": view.change },
          view.change > 0
            ? h("span", {}, texts.take.change, " ", h("strong", {}, texts.yen(view.change)))
            : texts.take.no_change,
        ),
        h("p", { class: "notice" }, texts.take.card),
        view.again && button({ action: "another" }, { class: "second", key: "another" }, texts.take.again),
      ),
      receiptSlip(view.receipt, texts),
    ),
  ],
});
