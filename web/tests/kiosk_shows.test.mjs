// What the kiosk's page offers and tells the citizen, and what it must not keep.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { everyScreen, household, messageOf } from "./messages.mjs";
import { citizen, context, page, program, sends, shows } from "./scripted_kiosk.mjs";

describe("what is offered", () => {
  it("back is offered only when the program says so", async () => {
    await shows("persons", "ja", {}, { can_go_back: false });
    assert.equal(await page.locator('[data-key="back"]').count(), 0);
    await shows("persons", "ja", {}, { can_go_back: true });
    assert.equal(await page.locator('[data-key="back"]').count(), 1);
  });

  it("back and cancel stand at the same place on every screen that has them", async () => {
    const places = new Set();
    for (const { name, message } of everyScreen("ja")) {
      await shows(name);
      for (const key of ["back", "cancel"]) {
        const button = page.locator(`[data-key="${key}"]`);
        if ((await button.count()) > 0) places.add(`${key} ${JSON.stringify(await button.boundingBox())}`);
      }
      assert.ok(message);
    }
    assert.equal(places.size, 2, [...places].join("\n"));
  });

  it("a kind that may not be had says why and cannot be pressed", async () => {
    await shows("kind");
    const closed = page.locator('[data-key="kind-4"]');
    assert.ok(await closed.isDisabled());
    assert.match(await closed.textContent(), /ただいまの時間.*03-0000-0000/);
  });

  it("an option that goes only with another one says with which, and cannot be pressed", async () => {
    await shows("items-many");
    const history = page.locator('[data-key="option-13"]');
    assert.ok(await history.isDisabled());
    assert.match(await history.textContent(), /個人票/);
    await shows("items-many", "ja", {
      options: [{ option: 13, name: "異動履歴", chosen: true, available: false, beside: "個人票" }],
    });
    assert.ok(!(await history.isDisabled()), "what is chosen can be given up");
  });

  it("a scope of a 戸籍 is not called a household", async () => {
    await shows("persons-register");
    assert.match(await page.locator('[data-key="scope-3"]').textContent(), /戸籍の全員/);
  });

  it("the keyboard has each kana once, in the columns of the 五十音, from the right", async () => {
    await shows("applicant");
    const keys = await page.locator(".kana-keys .key").evaluateAll((all) =>
      all.map((one) => ({ kana: one.textContent, x: one.getBoundingClientRect().x, y: one.getBoundingClientRect().y })),
    );
    assert.equal(new Set(keys.map(({ kana }) => kana)).size, 47);
    const at = (kana) => keys.find((key) => key.kana === kana);
    assert.ok(at("ア").x > at("カ").x && at("ラ").x > at("ワ").x);
    assert.equal(at("ア").y, at("カ").y);
    assert.equal(at("ユ").y, at("ム").y, "gaps of the table are kept");
    assert.equal(at("ー").y, at("ネ").y);
  });

  it("going on is offered once something whole is typed", async () => {
    await shows("applicant");
    assert.ok(await page.locator('[data-key="next"]').isDisabled());
    await shows("head");
    assert.ok(!(await page.locator('[data-key="next"]').isDisabled()));
  });

  it("the day of birth is asked for in the boxes of its era", async () => {
    await shows("born", "ja", { digits: "6302" });
    assert.deepEqual(await page.locator(".date-part").allTextContents(), ["63", "02", ""]);
    await shows("born-western");
    assert.deepEqual(await page.locator(".date-part").allTextContents(), ["1988", "02", ""]);
    await shows("born-wrong", "en");
    assert.match(await page.locator(".warning").textContent(), /no such day/);
  });

  it("the number of an accepted registration is shown, and a registration's refusal names no certificate", async () => {
    await shows("accepted");
    assert.equal(await page.locator("[data-number]").getAttribute("data-number"), "2026-000123");
    await shows("refused", "ja", {}, { service: 3 });
    assert.match(await page.locator("h1").textContent(), /申請/);
  });

  it("copies stay between one and the most", async () => {
    await shows("copies", "ja", { copies: 1 });
    assert.ok(await page.locator('[data-key="fewer"]').isDisabled());
    await shows("copies", "ja", { copies: 10 });
    assert.ok(await page.locator('[data-key="more"]').isDisabled());
  });

  it("coins can be pressed only where the acceptor is simulated, in a panel marked as a demonstration", async () => {
    await shows("pay");
    assert.match(await page.locator(".demo").textContent(), /デモ用/);
    await shows("pay-coins");
    assert.equal(await page.locator(".demo, .coin").count(), 0);
  });

  it("the choices made earlier are shown again after going back", async () => {
    await shows("summary");
    await shows("items");
    assert.equal(await page.locator('[data-key="option-1"]').getAttribute("aria-pressed"), "true");
    await shows("persons");
    const chosen = await page
      .locator('.toggle[aria-pressed="true"]')
      .evaluateAll((all) => all.map((one) => one.dataset.key));
    assert.deepEqual(
      chosen,
      household.filter((person) => person.chosen).map((person) => `person-${person.index}`),
    );
  });

  it("a touch meant for the screen before presses nothing on the next", async () => {
    await shows("persons");
    program.say(messageOf("items", "ja"));
    await page.waitForFunction(() => document.querySelector("#page").dataset.screen === "items");
    await page.evaluate(() => document.querySelector("#page:not([data-ready]) .foot-main .button")?.click());
    await citizen.sees("items");
    assert.deepEqual(program.takeUnheard(), []);
  });
});

describe("time", () => {
  it("the last fifteen seconds are counted where everybody sees them, and one touch stays", async () => {
    await shows("items", "ja", {}, { seconds_left: 60 });
    assert.ok(await page.locator("#countdown").isHidden());
    await shows("items", "ja", {}, { seconds_left: 14 });
    await page.locator("#countdown").waitFor();
    assert.ok(Number(await page.locator("#countdown strong").textContent()) <= 14);
    await sends("stay", { action: "stay" });
    await shows("items", "ja", {}, { seconds_left: 60 });
    await page.locator("#countdown").waitFor({ state: "hidden" });
  });

  it("nothing moves under a finger when the countdown appears", async () => {
    const places = () =>
      page
        .locator("main button, .feet button, .languages button")
        .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    await shows("pin", "ja", {}, { seconds_left: 60 });
    const before = await places();
    await shows("pin", "ja", {}, { seconds_left: 10 });
    await page.locator("#countdown").waitFor();
    assert.deepEqual(await places(), before);
  });

  it("a screen without a limit counts nothing", async () => {
    await shows("service", "ja", {}, { seconds_left: 0 });
    assert.ok(await page.locator("#countdown").isHidden());
  });

  it("nobody is counted down where nothing is asked of the citizen", async () => {
    for (const screen of ["working", "printing", "ended"]) {
      await shows(screen, "ja", {}, { seconds_left: 5 });
      assert.ok(await page.locator("#countdown").isHidden(), screen);
    }
  });
});

describe("endings", () => {
  it("a refusal shows sentence, code, telephone, what was returned, and the case", async () => {
    await shows("refused-case");
    const text = await page.locator("main").textContent();
    for (const part of [
      "印刷の完了を確認できませんでした",
      "print_unconfirmed",
      "03-0000-0000",
      "200円",
      "R-20261121-0042",
    ]) {
      assert.ok(text.includes(part), part);
    }
    const size = await page
      .locator(".telephone strong")
      .evaluate((number) => parseFloat(getComputedStyle(number).fontSize));
    assert.ok(size >= 48, `${size} px`);
  });

  it("the receipt shows what was paid", async () => {
    await shows("take");
    assert.equal(await citizen.change(), 300);
    assert.deepEqual(Object.fromEntries(await citizen.receipt())["お預かり"], "500円");
  });

  it("when the program hangs up, nothing of the session stays on the page", async () => {
    await shows("persons");
    program.hangUp();
    await citizen.sees("closed");
    const html = await page.content();
    for (const person of household) assert.ok(!html.includes(person.name));
    assert.equal(await page.locator("button").count(), 0);
  });

  it("an unknown screen is an error that can be left", async () => {
    program.say({ ...messageOf("service", "ja"), screen: "constructor" });
    await citizen.sees("failure");
    await citizen.cancels();
    assert.deepEqual(await program.hear(), { action: "cancel" });
  });

  for (const [what, message] of [
    ["no JSON", "{"],
    ["no object", "null"],
    ["a view without its fields", { ...messageOf("persons", "ja"), view: {} }],
    ["no view", { ...messageOf("persons", "ja"), view: null }],
  ]) {
    it(`a message that cannot be shown is an error: ${what}`, async () => {
      await shows("persons");
      program.say(message);
      await citizen.sees("failure");
      assert.ok(!(await page.content()).includes(household[0].name));
    });
  }

  it("after an error the next whole message is shown", async () => {
    program.say("{");
    await citizen.sees("failure");
    await shows("service");
  });
});

describe("records are text, never markup", () => {
  it("a name with markup is shown as it is written", async () => {
    const name = '<img src=x onerror="alert(1)"><b>太郎</b>';
    await shows("persons", "ja", { persons: [{ ...household[0], name }] });
    assert.equal(await page.locator(".person-name").textContent(), name);
    assert.equal(await page.locator("main img, main b").count(), 0);
  });
});

describe("the page keeps to itself", () => {
  it("asks for its three files and nothing else, and stores nothing", async () => {
    for (const { name } of everyScreen("ja")) await shows(name);
    const paths = new Set(program.asked.map((url) => new URL(url, "http://page").pathname));
    assert.deepEqual([...paths].sort(), ["/", "/kiosk.css", "/kiosk.js"]);
    assert.deepEqual(await context.cookies(), []);
    const databases = await page.evaluate(
      async () => (await indexedDB.databases()).length + (await caches.keys()).length,
    );
    assert.equal(databases, 0);
  });

  it("works where the machine has neither voice nor sound", async () => {
    await page.evaluate(() => {
      Object.defineProperty(window, "speechSynthesis", { value: undefined });
      delete window.SpeechSynthesisUtterance;
      window.AudioContext = undefined;
    });
    await shows("card_off-long");
    await shows("take");
  });

  it("says aloud that a card or a paper was left", async () => {
    await page.evaluate(() => {
      window.said = [];
      SpeechSynthesis.prototype.speak = (utterance) => window.said.push([utterance.lang, utterance.text]);
    });
    await shows("card_off-long", "ja");
    await shows("take-long", "en");
    assert.deepEqual(await page.evaluate(() => window.said), [
      ["ja", "カードが残っています。カードを取ってください。"],
      ["en", "Your certificate is still here. Please take it."],
    ]);
  });
});
