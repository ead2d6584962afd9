// Settings of programs in TOML: lines and admissions.
#include "operation/settings.hpp"

#include "fuzz/examine.hpp"
#include "wire/line.hpp"

namespace mado::fuzz {

namespace {
void claim_bounded(const wire::Limits& limits) {
  claim(limits.largest_message >= 1024 && limits.concurrent_calls >= 1 && limits.deadline.count() >= 1,
        "limits are no zeros");
}
}  // namespace

void examine(ByteView input) {
  auto settings = operation::Settings::parse(text_of(input), "/settings.toml");
  if (!settings) {
    claim(settings.error().reason == Reason::configuration_invalid, "one reason for every file that is not read");
    return;
  }
  const auto limits = wire::read_limits(*settings, "line");
  const auto admissions = wire::read_admissions(*settings, "line.admit");
  const auto listen = settings->text("line.listen", "127.0.0.1:0");
  (void)wire::admits(admissions, "center-1.jlis.example", "/madoguchi.v1.City/Menu");
  for (const auto& key : settings->keys(""))
    claim(settings->has(key) || key.find_first_of(".[]") != std::string::npos, "a key is there");
  const auto finished = settings->finish();
  if (!finished) {
    claim(finished.error().reason == Reason::configuration_invalid && !finished.error().cause.empty(),
          "what is wrong is said");
    return;
  }
  claim_bounded(limits);
  claim(!listen.empty(), "a text is not empty");
}

}  // namespace mado::fuzz
