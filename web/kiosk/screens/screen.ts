// What a screen is made of; the frame around it is the same for all.
import type { Child } from "../element";
import type { Message, ScreenName } from "../protocol";
import type { Texts } from "../texts/languages";

export interface Screen {
  title: string;
  body: Child[];
  step?: number; // 1-based in the texts' steps; none outside a procedure
  main?: HTMLElement; // the button that goes on, always at the same place
  cancel?: boolean; // whether 「中止」 is offered
  calm?: "thanks" | "problem" | "wait"; // screens without a procedure look different
  spoken?: string; // said by a screen reader when it changes
}

export type Draw<S extends ScreenName> = (message: Message<S>, texts: Texts) => Screen;
