// The top screen, and the choice of the municipality.
import cardIcon from "../drawings/need_card.svg";
import coinsIcon from "../drawings/need_coins.svg";
import pinIcon from "../drawings/need_pin.svg";
import { button, drawing, h, type Child } from "../element";
import { domicileCity, domicileRegistration, homeCity, type City, type Place, type Prefecture } from "../protocol";
import type { Texts } from "../texts/languages";
import type { Draw } from "./screen";

function need(icon: string, what: string, why: string): HTMLElement {
  return h("li", { class: "need" }, drawing(icon, "need-icon"), h("strong", {}, what), h("span", {}, why));
}

function serviceButton(service: number, { what, why }: { what: string; why: string }, main: boolean): HTMLElement {
  return button(
    { action: "begin", service },
    { class: main ? "service-choice main" : "service-choice", key: `service-${service}` },
    h("span", { class: "what" }, what),
    h("small", {}, why),
  );
}

function services({ service: texts }: Texts): HTMLElement {
  return h(
    "section",
    { class: "begin", "aria-labelledby": "begin" },
    h("h2", { id: "begin" }, texts.begin),
    h(
      "div",
      { class: "services" },
      serviceButton(homeCity, texts.home, true),
      serviceButton(domicileCity, texts.domicile, false),
      serviceButton(domicileRegistration, texts.registration, false),
    ),
  );
}

export const service: Draw<"service"> = (_message, all) => {
  const { service: texts } = all;
  return {
    title: texts.title,
    main: services(all),
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
  };
};

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
  return ({ view, language, service }, { place: texts }) => {
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
      title: service === homeCity ? texts.title : texts.title_domicile,
      step: service === domicileRegistration ? 2 : 1,
      cancel: true,
      body: [
        h("p", { class: "lead" }, service === homeCity ? texts.lead : texts.lead_domicile),
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
