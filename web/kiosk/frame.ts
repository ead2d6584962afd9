// The frame around every screen: name and languages above, the steps, and below, always at the same places, 「戻る」,
// 「中止」 and the button that goes on.
import brand from "./drawings/brand.svg";
import { button, drawing, h } from "./element";
import { domicileRegistration } from "./protocol";
import type { Screen } from "./screens/screen";
import { knows, nameOf, type Texts } from "./texts/languages";

export interface Around {
  screen: string;
  service: number;
  language: string;
  languages: string[];
  canGoBack: boolean;
}

function languageButton(language: string, current: string): HTMLElement {
  const look = { class: "language", key: `language-${language}`, pressed: language === current };
  return button({ action: "language", language }, look, h("span", { lang: language }, nameOf(language)));
}

function head(around: Around, texts: Texts): HTMLElement {
  const offered = around.languages.filter(knows);
  return h(
    "header",
    { class: "head" },
    h(
      "div",
      { class: "brand" },
      drawing(brand, "brand-mark"),
      h("p", {}, h("small", {}, texts.service_under), h("b", {}, texts.service_name)),
    ),
    offered.length > 1 &&
      h(
        "div",
        { class: "languages", role: "group", "aria-label": texts.choose_language },
        ...offered.map((language) => languageButton(language, around.language)),
      ),
  );
}

function steps(step: number | undefined, service: number, texts: Texts): HTMLElement {
  if (step === undefined) return h("div", { class: "steps none" });
  const names = service === domicileRegistration ? texts.registration_steps : texts.steps;
  const all = names.length;
  const state = (n: number) => (n < step ? "step done" : n === step ? "step now" : "step");
  return h(
    "nav",
    { class: "steps", "aria-label": texts.steps_label },
    h("p", { class: "only-spoken" }, texts.step_of(step, all, names[step - 1] ?? "")),
    h(
      "ol",
      { "aria-hidden": "true" },
      ...names.map((name, n) =>
        h("li", { class: state(n + 1) }, h("i", {}, n + 1 < step ? "✓" : String(n + 1)), h("span", {}, name)),
      ),
    ),
  );
}

function feet(screen: Screen, around: Around, texts: Texts): HTMLElement {
  return h(
    "footer",
    { class: "feet" },
    h(
      "div",
      { class: "foot-back" },
      around.canGoBack &&
        button(
          { action: "back" },
          { class: "plain", key: "back" },
          h("i", { class: "arrow", "aria-hidden": "true" }),
          texts.back,
        ),
    ),
    h(
      "div",
      { class: "foot-cancel" },
      screen.cancel &&
        h(
          "button",
          { type: "button", class: "button plain", "data-ask": "cancel", "data-key": "cancel" },
          texts.cancel,
        ),
    ),
    h("div", { class: "foot-main" }, screen.main),
  );
}

/** The whole page as one element; `countdown` is shown between the screen and the buttons. */
export function frame(screen: Screen, around: Around, texts: Texts): HTMLElement {
  return h(
    "div",
    { id: "page", "data-screen": around.screen, class: screen.calm ?? "procedure" },
    head(around, texts),
    steps(screen.step, around.service, texts),
    h(
      "main",
      { id: "main" },
      h("h1", { tabindex: -1 }, screen.title),
      h("div", { class: `screen of-${around.screen}` }, ...screen.body),
    ),
    feet(screen, around, texts),
  );
}
