// Whether everybody can read and reach what is on the kiosk's page: layout and accessibility.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { touchScreens } from "./browser.mjs";
import { everyScreen, household, messageOf } from "./messages.mjs";
import { citizen, languages, longName, page, program, sends, shows } from "./scripted_kiosk.mjs";
import { violations } from "./violations.mjs";

describe("layout", () => {
  async function fits(state) {
    const wide = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      return [...document.querySelectorAll("body *:not(.only-spoken)")]
        .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().right > width + 1)
        .filter((element) => !element.closest("svg"))
        .map((element) => `${element.tagName}.${element.className}`);
    });
    assert.deepEqual(wide, [], state);
    const feet = await page.locator(".feet").boundingBox();
    assert.ok(feet.y + feet.height <= page.viewportSize().height + 1, `${state}: the buttons are below the edge`);
  }

  for (const [size, viewport] of Object.entries(touchScreens)) {
    it(`every screen fits ${viewport.width}×${viewport.height} in both languages, buttons 60 px and more`, async () => {
      await page.setViewportSize(viewport);
      for (const language of languages) {
        for (const { name } of everyScreen(language)) {
          await shows(name, language);
          await fits(`${size} ${language} ${name}`);
          const low = await page
            .locator("button:visible")
            .evaluateAll((all) =>
              all.filter((one) => one.offsetHeight < 60 || one.offsetWidth < 60).map((one) => one.textContent),
            );
          assert.deepEqual(low, [], `${language} ${name}`);
          if (size === "small") continue; // may scroll; the two sizes in service need not
          const over = await page.locator("main").evaluate((main) => main.scrollHeight - main.clientHeight);
          assert.ok(over <= 0, `${size} ${language} ${name}: ${over} px too high`);
        }
      }
    });
  }

  it("oversize names break nothing", async () => {
    const persons = household.map((person) => ({ ...person, name: longName }));
    await shows("persons", "ja", { persons });
    await fits("persons");
    await shows("summary", "en", { persons: [longName, longName], title: "W".repeat(200) });
    await fits("summary");
    await shows("refused", "en", { sentence: "W".repeat(300), telephone: "0".repeat(40), case: "C".repeat(64) });
    await fits("refused");
    await shows("take", "en", {
      receipt: { ...messageOf("take", "en").view.receipt, title: longName, city: longName },
    });
    await fits("take");
  });

  it("many kinds, persons and cities scroll inside, the buttons stay", async () => {
    const persons = Array.from({ length: 30 }, (_, index) => ({ ...household[1], index }));
    await shows("persons", "ja", { persons });
    await fits("persons");
    const cities = Array.from({ length: 180 }, (_, n) => ({
      code: String(10000 + n),
      name: `第${n}市`,
      name_en: `City ${n}`,
    }));
    await shows("place", "ja", { prefectures: [{ name: "北海道", name_en: "Hokkaido", cities }] });
    await fits("place");
    await sends("10179", { action: "choose_city", city: "10179" });
  });
});

describe("accessibility", () => {
  for (const language of languages) {
    it(`axe finds nothing on any screen (${language})`, async () => {
      for (const { name } of everyScreen(language)) {
        await shows(name, language);
        assert.deepEqual(await violations(page), [], name);
      }
      await shows("items", language, {}, { seconds_left: 10 });
      await page.locator("#countdown").waitFor();
      assert.deepEqual(await violations(page), [], "countdown");
      await citizen.press("cancel");
      assert.deepEqual(await violations(page), [], "the question before cancelling");
    });
  }

  it("a new screen puts the focus on its heading; a changed view leaves the focus where it is", async () => {
    await shows("items");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    await page.locator('[data-key="option-2"]').focus();
    await shows("items", "ja", {
      options: messageOf("items", "ja").view.options.map((one) => ({ ...one, chosen: true })),
    });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "option-2");
  });

  it("every button can be reached and pressed with the keyboard, and its focus shows", async () => {
    await shows("items");
    const reached = [];
    for (let n = 0; n < 9; n += 1) {
      await page.keyboard.press("Tab");
      reached.push(
        await page.evaluate(() => document.activeElement.dataset?.key ?? document.activeElement.textContent),
      );
      const width = await page.evaluate(() => parseFloat(getComputedStyle(document.activeElement).outlineWidth));
      if (reached.at(-1)?.startsWith("option")) assert.ok(width >= 3, "the focus does not show");
    }
    for (const key of ["language-en", "option-1", "option-3", "back", "cancel", "次へ"])
      assert.ok(reached.includes(key), key);
    await page.locator('[data-key="option-3"]').focus();
    await page.keyboard.press("Space");
    assert.deepEqual(await program.hear(), { action: "toggle_option", option: 3 });
  });

  it("what changes is spoken", async () => {
    await shows("pin", "ja", { digits: 2 });
    await page.locator("#spoken", { hasText: "2けた入力しました" }).waitFor({ state: "attached" });
    await shows("card_off-long", "en");
    await page.locator("#spoken", { hasText: "Your card is still here" }).waitFor({ state: "attached" });
  });

  it("nothing moves for those who asked for less motion, and something does for the others", async () => {
    await shows("card_on");
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    assert.ok((await page.evaluate(() => document.getAnimations().length)) > 0);
  });
});
