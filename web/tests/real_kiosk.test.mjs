// The whole way of one certificate at a real, running kiosk, in both languages. Runs only where one is named:
//   MADOGUCHI_KIOSK_ADDRESS   http://127.0.0.1:PORT/?key=KEY: one session, in MADOGUCHI_LANGUAGE (ja). Or @FILE: the kiosk's
//                             browser command writes each new session's address there; then one session in each language
//   MADOGUCHI_CARD_CONTROL    the virtual card: POST {control}/place and POST {control}/remove
//   MADOGUCHI_CARD_PIN        its PIN (1234)
//   MADOGUCHI_CITY            the city's code (the first that takes part)
//   MADOGUCHI_PICTURES        where to put a picture of each screen (build/kiosk-pictures)
import assert from "node:assert/strict";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { after, before, describe, it } from "node:test";
import { startBrowser, touchScreens } from "./browser.mjs";
import { Citizen } from "./citizen.mjs";
import { violations } from "./violations.mjs";

const address = process.env.MADOGUCHI_KIOSK_ADDRESS;
const control = process.env.MADOGUCHI_CARD_CONTROL;
const pin = process.env.MADOGUCHI_CARD_PIN ?? "1234";
const city = process.env.MADOGUCHI_CITY;
const pictures = process.env.MADOGUCHI_PICTURES ?? "../build/kiosk-pictures";
const skip = address && control ? false : "MADOGUCHI_KIOSK_ADDRESS and MADOGUCHI_CARD_CONTROL name no kiosk";

const fromFile = address?.startsWith("@");
const languages = fromFile ? ["ja", "en"] : [process.env.MADOGUCHI_LANGUAGE ?? "ja"];
const patience = 180_000; // milliseconds: printing may take over two minutes

/** The address of the next session: another one than `last`. */
async function nextAddress(last) {
  if (!fromFile) return address;
  const file = address.slice(1);
  const watcher = watch(dirname(file));
  const signal = AbortSignal.timeout(patience);
  try {
    for (;;) {
      const changed = once(watcher, "change", { signal });
      changed.catch(() => {}); // it is awaited below, or not needed
      const written = (await readFile(file, "utf8").catch(() => "")).trim();
      if (written !== "" && written !== last) return written;
      await changed;
    }
  } finally {
    watcher.close();
  }
}

async function card(what) {
  const answer = await fetch(`${control}/${what}`, { method: "POST" });
  assert.ok(answer.ok, `card control ${what}: ${answer.status}`);
}

describe("a real kiosk", { skip }, () => {
  let browser;
  before(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await startBrowser();
  });
  after(() => browser?.close());

  let session = "";
  for (const language of languages) {
    it(`gives a certificate from the first touch to the receipt (${language})`, async () => {
      const page = await browser.newPage({ viewport: touchScreens.landscape, reducedMotion: "reduce" });
      const citizen = new Citizen(page, { patience });
      const looksAt = async (...screens) => {
        const screen = await citizen.sees(...screens);
        assert.deepEqual(await violations(page), [], screen);
        await page.screenshot({ path: `${pictures}/${language}-${screen}.png` });
        return screen;
      };
      session = await nextAddress(session);
      await citizen.open(session);
      await looksAt("service");
      await citizen.choosesLanguage(language);
      await citizen.begins();
      await looksAt("place");
      await citizen.choosesPlace(await placeOf(page, city));
      await looksAt("card_on");
      await card("place");
      await looksAt("pin");
      assert.equal(await citizen.triesLeft(), 3);
      await citizen.entersPin(pin);
      await looksAt("card_off");
      await card("remove");
      await looksAt("kind");
      await citizen.choosesKind();
      await goesThroughChoices(citizen, looksAt);
      await citizen.goesOn();
      await looksAt("pay");
      await citizen.pays();
      await looksAt("take");
      const receipt = await citizen.receipt();
      assert.ok(
        receipt.every(([name, value]) => name !== "" && value !== ""),
        JSON.stringify(receipt),
      );
      await citizen.goesOn();
      await looksAt("ended", "closed", "service");
      await page.close();
    });
  }
});

/** The prefecture that `code` belongs to: the screen itself shows its cities only once it is open. */
async function placeOf(page, code) {
  if (!code) return {};
  const prefectures = page.locator(".prefectures .choice");
  for (let n = 0; n < (await prefectures.count()); n += 1) {
    await prefectures.nth(n).click();
    if ((await page.locator(`[data-key="${code}"]`).count()) > 0) {
      return { prefecture: await prefectures.nth(n).getAttribute("data-key"), city: code };
    }
  }
  throw new Error(`no city ${code} on the screen`);
}

/** Persons, items and copies, as far as the kind asks for them, up to the summary. */
async function goesThroughChoices(citizen, looksAt) {
  const seen = new Set();
  const left = () => ["persons", "items", "copies", "summary"].filter((screen) => !seen.has(screen));
  for (let screen = await looksAt(...left()); screen !== "summary"; screen = await looksAt(...left())) {
    seen.add(screen);
    await citizen.goesOn();
  }
}
