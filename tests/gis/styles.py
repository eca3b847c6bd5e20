"""QGIS opens results.gpkg and applies the styles inside by itself.   styles.py PROGRAM FOLDER"""
import os
import subprocess
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
try:
    from qgis.core import QgsApplication, QgsVectorLayer
except ImportError:
    print("skipped: no QGIS for Python")
    sys.exit(77)


def layer(path, name):
    found = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert found.isValid(), f"layer {name} does not open"
    return found


def main(program, folder):
    run = subprocess.run([program, "demo", "--communes", "60", "-o", folder, "--lang", "fr"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    path = os.path.join(folder, "results", "results.gpkg")
    application = QgsApplication([], False)
    application.initQgis()
    places = layer(path, "places")
    assert places.featureCount() == 60, places.featureCount()
    assert places.crs().authid() == "EPSG:2154", places.crs().authid()
    renderer = places.renderer()
    assert renderer.type() == "graduatedSymbol", renderer.type()
    assert renderer.classAttribute().strip('"') == "minutes_nearest", renderer.classAttribute()
    uppers = [round(r.upperValue(), 3) for r in renderer.ranges()]
    assert uppers[:5] == [10, 15, 20, 30, 45], uppers
    assert places.attributeAlias(places.fields().indexOf("population")), "no alias for population"
    venues = layer(path, "venues")
    assert venues.renderer().type() == "categorizedSymbol", venues.renderer().type()
    assert venues.featureCount() > 0
    flows = layer(path, "flows")
    assert flows.renderer().type() in ("singleSymbol", "graduatedSymbol"), flows.renderer().type()
    gaps = layer(path, "gaps")
    assert gaps.featureCount() > 0 and not gaps.getFeature(1).geometry().isEmpty()
    print("places:", [r.label() for r in renderer.ranges()], "; venues:", [c.label() for c in venues.renderer().categories()])
    del places, venues, flows, gaps
    application.exitQgis()


main(sys.argv[1], sys.argv[2])
