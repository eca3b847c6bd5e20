"""A headless Chromium driven through its debugging pipe: no network, no library."""
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-extensions", "--remote-debugging-pipe", "--host-resolver-rules=MAP * ~NOTFOUND"]


class Browser:
    def __init__(self, chromium, size="1280,1000"):
        self.profile = tempfile.mkdtemp(prefix="bassin-browser-")
        read_theirs, self.to = os.pipe()
        self.of, write_theirs = os.pipe()
        command = [chromium, *FLAGS, f"--window-size={size}", f"--user-data-dir={self.profile}", "about:blank"]
        # The pipe is on descriptors 3 and 4 of the browser; moved high first, so that neither is overwritten.
        high = [os.dup(fd) for fd in (read_theirs, write_theirs)]
        high = [os.dup2(fd, 200 + i) for i, fd in enumerate(high)]
        shell = 'exec "$@" 3<&200 4>&201 200<&- 201>&-'
        self.process = subprocess.Popen(["bash", "-c", shell, "bash", *command], pass_fds=high,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (read_theirs, write_theirs, *high):
            os.close(fd)
        self.pending, self.count, self.session, self.events = b"", 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def message(self, seconds=60):
        end = time.monotonic() + seconds
        while b"\0" not in self.pending:
            ready, _, _ = select.select([self.of], [], [], max(0, end - time.monotonic()))
            got = os.read(self.of, 1 << 20) if ready else b""
            if not got:
                raise TimeoutError("the browser does not answer")
            self.pending += got
        text, self.pending = self.pending.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **params):
        self.count += 1
        request = {"id": self.count, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.to, json.dumps(request).encode() + b"\0")
        while True:
            reply = self.message()
            if reply.get("id") == self.count:
                if "error" in reply:
                    raise RuntimeError(f"{method}: {reply['error']}")
                return reply["result"]
            if "method" in reply:
                self.events.append(reply)

    def ask(self, expression):
        reply = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in reply:
            raise RuntimeError(reply["exceptionDetails"])
        return reply["result"].get("value")

    def open(self, path):
        self.events = []
        self.call("Page.navigate", url="file://" + path)
        for _ in range(600):
            if self.ask("location.protocol === 'file:' && document.readyState === 'complete' && "
                        "(document.documentElement.dataset.map || !document.getElementById('map-data'))"):
                return
            time.sleep(0.05)
        raise TimeoutError("the map was never ready")

    def key(self, key):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": key} if len(key) == 1 and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, **extra)

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def complaints(self):
        """Console errors, uncaught exceptions and refused loads since the page was opened."""
        found = []
        for e in self.events:
            params = e["params"]
            if e["method"] == "Runtime.exceptionThrown":
                found.append(params["exceptionDetails"].get("exception", {}).get("description", "exception"))
            elif e["method"] == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
                found.append(params["entry"]["text"])
            elif e["method"] == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
                found.append(str(params["args"]))
        return found

    def requests(self):
        return [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (TimeoutError, OSError, RuntimeError):
            self.process.kill()
        self.process.wait()
        os.close(self.to)
        os.close(self.of)
        shutil.rmtree(self.profile, ignore_errors=True)
