#include <fmt/format.h>

#include <algorithm>

#include "authority.hpp"
#include "commands.hpp"
#include "operation/arguments.hpp"
#include "operation/program.hpp"

namespace mado::ceremony {

namespace {
constexpr std::size_t longest_dns_name = 64;  // also the subject's CN, whose upper bound this is (X.520)

// RFC 1123 host names in lower case: a member's name is also its file's name.
bool is_dns_name(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  return !name.empty() && name.size() <= longest_dns_name && std::ranges::all_of(name, allowed) &&
         name.front() != '.' && name.front() != '-' && name.back() != '.' && name.find("..") == std::string_view::npos;
}

Outcome<void> make(const std::filesystem::path& directory, const std::string& line,
                   const std::vector<std::string>& members) {
  for (const auto& member : members) {
    if (!is_dns_name(member))
      return refuse(Reason::input_invalid, fmt::format("\"{}\" is no DNS name in lower case", member));
  }
  const auto now = operation::now();
  const trust::Name authority_name{{"O", "Madoguchi"}, {"CN", fmt::format("Madoguchi line authority {}", line)}};
  MADO_TRY(authority, authority_at({directory, "authority"}, authority_name, now));
  for (const auto& member : members) {
    const Membership membership{{{"O", "Madoguchi"}, {"CN", member}}, trust::digital_signature, {member}};
    MADO_CHECK(member_at({directory, member}, membership, authority, now));
    fmt::print("{}\n", (directory / (member + ".pem")).string());
  }
  return {};
}
}  // namespace

int make_line(const std::vector<std::string>& words) {
  operation::Arguments arguments("madoguchi-ceremony line",
                                 "A closed line's authority, and a key for each of its members");
  std::string directory;
  std::string name;
  std::vector<std::string> members;
  arguments.required("--dir", directory, "Where the files are made");
  arguments.required("--name", name, "The line: store, lgwan, jpki or office");
  arguments.required("--member", members, "DNS name of a member on the line; may be repeated");
  if (const auto code = arguments.parse(words)) return *code;
  return operation::exit_code("madoguchi-ceremony line", make(directory, name, members));
}

}  // namespace mado::ceremony
