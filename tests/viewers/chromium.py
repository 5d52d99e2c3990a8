"""Fills a PDF in with Chromium's own viewer in a real window, by keyboard and clipboard, and saves it.

    chromium.py IN.pdf ANSWERS.json OUT.pdf PICTURE.png

ANSWERS.json: by the name of the field a text, true or false, or the option to choose. Needs chromium, xdotool,
xclip, import (ImageMagick), python3 with pypdfium2 (which tells the order of the fields), and a display.
"""
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import pypdfium2 as pdfium
import pypdfium2.raw as raw

source, answers, target, picture = sys.argv[1:5]
answers = json.load(open(answers, encoding="utf-8"))


def order(path):
    """The fields as the Tab key goes through them: name, sort, whether ticked, the option."""
    document = pdfium.PdfDocument(path)
    document.init_forms()
    form = document.formenv.raw

    def said(call, annot):
        length = call(form, annot, None, 0)
        buffer = ctypes.create_string_buffer(length)
        call(form, annot, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
        return buffer.raw[:length].decode("utf-16-le").rstrip("\0")

    for page in [document[at] for at in range(len(document))]:
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            annot = raw.FPDFPage_GetAnnot(page, at)
            sort = raw.FPDFAnnot_GetFormFieldType(form, annot)
            if sort == raw.FPDF_FORMFIELD_SIGNATURE:
                continue
            is_text = sort == raw.FPDF_FORMFIELD_TEXTFIELD
            is_on = not is_text and bool(raw.FPDFAnnot_IsChecked(form, annot))
            export = "" if is_text else said(raw.FPDFAnnot_GetFormFieldExportValue, annot)
            yield said(raw.FPDFAnnot_GetFormFieldName, annot), is_text, is_on, export


folder = tempfile.mkdtemp()
downloads = os.path.join(folder, "downloads")
os.makedirs(downloads)
os.makedirs(os.path.join(folder, "profile", "Default"))
with open(os.path.join(folder, "profile", "Default", "Preferences"), "w") as file:
    json.dump({"download": {"default_directory": downloads, "prompt_for_download": False}}, file)
shutil.copy(source, os.path.join(folder, "form.pdf"))
chromium = subprocess.Popen(
    ["chromium", "--no-sandbox", f"--user-data-dir={folder}/profile", "--no-first-run", "--disable-gpu",
     "--window-size=1300,1800", "--window-position=0,0", "--password-store=basic", f"file://{folder}/form.pdf"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": folder})


def key(*keys):
    for one in keys:
        subprocess.run(["xdotool", "key", "--clearmodifiers", one], check=True)
        time.sleep(0.12)


def paste(text):
    clip = subprocess.Popen(["xclip", "-selection", "clipboard", "-in"], stdin=subprocess.PIPE)
    clip.communicate(text.encode())
    key("ctrl+v")


def shot(path):
    subprocess.run(["import", "-window", "root", path], check=True)


try:
    for _ in range(100):
        if subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Chromium"], capture_output=True).stdout:
            break
        time.sleep(0.3)
    time.sleep(10)
    # Into the page, beside every field, so that Tab goes to the first of them.
    subprocess.run(["xdotool", "mousemove", "640", "700", "click", "1"], check=True)
    time.sleep(1)
    # The whole page, so that everything typed is in the picture.
    key("ctrl+backslash")
    time.sleep(1)
    for name, is_text, is_on, export in order(source):
        key("Tab")
        if name not in answers:
            continue
        answer = answers[name]
        if is_text:
            key("ctrl+a")
            if answer:
                paste(answer)
            else:
                key("Delete")
        else:
            wanted = answer if isinstance(answer, bool) else export == answer
            if wanted != is_on and (wanted or isinstance(answer, bool)):
                key("space")
    time.sleep(1)
    shot(picture)
    key("ctrl+s")
    # The dialog that asks where to. Without a window manager it has to be given the keyboard.
    time.sleep(3)
    dialog = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Save"], capture_output=True, text=True)
    window = dialog.stdout.split()[-1]
    subprocess.run(["xdotool", "windowfocus", window], check=True)
    time.sleep(0.5)
    key("ctrl+a")
    subprocess.run(["xdotool", "type", "--delay", "30", os.path.join(downloads, "saved.pdf")], check=True)
    size = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True, check=True)
    size = dict(line.split("=") for line in size.stdout.split())
    # Its button to save, in the lower right corner.
    corner = [str(int(size["WIDTH"]) - 50), str(int(size["HEIGHT"]) - 24)]
    subprocess.run(["xdotool", "mousemove", "--window", window, *corner, "click", "1"], check=True)
    for _ in range(60):
        saved = [name for name in os.listdir(downloads) if not name.endswith(".crdownload")]
        if saved:
            break
        time.sleep(0.3)
    time.sleep(1)
    shutil.copy(os.path.join(downloads, saved[0]), target)
finally:
    chromium.terminate()
    chromium.wait()
    shutil.rmtree(folder, ignore_errors=True)
