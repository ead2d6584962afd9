// What somebody in a synthetic city earned in a year, and the tax that follows (個人住民税, 地方税法).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "madoguchi/v1/records.pb.h"

namespace madoguchi::v1 {}
namespace mado {
namespace v1 = ::madoguchi::v1;
}

namespace mado::registry {

struct Dependants {
  bool spouse = false;
  bool elderly_spouse = false;  // 70 or older
  int specific = 0;             // 特定: 19 to 22
  int elderly_at_home = 0;      // 同居老親等: 70 or older
  int general = 0;              // 16 to 18, 23 to 69
  int under_16 = 0;

  int count() const { return (spouse ? 1 : 0) + specific + elderly_at_home + general + under_16; }
};

struct Earnings {
  std::int64_t salary = 0;    // 給与収入, yen
  std::int64_t pension = 0;   // 公的年金等収入
  std::int64_t business = 0;  // 営業等所得
  bool aged_65 = false;
  // One rarer income: its word in docs/registers.md. With `separate`, 分離課税 under that base.
  std::string_view rare = {};
  std::int64_t rare_yen = 0;
  std::string_view separate = {};
  std::int64_t medical = 0;         // 医療費控除
  std::int64_t life_insurance = 0;  // 生命保険料控除
  std::int64_t housing_loan = 0;    // 住宅借入金等特別税額控除
  bool single_parent = false;
  bool disabled = false;
};

// Fills in incomes, deductions, bases, taxes, persons and both sums of a record whose year is set. The rules are
// those of 令和7 and 8年度, rounded as they are; a real city's system knows more of them.
void assess(const Earnings& earnings, const Dependants& dependants, v1::TaxRecord& record);

}  // namespace mado::registry
