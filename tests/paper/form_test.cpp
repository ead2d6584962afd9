// A form is data that a city edits: what is wrong with it is said with its place.
#include "paper/form.hpp"

#include "tests/paper/specimen.hpp"

namespace mado::paper {
namespace {

// The smallest form: one field on the page, one in the block, one in the footer.
std::string small_form() {
  return R"(name = "small"
version = "1"
seal = [160, 250, 26, 26]
[texts]
hello = "こんにちは"
[page]
label = [{ text = "題", box = [20, 10, 50, 10], size = 5, align = "center" }]
field = [{ name = "address", box = [20, 22, 100, 8], size = 4, least = 2, lines = 2, frame = 0.2, mandatory = true }]
[block]
at = [20, 40, 150, 20]
count = 3
rest = { text = "以下余白", box = [10, 2, 50, 6], size = 4 }
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
  EXPECT_EQ(form.block.count, 3);
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
  EXPECT_EQ(form.block.count, 4);
  EXPECT_TRUE(form.block.area.field("name")->mandatory);
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
        Broken{"count = 3", "count = 0", "city.toml:11: block.count: must be a whole number, 1 to 20"},
        Broken{"count = 3", "count = 2.5", "city.toml:11: block.count: must be a whole number, 1 to 20"},
        Broken{"count = 3", "cuont = 3", "city.toml:11: block.cuont: is no known key"},
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
        Broken{"[0, 0, 60, 10]", "[100, 0, 60, 10]", "city.toml: block's field \"name\" leaves its block"},
        Broken{"count = 3", "count = 9", "city.toml: footer field \"date\" overlaps block 9 field \"name\""},
        Broken{"[160, 250, 26, 26]", "[160, 250, 20, 26]", "city.toml: seal must be at least 25.02 mm each way"},
        Broken{"[20, 210, 60, 0.2]", "[20, 204, 60, 0.2]", "city.toml: a line crosses footer field \"date\""},
        Broken{"name = \"date\"", "name = \"\"", "city.toml:16: footer.field[0].name: must be a text"},
        Broken{"[footer]", "[footer", "city.toml:15: Error while parsing table header: expected ']', saw '\\n'"},
        Broken{"frame = 0.2", "frame = 0.9", "city.toml:8: page.field[0].frame: must be 0.05 to 0.5 mm"},
        Broken{"mandatory = true", "mandatory = 1", "city.toml:8: page.field[0].mandatory: must be true or false"},
        Broken{"line = [{ box", "line = [7, { box", "city.toml:17: footer.line[0]: must be a table"},
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
