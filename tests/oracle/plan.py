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

from installed import Installed

OPTIONS = {"head_and_relation": 0.6, "family_register": 0.5, "individual_number": 0.2}
COPIES = [1] * 17 + [2] * 2 + [3]


def choose_holders(installed, most, seed):
    today = datetime.date.today()
    for city in installed.cities:
        may = [number for number in city.people if city.may_apply(number, today)]
        holders = sorted(random.Random(f"{seed} {city.code}").sample(may, min(most, len(may))))
        lines = [f"{number}\t{city.people[number]['born']}\n" for number in holders]
        (installed.directory / f"cards-{city.code}.txt").write_text("".join(lines), encoding="utf-8")


def wish_of(draw, city, holder):
    household = city.household_of(holder)
    shown = [(row["name"], row["relation"]) for row in household]
    scopes = ["self", "self", "household", "household"] + (["members"] if len(set(shown)) == len(household) > 1 else [])
    scope = draw.choice(scopes)
    persons = {"self": [holder], "household": [row["number"] for row in household]}.get(scope)
    if persons is None:
        persons = [row["number"] for row in draw.sample(household, draw.randint(1, len(household)))]
    options = [option for option, share in OPTIONS.items() if draw.random() < share]
    return {"city": city.code, "holder": holder, "scope": scope, "persons": persons, "options": options, "copies": draw.choice(COPIES)}


def line_of(wish, due, city):
    people = (city.people[number] for number in wish["persons"])
    persons = ";".join(f"{row['name']}|{row['relation']}" for row in people) if wish["scope"] == "members" else ""
    return "\t".join([str(wish["number"]), str(due), wish["city"], f"cards-{wish['city']}/{wish['holder']}.state", wish["scope"], persons, ",".join(wish["options"]),
                      str(wish["copies"])]) + "\n"


def plan_visits(installed, out, visits, seed, arrivals):
    draw, due, wishes, lines = random.Random(seed), 0.0, [], []
    holders = {city.code: [line.split("\t")[0] for line in (installed.directory / f"cards-{city.code}.txt").read_text().splitlines()] for city in installed.cities}
    weights = [installed.nodes[city.code] for city in installed.cities]  # a city with more nodes has more to do
    for number in range(1, visits + 1):
        city, = draw.choices(installed.cities, weights)
        wish = {"number": number, **wish_of(draw, city, draw.choice(holders[city.code]))}
        wishes.append(wish)
        lines.append(line_of(wish, round(due * 1000), city))
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
