"""@ID@: how many of the eight functions a-h the residents of a place reach within a limit.

Started once a run, in a folder of its own: reads in/*.csv, writes out/*.csv. An empty cell is a
missing value. Nothing else can be read or written, and there is no network."""

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

functions, residents, without = [], 0.0, 0.0
for place in rows("places"):
    if place["travel"] != "present":
        functions.append([place["code"], ""])  # nothing is known of its travel times
        continue
    count = len(reached.get(place["code"], ()))
    functions.append([place["code"], count])
    if place["kept"] == "1" and place["population"]:  # totals: without the margin around
        residents += float(place["population"])
        without += float(place["population"]) if count == 0 else 0.0

write("places", ["code", "functions"], functions)
write(
    "totals",
    ["name", "title_fr", "title_en", "unit", "value", "low", "high", "decimals"],
    [
        [
            "without",
            "Habitants qui n’atteignent aucune fonction dans la limite",
            "Residents who reach no function within the limit",
            "%",
            100.0 * without / residents if residents > 0.0 else "///",
            "",
            "",
            1,
        ]
    ],
)
