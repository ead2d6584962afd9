// Messages as the kiosk's program sends them (docs/kiosk-screens.md): one or more for each screen, in both languages.

const inLanguage = { ja: (ja, _en) => ja, en: (_ja, en) => en };

function around(screen, language, canGoBack, view, name = screen, service = 1) {
  return {
    name,
    message: {
      screen,
      language,
      languages: ["ja", "en"],
      session: "6f1c".repeat(8),
      service,
      seconds_left: 60,
      can_go_back: canGoBack,
      view,
    },
  };
}

const prefectures = [
  {
    name: "東京都",
    name_en: "Tokyo",
    cities: [
      { code: "131016", name: "千代田区", name_en: "Chiyoda City" },
      { code: "131041", name: "新宿区", name_en: "Shinjuku City" },
      { code: "132292", name: "西東京市", name_en: "Nishitokyo City" },
    ],
  },
  { name: "千葉県", name_en: "Chiba", cities: [{ code: "121002", name: "千葉市", name_en: "Chiba City" }] },
  { name: "三重県", name_en: "Mie", cities: [{ code: "242047", name: "松阪市", name_en: "Matsusaka City" }] },
  { name: "大阪府", name_en: "Osaka", cities: [{ code: "272051", name: "吹田市", name_en: "Suita City" }] },
];

export const household = [
  { index: 0, name: "窓口 太郎", relation: "世帯主", holder: true, chosen: true },
  { index: 1, name: "窓口 花子", relation: "妻", holder: false, chosen: true },
  { index: 2, name: "窓口 一郎", relation: "子", holder: false, chosen: false },
];

const register = [
  { index: 0, name: "窓口 太郎", relation: "筆頭者", holder: true, chosen: true },
  { index: 3, name: "窓口 花子", relation: "妻", holder: false, chosen: true },
];

const option = (number, name, chosen = false) => ({ option: number, name, chosen, available: true, beside: "" });

/** Every kind of a city, two of which may not be had. */
function tenKinds(t) {
  const hours = t("ただいまの時間は、この証明書を交付していません。", "This certificate is not issued at this hour.");
  const noSeal = t("印鑑が登録されていません。", "No seal is registered for you.");
  const titles = [
    t("住民票の写し", "Copy of residence certificate"),
    t("住民票記載事項証明書", "Certificate of items of the residence record"),
    t("印鑑登録証明書", "Certificate of seal registration"),
    t("戸籍全部事項証明書", "Family register, all matters"),
    t("戸籍個人事項証明書", "Family register, matters of persons"),
    t("戸籍の附票の写し", "Copy of the supplement to the family register"),
    t("所得証明書", "Certificate of income"),
    t("課税証明書", "Certificate of taxation"),
    t("非課税証明書", "Certificate of no taxation"),
    t("所得課税証明書", "Certificate of income and taxation"),
  ];
  const why = { 3: noSeal, 4: hours };
  return titles.map((title, n) => ({
    kind: n + 1,
    title,
    fee: 300,
    available: why[n + 1] === undefined,
    code: { 3: "seal_not_registered", 4: "outside_hours" }[n + 1] ?? "",
    why: why[n + 1] ?? "",
  }));
}

/** Every screen, and every state of it that looks different, as `{name, message}`. */
export function everyScreen(language) {
  const t = inLanguage[language];
  const screen = (name, back, view, state) => around(name, language, back, view, state);
  const registering = (name, back, view, state) => around(name, language, back, view, state, 3);
  const title = t("住民票の写し", "Copy of residence certificate");
  const receipt = {
    city: t("東京都千代田区", "Chiyoda City, Tokyo"),
    title,
    copies: 1,
    fee: 200,
    paid: 500,
    change: 300,
    at: "2026-11-21 10:15",
    kiosk: "K-000123",
    number: "4F7A-20C1",
  };
  const options = [
    option(1, t("世帯主・続柄", "Head of household, relation"), true),
    option(2, t("本籍・筆頭者", "Registered domicile, head of family register")),
    option(3, t("個人番号（マイナンバー）", "Individual Number (My Number)")),
  ];
  const each = t("個人票（一人に1枚ずつ）", "A sheet for each person");
  const everyOption = [
    ...options,
    option(4, t("氏名の振り仮名", "Reading of the name in kana")),
    option(5, t("国籍・地域", "Nationality or region")),
    option(6, t("30条の45に規定する区分", "Category under Article 30-45")),
    option(7, t("在留資格", "Status of residence")),
    option(8, t("在留期間", "Period of stay")),
    option(9, t("在留期間の満了の日", "Date of expiry of the period of stay")),
    option(10, t("在留カード等の番号", "Number of the residence card")),
    option(11, t("通称の記載・削除（別紙）", "Records of aliases (a separate sheet)")),
    option(12, each),
    { ...option(13, t("異動履歴", "History of changes")), available: false, beside: each },
    option(14, t("方書（建物名・部屋番号）を省略", "Leave out building and room")),
  ];
  const eras = ["明治", "大正", "昭和", "平成", "令和", "西暦"].map((name, n) => ({ era: (n + 1) % 6, name }));
  const born = { eras, era: 3, year_digits: 2, digits: "", complete: false, wrong: false };
  const kinds = tenKinds(t);
  const blocked = t(
    "暗証番号が連続して間違えられたため、カードがロックされています。お住まいの市区町村の窓口、またはコンビニの端末での暗証番号初期化をご利用ください。",
    "The card is locked because a wrong PIN was entered too many times. Please have the PIN reset at your municipal office or at a store terminal.",
  );
  const unconfirmed = t(
    "印刷の完了を確認できませんでした。返金の手続きをします。係員にお知らせください。",
    "It could not be confirmed that your paper was printed. A refund case has been opened; please tell the staff.",
  );
  return [
    screen("service", false, {}),
    screen("place", true, { prefectures }),
    screen("card_on", true, { city: t("東京都千代田区", "Chiyoda City, Tokyo") }),
    screen("pin", true, { digits: 0, tries_left: 3, wrong: false }),
    screen("pin", true, { digits: 4, tries_left: 2, wrong: true }, "pin-wrong"),
    screen("pin", true, { digits: 2, tries_left: 1, wrong: true }, "pin-last"),
    screen("card_off", false, { waiting_for_long: false }),
    screen("card_off", false, { waiting_for_long: true }, "card_off-long"),
    screen("working", false, { step: "issue" }),
    screen("kind", false, { kinds: [kinds[0], kinds[1], kinds[3], kinds[6]], telephone: "03-0000-0000" }),
    screen("kind", false, { kinds, telephone: "03-0000-0000" }, "kind-ten"),
    screen("persons", true, { group: 1, scopes: [1, 2, 3], scope: 2, persons: household }),
    screen("persons", true, { group: 2, scopes: [1, 2, 3], scope: 3, persons: register }, "persons-register"),
    screen("items", true, { options }),
    screen("items", true, { options: everyOption }, "items-many"),
    screen("copies", true, { copies: 2, most: 10, fee_each: 200 }),
    screen("summary", true, {
      title,
      persons: ["窓口 太郎", "窓口 花子"],
      options: [options[0].name],
      copies: 1,
      fee: 200,
    }),
    screen("pay", false, { due: 200, inserted: 100, simulated: true }),
    screen("pay", false, { due: 200, inserted: 0, simulated: false }, "pay-coins"),
    screen("printing", false, { sheets: 2, printed: 1 }),
    screen("take", false, { change: 300, receipt, again: true }),
    screen(
      "take",
      false,
      { change: 0, receipt: { ...receipt, paid: 200, change: 0 }, again: false, waiting_for_long: true },
      "take-long",
    ),
    registering("registration", true, {}),
    registering("place", true, { prefectures }, "place-registration"),
    registering("applicant", true, { text: "", characters: 0, most: 60, complete: false }),
    registering("head", true, { text: "マドグチ　タロウ", characters: 8, most: 60, complete: true }),
    registering("head", true, { text: "ギ".repeat(60), characters: 60, most: 60, complete: true }, "head-long"),
    registering("born", true, born),
    registering("born", true, { ...born, digits: "630230", complete: true, wrong: true }, "born-wrong"),
    registering("born", true, { ...born, era: 0, year_digits: 4, digits: "198802" }, "born-western"),
    registering("telephone", true, { digits: "090", most: 11, complete: false }),
    registering("registration_summary", true, {
      city: t("三重県松阪市", "Matsusaka City, Mie"),
      applicant: "マドグチ　ハナコ",
      head: "マドグチ　タロウ",
      born: "昭和63年2月11日",
      telephone: "09012345678",
    }),
    registering("card_on", true, { city: t("三重県松阪市", "Matsusaka City, Mie") }, "card_on-registration"),
    registering("accepted", false, {
      city: t("三重県松阪市", "Matsusaka City, Mie"),
      number: "2026-000123",
      telephone: "0598-00-0000",
    }),
    screen("ended", false, {}),
    screen("refused", false, {
      code: "pin_blocked",
      sentence: blocked,
      telephone: "03-0000-0000",
      returned: 0,
      case: "",
    }),
    screen(
      "refused",
      false,
      {
        code: "print_unconfirmed",
        sentence: unconfirmed,
        telephone: "03-0000-0000",
        returned: 200,
        case: "R-20261121-0042",
      },
      "refused-case",
    ),
    screen("out_of_service", false, {
      sentence: t("用紙が詰まりました。係員にお知らせください。", "The paper is jammed. Please tell the staff."),
      code: "printer_jammed",
      telephone: "03-0000-0000",
      open_cases: ["R-20261121-0042"],
    }),
  ];
}

/** The message of one state, with `view` laid over its own view and `rest` over the message. */
export function messageOf(name, language, view = {}, rest = {}) {
  const found = everyScreen(language).find((state) => state.name === name);
  if (!found) throw new Error(`no such state: ${name}`);
  return { ...found.message, ...rest, view: { ...found.message.view, ...view } };
}
