"""Travel costs by every method against each other, and against scipy and igraph, on published and generated graphs.

methods_reference.py BASSIN NETWORK_METHODS

What users rely on: the plain Dijkstra, the bounded search, the hierarchy and the sweep give the same time and length for
each pair, the same that scipy and igraph find on the same arcs, and that `bassin travel` writes.
"""
import csv
import os
import random
import subprocess
import sys
import tempfile

SKIP = 77


def skip(why):
    print("skipped:", why)
    sys.exit(SKIP)


try:
    import igraph
    import numpy
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra
except ImportError as missing:
    skip(f"no {missing.name}")

SHARED = os.environ.get("BASSIN_SHARED") or os.environ.get("BASSIN_SHARED_DEFAULT", "")
DATA = os.path.join(SHARED, "data")
if not SHARED or not os.path.isdir(DATA):
    skip("no shared data")
BASSIN, METHODS = sys.argv[1:3]


def fail(text):
    sys.exit("FAILED: " + text)


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        fail(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr}")


def integers(folder, name):
    with open(os.path.join(folder, name), encoding="ascii") as f:
        return numpy.loadtxt(f, dtype=numpy.int64, ndmin=2)


def facts_of(folder):
    with open(os.path.join(folder, "facts.txt"), encoding="ascii") as f:
        return {key: int(value) for key, value in (line.split() for line in f)}


def scales(pairs, nodes):
    """Bits for lengths, and for one unit an arc (a sparse matrix drops true zeros): doubles hold 53 exactly."""
    metres = max(1, int(pairs[:, 3].max()).bit_length() + 1)
    hops = nodes.bit_length()
    time = max(1, int(pairs[:, 2].max()).bit_length())
    if time + metres + hops > 53:
        hops = 0  # no arc without a cost may be there then
    if time + metres + hops > 53:
        fail(f"{time} bits of time and {metres} of length do not fit a double")
    return metres, hops


def by_scipy(arcs, pairs, nodes):
    metres, hops = scales(pairs, nodes)
    whole = (arcs[:, 2] << metres) + arcs[:, 3]
    if hops == 0 and whole.min() == 0:
        fail("arcs of no cost do not fit a double beside the others")
    weight = (whole << hops) + (1 if hops else 0)
    order = numpy.lexsort((weight, arcs[:, 0], arcs[:, 1]))
    kept, weight = arcs[order], weight[order]
    first = numpy.ones(len(kept), bool)  # the least of parallel arcs; no loops
    first[1:] = (kept[1:, 0] != kept[:-1, 0]) | (kept[1:, 1] != kept[:-1, 1])
    first &= kept[:, 0] != kept[:, 1]
    kept, weight = kept[first], weight[first].astype(numpy.float64)
    to_venue = csr_matrix((weight, (kept[:, 1], kept[:, 0])), (nodes, nodes))
    venues, row = numpy.unique(pairs[:, 1], return_inverse=True)
    found = numpy.full(len(pairs), -1, dtype=numpy.int64)
    for i, venue in enumerate(venues):
        mine = numpy.flatnonzero(row == i)
        distance = dijkstra(to_venue, indices=int(venue))[pairs[mine, 0]]
        reached = numpy.isfinite(distance)
        found[mine[reached]] = distance[reached].astype(numpy.int64) >> hops
    return found, metres


def by_igraph(arcs, pairs, nodes, metres):
    """Parallel arcs, loops and arcs of no cost as they are."""
    graph = igraph.Graph(n=nodes, edges=arcs[:, :2].tolist(), directed=True)
    graph.es["cost"] = ((arcs[:, 2] << metres) + arcs[:, 3]).astype(numpy.float64).tolist()
    venues, row = numpy.unique(pairs[:, 1], return_inverse=True)
    places, column = numpy.unique(pairs[:, 0], return_inverse=True)
    table = numpy.array(graph.distances(venues.tolist(), places.tolist(), weights="cost", mode="in"))
    found = table[row, column]
    return numpy.where(numpy.isfinite(found), found, -1).astype(numpy.int64)


def compare(name, tool, pairs, expected, found):
    wrong = numpy.flatnonzero(expected != found)
    if len(wrong):
        p = pairs[wrong[0]]
        fail(f"{name}: {len(wrong)} pairs differ from {tool}, first from node {p[0]} to {p[1]}: {p[2:]}, {tool} {found[wrong[0]]}")


def travel_compare(name, network, folder, pairs, facts):
    """The rows that `bassin travel` writes: the integers over their units, in minutes and km of three decimals."""
    out = os.path.join(folder, "out.csv")
    run(BASSIN, "travel", network, "--from", os.path.join(folder, "from.csv"), "--to", os.path.join(folder, "to.csv"), "-o", out)
    expected = {(int(p[0]), int(p[1])): (int(p[2]), int(p[3])) for p in pairs if p[2] >= 0}
    listed = [{int(r["id"]) for r in csv.DictReader(open(os.path.join(folder, f), encoding="utf-8"))} for f in ("from.csv", "to.csv")]
    wanted = {k for k in expected if k[0] in listed[0] and k[1] in listed[1]}
    seen = 0
    with open(out, encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if not r["minutes"]:
                continue
            key = int(r["from"]), int(r["to"])
            if key not in wanted:
                fail(f"{name}: bassin travel gives {key}, which has no path")
            time, metres = expected[key]
            if abs(float(r["minutes"]) - time / facts["units_per_minute"]) > 0.000501:
                fail(f"{name}: bassin travel: {key}: {r['minutes']} min, expected {time} units")
            if r.get("km") and abs(float(r["km"]) * 1000 - metres) > 0.5:
                fail(f"{name}: bassin travel: {key}: {r['km']} km, expected {metres} m")
            seen += 1
    if seen != len(wanted):
        fail(f"{name}: bassin travel gives {seen} pairs, expected {len(wanted)}")
    print(f"{name}: {seen} pairs of bassin travel equal")


def check(name, work, source, *options, wanted=()):
    network, folder = os.path.join(work, name + ".net"), os.path.join(work, name)
    os.makedirs(folder)
    run(BASSIN, "network", source, "-o", network, *options)
    run(METHODS, network, folder, "2")
    arcs, pairs, facts = integers(folder, "arcs.txt"), integers(folder, "pairs.txt"), facts_of(folder)
    if not facts["hierarchy"]:
        fail(f"{name}: bassin network made no hierarchy")
    for fact in wanted:
        if facts[fact] == 0:
            fail(f"{name}: no {fact}: nothing is proved about them")
    expected, metres = by_scipy(arcs, pairs, facts["nodes"])
    own = numpy.where(pairs[:, 2] < 0, -1, (pairs[:, 2] << metres) + pairs[:, 3])
    compare(name, "scipy", pairs, own, expected)
    compare(name, "igraph", pairs, own, by_igraph(arcs, pairs, facts["nodes"], metres))
    reached = int((pairs[:, 2] >= 0).sum())
    if reached < 1000:
        fail(f"{name}: too few pairs to prove anything")
    print(f"{name}: {facts['nodes']} nodes, {facts['arcs']} arcs, {reached} pairs of {len(pairs)} with a path: all methods, "
          f"scipy and igraph equal")
    travel_compare(name, network, folder, pairs, facts)


def odd_graph(path):
    """One-way streets, dead ends, islands, parallel arcs, loops, arcs of no time, weights from 0 to a million."""
    draw = random.Random(4)
    nodes = 3000
    with open(path, "w", encoding="ascii") as f:
        arcs = []
        for i in range(nodes):
            for _ in range(draw.choice((0, 1, 1, 2, 3))):
                j = min(nodes, max(1, i + 1 + draw.choice((-60, -1, 1, 60, draw.randrange(-200, 200)))))
                weight = draw.choice((0, 0, 1, draw.randrange(100), draw.randrange(1000), draw.randrange(1000000)))
                arcs += [(i + 1, j, weight)] * draw.choice((1, 1, 1, 2))
                if draw.random() < 0.6:
                    arcs.append((j, i + 1, weight))
        arcs += [(i + 1, i + 1, draw.randrange(3)) for i in range(0, nodes, 100)]
        print("p sp", nodes, len(arcs), file=f)
        for arc in arcs:
            print("a", *arc, file=f)


def generated(work):
    source = os.path.join(SHARED, "bench", "gen.c")
    tool, graph = os.path.join(work, "gen"), os.path.join(work, "generated")
    run("cc", "-O2", "-w", source, "-o", tool, "-lm")
    run(tool, "100000", graph + ".bgr", graph + ".gr", graph + ".co")
    check("generated", work, graph + ".gr", "--coordinates", graph + ".co", "--coordinates-unit", "m", "--weight-unit", "ms")


def main():
    with tempfile.TemporaryDirectory() as work:
        odd = os.path.join(work, "odd.gr")
        odd_graph(odd)
        check("odd", work, odd, "--weight-unit", "s",
              wanted=("loops", "parallel", "timeless", "pairs_without_path"))
        check("bremen", work, os.path.join(DATA, "bremen_time.gr"), "--weight-unit", "ms")
        check("monaco", work, os.path.join(DATA, "monaco.osm.gz"), "--profile", "car", wanted=("pairs_without_path",))
        check("andorra", work, os.path.join(DATA, "andorra.osm.pbf"), "--profile", "car")
        check("andorra-foot", work, os.path.join(DATA, "andorra.osm.pbf"), "--profile", "foot")
        check("porto", work, os.path.join(DATA, "porto_portugal.osm.pbf"), "--profile", "car")
        generated(work)


main()
