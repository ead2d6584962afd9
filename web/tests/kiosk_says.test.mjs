// What the kiosk's page sends to its program, and that nothing of it stays in the page.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { messageOf } from "./messages.mjs";
import { citizen, languages, longName, page, program, sends, shows } from "./scripted_kiosk.mjs";

describe("every action is sent as documented", () => {
  const pressed = [
    ["service", "service-1", { action: "begin", service: 1 }],
    ["service", "service-2", { action: "begin", service: 2 }],
    ["service", "service-3", { action: "begin", service: 3 }],
    ["registration", null, { action: "next" }],
    ["applicant", "kana-ア", { action: "kana", kana: "ア" }],
    ["head", "kana-ー", { action: "kana", kana: "ー" }],
    ["head", "kana-blank", { action: "kana", kana: "　" }],
    ["head", "mark-voiced", { action: "mark_kana", mark: "voiced" }],
    ["head", "mark-half_voiced", { action: "mark_kana", mark: "half_voiced" }],
    ["head", "mark-small", { action: "mark_kana", mark: "small" }],
    ["head", "erase", { action: "erase_kana" }],
    ["head", null, { action: "next" }],
    ["born", "era-4", { action: "choose_era", era: 4 }],
    ["born", "digit-7", { action: "digit", digit: "7" }],
    ["born-western", "era-0", { action: "choose_era", era: 0 }],
    ["born-wrong", "erase", { action: "erase_digit" }],
    ["born-wrong", null, { action: "next" }],
    ["telephone", "digit-0", { action: "digit", digit: "0" }],
    ["registration_summary", null, { action: "agree" }],
    ["accepted", null, { action: "finish" }],
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
