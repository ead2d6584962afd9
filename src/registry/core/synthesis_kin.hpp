// The people of one synthetic 戸籍, and what is common to all: parents, weddings, the numbering of children.
#pragma once

#include "registry/core/synthesis_register.hpp"

namespace mado::registry {

// Somebody who lives in another city.
Kin somebody_elsewhere(Making& making, const Name& surname, bool female, int age, PlaceInRegister place);
// The father, or of a widow the late husband, under whose name the 戸籍 is kept; of children also the mother.
void add_heads_elsewhere(Making& making, FamilyPlan& plan);
// Grown-up children who live elsewhere: some are married, some stand in their parents' 戸籍 still.
void add_children_elsewhere(Making& making, FamilyPlan& plan);

// 筆頭者, spouse, children by birth.
void order_children(FamilyPlan& plan);
// 長男, 二女 in the order of birth.
void number_children(FamilyPlan& plan);
// Children's parents are the couple, the couple's are invented unless they are known.
void name_parents(Making& making, FamilyPlan& plan);
// The day on which the 戸籍 was compiled, and the wedding that it was compiled for. `foreign_spouse`: who stands in
// none.
void celebrate_weddings(Making& making, const Human* foreign_spouse, FamilyPlan& plan);
// A head whom nobody of the household is has died if it is a widow's 戸籍, or if he would be very old.
void bury_head(Making& making, bool widowed, FamilyPlan& plan);

}  // namespace mado::registry
