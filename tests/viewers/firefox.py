"""Fills a PDF in with Firefox's own viewer (pdf.js) in a real window, and saves it.

    firefox.py IN.pdf ANSWERS.json OUT.pdf PICTURE.png

Firefox is driven by Marionette, the protocol that it brings along: clicks and keys come to the page as those
of a person. ANSWERS.json: by the name of the field a text, true or false, or the option to choose. Needs
firefox-esr (or firefox), xdotool, and a display.
"""
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

source, answers, target, picture = sys.argv[1:5]
answers = json.load(open(answers, encoding="utf-8"))
program = shutil.which("firefox-esr") or shutil.which("firefox")

folder = tempfile.mkdtemp()
downloads = os.path.join(folder, "downloads")
os.mkdir(downloads)
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
preferences = {
    "marionette.port": port,
    "browser.download.folderList": 2,
    "browser.download.dir": downloads,
    "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "pdfjs.enableXfa": True,
    "browser.aboutwelcome.enabled": False,
}
with open(os.path.join(folder, "user.js"), "w") as file:
    for key, value in preferences.items():
        file.write(f"user_pref({json.dumps(key)}, {json.dumps(value)});\n")
shutil.copy(source, os.path.join(folder, "form.pdf"))
firefox = subprocess.Popen(
    [program, "--marionette", "--profile", folder, "--no-remote", "--width", "1300", "--height", "1700"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": folder})


class Marionette:
    def __init__(self):
        for _ in range(150):
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
                break
            except OSError:
                time.sleep(0.4)
        self.number = 0
        self.rest = b""
        self.read()

    def read(self):
        while b":" not in self.rest:
            self.rest += self.socket.recv(1 << 16)
        length, _, self.rest = self.rest.partition(b":")
        while len(self.rest) < int(length):
            self.rest += self.socket.recv(1 << 16)
        message, self.rest = self.rest[: int(length)], self.rest[int(length):]
        return json.loads(message)

    def __call__(self, command, **arguments):
        self.number += 1
        message = json.dumps([0, self.number, command, arguments]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result


try:
    do = Marionette()
    do("WebDriver:NewSession", capabilities={"alwaysMatch": {"unhandledPromptBehavior": "accept"}})
    do("WebDriver:Navigate", url="file://" + os.path.join(folder, "form.pdf"))
    script = lambda text, *arguments: do("WebDriver:ExecuteScript", script=text, args=list(arguments))
    # A whole page at once: the fields are there once it is drawn.
    for _ in range(100):
        if script("return document.querySelectorAll('.annotationLayer [name]').length") > 0:
            break
        time.sleep(0.3)
    time.sleep(1)
    found = script(
        "return [...document.querySelectorAll('.annotationLayer [name]')].map((e, i) => {"
        " e.dataset.nth = i; return [i, e.name, e.type, e.checked ?? null, e.getAttribute('exportvalue')]; })")
    done = set()
    for nth, name, sort, is_on, export in found:
        if name not in answers:
            continue
        answer = answers[name]
        done.add(name)
        selector = f".annotationLayer [data-nth='{nth}']"
        element = do("WebDriver:FindElement", using="css selector", value=selector)
        element = list(element.values())[0]
        if sort == "checkbox":
            wanted = answer if isinstance(answer, bool) else export == answer
            if wanted != is_on and (wanted or isinstance(answer, bool)):
                do("WebDriver:ElementClick", id=element)
        else:
            do("WebDriver:ElementClick", id=element)
            # Everything that stands there is taken, and the keys go to what has the focus.
            do("WebDriver:ElementSendKeys", id=element, text="\ue009a\ue000")
            do("WebDriver:ElementSendKeys", id=element, text=answer.replace("\n", "\ue008\ue007\ue000") if answer else "\ue017")
            do("WebDriver:ElementSendKeys", id=element, text="\ue004")
    missing = set(answers) - done
    if missing:
        sys.exit(f"no such field: {sorted(missing)} among {sorted({one[1] for one in found})}")
    time.sleep(1)
    with open(picture, "wb") as file:
        file.write(base64.b64decode(do("WebDriver:TakeScreenshot", full=False, hash=False)))
    before = set(os.listdir(downloads))
    button = do("WebDriver:FindElement", using="css selector", value="#downloadButton, #download")
    do("WebDriver:ElementClick", id=list(button.values())[0])
    # The dialog that asks where to: there, and under that name.
    for at in range(150):
        if at in (8, 25, 60):
            subprocess.run(["xdotool", "key", "Return"], check=True)
        saved = [name for name in os.listdir(downloads) if name not in before and not name.endswith(".part")]
        if saved and os.path.getsize(os.path.join(downloads, saved[0])) > 0:
            break
        time.sleep(0.3)
    time.sleep(1)
    shutil.copy(os.path.join(downloads, saved[0]), target)
finally:
    firefox.terminate()
    firefox.wait()
    shutil.rmtree(folder, ignore_errors=True)
