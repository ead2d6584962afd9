// The page: shows the program's last message and nothing else. What it keeps between two messages is which prefecture
// is open, until a city is chosen.
import { AskCancel } from "./ask";
import { Countdown } from "./countdown";
import { frame, type Around } from "./frame";
import { morph } from "./morph";
import type { Message, ScreenName } from "./protocol";
import { placeWith, service } from "./screens/beginning";
import { accepted, registration, registration_summary } from "./screens/registering";
import { applicant, born, head, telephone } from "./screens/typing";
import { card_off, card_on, pin, working } from "./screens/card";
import { copies, items, kind, persons, summary } from "./screens/choosing";
import { closed, ended, failure, out_of_service, refused } from "./screens/ending";
import { pay, printing, take } from "./screens/paying";
import type { Draw, Screen } from "./screens/screen";
import { knows, textsOf, type Texts } from "./texts/languages";
import { Voice } from "./voice";

// A touch meant for the screen before must not press a button of this one.
const settleTime = 250; // milliseconds

// Screens that ask nothing of the citizen: their time is the program's own.
const awaitsNobody: ReadonlySet<string> = new Set<ScreenName>(["working", "printing", "ended"]);

const byName: { [S in Exclude<ScreenName, "place">]: Draw<S> } = {
  service,
  registration,
  applicant,
  head,
  born,
  telephone,
  registration_summary,
  card_on,
  pin,
  card_off,
  working,
  kind,
  persons,
  items,
  copies,
  summary,
  pay,
  printing,
  take,
  accepted,
  ended,
  refused,
  out_of_service,
};
const draws = new Map<string, Draw<never>>(Object.entries(byName));

export class Page {
  private readonly shown: HTMLElement;
  private readonly spoken: HTMLElement;
  private readonly countdown: Countdown;
  private readonly ask: AskCancel;
  private readonly voice = new Voice();
  private message: Message | null = null;
  private openPrefecture: number | null = null;
  private settleTimer: number | undefined;

  constructor(body: HTMLElement) {
    this.shown = body.querySelector<HTMLElement>("#page")!;
    this.spoken = body.querySelector<HTMLElement>("#spoken")!;
    this.countdown = new Countdown(body);
    this.ask = new AskCancel(body);
  }

  get texts(): Texts {
    return textsOf(this.message?.language ?? document.documentElement.lang);
  }

  get screen(): string {
    return this.shown.dataset["screen"] ?? "";
  }

  get settled(): boolean {
    return this.shown.hasAttribute("data-ready");
  }

  show(message: Message): void {
    this.message = message;
    if (message.screen !== "place") this.openPrefecture = null;
    document.documentElement.lang = knows(message.language) ? message.language : "ja";
    this.countdown.start(awaitsNobody.has(message.screen) ? 0 : message.seconds_left, this.texts);
    try {
      this.put(this.drawn(message), message.screen);
    } catch {
      this.fail();
      return;
    }
    this.voice.follow(message, this.texts);
  }

  /** Shows that the program's message cannot be shown. */
  fail(): void {
    this.voice.silence();
    this.put(failure(this.texts), "failure");
  }

  /** The session is over: nothing of it stays on the page. */
  close(): void {
    const texts = this.texts;
    this.message = null;
    this.openPrefecture = null;
    this.countdown.stop();
    this.voice.silence();
    this.put(closed(texts), "closed");
    this.spoken.textContent = "";
  }

  openCitiesOf(prefecture: number): void {
    this.openPrefecture = prefecture;
    if (this.message?.screen === "place") this.put(this.drawn(this.message), "place");
  }

  askCancel(): void {
    this.ask.open(this.texts);
  }

  goOn(): void {
    this.ask.close();
  }

  private drawn(message: Message): Screen {
    const draw = message.screen === "place" ? placeWith(this.openPrefecture) : draws.get(message.screen);
    if (!draw) throw new Error("no such screen");
    return draw(message as never, this.texts);
  }

  private put(screen: Screen, name: string): void {
    const around: Around = {
      screen: name,
      service: this.message?.service ?? 0,
      language: document.documentElement.lang,
      languages: name === "ended" ? [] : (this.message?.languages ?? []),
      canGoBack: this.message?.can_go_back === true,
    };
    const wanted = frame(screen, around, this.texts);
    document.title = `${screen.title} - ${this.texts.service_name}`;
    if (name === this.screen) {
      wanted.toggleAttribute("data-ready", this.settled);
      morph(this.shown, wanted);
    } else this.change(wanted);
    this.spoken.textContent = screen.spoken ?? "";
  }

  private change(wanted: HTMLElement): void {
    this.ask.close();
    takeOver(this.shown, wanted);
    this.shown.querySelector("h1")?.focus({ preventScroll: true });
    window.clearTimeout(this.settleTimer);
    this.settleTimer = window.setTimeout(() => this.shown.setAttribute("data-ready", ""), settleTime);
  }
}

/** A new screen gets new elements, so that nothing of the last one lingers. */
function takeOver(shown: HTMLElement, wanted: HTMLElement): void {
  for (const { name } of [...shown.attributes]) if (name !== "id") shown.removeAttribute(name);
  for (const { name, value } of wanted.attributes) shown.setAttribute(name, value);
  shown.replaceChildren(...wanted.childNodes);
}
