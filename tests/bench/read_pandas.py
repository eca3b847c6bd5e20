"""The weights of a census detail file grouped by home and work commune, by pandas: one engine of tests/bench/read.
Prints "seconds cpu_seconds groups sum peak_kib".   usage: read_pandas.py FILE [OUT.csv]"""
import resource
import sys
import time

import pandas

start, cpu = time.perf_counter(), time.process_time()
rows = pandas.read_csv(sys.argv[1], sep=";", usecols=["COMMUNE", "DCLT", "IPONDI"],
                       dtype={"COMMUNE": "str", "DCLT": "str", "IPONDI": "float64"})
groups = rows.groupby(["COMMUNE", "DCLT"], sort=False)["IPONDI"].sum()
wall, cpu = time.perf_counter() - start, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{wall:.3f} {cpu:.3f} {len(groups)} {groups.sum():.6f} {peak}")
if len(sys.argv) > 2:
    groups.sort_index().rename_axis(["o", "j"]).rename("workers").to_csv(sys.argv[2], sep=";")
