"""Travel times by scipy or igraph on the graph of tests/bench/travel: "seconds pairs sum peak_mib" for the first
VENUES venues; loading the graph is not timed. scipy is cut at the limit; igraph has no limit, and is given none.
usage: travel_peers.py scipy|igraph GRAPH.bgr FROM TO VENUES LIMIT_MS"""
import resource
import sys
import time

import numpy


def load(path):
    """nodes, first arc of each, heads, weights in ms."""
    with open(path, "rb") as f:
        f.read(4)
        _, nodes, arcs = (int(x) for x in numpy.fromfile(f, "<u4", 3))
        first, head, weight = (numpy.fromfile(f, "<u4", k) for k in (nodes + 1, arcs, arcs))
    return nodes, first, head, weight


def by_scipy(graph, places, venues, limit):
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    nodes, first, head, weight = graph
    matrix = csr_matrix((weight.astype(float), head.astype(numpy.int32), first.astype(numpy.int32)), (nodes, nodes))
    to_venue = matrix.T.tocsr()
    began, pairs, total = time.perf_counter(), 0, 0
    for venue in venues:
        found = dijkstra(to_venue, indices=venue, limit=limit)[places]
        found = found[numpy.isfinite(found)]
        pairs += len(found)
        total += int(found.sum())
    return time.perf_counter() - began, pairs, total


def by_igraph(graph, places, venues, _limit):
    import igraph

    nodes, first, head, weight = graph
    tail = numpy.repeat(numpy.arange(nodes), numpy.diff(first.astype(numpy.int64)))
    network = igraph.Graph(n=nodes, edges=numpy.column_stack([tail, head]).tolist(), directed=True)
    network.es["ms"] = weight.tolist()
    began = time.perf_counter()
    rows = network.distances(source=venues.tolist(), target=places.tolist(), weights="ms", mode="in")
    took = time.perf_counter() - began
    found = numpy.array(rows)
    found = found[numpy.isfinite(found)]
    return took, len(found), int(found.sum())


def main():
    tool, path, places, venues, count, limit = sys.argv[1:7]
    venue = numpy.loadtxt(venues, dtype=int)[: int(count)]
    run = {"scipy": by_scipy, "igraph": by_igraph}[tool]
    took, pairs, total = run(load(path), numpy.loadtxt(places, dtype=int), venue, int(limit))
    print(f"{took:.6f} {pairs} {total} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")


main()
