// 画面のことば（日本語）。やさしい日本語で、短く書く。
// 記録や理由によることばは、プログラムが view に入れて送る。

const yen = (amount: number): string => `${amount.toLocaleString("ja-JP")}円`;

export const ja = {
  name: "日本語",
  yen,
  service_name: "証明書交付サービス",
  service_under: "コンビニ交付",
  choose_language: "言語",
  back: "戻る",
  cancel: "中止",
  next: "次へ",
  steps_label: "手続きの流れ",
  steps: ["市区町村", "カード", "証明書", "確認", "支払い", "受け取り"],
  step_of: (step: number, all: number, name: string) => `全部で${all}の手順の${step}番目：${name}`,
  step_done: "済み",

  countdown: {
    before: "あと",
    after: "秒で終わります",
    why: "操作がないと、入力した内容はすべて消えます。",
    stay: "つづける",
    spoken: (seconds: number) => `あと${seconds}秒で手続きを終わります。つづけるには「つづける」を押してください。`,
  },

  ask_cancel: {
    title: "手続きを中止しますか？",
    what: "入力した内容は、すべて消えます。入れたお金は、全額お返しします。",
    go_on: "手続きをつづける",
    cancel: "中止する",
  },

  service: {
    title: "証明書を、ここで受け取れます",
    lead: "住民票の写しなどの証明書を、マイナンバーカードで受け取れます。",
    needs_title: "必要なもの",
    need_card: "マイナンバーカード",
    need_card_why: "利用者証明用電子証明書が入っているもの",
    need_pin: "4けたの暗証番号",
    need_pin_why: "市区町村の窓口で決めた番号",
    need_money: "手数料",
    need_money_why: "硬貨で支払います",
    terms_title: "はじめる前に",
    terms: [
      "暗証番号を3回続けてまちがえると、カードがロックされます。",
      "市区町村には、申請に必要な情報だけを暗号にして送ります。",
      "終わると、この端末の情報はすべて消えます。",
      "印刷した証明書は、返品や交換ができません。",
    ],
    begin: "同意して、はじめる",
  },

  place: {
    title: "どの市区町村の証明書ですか？",
    lead: "住民登録のある市区町村を選んでください。戸籍の証明書は、本籍のある市区町村です。",
    prefectures: "都道府県",
    cities: "市区町村",
    choose_first: "はじめに、都道府県を選んでください。",
    cities_of: (prefecture: string) => `${prefecture}の市区町村`,
  },

  card_on: {
    title: "カードを置いてください",
    lead: "マイナンバーカードを、読み取り部の上に置いてください。",
    stays: "次の案内が出るまで、カードを動かさないでください。",
    city: "申請先",
  },

  pin: {
    title: "暗証番号を入力してください",
    lead: "利用者証明用電子証明書の、4けたの数字です。",
    entered: (digits: number) => `4けたのうち、${digits}けた入力しました`,
    wrong: "暗証番号がちがいます。",
    tries: (tries: number) => `あと${tries}回、入力できます`,
    tries_why: "続けて3回まちがえると、カードがロックされます。",
    last_try: "次にまちがえると、カードがロックされます。わからないときは「中止」を押してください。",
    pad: "数字",
    erase: "1字消す",
    enter: "確認",
  },

  card_off: {
    title: "カードを取ってください",
    lead: "読み取りが終わりました。カードを取ると、次に進みます。",
    long: "カードが残っています。カードを取ってください。",
    spoken: "カードをお取りください。",
  },

  working: {
    title: "しばらくお待ちください",
    steps: {
      challenge: "市区町村に接続しています",
      card: "カードを確認しています。カードを動かさないでください",
      check: "電子証明書が有効か、確認しています",
      issue: "市区町村で証明書を作っています",
      confirm: "支払いの前に、もう一度確認しています",
    },
  },

  kind: {
    title: "どの証明書が必要ですか？",
    a_copy: "1通",
    not_available: "今は選べません",
  },

  persons: {
    title: "どなたを載せますか？",
    scope: "範囲",
    scopes: { "1": "本人だけ", "2": "選んだ人", "3": "世帯の全員" } as Record<string, string>,
    scope_other: (scope: number) => `範囲${scope}`,
    persons: "載せる人",
    holder: "本人",
    chosen: "載せる",
    not_chosen: "載せない",
  },

  items: {
    title: "証明書に載せる項目を選んでください",
    lead: "提出先で必要な項目だけを選んでください。",
    chosen: "載せる",
    not_chosen: "載せない",
    none: "選べる項目はありません。「次へ」を押してください。",
  },

  copies: {
    title: "何通、必要ですか？",
    fewer: "1通減らす",
    more: "1通増やす",
    unit: "通",
    amount: "手数料",
    each: (fee: number) => `1通 ${yen(fee)}`,
    most: (most: number) => `${most}通まで選べます`,
    spoken: (copies: number, amount: number) => `${copies}通、${yen(amount)}`,
  },

  summary: {
    title: "この内容でよろしいですか？",
    certificate: "証明書",
    persons: "載せる人",
    options: "載せる項目",
    no_options: "なし",
    copies: "通数",
    copies_value: (copies: number) => `${copies}通`,
    fee: "手数料の合計",
    note: "印刷した後は、取り消しや返金ができません。",
    agree: "この内容で申請する",
  },

  pay: {
    title: "手数料を入れてください",
    due: "手数料",
    inserted: "入れた金額",
    rest: "あと",
    enough: "お支払いを確認しています",
    coins: "使える硬貨：10円、50円、100円、500円。おつりが出ます。",
    demo: "デモ用",
    demo_why: "硬貨を入れる代わりのボタンです。本物のお金は使いません。",
    insert: (coin: number) => `${yen(coin)}を入れる`,
    spoken: (inserted: number, rest: number) => `${yen(inserted)}入りました。あと${yen(rest)}です。`,
  },

  printing: {
    title: "印刷しています",
    sheet: (printed: number, sheets: number) => `${sheets}枚のうち、${printed}枚印刷しました`,
    may_take: "2分以上かかることがあります。",
    do_not_leave: "証明書が出るまで、そばを離れないでください。",
  },

  take: {
    title: "忘れずに、お取りください",
    paper: "証明書",
    change: "おつり",
    no_change: "おつりはありません",
    receipt: "領収証",
    again: "ほかの証明書も受け取る",
    finish: "受け取りました",
    spoken: "証明書と、おつりと、領収証をお取りください。",
    long: "証明書が残っています。忘れずにお取りください。",
    receipt_rows: {
      title: "証明書",
      copies: "通数",
      fee: "手数料",
      paid: "お預かり",
      change: "おつり",
      at: "日時",
      kiosk: "端末",
      number: "番号",
    },
    copies_value: (copies: number) => `${copies}通`,
    card: "カードは、お手元にありますか？",
  },

  ended: {
    title: "ありがとうございました",
    lead: "この端末に入力した内容は、すべて消しました。",
    check: "証明書、おつり、カードのお忘れはありませんか？",
  },

  refused: {
    title: "証明書を発行できませんでした",
    telephone: "お問い合わせ",
    code: "コード",
    case: "返金の受付番号",
    case_why: "電話で、この番号をお伝えください。写真に撮っておくと便利です。",
    returned: "お返しした金額",
    close: "終わる",
  },

  out_of_service: {
    title: "ただいま使えません",
    telephone: "お問い合わせ",
    code: "コード",
    cases: "確認中の受付番号",
  },

  failure: {
    title: "画面を表示できません",
    what: "手続きをつづけられません。「中止」を押してください。入れたお金は、お返しします。",
  },

  closed: {
    title: "手続きは終わりました",
    lead: "画面が変わるまで、お待ちください。",
  },
};

/** The shape that every language fills: the keys of the Japanese file, each with the same type. */
export type Texts = typeof ja;
