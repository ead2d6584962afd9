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
  registration_steps: ["説明", "市区町村", "入力", "確認", "カード", "受付"],
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
    home: { what: "お住まいの市区町村の証明書", why: "住民票・印鑑・税など" },
    domicile: { what: "本籍地の市区町村の証明書", why: "戸籍・附票。利用登録が済んだ方" },
    registration: { what: "本籍地の利用登録を申請する", why: "お住まいと本籍地がちがう方" },
  },

  place: {
    title: "どの市区町村の証明書ですか？",
    lead: "住民登録のある市区町村を選んでください。",
    title_domicile: "本籍は、どの市区町村ですか？",
    lead_domicile: "本籍のある市区町村を選んでください。",
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
      register: "市区町村に申請を送っています",
      issue: "市区町村で証明書を作っています",
      confirm: "支払いの前に、もう一度確認しています",
    },
  },

  kind: {
    title: "どの証明書が必要ですか？",
    a_copy: "1通",
    not_available: "今は選べません",
    call: "お問い合わせ",
  },

  persons: {
    title: "どなたを載せますか？",
    scope: "範囲",
    scopes: { "1": "本人だけ", "2": "選んだ人", "3": "世帯の全員" } as Record<string, string>,
    scopes_register: { "1": "本人だけ", "2": "選んだ人", "3": "戸籍の全員" } as Record<string, string>,
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
    beside: (option: string) => `「${option}」を選ぶと選べます`,
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

  registration: {
    title: "本籍地の利用登録を申請します",
    lead: "お住まいと本籍地がちがう方は、一度登録すると、本籍地の戸籍の証明書をここで受け取れます。",
    how_title: "手続きの流れ",
    how: [
      "振り仮名・生年月日・電話番号を入力します。",
      "マイナンバーカードと暗証番号で、本人であることを示します。",
      "本籍地の職員が、戸籍と照らし合わせて決めます。数日かかります。",
    ],
    needs_title: "必要なもの",
    needs: ["マイナンバーカードと、4けたの暗証番号", "筆頭者（戸籍のはじめに書かれている人）の氏名", "手数料はかかりません"],
    city: "本籍地",
    applicant: "氏名の振り仮名",
    head: "筆頭者の振り仮名",
    born: "生年月日",
    telephone: "電話番号",
    note: "次に、カードを使います。この内容は暗号にして、本籍地の市区町村だけに送ります。",
    agree: "この内容で申請する",
    accepted_title: "申請を受け付けました",
    accepted_lead: "本籍地の職員が確認します。登録が終わると、戸籍の証明書を受け取れます。",
    number: "受付番号",
    accepted_note: "受付番号は、もう一度表示できません。書きとめるか、写真に撮ってください。",
    accepted_spoken: (number: string) => `申請を受け付けました。受付番号は、${number}です。`,
    finish: "書きとめました",
  },

  typing: {
    applicant_title: "あなたの氏名の振り仮名は？",
    applicant_lead: "カタカナで入力してください。氏と名の間は「空白」です。",
    head_title: "筆頭者の振り仮名は？",
    head_lead: "戸籍のはじめに書かれている人です。カタカナで入力してください。",
    typed: (text: string) => (text === "" ? "まだ入力していません" : `${text}、と入力しました`),
    kana_pad: "五十音",
    marks_label: "濁点、小文字、空白、削除",
    marks: {
      voiced: { sign: "カ→ガ", name: "濁点" },
      half_voiced: { sign: "ハ→パ", name: "半濁点" },
      small: { sign: "ツ→ッ", name: "小文字" },
    },
    blank: "空白",
    born_title: "あなたの生年月日は？",
    born_lead: "元号を選んで、数字を入力してください。",
    born_hint: "1けたの数字は、前に0を付けます。例：3月は 03",
    born_wrong: "その日付はありません。元号と数字を確かめてください。",
    era: "元号",
    eras: {} as Record<string, string>,
    units: { year: "年", month: "月", day: "日" },
    telephone_title: "あなたの電話番号は？",
    telephone_lead: "職員から、お尋ねすることがあります。",
    telephone_hint: "市外局番から、10けたか11けたの数字です。",
  },

  ended: {
    title: "ありがとうございました",
    lead: "この端末に入力した内容は、すべて消しました。",
    check: "証明書、おつり、カードのお忘れはありませんか？",
  },

  refused: {
    title: "証明書を発行できませんでした",
    title_registration: "申請を受け付けられませんでした",
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
