"""The weights of a census detail file grouped by home and work commune, by GDAL's CSV driver and its SQL: one engine of
tests/bench/read. Prints "seconds cpu_seconds groups sum peak_kib".   usage: read_gdal.py FILE OUT.csv"""
import os
import resource
import subprocess
import sys
import time

source, out = sys.argv[1:3]
layer = os.path.splitext(os.path.basename(source))[0]
query = (f'SELECT COMMUNE AS o, DCLT AS j, SUM(CAST(IPONDI AS FLOAT)) AS workers FROM "{layer}" '
         "GROUP BY COMMUNE, DCLT ORDER BY COMMUNE, DCLT")
if os.path.exists(out):
    os.remove(out)
start = time.perf_counter()
subprocess.run(["ogr2ogr", "-f", "CSV", out, source, "-dialect", "sqlite", "-sql", query, "-lco", "SEPARATOR=SEMICOLON"],
               check=True)
wall, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
with open(out, encoding="utf-8") as lines:
    next(lines)
    sums = [float(line.rsplit(";", 1)[1]) for line in lines]
print(f"{wall:.3f} {used.ru_utime + used.ru_stime:.3f} {len(sums)} {sum(sums):.6f} {used.ru_maxrss}")
