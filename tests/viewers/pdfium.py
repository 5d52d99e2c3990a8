"""Fills a PDF in with PDFium, as Chromium's viewer does: by mouse and keyboard events, and saves it.

    pdfium.py IN.pdf ANSWERS.json OUT.pdf PICTURE.png [--no-fonts]

ANSWERS.json: by the name of the field a text, true or false, or the option to choose. With --no-fonts PDFium
finds no font of the system, as on a machine that has no Japanese one.
"""
import ctypes
import json
import sys

import pypdfium2 as pdfium
import pypdfium2.raw as raw

source, answers, target, picture = sys.argv[1:5]
answers = json.load(open(answers, encoding="utf-8"))

if "--no-fonts" in sys.argv:
    raw.FPDF_DestroyLibrary()
    nowhere = (ctypes.c_char_p * 2)(b"/nowhere", None)
    config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=ctypes.cast(nowhere, ctypes.POINTER(ctypes.POINTER(ctypes.c_char))))
    raw.FPDF_InitLibraryWithConfig(config)

document = pdfium.PdfDocument(source)
document.init_forms()
form = document.formenv.raw


def said(call, *arguments):
    """What a call that fills a buffer of UTF-16 says."""
    length = call(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(length)
    call(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


def utf16(text):
    return ctypes.cast(ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0"), ctypes.POINTER(ctypes.c_ushort))


def click(page, x, y):
    raw.FORM_OnMouseMove(form, page, 0, x, y)
    raw.FORM_OnLButtonDown(form, page, 0, x, y)
    raw.FORM_OnLButtonUp(form, page, 0, x, y)


done = set()
pages = [document[at] for at in range(len(document))]
for page in pages:
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        annot = raw.FPDFPage_GetAnnot(page, at)
        name = said(raw.FPDFAnnot_GetFormFieldName, form, annot)
        if name not in answers or raw.FPDFAnnot_GetFormFieldType(form, annot) == raw.FPDF_FORMFIELD_SIGNATURE:
            continue
        box = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annot, box)
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        answer = answers[name]
        if raw.FPDFAnnot_GetFormFieldType(form, annot) == raw.FPDF_FORMFIELD_TEXTFIELD:
            click(page, *middle)
            raw.FORM_SelectAllText(form, page)
            # The first character is typed, the rest pasted, as input methods commit whole words.
            raw.FORM_ReplaceSelection(form, page, utf16(""))
            first, rest = answer[:1], answer[1:]
            if first and ord(first) > 0xFFFF:
                first, rest = "", answer
            for character in first:
                raw.FORM_OnChar(form, page, ord(character), 0)
            if rest:
                raw.FORM_ReplaceSelection(form, page, utf16(rest))
            raw.FORM_ForceToKillFocus(form)
        else:
            is_on = bool(raw.FPDFAnnot_IsChecked(form, annot))
            export = said(raw.FPDFAnnot_GetFormFieldExportValue, form, annot)
            wanted = answer if isinstance(answer, bool) else export == answer
            # A choice goes out by itself when another one is clicked.
            if wanted != is_on and (wanted or isinstance(answer, bool)):
                click(page, *middle)
                raw.FORM_ForceToKillFocus(form)
        done.add(name)
        raw.FPDFPage_CloseAnnot(annot)

missing = set(answers) - done
if missing:
    sys.exit(f"no such field: {sorted(missing)}")
pages[0].render(scale=2, may_draw_forms=True).to_pil().save(picture)
document.save(target)
