// A citizen at a kiosk: one function for each screen, over a Playwright page. Works against any kiosk that speaks
// docs/kiosk-screens.md, the scripted one of these tests or a real one.

const settled = (screen) => `#page[data-screen="${screen}"][data-ready]`;

export class Citizen {
  /** `patience`: milliseconds to wait for a screen. */
  constructor(page, { patience = 30_000 } = {}) {
    this.page = page;
    this.patience = patience;
  }

  /** Opens the kiosk's page at `address` (with its key). */
  async open(address) {
    await this.page.goto(address);
  }

  /** The name of the screen that is shown. */
  screen() {
    return this.page.locator("#page").getAttribute("data-screen");
  }

  /** Waits until one of `screens` is shown and takes touches; returns its name. */
  async sees(...screens) {
    await this.page.locator(screens.map(settled).join(", ")).waitFor({ timeout: this.patience });
    return this.screen();
  }

  /** Presses the button with this `data-key`. */
  async press(key) {
    await this.page.locator(`[data-key="${key}"]`).click({ timeout: this.patience });
  }

  /** Presses the button that goes on, at the lower right. */
  async goesOn() {
    await this.page.locator(".foot-main .button").click({ timeout: this.patience });
  }

  async choosesLanguage(language) {
    await this.press(`language-${language}`);
    await this.page.locator(`html[lang="${language}"]`).waitFor({ timeout: this.patience });
  }

  async goesBack() {
    await this.press("back");
  }

  /** Presses 「中止」 and confirms it. */
  async cancels() {
    await this.press("cancel");
    await this.press("really-cancel");
  }

  /** `service`: 1 the city of residence, 2 the city of the 本籍, 3 to register for that one. */
  async begins(service = 1) {
    await this.sees("service");
    await this.press(`service-${service}`);
  }

  /** Types katakana without marks, character by character. */
  async typesKana(text) {
    let typed = "";
    for (const kana of text) {
      await this.press(kana === "　" ? "kana-blank" : `kana-${kana}`);
      typed += kana;
      await this.page.locator(`[data-typed="${typed}"]`).waitFor({ timeout: this.patience });
    }
  }

  /** Types digits into a date or a telephone number. */
  async typesDigits(text) {
    let typed = "";
    for (const digit of text) {
      await this.press(`digit-${digit}`);
      typed += digit;
      await this.page.locator(`[data-typed="${typed}"]`).waitFor({ timeout: this.patience });
    }
  }

  /** `prefecture`: its Japanese name, or none to take the first. `city`: its code, or none to take the first. */
  async choosesPlace({ prefecture, city } = {}) {
    await this.sees("place");
    const prefectures = this.page.locator(".prefectures .choice");
    await (prefecture ? this.page.locator(`[data-key="${prefecture}"]`) : prefectures.first()).click();
    const cities = this.page.locator(".cities .choice");
    await (city ? this.page.locator(`[data-key="${city}"]`) : cities.first()).click();
  }

  /** Enters `pin` digit by digit; waits for the program's count after each, then presses 「確認」. */
  async entersPin(pin) {
    await this.sees("pin");
    let entered = 0;
    for (const digit of pin) {
      await this.press(`digit-${digit}`);
      entered += 1;
      await this.page.locator(`.pin-digits:has(.filled:nth-child(${entered}))`).waitFor({ timeout: this.patience });
    }
    await this.press("enter");
  }

  /** The tries that the screen says remain. */
  async triesLeft() {
    return Number(await this.page.locator("[data-tries]").getAttribute("data-tries"));
  }

  /** `kind`: its number, or none to take the first that is available. */
  async choosesKind(kind) {
    await this.sees("kind");
    const choice = kind === undefined ? ".kind.choice:not(:disabled)" : `[data-key="kind-${kind}"]`;
    await this.page.locator(choice).first().click({ timeout: this.patience });
  }

  async choosesScope(scope) {
    await this.sees("persons");
    await this.press(`scope-${scope}`);
    await this.page.locator(`[data-key="scope-${scope}"][aria-pressed="true"]`).waitFor({ timeout: this.patience });
  }

  /** Toggles person `index` (or option, with `togglesOption`) and waits until it shows. */
  async togglesPerson(index) {
    await this.#toggles(`person-${index}`);
  }

  async togglesOption(option) {
    await this.#toggles(`option-${option}`);
  }

  async asksForCopies(copies) {
    await this.sees("copies");
    const shown = async () => Number(await this.page.locator(".count strong").textContent());
    for (let now = await shown(); now !== copies; now = await shown()) {
      await this.press(now < copies ? "more" : "fewer");
      const next = now + Math.sign(copies - now);
      await this.page
        .locator(".count strong", { hasText: new RegExp(`^${next}$`) })
        .waitFor({ timeout: this.patience });
    }
  }

  /** Inserts simulated coins until the fee is paid; `coin` is the one to use, in yen. */
  async pays({ coin = 500 } = {}) {
    await this.sees("pay");
    const money = this.page.locator("[data-due]");
    const due = Number(await money.getAttribute("data-due"));
    let inserted = Number(await money.getAttribute("data-inserted"));
    while (inserted < due) {
      await this.press(`coin-${coin}`);
      inserted += coin;
      if (inserted < due) await this.page.locator(`[data-inserted="${inserted}"]`).waitFor({ timeout: this.patience });
    }
  }

  /** The change that the last screen names, in yen. */
  async change() {
    return Number(await this.page.locator("[data-change]").getAttribute("data-change"));
  }

  /** The receipt's rows as [name, value]. */
  receipt() {
    return this.page
      .locator(".receipt dl > div")
      .evaluateAll((rows) => rows.map((row) => [row.children[0].textContent, row.children[1].textContent]));
  }

  async #toggles(key) {
    const button = this.page.locator(`[data-key="${key}"]`);
    const before = await button.getAttribute("aria-pressed");
    await button.click({ timeout: this.patience });
    const after = before === "true" ? "false" : "true";
    await this.page.locator(`[data-key="${key}"][aria-pressed="${after}"]`).waitFor({ timeout: this.patience });
  }
}
