# The table of tests/bench/travel for one size: figure, what was reached, against what, aim.
{value[$1] = $2}

function has(key) {return key in value}

# Texts, and whether the aim is met: 1, 0, or -1 without one.
function row(what, reached, against, aim, met) {
  printf "%-46s %15s  %-46s %-10s %s\n", what, reached, against, aim, met < 0 ? "" : met ? "reached" : "MISSED"
}

# A time against another: bassin's is `mine`; at least `aim` times (0: no aim).
function against(what, mine, theirs, name, aim,    ratio) {
  if (!(mine in value) || !(theirs in value)) return
  ratio = value[theirs] / value[mine]
  row(what, sprintf("%.3f s", value[mine]), sprintf("%s %.3f s: %.1f times", name, value[theirs], ratio),
      aim ? ">= " aim : "", aim ? ratio >= aim : -1)
}

function threads(what, key,    ratio) {
  if (!has(key "-2")) return
  ratio = value[key "-1"] / value[key "-2"]
  row(what ", 2 threads", sprintf("%.3f s", value[key "-2"]), sprintf("one thread: %.2f times", ratio),
      large ? ">= 1.8" : "", large ? ratio >= 1.8 : -1)
}

# Nanoseconds a pair of the whole table.
function table_row(labels, aim,    ns) {
  if (!has("table-" labels "-1")) return
  ns = value["table-" labels "-1"] / places / venues * 1e9
  row("table of " labels ", " places " x " venues, sprintf("%.2f ns a pair", ns), sprintf("%.3f s", value["table-" labels "-1"]),
      aim ? sprintf("< %.2f", aim) : "", aim ? ns < aim : -1)
}

END {
  million = size == 1000000
  ten = size == 10000000
  large = million || ten
  printf "\n%d nodes\n", size
  bounded = ten ? 2.5 : million ? 1.2 : 0
  against(venues " venues, 30 min, times", "bounded-times-1", "dijkstra-bounded", "plain Dijkstra (times)", bounded)
  against(venues " venues, 30 min, with lengths", "bounded-costs-1", "dijkstra-bounded", "plain Dijkstra (times)", bounded)
  threads("  times", "bounded-times")
  threads("  with lengths", "bounded-costs")
  against("  times, by the method that the rule picks", "limited-times-1", "dijkstra-bounded", "plain Dijkstra", 0)
  against("  with lengths, by that method", "limited-costs-1", "dijkstra-bounded", "plain Dijkstra", 0)
  if (has("scipy")) {
    value["scipy-each"] = value["scipy"] / value["scipy-venues"]
    value["bounded-each"] = value["bounded-times-1"] / venues
    row("a venue, 30 min, times", sprintf("%.4f ms", value["bounded-each"] * 1e3),
        sprintf("scipy %.2f ms: %.0f times (%d runs)", value["scipy-each"] * 1e3, value["scipy-each"] / value["bounded-each"], value["scipy-runs"]),
        million ? ">= 150" : "", million ? value["scipy-each"] / value["bounded-each"] >= 150 : -1)
  }
  if (has("igraph"))
    against(value["igraph-venues"] " whole trees, no hierarchy", "igraph-bassin", "igraph", "igraph (" value["igraph-runs"] " runs)", 0)
  if (has("pgrouting"))
    against("10 venues, 30 min, load included", "ten", "pgrouting", "pgRouting (" value["pgrouting-runs"] " runs)", million ? 20 : 0)
  else if (has("ten"))
    row("10 venues, 30 min, load included", sprintf("%.3f s", value["ten"]), "", "", -1)
  against("10 whole trees, no hierarchy", "trees", "dijkstra-trees", "plain Dijkstra (1 run)", 0)
  table_row("times", ten ? 9 : million ? 4 : 0)
  table_row("costs", large && has("table-times-1") ? 2 * value["table-times-1"] / places / venues * 1e9 : 0)
  threads("  times", "table-times")
  threads("  costs", "table-costs")
  if (has("hierarchy_s"))
    row("hierarchy, all threads", sprintf("%.1f s", value["hierarchy_s"]), "", million ? "< 15 s" : "", million ? value["hierarchy_s"] < 15 : -1)
  if (has("hierarchy_mib"))
    row("  peak memory, network included", sprintf("%d MiB", value["hierarchy_mib"]), "", million ? "< 572 MiB" : "",
        million ? value["hierarchy_mib"] < 572 : -1)
  if (has("network_s"))
    row("bassin network, from text to file", sprintf("%.1f s", value["network_s"]), sprintf("peak %d MiB", value["network_mib"]), "", -1)
  if (has("trips-1"))
    row(trips " home-work pairs", sprintf("%.2f s", value["trips-1"]), "", ten ? "< 60 s" : "", ten ? value["trips-1"] < 60 : -1)
  threads("  home-work pairs", "trips")
}
