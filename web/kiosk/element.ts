// Building elements. Texts go in as text nodes only: nothing that a record holds can become markup.
import type { Action } from "./protocol";

export type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** An element. `true` sets an empty attribute; `false`, null and undefined set none. */
export function h(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

export interface ButtonLook {
  class?: string;
  disabled?: boolean;
  pressed?: boolean;
  label?: string; // for those who hear the page, where the content alone does not say it
  key?: string; // what a test driver looks for
}

/** A button that sends `action` to the program. */
export function button(action: Action, look: ButtonLook, ...children: Child[]): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: `button ${look.class ?? ""}`.trim(),
      "data-say": JSON.stringify(action),
      "data-key": look.key,
      disabled: look.disabled,
      "aria-pressed": look.pressed === undefined ? null : String(look.pressed),
      "aria-label": look.label,
    },
    ...children,
  );
}

/** A drawing (the text of one of our own SVG files), hidden from those who hear the page. */
export function drawing(svg: string, className = "drawing"): HTMLElement {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  parsed.setAttribute("aria-hidden", "true");
  parsed.setAttribute("focusable", "false");
  return h("div", { class: className }, document.importNode(parsed, true));
}
