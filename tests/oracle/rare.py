"""What is rare about somebody's records, so that a load has some of each: names of a second kind, days that nobody knows, long or sad stories."""
FEW_MEMBERS, MANY_MEMBERS, MANY_ENTRIES, LONG_NAME, LONG_ADDRESS = 1, 5, 20, 12, 40
LAST_DAY_OF_FEBRUARY = "-02-29"


def rarities(city, number):
    """Words for what is rare about whoever has this 宛名番号, or 戸籍個人番号."""
    found = set()
    if number in city.people:
        found |= {word for word, holds in of_resident(city, number).items() if holds}
    register = city.registers.family_register_of.get(number)
    if register in city.registers.supplements:
        found |= {word for word, holds in of_register(city.registers.family_registers[register], city.registers.supplements[register]).items() if holds}
    return found


def of_resident(city, number):
    row, household = city.people[number], city.household_of(number)
    seal, tax = city.registers.seals.get(number, {}), city.registers.tax_records.get(number, {})
    return {
        "foreign": row["nationality"], "通称": row["alias"], "漢字": row["name_kanji"], "旧氏": row["former_surname"], "片仮名": seal.get("kana_name"),
        "written": any(row[f"{name}_written"] for name in ("born", "resident_since", "address_since", "notified")), "29 February": row["born"].endswith(LAST_DAY_OF_FEBRUARY),
        "alone": len(household) == FEW_MEMBERS, "many": len(household) >= MANY_MEMBERS, "with foreigners": len({bool(member["nationality"]) for member in household}) == 2,
        "selector": any(0xE0100 <= ord(character) <= 0xE01EF for character in row["name"]), "long name": len(row["name"]) > LONG_NAME,
        "long address": len(row["address"]) > LONG_ADDRESS, "left": len(household) < len(city.everybody_of(number)),
        "dependant": tax.get("standing") == "dependant", "moved since 賦課期日": tax.get("address", row["address"]) != row["address"],
    }


def of_register(register, supplement):
    entries = [entry for of_person in register["entries"].values() for entry in of_person.values()]
    return {
        **{entry["label"]: True for entry in entries}, "従前の記録": any(level > 1 for entry in entries for level, _, _ in entry["items"]),
        "removed": any(person["removed"] for person in register["persons"]), "long 戸籍": len(entries) > MANY_ENTRIES,
        "在外選挙人": any(person["voter_city"] for person in supplement["persons"]), "国外転出": any(person["leaves_japan"] for person in supplement["persons"]),
        "改製": supplement["recompiled"],
    }
