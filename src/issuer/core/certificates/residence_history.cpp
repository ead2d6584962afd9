// What has changed: 異動履歴 on a 個人票, 通称の記載・削除 on a 別紙.
#include <algorithm>

#include "issuer/core/certificates/residence_sheet.hpp"

namespace mado::issuer {

namespace {
constexpr int most_aliases = 16;
constexpr int most_changes = 128;

bool has_alias_records(const v1::Resident& resident) { return resident.foreign().aliases_size() > 0; }
}  // namespace

Outcome<void> add_alias_records(const Making& making, const std::vector<const v1::Resident*>& members,
                                std::vector<paper::FilledRow>& rows) {
  const auto any = std::ranges::any_of(members, [](const auto* member) { return has_alias_records(*member); });
  if (!any) return {};
  rows.push_back({"annex", {}, {}});
  for (const auto* member : members) {
    if (!has_alias_records(*member)) continue;
    if (member->foreign().aliases_size() > most_aliases) return incomplete("aliases: more than 16");
    ValueWriter head(making.form.row("alias_head")->area, making.tools.eras);
    head.required_name("name", *member);
    MADO_TRY(head_values, head.written());
    rows.push_back({"alias_head", {}, std::move(head_values)});
    for (const auto& record : member->foreign().aliases()) {
      ValueWriter write(making.form.row("alias")->area, making.tools.eras);
      write.required("alias", record.alias());
      write.date("recorded", record.recorded());
      write.text("recorded_in", record.recorded_in());
      write.date("deleted", record.deleted());
      write.text("deleted_in", record.deleted_in());
      MADO_TRY(values, write.written());
      rows.push_back({"alias", {}, std::move(values)});
    }
  }
  return {};
}

Outcome<void> add_changes(const Making& making, const v1::Resident& resident, std::vector<paper::FilledRow>& rows) {
  if (resident.changes_size() > most_changes) return incomplete("changes: more than 128");
  // Somebody whose only changes are withheld looks like somebody who has none.
  if (std::ranges::all_of(resident.changes(), &v1::Change::withheld)) return {};
  ValueWriter head(making.form.row("changes")->area, making.tools.eras);
  head.required_name("name", resident);
  MADO_TRY(head_values, head.written());
  rows.push_back({"changes", {}, std::move(head_values)});
  for (const auto& change : resident.changes()) {
    if (change.withheld()) continue;
    ValueWriter write(making.form.row("change")->area, making.tools.eras);
    write.required("reason", change.reason());
    write.date("changed", change.changed());
    write.date("notified", change.notified());
    write.text("item", change.item());
    write.text("before", change.before());
    write.text("after", change.after());
    MADO_TRY(values, write.written());
    rows.push_back({"change", {}, std::move(values)});
  }
  return {};
}

void demand_alias_records(paper::FormDemand& demand) {
  demand.rows["annex"] = {};
  demand.rows["alias_head"] = {.shown = {"name"}};
  demand.rows["alias"] = {.shown = {"alias"}, .fields = {"recorded", "recorded_in", "deleted", "deleted_in"}};
}

void demand_changes(paper::FormDemand& demand) {
  demand.rows["changes"] = {.shown = {"name"}};
  demand.rows["change"] = {.shown = {"reason"}, .fields = {"changed", "notified", "item", "before", "after"}};
}

}  // namespace mado::issuer
