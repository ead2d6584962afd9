// 「中止しますか？」: one wrong touch must not cost every choice.
import { button, h } from "./element";
import type { Texts } from "./texts/languages";

export class AskCancel {
  private readonly dialog = document.createElement("dialog");

  constructor(parent: HTMLElement) {
    this.dialog.id = "ask-cancel";
    this.dialog.setAttribute("aria-labelledby", "ask-title");
    parent.append(this.dialog);
  }

  open({ ask_cancel: texts }: Texts): void {
    this.dialog.replaceChildren(
      h("h2", { id: "ask-title" }, texts.title),
      h("p", {}, texts.what),
      h(
        "div",
        { class: "answers" },
        button({ action: "cancel" }, { class: "plain", key: "really-cancel" }, texts.cancel),
        h(
          "button",
          { type: "button", class: "button main", "data-ask": "go-on", "data-key": "go-on", autofocus: true },
          texts.go_on,
        ),
      ),
    );
    if (!this.dialog.open) this.dialog.showModal();
  }

  close(): void {
    if (this.dialog.open) this.dialog.close();
    this.dialog.replaceChildren();
  }
}
