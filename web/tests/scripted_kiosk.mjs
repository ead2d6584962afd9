// The kiosk's page in a browser, against a scripted program: both are new for each test of the file that imports this, and
// the browser may not complain.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { startBrowser, touchScreens } from "./browser.mjs";
import { Citizen } from "./citizen.mjs";
import { messageOf } from "./messages.mjs";
import { ScriptedProgram } from "./program.mjs";

export const languages = ["ja", "en"];
export const longName = "龍".repeat(120);

let browser, complaints;
export let program, context, page, citizen;

before(async () => (browser = await startBrowser()));
after(() => browser.close());

beforeEach(async () => {
  program = await ScriptedProgram.start();
  context = await browser.newContext({ viewport: touchScreens.landscape, reducedMotion: "reduce", bypassCSP: false });
  page = await context.newPage();
  complaints = [];
  page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  citizen = new Citizen(page, { patience: 5000 });
  await citizen.open(program.address);
  await program.joined();
});

afterEach(async () => {
  await context.close();
  await program.stop();
  assert.deepEqual(complaints, [], "the browser complained");
});

/** Has the program show the screen `name`, and waits until it is there. */
export async function shows(name, language = "ja", view = {}, rest = {}) {
  const message = messageOf(name, language, view, rest);
  program.say(message);
  await citizen.sees(message.screen);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Presses `key` and expects exactly `action`, and nothing more, to go out. */
export async function sends(key, action) {
  await citizen.press(key);
  assert.deepEqual(await program.hear(), action);
  assert.deepEqual(program.takeUnheard(), []);
}
