// Messages as the kiosk's program sends them (docs/kiosk-screens.md): one or more for each screen, in both languages.

const inLanguage = { ja: (ja, _en) => ja, en: (_ja, en) => en };

function around(screen, language, canGoBack, view, name = screen) {
  return {
    name,
    message: {
      screen,
      language,
      languages: ["ja", "en"],
      session: "6f1c".repeat(8),
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

/** Every screen, and every state of it that looks different, as `{name, message}`. */
export function everyScreen(language) {
  const t = inLanguage[language];
  const screen = (name, back, view, state) => around(name, language, back, view, state);
  const title = t("住民票の写し", "Copy of residence certificate");
  const closedNow = t("平日の午前9時から午後5時まで選べます。", "Available on weekdays from 9:00 to 17:00.");
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
    { option: 1, name: t("世帯主・続柄", "Head of household and relationship"), chosen: true },
    { option: 2, name: t("本籍・筆頭者", "Registered domicile and head of register"), chosen: false },
    { option: 3, name: t("個人番号（マイナンバー）", "My Number"), chosen: false },
  ];
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
    screen("kind", false, {
      kinds: [
        { kind: 1, title, fee: 200, available: true, why: "" },
        { kind: 2, title: t("印鑑登録証明書", "Seal registration certificate"), fee: 200, available: true, why: "" },
        {
          kind: 3,
          title: t("戸籍全部事項証明書", "Family register, all matters"),
          fee: 450,
          available: false,
          why: closedNow,
        },
        { kind: 4, title: t("所得・課税証明書", "Income and tax certificate"), fee: 200, available: true, why: "" },
      ],
    }),
    screen("persons", true, { scopes: [1, 2, 3], scope: 2, persons: household }),
    screen("items", true, { options }),
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
