// The voice and the tone of the kiosk. Both may be missing on a machine: then the screen alone says it.
import type { Message } from "./protocol";
import type { Texts } from "./texts/languages";

const repeatAfter = 8000; // milliseconds between two warnings
const toneLength = 0.22; // seconds

interface Call {
  text: string;
  repeated: boolean;
}

/** What is said aloud on this screen, if anything. */
function callOf(message: Message, texts: Texts): Call | null {
  if (message.screen === "card_off") {
    const { waiting_for_long: long } = (message as Message<"card_off">).view;
    return { text: long ? texts.card_off.long : texts.card_off.spoken, repeated: long };
  }
  if (message.screen === "take") {
    const long = (message as Message<"take">).view.waiting_for_long === true;
    return { text: long ? texts.take.long : texts.take.spoken, repeated: long };
  }
  return null;
}

export class Voice {
  private audio: AudioContext | null = null;
  private timer: number | undefined;
  private current = "";

  /** Says what the message's screen asks for; silent on any other screen. Never throws. */
  follow(message: Message, texts: Texts): void {
    const call = callOf(message, texts);
    const name = call ? `${message.screen} ${call.text}` : "";
    if (name === this.current) return;
    this.silence();
    this.current = name;
    if (!call) return;
    const language = message.language;
    this.call(call.text, language);
    if (call.repeated) this.timer = window.setInterval(() => this.call(call.text, language), repeatAfter);
  }

  silence(): void {
    window.clearInterval(this.timer);
    this.current = "";
    try {
      window.speechSynthesis?.cancel();
    } catch {
      // A machine without speech has nothing to cancel.
    }
  }

  private call(text: string, language: string): void {
    this.tone(660, 0);
    this.tone(880, toneLength);
    this.speak(text, language);
  }

  private speak(text: string, language: string): void {
    try {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language;
      utterance.rate = 0.9;
      window.speechSynthesis.speak(utterance);
    } catch {
      // The screen says the same words.
    }
  }

  private tone(hertz: number, after: number): void {
    try {
      this.audio ??= new AudioContext();
      const begin = this.audio.currentTime + after;
      const oscillator = this.audio.createOscillator();
      const volume = this.audio.createGain();
      oscillator.frequency.value = hertz;
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(0.3, begin + 0.02);
      volume.gain.linearRampToValueAtTime(0, begin + toneLength);
      oscillator.connect(volume).connect(this.audio.destination);
      oscillator.start(begin);
      oscillator.stop(begin + toneLength);
    } catch {
      // The screen says the same words.
    }
  }
}
