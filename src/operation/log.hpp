// The log of a program (動作記録): one JSON object a line on standard error. Fields are fixed names with plain values;
// there is no way to log a Sensitive<T>.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace mado::operation {

using Field = std::pair<std::string_view, std::string>;

void log_debug(std::string_view event, std::initializer_list<Field> fields = {});
void log_info(std::string_view event, std::initializer_list<Field> fields = {});
void log_warning(std::string_view event, std::initializer_list<Field> fields = {});
void log_error(std::string_view event, std::initializer_list<Field> fields = {});

// "debug", "info", "warning" or "error"; false for anything else.
bool set_log_level(std::string_view level);

}  // namespace mado::operation
