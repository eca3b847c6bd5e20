"""@ID@: how many of the functions a-h the residents of a place reach, from open venues.

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
offered = {  # by each open venue
    venue["id"]: {f for f in "abcdefgh" if float(venue[f"function_{f}"] or 0) > 0}
    for venue in rows("venues")
    if venue["open"] == "1"
}
reached = {}  # from each place
for cost in rows("costs"):
    if float(cost["minutes"]) <= limit_min:
        reached.setdefault(cost["place"], set()).update(offered.get(cost["venue"], ()))

functions = []  # a row that is left empty is missing: its travel times are not known
for place in rows("places"):
    known = place["travel"] == "present"
    functions.append([place["code"], len(reached.get(place["code"], ())) if known else ""])
write("places", ["code", "functions"], functions)
