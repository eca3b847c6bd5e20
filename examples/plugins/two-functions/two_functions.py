"""Share of the population within reach of two different functions: reads in/, writes out/."""

import csv
from collections import defaultdict


def rows(name):
    with open(f"in/{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write(name, heading, lines):
    with open(f"out/{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(lines)


limit_min = float(next(row["value"] for row in rows("parameters") if row["id"] == "limit"))
offered = {
    venue["id"]: {f for f in "abcdefgh" if float(venue[f"function_{f}"] or 0) > 0}
    for venue in rows("venues")
    if venue["open"] == "1"
}
reached = defaultdict(set)
for cost in rows("costs"):
    if float(cost["minutes"]) <= limit_min:
        reached[cost["place"]] |= offered.get(cost["venue"], set())

lines = []
residents = within = 0.0
for place in rows("places"):
    if place["travel"] != "present":  # nothing is known of its travel times
        lines.append([place["code"], "", ""])
        continue
    count = len(reached[place["code"]])
    two = 1 if count >= 2 else 0
    lines.append([place["code"], count, two])
    if place["kept"] == "1" and place["population"]:  # the margin is in no total
        residents += float(place["population"])
        within += two * float(place["population"])

write("places", ["code", "functions", "two"], lines)
share = 100 * within / residents if residents > 0 else ""
write(
    "totals",
    ["name", "title_fr", "title_en", "unit", "value", "low", "high", "decimals"],
    [
        [
            "share",
            "Part de la population à portée de deux fonctions",
            "Share of the population within reach of two functions",
            "%",
            share,
            "",
            "",
            1,
        ]
    ],
)
print(f"{len(lines)} places, limit {limit_min:g} min")
