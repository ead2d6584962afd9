// A form is data that a city edits: what is wrong with it is said with its place.
#include "paper/form.hpp"

#include "tests/paper/specimen.hpp"

namespace mado::paper {
namespace {

// The smallest form: one field on the page, one in a row, one in the footer.
std::string small_form() {
  return R"(name = "small"
version = "1"
seal = [160, 250, 26, 26]
[texts]
hello = "こんにちは"
[page]
label = [{ text = "題", box = [20, 10, 50, 10], size = 5, align = "center" }]
field = [{ name = "address", box = [20, 22, 100, 8], size = 4, least = 2, lines = 2, frame = 0.2, mandatory = true }]
[flow]
at = [20, 40, 150, 60]
rest = { text = "以下余白", box = [10, 2, 50, 6], size = 4 }
[row.person]
height = 20
field = [{ name = "name", box = [0, 0, 60, 10], size = 5, mandatory = true }]
box = [{ box = [0, 0, 150, 20], frame = 0.3 }]
[footer]
field = [{ name = "date", box = [20, 200, 60, 8], size = 4 }]
line = [{ box = [20, 210, 60, 0.2] }]
)";
}

std::string with(const std::string& from, const std::string& to) {
  auto text = small_form();
  const auto place = text.find(from);
  if (place == std::string::npos) throw std::runtime_error("not in the form: " + from);
  return text.replace(place, from.size(), to);
}

TEST(Form, IsReadInMillimetres) {
  const auto form = parse_form(small_form(), "small.toml").value();
  EXPECT_EQ(form.name, "small");
  EXPECT_EQ(form.texts.at("hello"), "こんにちは");
  EXPECT_DOUBLE_EQ(form.row("person")->height, 20);
  EXPECT_EQ(form.row("household"), nullptr);
  const auto* address = form.page.field("address");
  ASSERT_NE(address, nullptr);
  EXPECT_DOUBLE_EQ(address->box.width, 100);
  EXPECT_DOUBLE_EQ(address->type.least, 2);
  EXPECT_EQ(address->type.lines, 2);
  EXPECT_TRUE(address->mandatory);
  EXPECT_EQ(form.page.frames.size(), 1U) << "the frame of the field";
  EXPECT_EQ(form.footer.lines.size(), 1U);
  EXPECT_EQ(form.page.field("name"), nullptr);
}

TEST(Form, TheResidenceFormOfTheRepositoryIsSound) {
  const auto& form = specimen::residence_form();
  EXPECT_TRUE(form.row("person")->area.field("name")->mandatory);
  EXPECT_DOUBLE_EQ(form.flow->box.height, 4 * form.row("person")->height);
}

struct Broken {
  const char* from;
  const char* to;
  const char* sentence;
};

class BrokenForm : public testing::TestWithParam<Broken> {};

TEST_P(BrokenForm, IsRefusedWithFileLineKeyAndReason) {
  const auto form = parse_form(with(GetParam().from, GetParam().to), "city.toml");
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().reason, Reason::configuration_invalid);
  EXPECT_EQ(form.error().cause, GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    Each, BrokenForm,
    testing::Values(
        Broken{"version = \"1\"\n", "", "city.toml:1: version: is missing"},
        Broken{"lines = 2", "lines = 0", "city.toml:8: page.field[0].lines: must be a whole number, 1 to 4"},
        Broken{"lines = 2", "lines = 2.5", "city.toml:8: page.field[0].lines: must be a whole number, 1 to 4"},
        Broken{"height = 20", "heigth = 20", "city.toml:13: row.person.heigth: is no known key"},
        Broken{"height = 20", "height = 0", "city.toml:13: row.person.height: must be 1 to 289 mm"},
        Broken{"height = 20", "height = 61", "city.toml: row person is higher than the flow on the last page"},
        Broken{"height = 20", "height = 20\nheads = [\"title\"]",
               "city.toml:14: row.person.heads: \"title\" is no row of this form"},
        Broken{"[row.person]\nheight = 20\n", "", "city.toml:13: flow.box: is no known key"},
        Broken{"[row.person]", "[rows.person]", "city.toml:12: rows: is no known key"},
        Broken{"at = [20, 40, 150, 60]", "at = [20, 40, 150, 60]\nlast_height = 61",
               "city.toml:11: flow.last_height: must be 1 to 60 mm"},
        Broken{"size = 5, mandatory", "size = 5, grows = true, mandatory",
               "city.toml: row person field \"name\" grows, so it must reach the row's lower edge"},
        Broken{"size = 5, mandatory", "size = 5, lines = 2, grows = true, mandatory",
               "city.toml:14: row.person.field[0].grows: cannot stand beside lines or least"},
        Broken{"size = 5, mandatory", "size = 5, overflow = \"cut\", mandatory",
               "city.toml:14: row.person.field[0].overflow: must be refuse, limit or blank"},
        Broken{"size = 5, align", "size = 40, align", "city.toml:7: page.label[0].size: must be 1.5 to 15 mm"},
        Broken{"size = 5, align", "size = \"5\", align",
               "city.toml:7: page.label[0].size: must be a number of millimetres"},
        Broken{"size = 5, align", "size = nan, align", "city.toml:7: page.label[0].size: must be 1.5 to 15 mm"},
        Broken{"least = 2", "least = 4.5", "city.toml:8: page.field[0].least: must be 1.5 to 4 mm"},
        Broken{"align = \"center\"", "align = \"middle\"",
               "city.toml:7: page.label[0].align: must be left, center, right or spread"},
        Broken{"[20, 22, 100, 8]", "[20, 22, 100]", "city.toml:8: page.field[0].box: must be [x, y, width, height]"},
        Broken{"[20, 22, 100, 8]", "[20, 22, 0, 8]", "city.toml:8: page.field[0].box: has no area"},
        Broken{"[20, 22, 100, 8]", "[20, 22, 400, 8]", "city.toml:8: page.field[0].box[2]: must be 0 to 297 mm"},
        Broken{"[20, 22, 100, 8]", "[20, 15, 100, 8]", "city.toml: page label \"題\" overlaps page field \"address\""},
        Broken{"[20, 22, 100, 8]", "[120, 22, 100, 8]",
               "city.toml: page field \"address\" leaves the printable page (4 mm from the edge)"},
        Broken{"[0, 0, 60, 10]", "[100, 0, 60, 10]", "city.toml: row person field \"name\" leaves its row"},
        Broken{"150, 60]", "150, 170]", "city.toml: footer field \"date\" overlaps flow"},
        Broken{"150, 60]", "150, 260]", "city.toml: flow leaves the printable page (4 mm from the edge)"},
        Broken{"[160, 250, 26, 26]", "[160, 250, 20, 26]", "city.toml: seal must be at least 25.02 mm each way"},
        Broken{"[20, 210, 60, 0.2]", "[20, 204, 60, 0.2]", "city.toml: a line crosses footer field \"date\""},
        Broken{"name = \"date\"", "name = \"\"", "city.toml:17: footer.field[0].name: must be a text"},
        Broken{"[footer]", "[footer", "city.toml:16: Error while parsing table header: expected ']', saw '\\n'"},
        Broken{"frame = 0.2", "frame = 0.9", "city.toml:8: page.field[0].frame: must be 0.05 to 0.5 mm"},
        Broken{"mandatory = true", "mandatory = 1", "city.toml:8: page.field[0].mandatory: must be true or false"},
        Broken{"line = [{ box", "line = [7, { box", "city.toml:18: footer.line[0]: must be a table"},
        Broken{"hello = \"こんにちは\"", "hello = 3", "city.toml:5: texts.hello: must be a text"}));

TEST(Form, AFieldsNameIsUsedOnce) {
  const auto twice = with("line = [{ box = [20, 210, 60, 0.2] }]", "")
                         .append("[[footer.field]]\nname = \"date\"\nbox = [20, 220, 60, 8]\nsize = 4\n");
  EXPECT_FALSE(parse_form(twice, "city.toml"));
}

TEST(Form, AFileThatIsMissingOrHugeIsRefused) {
  EXPECT_EQ(load_form("no/such/form.toml").error().cause, "no/such/form.toml: cannot be read");
  EXPECT_EQ(parse_form(std::string(256 * 1024 + 1, '#'), "city.toml").error().cause,
            "city.toml: is longer than 256 KiB");
}

}  // namespace
}  // namespace mado::paper
