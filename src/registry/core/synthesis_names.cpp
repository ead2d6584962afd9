#include "registry/core/synthesis_names.hpp"

#include <array>

namespace mado::registry {

namespace {
// clang-format off
constexpr std::array surname_list = std::to_array<NameAndReading>({
    {"佐藤", "サトウ"}, {"鈴木", "スズキ"}, {"高橋", "タカハシ"}, {"田中", "タナカ"}, {"伊藤", "イトウ"}, {"渡辺", "ワタナベ"},
    {"山本", "ヤマモト"}, {"中村", "ナカムラ"}, {"小林", "コバヤシ"}, {"加藤", "カトウ"}, {"吉田", "ヨシダ"}, {"山田", "ヤマダ"},
    {"佐々木", "ササキ"}, {"山口", "ヤマグチ"}, {"松本", "マツモト"}, {"井上", "イノウエ"}, {"木村", "キムラ"}, {"林", "ハヤシ"},
    {"斎藤", "サイトウ"}, {"清水", "シミズ"}, {"山崎", "ヤマザキ"}, {"森", "モリ"}, {"池田", "イケダ"}, {"橋本", "ハシモト"},
    {"阿部", "アベ"}, {"石川", "イシカワ"}, {"山下", "ヤマシタ"}, {"中島", "ナカジマ"}, {"石井", "イシイ"}, {"小川", "オガワ"},
    {"前田", "マエダ"}, {"岡田", "オカダ"}, {"長谷川", "ハセガワ"}, {"藤田", "フジタ"}, {"後藤", "ゴトウ"}, {"近藤", "コンドウ"},
    {"村上", "ムラカミ"}, {"遠藤", "エンドウ"}, {"青木", "アオキ"}, {"坂本", "サカモト"}, {"斉藤", "サイトウ"}, {"福田", "フクダ"},
    {"太田", "オオタ"}, {"西村", "ニシムラ"}, {"藤井", "フジイ"}, {"岡本", "オカモト"}, {"金子", "カネコ"}, {"藤原", "フジワラ"},
    {"中野", "ナカノ"}, {"三浦", "ミウラ"}, {"原田", "ハラダ"}, {"中川", "ナカガワ"}, {"松田", "マツダ"}, {"竹内", "タケウチ"},
    {"小野", "オノ"}, {"田村", "タムラ"}, {"中山", "ナカヤマ"}, {"和田", "ワダ"}, {"石田", "イシダ"}, {"森田", "モリタ"},
    {"上田", "ウエダ"}, {"原", "ハラ"}, {"内田", "ウチダ"}, {"柴田", "シバタ"}, {"酒井", "サカイ"}, {"宮崎", "ミヤザキ"},
    {"横山", "ヨコヤマ"}, {"髙木", "タカギ"}, {"安藤", "アンドウ"}, {"宮本", "ミヤモト"}, {"大野", "オオノ"}, {"小島", "コジマ"},
    {"谷口", "タニグチ"}, {"今井", "イマイ"}, {"工藤", "クドウ"}, {"髙田", "タカダ"}, {"増田", "マスダ"}, {"丸山", "マルヤマ"},
    {"杉山", "スギヤマ"}, {"村田", "ムラタ"}, {"大塚", "オオツカ"}, {"新井", "アライ"}, {"小山", "コヤマ"}, {"平野", "ヒラノ"},
    {"河野", "コウノ"}, {"藤本", "フジモト"}, {"野口", "ノグチ"}, {"武田", "タケダ"}, {"松井", "マツイ"}, {"千葉", "チバ"},
    {"岩崎", "イワサキ"}, {"菅原", "スガワラ"}, {"木下", "キノシタ"}, {"久保", "クボ"}, {"佐野", "サノ"}, {"野村", "ノムラ"},
    {"渡邉\U000E0102", "ワタナベ"}, {"葛\U000E0102城", "カツラギ"}, {"齋藤", "サイトウ"}, {"濵田", "ハマダ"}, {"𠮷川", "ヨシカワ"},
});

constexpr std::array elder_men = std::to_array<NameAndReading>({
    {"清", "キヨシ"}, {"正雄", "マサオ"}, {"茂", "シゲル"}, {"勇", "イサム"}, {"実", "ミノル"}, {"武", "タケシ"}, {"三郎", "サブロウ"},
    {"義雄", "ヨシオ"}, {"昭", "アキラ"}, {"進", "ススム"}, {"博", "ヒロシ"}, {"和夫", "カズオ"}, {"幸雄", "ユキオ"}, {"弘", "ヒロシ"},
    {"忠", "タダシ"}, {"勝", "マサル"}, {"豊", "ユタカ"}, {"功", "イサオ"}, {"利夫", "トシオ"}, {"栄一", "エイイチ"},
});
constexpr std::array elder_women = std::to_array<NameAndReading>({
    {"和子", "カズコ"}, {"幸子", "サチコ"}, {"節子", "セツコ"}, {"美代子", "ミヨコ"}, {"千代", "チヨ"}, {"文子", "フミコ"}, {"トシ", "トシ"},
    {"キヨ", "キヨ"}, {"洋子", "ヨウコ"}, {"京子", "キョウコ"}, {"恵子", "ケイコ"}, {"久子", "ヒサコ"}, {"芳子", "ヨシコ"}, {"弘子", "ヒロコ"},
    {"ハル", "ハル"}, {"静江", "シズエ"}, {"房子", "フサコ"}, {"悦子", "エツコ"}, {"光子", "ミツコ"}, {"富美子", "フミコ"},
});
constexpr std::array middle_men = std::to_array<NameAndReading>({
    {"健一", "ケンイチ"}, {"誠", "マコト"}, {"浩二", "コウジ"}, {"隆", "タカシ"}, {"哲也", "テツヤ"}, {"大輔", "ダイスケ"}, {"直樹", "ナオキ"},
    {"英樹", "ヒデキ"}, {"剛", "ツヨシ"}, {"学", "マナブ"}, {"亮", "リョウ"}, {"健太郎", "ケンタロウ"}, {"和也", "カズヤ"}, {"達也", "タツヤ"},
    {"淳", "ジュン"}, {"智之", "トモユキ"}, {"秀明", "ヒデアキ"}, {"雄一", "ユウイチ"}, {"慎吾", "シンゴ"}, {"聡", "サトシ"},
});
constexpr std::array middle_women = std::to_array<NameAndReading>({
    {"由美子", "ユミコ"}, {"真由美", "マユミ"}, {"明美", "アケミ"}, {"久美子", "クミコ"}, {"智子", "トモコ"}, {"美咲", "ミサキ"}, {"裕子", "ユウコ"},
    {"陽子", "ヨウコ"}, {"直美", "ナオミ"}, {"香織", "カオリ"}, {"恵", "メグミ"}, {"愛", "アイ"}, {"麻衣", "マイ"}, {"理恵", "リエ"},
    {"優子", "ユウコ"}, {"千尋", "チヒロ"}, {"純子", "ジュンコ"}, {"美穂", "ミホ"}, {"綾", "アヤ"}, {"典子", "ノリコ"},
});
constexpr std::array young_men = std::to_array<NameAndReading>({
    {"翔太", "ショウタ"}, {"拓海", "タクミ"}, {"大翔", "ヒロト"}, {"蓮", "レン"}, {"悠真", "ユウマ"}, {"陽翔", "ハルト"}, {"湊", "ミナト"},
    {"樹", "イツキ"}, {"颯太", "ソウタ"}, {"陸", "リク"}, {"駿", "シュン"}, {"涼介", "リョウスケ"}, {"海斗", "カイト"}, {"奏", "カナデ"},
    {"律", "リツ"}, {"朝陽", "アサヒ"}, {"新", "アラタ"}, {"暖", "ダン"}, {"碧", "アオイ"}, {"壮真", "ソウマ"},
});
constexpr std::array young_women = std::to_array<NameAndReading>({
    {"陽菜", "ヒナ"}, {"結衣", "ユイ"}, {"葵", "アオイ"}, {"凛", "リン"}, {"さくら", "サクラ"}, {"美月", "ミヅキ"}, {"七海", "ナナミ"},
    {"杏", "アン"}, {"芽依", "メイ"}, {"紬", "ツムギ"}, {"心春", "コハル"}, {"莉子", "リコ"}, {"彩花", "アヤカ"}, {"萌", "モエ"},
    {"琴音", "コトネ"}, {"ひより", "ヒヨリ"}, {"澪", "ミオ"}, {"詩", "ウタ"}, {"花音", "カノン"}, {"楓", "カエデ"},
});

// Rare characters, compatibility ideographs, characters outside the first plane, and sequences of 文字情報基盤.
constexpr std::array rare_surname_list = std::to_array<NameAndReading>({
    {"渡邉\U000E0110", "ワタナベ"}, {"渡邊\U000E0108", "ワタナベ"}, {"齋\U000E0103藤", "サイトウ"}, {"葛\U000E0103西", "カサイ"}, {"辻\U000E0102", "ツジ"},
    {"榊\U000E0102原", "サカキバラ"}, {"樋\U000E0102口", "ヒグチ"}, {"藤\U000E0103本", "フジモト"}, {"神\U000E0103谷", "カミヤ"}, {"曾\U000E0101根", "ソネ"},
    {"山﨑", "ヤマザキ"}, {"𡈽屋", "ツチヤ"}, {"𣘺本", "ハシモト"}, {"桒原", "クワバラ"}, {"栁田", "ヤナギダ"}, {"槗口", "ハシグチ"}, {"邨上", "ムラカミ"},
    {"圡田", "ツチダ"}, {"塚\U000E0103越", "ツカゴシ"}, {"猪熊", "イノクマ"}, {"羽鳥", "ハトリ"}, {"釡石", "カマイシ"}, {"𠀋野", "タケノ"}, {"勅使河原", "テシガワラ"},
    {"東四柳", "ヒガシヨツヤナギ"}, {"左衛門三郎", "サエモンサブロウ"}, {"一", "ニノマエ"}, {"小比類巻", "コヒルイマキ"},
});
constexpr std::array long_given_name_list = std::to_array<NameAndReading>({
    {"寿限無寿限無五劫乃擦切", "ジュゲムジュゲムゴコウノスリキレ"}, {"雷神不動北山桜之助", "ライジンフドウキタヤマサクラノスケ"}, {"春夏秋冬花鳥風月姫", "ヒトトセカチョウフウゲツヒメ"},
});

constexpr std::array foreign_family_list = std::to_array<ForeignFamily>({
    {"ZHANG", "張", "チャン", "中国"}, {"WANG", "王", "ワン", "中国"}, {"LIU", "劉", "リュウ", "中国"}, {"CHEN", "陳", "チェン", "台湾"}, {"KIM", "金", "キム", "韓国"},
    {"LEE", "李", "リ", "韓国"}, {"PARK", "朴", "パク", "韓国"}, {"NGUYEN", "", "グエン", "ベトナム"}, {"TRAN", "", "チャン", "ベトナム"},
    {"SANTOS", "", "サントス", "フィリピン"}, {"SILVA", "", "シルバ", "ブラジル"}, {"RODRIGUES DA SILVA DOS SANTOS", "", "ロドリゲス　ダ　シルバ　ドス　サントス", "ブラジル"},
    {"GURUNG", "", "グルン", "ネパール"}, {"SMITH", "", "スミス", "米国"}, {"SCHMIDT", "", "シュミット", "ドイツ"}, {"RATTANAPORN", "", "ラッタナポーン", "タイ"},
});
constexpr std::array kanji_men = std::to_array<ForeignGivenName>({
    {"WEI", "偉", "ウェイ"}, {"MING", "明", "ミン"}, {"JUN", "俊", "ジュン"}, {"HAO", "浩", "ハオ"}, {"MINJUN", "民俊", "ミンジュン"}, {"SEONGHO", "成浩", "ソンホ"},
});
constexpr std::array kanji_women = std::to_array<ForeignGivenName>({
    {"YULIN", "玉蓮", "ユーリン"}, {"FANG", "芳", "ファン"}, {"XIAOYAN", "小燕", "シャオイェン"}, {"SOOJIN", "秀珍", "スジン"}, {"JIWOO", "智友", "ジウ"},
});
constexpr std::array alphabet_men = std::to_array<ForeignGivenName>({
    {"JOHN PAUL", "", "ジョン　ポール"}, {"DUC", "", "ドゥック"}, {"JOSE CARLOS", "", "ジョゼ　カルロス"}, {"RAM BAHADUR", "", "ラム　バハドゥル"},
    {"MAXIMILIAN ALEXANDER", "", "マクシミリアン　アレクサンダー"},
});
constexpr std::array alphabet_women = std::to_array<ForeignGivenName>({
    {"LAN", "", "ラン"}, {"MARIA CRISTINA", "", "マリア　クリスティナ"}, {"EMILY ROSE", "", "エミリー　ローズ"}, {"SITA DEVI", "", "シタ　デビ"},
    {"MARIA APARECIDA DE LOURDES FERNANDA", "", "マリア　アパレシダ　デ　ロウルデス　フェルナンダ"},
});

constexpr std::array building_list = std::to_array<std::string_view>({"ハイツ", "コーポ", "マンション", "レジデンス", "荘"});
constexpr std::array abroad_list = std::to_array<std::string_view>({
    "アメリカ合衆国", "中華人民共和国", "大韓民国", "ドイツ連邦共和国", "ブラジル連邦共和国", "オーストラリア連邦", "タイ王国",
});

constexpr std::array town_list = std::to_array<std::string_view>({
    "本町一丁目", "本町二丁目", "本町三丁目", "中央一丁目", "中央二丁目", "緑町", "栄町", "旭町", "若葉台一丁目", "若葉台二丁目",
    "桜木町", "新町", "元町", "東町", "西町", "南町", "北町", "泉町", "末広町", "寿町", "富士見一丁目", "富士見二丁目", "大手町",
    "千歳町", "美園", "松原", "梅ヶ枝町", "菖蒲谷", "青葉台三丁目", "弥生町",
});
constexpr std::array elsewhere_list = std::to_array<std::string_view>({
    "北海道札幌市中央区", "青森県弘前市", "宮城県仙台市青葉区", "秋田県横手市", "福島県会津若松市", "茨城県水戸市", "栃木県宇都宮市",
    "群馬県前橋市", "埼玉県川越市", "千葉県松戸市", "東京都八王子市", "神奈川県横須賀市", "新潟県長岡市", "富山県高岡市", "石川県金沢市",
    "山梨県甲府市", "長野県松本市", "岐阜県大垣市", "静岡県浜松市", "愛知県岡崎市", "三重県津市", "滋賀県彦根市", "京都府宇治市",
    "大阪府堺市", "兵庫県姫路市", "奈良県大和郡山市", "和歌山県田辺市", "島根県松江市", "岡山県倉敷市", "広島県呉市", "山口県下関市",
    "香川県高松市", "愛媛県今治市", "高知県四万十市", "福岡県久留米市", "長崎県佐世保市", "熊本県八代市", "宮崎県都城市", "鹿児島県薩摩川内市",
    "沖縄県那覇市",
});
// clang-format on
}  // namespace

std::span<const NameAndReading> surnames() { return surname_list; }

std::span<const NameAndReading> given_names(bool female, int birth_year) {
  if (birth_year < 1955) return female ? std::span<const NameAndReading>(elder_women) : elder_men;
  if (birth_year < 1985) return female ? std::span<const NameAndReading>(middle_women) : middle_men;
  return female ? std::span<const NameAndReading>(young_women) : young_men;
}

std::span<const NameAndReading> rare_surnames() { return rare_surname_list; }
std::span<const NameAndReading> long_given_names() { return long_given_name_list; }
std::span<const ForeignFamily> foreign_families() { return foreign_family_list; }
std::span<const ForeignGivenName> foreign_given_names(bool female, bool in_kanji) {
  if (in_kanji) return female ? std::span<const ForeignGivenName>(kanji_women) : kanji_men;
  return female ? std::span<const ForeignGivenName>(alphabet_women) : alphabet_men;
}

std::span<const std::string_view> buildings() { return building_list; }
std::span<const std::string_view> abroad() { return abroad_list; }
std::span<const std::string_view> towns() { return town_list; }
std::span<const std::string_view> elsewhere() { return elsewhere_list; }

}  // namespace mado::registry
