// The languages of the page. A new one is one file with the shape of ja.ts, and one line here.
import { en } from "./en";
import { ja, type Texts } from "./ja";

export type { Texts };

const languages: Readonly<Record<string, Texts>> = { ja, en };

export const knows = (language: string): boolean => Object.hasOwn(languages, language);

/** The words of `language`, or the Japanese ones if the page does not know it. */
export const textsOf = (language: string): Texts => (knows(language) ? languages[language]! : ja);

/** The language's own name for itself. */
export const nameOf = (language: string): string => textsOf(language).name;
