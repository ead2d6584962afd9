// The last seconds before the program ends the session for want of input, where everybody sees them.
import { button, h } from "./element";
import type { Texts } from "./texts/languages";

const shownFrom = 15; // seconds
const tick = 250; // milliseconds

export class Countdown {
  private readonly bar = h("div", { id: "countdown", hidden: true });
  private readonly spoken = h("p", { class: "only-spoken", role: "alert" });
  private timer: number | undefined;
  private deadline = 0;
  private texts: Texts | null = null;

  constructor(parent: HTMLElement) {
    parent.append(this.bar, this.spoken);
  }

  /** Counts from `seconds`; 0 or less: this screen has no limit. */
  start(seconds: number, texts: Texts): void {
    this.stop();
    this.texts = texts;
    if (!(seconds > 0)) return;
    this.deadline = performance.now() + seconds * 1000;
    this.show();
    this.timer = window.setInterval(() => this.show(), tick);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.bar.hidden = true;
    this.bar.replaceChildren();
    this.spoken.textContent = "";
  }

  private show(): void {
    const left = Math.max(0, Math.ceil((this.deadline - performance.now()) / 1000));
    if (left > shownFrom || !this.texts) return;
    if (this.bar.hidden) this.open(this.texts, left);
    const number = this.bar.querySelector("strong");
    if (number && number.textContent !== String(left)) number.textContent = String(left);
    this.bar.querySelector("progress")?.setAttribute("value", String(left));
  }

  private open({ countdown: texts }: Texts, left: number): void {
    this.bar.replaceChildren(
      h(
        "p",
        { "aria-hidden": "true" },
        h("span", { class: "countdown-left" }, texts.before, " ", h("strong", {}, String(left)), " ", texts.after),
        h("small", {}, texts.why),
      ),
      h("progress", { max: shownFrom, value: left, "aria-hidden": "true" }),
      button({ action: "stay" }, { class: "main", key: "stay" }, texts.stay),
    );
    this.bar.hidden = false;
    this.spoken.textContent = texts.spoken(left);
  }
}
