#!/usr/bin/env python3
"""The citizens' side of a load: who holds a card, and who wants what of which city, drawn from a seed.

    plan.py holders --installation DIR --cards N --seed S           DIR/cards-CODE.txt: who gets a card
    plan.py visits --installation DIR --out DIR --visits N --seed S [--arrivals-per-second R]

`visits` writes plan.tsv for the kiosks (bench/plan.hpp) and wishes.json for the oracle. The product sees neither.
"""
import argparse
import datetime
import json
import random
from pathlib import Path

from entitled import REGISTER_KINDS, Entitled
from installed import Installed
from rare import rarities

OPTIONS = {"head_and_relation": 0.6, "family_register": 0.5, "individual_number": 0.2, "overseas_voter": 0.5}
COPIES = [1] * 17 + [2] * 2 + [3]
AT_DOMICILE = 0.25  # of those who may, ask for the 戸籍 as somebody of another city would: 本籍地の市区町村の証明書


def choose_holders(installed, most, seed):
    """Somebody for each kind; then, as far as the cards go, somebody for each thing that is rare, people who have nothing but the 本籍 here, and others by lot."""
    for city in installed.cities:
        draw, entitled = random.Random(f"{seed} {city.code}"), Entitled(city, datetime.date.today())
        may = entitled.holders()
        draw.shuffle(may)
        chosen = covering(may, city.kinds, entitled.kinds_of)
        rare = {number: rarities(city, number) for number in may}
        wanted = [number for number in may if number not in city.people][:max(most // 10, 1)] + covering(may, sorted(set().union(*rare.values())), rare.get) + may
        chosen += list(dict.fromkeys(number for number in wanted if number not in chosen))[:max(most - len(chosen), 1)]
        lines = [f"{number}\t{born_of(city, number)}\t{'' if number in city.people else 1}\n" for number in sorted(chosen)]
        (installed.directory / f"cards-{city.code}.txt").write_text("".join(lines), encoding="utf-8")


def covering(people, wanted, has):
    """Few of the people who together have all that is wanted, as far as anybody has it: always the one who brings most."""
    left, chosen = {each for each in wanted if any(each in has(person) for person in people)}, []
    while left:
        chosen.append(max(people, key=lambda person: len(left.intersection(has(person)))))
        left -= set(has(chosen[-1]))
    return chosen


def born_of(city, number):
    if number in city.people:
        return city.people[number]["born"]
    return registered(city, number)["born"]


def registered(city, number):
    return city.registers.person_in(register_of(city, number), number)


def register_of(city, number):
    return city.registers.family_registers[city.registers.family_register_of[number]]


def people_on(city, kind, holder):
    """How many could stand on the longest paper of this kind."""
    if kind in REGISTER_KINDS:
        return len(register_of(city, holder)["persons"])
    return len(city.household_of(holder)) if kind.startswith("residence_") else 1


class Decks:
    """Deals each of a list in turn, shuffled anew each time, so that a short load has them all."""

    def __init__(self, draw):
        self.draw, self.decks = draw, {}

    def deal(self, name, cards):
        if not self.decks.get(name):
            self.decks[name] = self.draw.sample(cards, len(cards))
        return self.decks[name].pop()


class Citizens:
    """Of one city: its holders, and what each may want."""

    def __init__(self, installed, city, draw):
        self.city, self.draw, self.decks = city, draw, Decks(draw)
        entitled = Entitled(city, datetime.date.today())
        holders = [line.split("\t")[0] for line in (installed.directory / f"cards-{city.code}.txt").read_text().splitlines()]
        self.weights = {number: 1 + len(rarities(city, number)) for number in holders}
        self.holders_of = {kind: [number for number in holders if entitled.may_have(number, kind)] for kind in city.kinds}

    def wish(self):
        kind = self.decks.deal("kinds", [kind for kind, holders in self.holders_of.items() if holders])
        holders = self.holders_of[kind]
        # Long papers and rare records more often.
        holder, = self.draw.choices(holders, [people_on(self.city, kind, number) * self.weights[number] for number in holders])
        if kind in REGISTER_KINDS:
            by_register = holder not in self.city.people or self.draw.random() < AT_DOMICILE
            shown = self.of_register(holder, by_register)
        else:
            by_register = False
            shown = {row["number"]: (row["name"], row["relation"]) for row in self.city.household_of(holder)}
        own = holder if holder in shown else self.own_number(holder)
        scope = self.scope(kind, shown)
        persons = {"self": [own], "household": list(shown)}.get(scope) or self.draw.sample(list(shown), self.draw.randint(1, len(shown)))
        options = [option for option in self.city.kinds[kind]["options"] if self.draw.random() < OPTIONS[option]]
        return {"city": self.city.code, "service": "domicile" if by_register else "home", "holder": holder, "kind": kind, "scope": scope, "persons": persons,
                "register": self.city.registers.family_register_of.get(holder, "") if kind in REGISTER_KINDS else "", "options": options,
                "copies": self.draw.choice(COPIES), "named": [shown[number] for number in persons]}

    def scope(self, kind, shown):
        """Somebody is touched on the screen by name and 続柄: no 一部 where two people have the same."""
        scopes = [scope for scope in self.city.kinds[kind]["scopes"] if scope != "members" or len(set(shown.values())) == len(shown) > 1]
        return self.draw.choice(scopes)

    def own_number(self, holder):
        register = register_of(self.city, holder)
        return next(person["number"] for person in register["persons"] if person["resident"] == holder and not person["removed"])

    def of_register(self, holder, by_register):
        """Whom the screen shows of a 戸籍: with name and 続柄 of the household for whoever lives in it, unless that is not asked for."""
        register = register_of(self.city, holder)
        household = {} if by_register else {row["number"]: row for row in self.city.household_of(holder)}
        surname = register["head"].split("　")[0] + "　" if "　" in register["head"] else ""
        shown = {}
        for person in register["persons"]:
            if not person["removed"]:
                row = household.get(person["resident"])
                relation = person["spouse"] or person["adoptive_relation"] or person["relation"]
                shown[person["number"]] = (row["name"], row["relation"]) if row else (surname + person["given_name"], relation)
        return shown


def line_of(wish, due):
    persons = ";".join(f"{name}|{relation}" for name, relation in wish["named"]) if wish["scope"] == "members" else ""
    return "\t".join([str(wish["number"]), str(due), wish["city"], wish["service"], f"cards-{wish['city']}/{wish['holder']}.state", wish["kind"], wish["scope"],
                      persons, ",".join(wish["options"]), str(wish["copies"])]) + "\n"


def plan_visits(installed, out, visits, seed, arrivals):
    draw, due, wishes, lines = random.Random(seed), 0.0, [], []
    decks, citizens = Decks(draw), {city.code: Citizens(installed, city, draw) for city in installed.cities}
    cities = [city.code for city in installed.cities for _ in range(installed.nodes[city.code])]  # a city with more nodes has more to do
    for number in range(1, visits + 1):
        wish = {"number": number, **citizens[decks.deal("cities", cities)].wish()}
        wishes.append(wish)
        lines.append(line_of(wish, round(due * 1000)))
        due += draw.expovariate(arrivals) if arrivals else 0
    out.mkdir(parents=True, exist_ok=True)
    (out / "wishes.json").write_text(json.dumps(wishes, ensure_ascii=False), encoding="utf-8")
    (out / "plan.tsv").write_text("".join(lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["holders", "visits"])
    parser.add_argument("--installation", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cards", type=int, default=100)
    parser.add_argument("--visits", type=int, default=100)
    parser.add_argument("--arrivals-per-second", type=float, default=0)
    parser.add_argument("--seed", default="1")
    words = parser.parse_args()
    installed = Installed(words.installation)
    if words.what == "holders":
        choose_holders(installed, words.cards, words.seed)
    else:
        plan_visits(installed, words.out, words.visits, words.seed, words.arrivals_per_second)


if __name__ == "__main__":
    main()
