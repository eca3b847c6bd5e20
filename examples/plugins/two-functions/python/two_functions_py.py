"""fr.lab.two_functions_py: whether the residents of a place reach two different functions.

A place counts (1, else 0) when the open venues within `limit` minutes offer at least two distinct
functions a-h between them. Reads in/*.csv, writes out/*.csv; an empty cell is a missing value."""

import csv


def rows(name):
    with open(f"in/{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, heading, lines):
    with open(f"out/{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(lines)


limit_min = float({row["id"]: row["value"] for row in rows("parameters")}["limit"])

# What each open venue offers, and what each place reaches.
offered = {
    venue["id"]: {f for f in "abcdefgh" if float(venue[f"function_{f}"] or 0) > 0}
    for venue in rows("venues")
    if venue["open"] == "1"
}
reached = {}
for cost in rows("costs"):
    if float(cost["minutes"]) <= limit_min:
        reached.setdefault(cost["place"], set()).update(offered.get(cost["venue"], ()))

two, residents, with_two = [], 0.0, 0.0
for place in rows("places"):
    if place["travel"] != "present":
        two.append([place["code"], ""])  # nothing is known of its travel times
        continue
    counts = len(reached.get(place["code"], ())) >= 2
    two.append([place["code"], int(counts)])
    if place["kept"] == "1" and place["population"]:  # totals: without the margin around
        residents += float(place["population"])
        with_two += float(place["population"]) if counts else 0.0

write("places", ["code", "two"], two)
write(
    "totals",
    ["name", "title_fr", "title_en", "unit", "value", "low", "high", "decimals"],
    [
        [
            "share",
            "Habitants qui atteignent deux fonctions différentes",
            "Residents who reach two different functions",
            "%",
            100.0 * with_two / residents if residents > 0.0 else "///",
            "",
            "",
            1,
        ]
    ],
)
print(f"{len(two)} places, limit {limit_min:g} min")  # a note of the run's log
