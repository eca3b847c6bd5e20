"""report.html in a browser: drawn, usable by mouse and keyboard, silent, and alone."""
import argparse
import os
import subprocess
import sys
import tempfile
import time
import unittest

from browser import Browser

OPTIONS = argparse.Namespace(chromium=None, sample=None)


def sample(folder, *arguments):
    os.makedirs(folder, exist_ok=True)
    subprocess.run([OPTIONS.sample, folder, *arguments], check=True)
    return os.path.join(folder, "report.html")


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="bassin-html-")
        cls.browser = Browser(OPTIONS.chromium)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def show(self, *arguments):
        path = sample(os.path.join(self.folder.name, "-".join(arguments) or "plain"), *arguments)
        self.browser.open(path)
        return path

    def data(self, name):
        return self.browser.ask(f"document.documentElement.dataset.{name}")

    def eventually(self, expression, wanted):
        for _ in range(100):
            got = self.browser.ask(expression)
            if got == wanted:
                break
            time.sleep(0.03)
        self.assertEqual(got, wanted)

    def alone_and_silent(self, path):
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual([u for u in self.browser.requests() if u != "file://" + path], [])

    def test_every_place_is_drawn_with_its_legend(self):
        path = self.show("fr")
        self.assertEqual((self.data("map"), self.data("shapes")), ("ready", "60"))
        self.assertEqual(self.browser.ask("document.querySelectorAll('#map path.place').length"), 60)
        self.assertEqual(self.browser.ask("document.querySelectorAll('#map-legend li').length"), 6)
        self.assertEqual(self.browser.ask("new Set([...document.querySelectorAll('#map path.place')].map(e => e.getAttribute('fill'))).size > 1"), True)
        self.assertEqual(self.browser.ask("getComputedStyle(document.getElementById('sheets')).display"), "none")
        self.assertEqual(self.browser.ask("document.querySelectorAll('#map-lines p').length"), 4)
        self.alone_and_silent(path)

    def test_counts_of_the_legend_cover_all_places(self):
        self.show("fr")
        views = int(self.data("views"))
        self.assertGreaterEqual(views, 11)
        for view in range(views):
            self.browser.ask(f"(() => {{ const c = document.getElementById('map-choice'); c.value = '{view}'; c.dispatchEvent(new Event('change')); }})()")
            total = self.browser.ask("[...document.querySelectorAll('#map-legend .count')].filter(e => /communes?/.test(e.textContent))"
                                     ".reduce((n, e) => n + parseInt(e.textContent), 0)")
            self.assertIn(total, (0, 60))
        self.assertEqual(self.browser.complaints(), [])

    def test_the_families_can_be_chosen(self):
        self.show("fr")
        options = self.browser.ask("[...document.querySelectorAll('#map-choice optgroup option')].map(e => e.textContent)")
        self.assertEqual([o[:2] for o in options], [f + "." for f in "abcdefgh"])

    def test_searching_leads_to_a_commune_and_its_value(self):
        self.show("fr")
        self.browser.ask("document.getElementById('map-search').focus()")
        for letter in "chateau":
            self.browser.key(letter)
        self.eventually("document.getElementById('map-search').getAttribute('aria-expanded')", "true")
        self.browser.key("ArrowDown")
        self.browser.key("Enter")
        self.assertIn("Château", self.browser.ask("document.querySelector('#map-info .who').textContent"))
        self.assertRegex(self.browser.ask("document.querySelector('#map-info .said').textContent"), r"\d+\u00a0min")
        self.assertIn("Château", self.browser.ask("document.getElementById('map-live').textContent"))

    def test_the_keyboard_moves_the_map_and_reads_aloud(self):
        self.show("fr")
        self.browser.ask("document.getElementById('map').focus()")
        self.browser.key("+")
        first = self.browser.ask("document.getElementById('map-live').textContent")
        self.assertTrue(first)
        for _ in range(6):
            self.browser.key("ArrowRight")
        self.assertNotEqual(self.browser.ask("document.getElementById('map-live').textContent"), first)
        self.assertEqual(self.browser.complaints(), [])

    def test_pointing_shows_a_name_and_its_value(self):
        self.show("fr")
        x, y = self.browser.ask("(() => { document.getElementById('map').scrollIntoView({ behavior: 'instant' }); const b = document.getElementById('map').getBoundingClientRect();"
                                " return [b.x + b.width / 2.1, b.y + b.height / 2.1]; })()")
        self.browser.click(x, y)
        self.assertEqual(self.browser.ask("document.getElementById('map-tip').hidden"), False)
        self.assertRegex(self.browser.ask("document.getElementById('map-tip').textContent"), r"\S+")

    def test_many_places_go_on_a_canvas(self):
        path = self.show("fr", "60", "60")
        self.assertEqual((self.data("map"), self.data("shapes")), ("ready", "3600"))
        self.assertEqual(self.browser.ask("document.querySelectorAll('#map canvas').length"), 1)
        self.assertEqual(self.browser.ask("document.querySelectorAll('#map path.place').length"), 0)
        self.eventually("(() => { const c = document.querySelector('#map canvas'); const p = c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data; return p[3]; })()", 255)
        self.alone_and_silent(path)

    def test_points_stand_for_places_without_outlines(self):
        path = self.show("fr", "points")
        self.assertEqual((self.data("map"), self.data("shapes")), ("ready", "60"))
        self.alone_and_silent(path)

    def test_english_is_complete(self):
        self.show("en")
        self.assertEqual(self.browser.ask("document.documentElement.lang"), "en")
        words = self.browser.ask("document.querySelector('main').innerText")
        for french in ("L’essentiel", "habitants sont", "Hypothèses", "Rejetées"):
            self.assertNotIn(french, words)

    def test_paper_has_the_fixed_maps(self):
        self.show("fr")
        self.browser.call("Emulation.setEmulatedMedia", media="print")
        self.assertEqual(self.browser.ask("getComputedStyle(document.getElementById('map-app')).display"), "none")
        self.assertEqual(self.browser.ask("getComputedStyle(document.getElementById('sheets')).display"), "block")
        self.browser.call("Emulation.setEmulatedMedia", media="")

    def test_without_script_everything_is_there(self):
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        try:
            path = sample(os.path.join(self.folder.name, "bare"), "fr")
            self.browser.call("Page.navigate", url="file://" + path)
            time.sleep(1)
            root = self.browser.call("DOM.getDocument")["root"]["nodeId"]
            sheets = self.browser.call("DOM.querySelector", nodeId=root, selector="#sheets svg.map")["nodeId"]
            self.assertTrue(self.browser.call("DOM.getBoxModel", nodeId=sheets)["model"]["height"] > 100)
        finally:
            self.browser.call("Emulation.setScriptExecutionDisabled", value=False)

    def test_a_telephone_never_scrolls_sideways(self):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
        try:
            self.show("fr")
            self.assertLessEqual(self.browser.ask("document.documentElement.scrollWidth"), 390)
            small = self.browser.ask("[...document.querySelectorAll('button,select,input[type=text]')].filter(e => e.offsetHeight < 44).length")
            self.assertEqual(small, 0)
        finally:
            self.browser.call("Emulation.clearDeviceMetricsOverride")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--chromium", required=True)
    parser.add_argument("--sample", required=True)
    parser.parse_args(namespace=OPTIONS)
    if not os.access(OPTIONS.chromium, os.X_OK):
        print("skipped: no Chromium")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], verbosity=2)
