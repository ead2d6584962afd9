// The top screen, and the choice of the municipality.
import cardIcon from "../drawings/need_card.svg";
import coinsIcon from "../drawings/need_coins.svg";
import pinIcon from "../drawings/need_pin.svg";
import { button, drawing, h, type Child } from "../element";
import type { City, Place, Prefecture } from "../protocol";
import type { Draw } from "./screen";

function need(icon: string, what: string, why: string): HTMLElement {
  return h("li", { class: "need" }, drawing(icon, "need-icon"), h("strong", {}, what), h("span", {}, why));
}

export const service: Draw<"service"> = (_message, { service: texts }) => ({
  title: texts.title,
  main: button({ action: "begin" }, { class: "main" }, texts.begin),
  body: [
    h("p", { class: "lead" }, texts.lead),
    h(
      "section",
      { "aria-labelledby": "needs" },
      h("h2", { id: "needs" }, texts.needs_title),
      h(
        "ul",
        { class: "needs" },
        need(cardIcon, texts.need_card, texts.need_card_why),
        need(pinIcon, texts.need_pin, texts.need_pin_why),
        need(coinsIcon, texts.need_money, texts.need_money_why),
      ),
    ),
    h(
      "section",
      { class: "terms", "aria-labelledby": "terms" },
      h("h2", { id: "terms" }, texts.terms_title),
      h("ul", {}, ...texts.terms.map((term) => h("li", {}, term))),
    ),
  ],
});

/** A place's name in the page's language, its Japanese name beside a foreign one. */
function placeName(place: Place, language: string): Child[] {
  if (language === "ja") return [place.name];
  return [place.name_en, " ", h("small", { lang: "ja" }, place.name)];
}

function prefectureButton(prefecture: Prefecture, place: number, open: boolean, language: string): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "button choice",
      "data-open": place,
      "data-key": prefecture.name,
      "aria-pressed": String(open),
    },
    h("span", {}, ...placeName(prefecture, language)),
  );
}

function cityButton(city: City, language: string): HTMLElement {
  const look = { class: "choice", key: city.code };
  return button({ action: "choose_city", city: city.code }, look, h("span", {}, ...placeName(city, language)));
}

/** `opened`: the prefecture whose cities are shown, by its place in the list; the page's own until a city is chosen. */
export function placeWith(opened: number | null): Draw<"place"> {
  return ({ view, language }, { place: texts }) => {
    const only = view.prefectures.length === 1 ? 0 : null;
    const open = opened ?? only;
    const prefecture = open === null ? undefined : view.prefectures[open];
    const cities = prefecture
      ? [
          h("h2", {}, texts.cities_of(language === "ja" ? prefecture.name : prefecture.name_en)),
          h("div", { class: "choices" }, ...prefecture.cities.map((city) => cityButton(city, language))),
        ]
      : [h("h2", {}, texts.cities), h("p", { class: "empty" }, texts.choose_first)];
    return {
      title: texts.title,
      step: 1,
      cancel: true,
      body: [
        h("p", { class: "lead" }, texts.lead),
        h(
          "div",
          { class: "two-lists" },
          h(
            "section",
            { class: "list prefectures", tabindex: 0, "aria-label": texts.prefectures },
            h("h2", {}, texts.prefectures),
            h(
              "div",
              { class: "choices" },
              ...view.prefectures.map((p, n) => prefectureButton(p, n, n === open, language)),
            ),
          ),
          h(
            "section",
            { class: "list cities", tabindex: 0, "aria-label": texts.cities, "aria-live": "polite" },
            ...cities,
          ),
        ),
      ],
    };
  };
}
