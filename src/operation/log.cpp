#include "operation/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>

namespace mado::operation {

namespace {
spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("madoguchi", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("{\"time\":\"%Y-%m-%dT%H:%M:%S.%eZ\",\"level\":\"%l\",%v}", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *instance;
}

void write(spdlog::level::level_enum level, std::string_view event, std::initializer_list<Field> fields) {
  if (!logger().should_log(level)) return;
  std::string line = "\"event\":" + boost::json::serialize(boost::json::string_view(event.data(), event.size()));
  for (const auto& [name, value] : fields) {
    line += ",\"" + std::string(name) + "\":" + boost::json::serialize(boost::json::string_view(value));
  }
  logger().log(level, spdlog::string_view_t(line));
}
}  // namespace

void log_debug(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::debug, event, fields);
}
void log_info(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::info, event, fields);
}
void log_warning(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::warn, event, fields);
}
void log_error(std::string_view event, std::initializer_list<Field> fields) {
  write(spdlog::level::err, event, fields);
}

bool set_log_level(std::string_view level) {
  if (level == "debug") return logger().set_level(spdlog::level::debug), true;
  if (level == "info") return logger().set_level(spdlog::level::info), true;
  if (level == "warning") return logger().set_level(spdlog::level::warn), true;
  if (level == "error") return logger().set_level(spdlog::level::err), true;
  return false;
}

}  // namespace mado::operation
