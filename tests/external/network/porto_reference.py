"""Times by road against scipy's Dijkstra, on published extracts.

porto_reference.py PATH_OF_network_road_export FOLDER_OF_PROFILES

What users rely on: the extracts' published counts; every minute and kilometre from a place to a venue
within the limit, exactly, and no pair missed or added, by car, by bicycle and on foot; the same answers for
any number of threads; a network of plausible shares, whose split junctions nobody starts from.
"""
import filecmp
import os
import subprocess
import sys
import tempfile

SKIP = 77
LIMIT_DS = 7500  # 12.5 min, as in road_export.c
WALK_DS = 9      # a metre at 4 km/h


def skip(why):
    print("skipped:", why)
    sys.exit(SKIP)


try:
    import numpy
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components, dijkstra
except ImportError:
    skip("no scipy")

SHARED = os.environ.get("BASSIN_SHARED") or os.environ.get("BASSIN_SHARED_DEFAULT", "")
DATA = os.path.join(SHARED, "data")
if not SHARED or not os.path.isdir(DATA):
    skip("no shared data")


def export(tool, extract, folder, threads, profile="car"):
    os.makedirs(folder, exist_ok=True)
    subprocess.run([tool, os.path.join(DATA, extract), folder, str(threads),
                    os.path.join(sys.argv[2], f"profile_{profile}.csv")], check=True)


def facts_of(folder):
    with open(os.path.join(folder, "facts.txt"), encoding="ascii") as f:
        return dict(line.split(None, 1) for line in f)


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"FAILED: {what}: {got}, expected {wanted}")
    print(f"{what}: {got}")


def lexicographic(arcs):
    """(ds, m) as one exact number, the least of parallel arcs.

    A sparse matrix drops true zeros: each arc gets 2^-14 more, and no path has 2^14 arcs. Within the limit
    (13 bits of ds, 24 of m, 14 below) sums are exact in 53 bits.
    """
    weight = arcs[:, 2].astype(numpy.float64) * 2.0**24 + arcs[:, 3] + 2.0**-14
    order = numpy.lexsort((weight, arcs[:, 1], arcs[:, 0]))
    arcs, weight = arcs[order], weight[order]
    first = numpy.ones(len(arcs), bool)
    first[1:] = (arcs[1:, 0] != arcs[:-1, 0]) | (arcs[1:, 1] != arcs[:-1, 1])
    first &= arcs[:, 0] != arcs[:, 1]
    return arcs[first], weight[first]


def reference(folder):
    """{(venue, place): (ds, m)} within the limit, by scipy."""
    arcs = numpy.loadtxt(os.path.join(folder, "graph.txt"), dtype=numpy.int64)
    snap = numpy.loadtxt(os.path.join(folder, "snap.txt"), dtype=numpy.int64)
    venue = numpy.loadtxt(os.path.join(folder, "venues.txt"), dtype=numpy.int64)
    nodes = int(max(arcs[:, 0].max(), arcs[:, 1].max())) + 1
    kept, weight = lexicographic(arcs)
    to_venue = csr_matrix((weight, (kept[:, 1], kept[:, 0])), shape=(nodes, nodes))
    label = connected_components(to_venue, connection="strong")[1]
    main = numpy.argmax(numpy.bincount(label))
    distance = dijkstra(to_venue, indices=venue[:, 1])
    expected = {}
    for v, row in enumerate(distance):
        for place, node, walk in snap:
            if node == 0xFFFFFFFF:
                continue
            if label[node] != main:
                sys.exit(f"FAILED: place {place} is snapped outside the main component")
            whole = int(row[node])
            ds = (whole >> 24) + WALK_DS * (int(walk) + int(venue[v, 2]))
            if ds <= LIMIT_DS:
                expected[v, int(place)] = (ds, (whole & 0xFFFFFF) + int(walk) + int(venue[v, 2]))
    return expected


def compare(folder):
    expected = reference(folder)
    seen = 0
    with open(os.path.join(folder, "times.txt"), encoding="ascii") as f:
        for line in f:
            v, place, minutes, km = line.split()
            key = int(v), int(place)
            if key not in expected:
                sys.exit(f"FAILED: pair {key} is not within the limit")
            ds, m = expected[key]
            if float(minutes) != ds / 600.0 or float(km) != m / 1000.0:
                sys.exit(f"FAILED: pair {key}: {minutes} min {km} km, expected {ds} ds {m} m")
            seen += 1
    expect("pairs equal to scipy's", seen, len(expected))
    if seen < 300:
        sys.exit("FAILED: too few pairs to prove anything")


def plausible(what, folder, open_share, main_share):
    """Shares of ways open and of nodes in the main component, in percent: at least; split junctions kept free."""
    facts = {key: value.strip() for key, value in facts_of(folder).items()}
    opened, closed = int(facts["ways_open"]), int(facts["ways_closed"])
    share = 100 * opened / (opened + closed)
    main_part = float(facts["main_component_percent"])
    print(f"{what}: {share:.1f} % of ways open, {main_part} % of nodes in the main component")
    if share < open_share or main_part < main_share:
        sys.exit(f"FAILED: {what}: {open_share} % and {main_share} % are expected at least")
    nodes = numpy.loadtxt(os.path.join(folder, "nodes.txt"), dtype=numpy.int64)
    split = nodes[nodes[:, 4] == 1]
    expect(f"{what}: junctions split", len(numpy.unique(split[:, 1])), int(facts["junctions_split"]))
    for name in ("snap.txt", "venues.txt"):
        snaps = numpy.loadtxt(os.path.join(folder, name), dtype=numpy.int64)[:, 1]
        if numpy.isin(snaps, split[:, 0]).any():
            sys.exit(f"FAILED: {what}: a trip begins or ends inside a split junction")
    return facts


def main():
    tool = sys.argv[1]
    with tempfile.TemporaryDirectory() as work:
        one, two = os.path.join(work, "1"), os.path.join(work, "2")
        export(tool, "porto_portugal.osm.pbf", one, 1)
        export(tool, "porto_portugal.osm.pbf", two, 2)
        facts = plausible("Porto by car", one, 80, 98)
        expect("Porto nodes", facts["nodes_in_file"], "347944")
        expect("Porto nodes on highways", facts["nodes_on_highways"], "347182")
        expect("Porto highway ways", facts["highway_ways"], "51349")
        # turns: a relation counts once for each `from` and `to`
        expect("Porto turns applied", facts["turns_applied"], "334")
        expect("Porto turns through ways", facts["turns_via_ways_ignored"], "1")
        for name in sorted(os.listdir(one)):
            same = filecmp.cmp(os.path.join(one, name), os.path.join(two, name), shallow=False)
            expect(f"1 and 2 threads give the same {name}", same, True)
        compare(one)
        for extract, profile, opened, main_part in (
                ("porto_portugal.osm.pbf", "bike", 90, 94), ("porto_portugal.osm.pbf", "foot", 90, 95),
                ("andorra.osm.pbf", "car", 65, 98), ("andorra.osm.pbf", "bike", 95, 95),
                ("andorra.osm.pbf", "foot", 90, 75), ("monaco.osm.gz", "car", 50, 90),
                ("monaco.osm.gz", "bike", 95, 94), ("monaco.osm.gz", "foot", 95, 96)):
            folder = os.path.join(work, extract + profile)
            export(tool, extract, folder, 2, profile)
            facts = plausible(f"{extract} {profile}", folder, opened, main_part)
            if extract.startswith("andorra"):
                expect("Andorra highway ways", facts["highway_ways"], "1615")
            if profile == "car" and "porto" not in extract:
                compare(folder)


main()
