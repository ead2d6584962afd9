// The kiosk's page against a scripted program: what it shows, what it sends, and what it must not keep.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { startBrowser, touchScreens } from "./browser.mjs";
import { Citizen } from "./citizen.mjs";
import { everyScreen, household, messageOf } from "./messages.mjs";
import { ScriptedProgram } from "./program.mjs";
import { violations } from "./violations.mjs";

const languages = ["ja", "en"];
const longName = "龍".repeat(120);
let browser, program, context, page, citizen, complaints;

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

async function shows(name, language = "ja", view = {}, rest = {}) {
  const message = messageOf(name, language, view, rest);
  program.say(message);
  await citizen.sees(message.screen);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Presses `key` and expects exactly `action`, and nothing more, to go out. */
async function sends(key, action) {
  await citizen.press(key);
  assert.deepEqual(await program.hear(), action);
  assert.deepEqual(program.takeUnheard(), []);
}

describe("every action is sent as documented", () => {
  const pressed = [
    ["service", null, { action: "begin" }],
    ["pin", "digit-0", { action: "digit", digit: "0" }],
    ["pin", "digit-9", { action: "digit", digit: "9" }],
    ["pin-wrong", "erase", { action: "erase_digit" }],
    ["pin-wrong", "enter", { action: "enter" }],
    ["kind", "kind-1", { action: "choose_kind", kind: 1 }],
    ["persons", "scope-3", { action: "choose_scope", scope: 3 }],
    ["persons", "person-1", { action: "toggle_person", index: 1 }],
    ["persons", null, { action: "next" }],
    ["items", "option-2", { action: "toggle_option", option: 2 }],
    ["items", null, { action: "next" }],
    ["copies", "more", { action: "set_copies", copies: 3 }],
    ["copies", "fewer", { action: "set_copies", copies: 1 }],
    ["copies", null, { action: "next" }],
    ["summary", null, { action: "agree" }],
    ...[10, 50, 100, 500].map((yen) => ["pay", `coin-${yen}`, { action: "insert_coin", yen }]),
    ["take", "another", { action: "another" }],
    ["take", null, { action: "finish" }],
    ["refused", null, { action: "close" }],
    ["summary", "back", { action: "back" }],
    ["service", "language-en", { action: "language", language: "en" }],
  ];
  for (const [state, key, action] of pressed) {
    it(`${state}: ${JSON.stringify(action)}`, async () => {
      await shows(state);
      if (key) await sends(key, action);
      else {
        await citizen.goesOn();
        assert.deepEqual(await program.hear(), action);
      }
    });
  }

  it("place: the prefecture opens here and counts as a sign of life, the city goes to the program", async () => {
    await shows("place");
    await sends("千葉県", { action: "stay" });
    await sends("121002", { action: "choose_city", city: "121002" });
  });

  it("cancel asks first, and only the second answer ends the session", async () => {
    await shows("summary");
    await citizen.press("cancel");
    await citizen.press("go-on");
    assert.deepEqual(program.takeUnheard(), []);
    await citizen.cancels();
    assert.deepEqual(await program.hear(), { action: "cancel" });
  });

  it("no message is longer than the 1 KiB that the program reads", async () => {
    await shows("place", "ja", {
      prefectures: [
        { name: "東京都", name_en: "Tokyo", cities: [{ code: "131016", name: longName, name_en: longName }] },
      ],
    });
    await citizen.press("131016");
    await program.hear();
    assert.ok(program.heard.every((text) => Buffer.byteLength(text) <= 1024));
  });
});

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
    const closed = page.locator('[data-key="kind-3"]');
    assert.ok(await closed.isDisabled());
    assert.match(await closed.textContent(), /午前9時から午後5時/);
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

describe("PIN", () => {
  it("shows how many tries remain, and warns before the last", async () => {
    for (const [tries, words] of [
      [3, /あと3回/],
      [2, /あと2回/],
      [1, /次にまちがえると/],
    ]) {
      await shows("pin", "ja", { tries_left: tries, wrong: tries < 3 });
      assert.equal(await citizen.triesLeft(), tries);
      assert.match(await page.locator(".tries").textContent(), words);
    }
  });

  it("every digit goes out once, and none stays: not in the page, not in the focus, not in storage", async () => {
    const pin = "7391";
    await shows("pin");
    const untouched = await page.locator("#page").innerHTML();
    for (const [n, digit] of [...pin].entries()) {
      await citizen.press(`digit-${digit}`);
      assert.deepEqual(await program.hear(), { action: "digit", digit });
      program.say(messageOf("pin", "ja", { digits: n + 1 }));
      await page.locator(`.pin-digits:has(.filled:nth-child(${n + 1}))`).waitFor();
    }
    program.say(messageOf("pin", "ja", { digits: 0 }));
    await page.locator(".pin-digits:not(:has(.filled))").waitFor();
    assert.equal(await page.locator("#page").innerHTML(), untouched);
    const left = await page.evaluate(() => ({
      focus: document.activeElement.tagName,
      stored: localStorage.length + sessionStorage.length + document.cookie.length,
      inputs: document.querySelectorAll("input, textarea, [contenteditable]").length,
      globals: Object.values(window)
        .filter((value) => typeof value === "string")
        .join(),
      selected: String(getSelection()),
    }));
    assert.equal(left.focus, "H1");
    assert.equal(left.stored + left.inputs, 0);
    assert.ok(!left.globals.includes(pin));
    assert.equal(left.selected, "");
  });

  it("takes a keyboard's digits", async () => {
    await shows("pin", "ja", { digits: 4 });
    for (const key of ["4", "Backspace", "Enter"]) await page.keyboard.press(key);
    const heard = [await program.hear(), await program.hear(), await program.hear()];
    assert.deepEqual(heard, [{ action: "digit", digit: "4" }, { action: "erase_digit" }, { action: "enter" }]);
  });

  it("a message that arrives between finger down and finger up swallows no press", async () => {
    await shows("pin");
    const box = await page.locator('[data-key="digit-5"]').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    program.say(messageOf("pin", "ja", { digits: 1, wrong: true, tries_left: 2 }));
    await page.locator(".pin-digits:has(.filled)").waitFor();
    await page.mouse.up();
    assert.deepEqual(await program.hear(), { action: "digit", digit: "5" });
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

describe("a citizen", () => {
  for (const language of languages) {
    it(`walks from the first touch to the receipt (${language})`, async () => {
      const serving = serveOne(program, language);
      await citizen.sees("service");
      await citizen.choosesLanguage(language);
      await citizen.begins();
      await citizen.choosesPlace({ prefecture: "千葉県", city: "121002" });
      await citizen.sees("card_on");
      program.say(messageOf("pin", language));
      await citizen.entersPin("1234");
      await citizen.sees("card_off");
      program.say(messageOf("kind", language));
      await citizen.choosesKind();
      await citizen.sees("persons");
      await citizen.goesOn();
      await citizen.sees("items");
      await citizen.goesOn();
      await citizen.asksForCopies(4);
      await citizen.goesOn();
      await citizen.sees("summary");
      await citizen.goesOn();
      await citizen.pays({ coin: 100 });
      await citizen.sees("take");
      await citizen.goesOn();
      await citizen.sees("ended");
      await serving;
    });
  }
});

/** Plays the program for one certificate: answers every action until `finish`. */
async function serveOne(program, language) {
  let [screen, digits, copies, inserted] = ["service", 0, 1, 0];
  const after = {
    begin: "place",
    choose_city: "card_on",
    enter: "card_off",
    choose_kind: "persons",
    agree: "pay",
    finish: "ended",
  };
  const next = { persons: "items", items: "copies", copies: "summary" };
  program.say(messageOf("service", "ja"));
  for (let heard = await program.hear(); ; heard = await program.hear()) {
    if (heard.action === "digit") digits += 1;
    if (heard.action === "set_copies") copies = heard.copies;
    if (heard.action === "insert_coin") inserted += heard.yen;
    if (heard.action === "digit") screen = "pin";
    else if (heard.action === "next") screen = next[screen];
    else screen = after[heard.action] ?? screen;
    if (screen === "pay" && inserted >= 200) screen = "take";
    const views = { pin: { digits }, copies: { copies }, pay: { inserted } };
    program.say(messageOf(screen, language, views[screen]));
    if (screen === "ended") return;
  }
}

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
