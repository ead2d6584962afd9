// Takes a picture of every screen: node tests/pictures.mjs DIRECTORY [landscape|portrait|small]
import { mkdir } from "node:fs/promises";
import { startBrowser, touchScreens } from "./browser.mjs";
import { everyScreen } from "./messages.mjs";
import { ScriptedProgram } from "./program.mjs";

const [directory, only] = process.argv.slice(2);
if (!directory) throw new Error("usage: node tests/pictures.mjs DIRECTORY [landscape|portrait|small]");
await mkdir(directory, { recursive: true });
const program = await ScriptedProgram.start();
const browser = await startBrowser();
for (const [size, viewport] of Object.entries(touchScreens)) {
  if (only && only !== size) continue;
  const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
  await page.goto(program.address);
  await program.joined();
  for (const language of ["ja", "en"]) {
    for (const { name, message } of everyScreen(language)) {
      program.say(message);
      await page.locator(`[data-screen="${message.screen}"]`).waitFor();
      await page.locator(`html[lang="${language}"]`).waitFor();
      await page.waitForFunction(() => document.getAnimations().length === 0);
      await page.screenshot({ path: `${directory}/${size}-${language}-${name}.png` });
    }
  }
  program.hangUp();
  await page.close();
}
await browser.close();
await program.stop();
