// Settings of programs in TOML: a city's rules, lines and admissions.
#include "operation/settings.hpp"

#include "application/rules.hpp"
#include "fuzz/examine.hpp"
#include "wire/line.hpp"

namespace mado::fuzz {

namespace {
void claim_bounded(const application::OfferRules& rules) {
  claim(rules.version >= 1 && rules.most_copies >= 1 && rules.most_copies <= 10, "rules are bounded");
  claim(rules.opens_at >= 0 && rules.opens_at < rules.closes_at && rules.closes_at <= 24 * 60,
        "a day opens, then closes");
  claim(!rules.kinds.empty(), "something is offered");
  for (const auto& kind : rules.kinds) {
    claim(rules.find(kind.kind) == &kind && kind.kind != v1::KIND_UNSPECIFIED, "a kind stands once");
    claim(kind.fee <= 10'000, "a fee is bounded");
  }
  for (const auto& day : rules.closed_days)
    claim(parse_day("2000-" + day).has_value(), "a closed day is one of the calendar");
}

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
  const auto rules = application::read_rules(*settings);
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
  claim_bounded(rules);
  claim_bounded(limits);
  claim(!listen.empty(), "a text is not empty");
}

}  // namespace mado::fuzz
