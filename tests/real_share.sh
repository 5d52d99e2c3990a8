#!/bin/sh
# A package as a company without this program opens it: decrypted with the first implementation of age, in
# Go, unpacked with another zip, each PDF unpacked and read, every byte searched for what must not be there.
# Needs age and python3; PDFs are read with pdftotext too where that is installed.
#
#   tests/real_share.sh [program]
set -eu
program=$(realpath "${1:-target/release/ryoritsu}")
if ! command -v age >/dev/null || ! command -v python3 >/dev/null; then
    echo "skipped: age or python3 is not installed"
    exit 0
fi
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
cd "$desk"

"$program" new case.ron --example t-06 >/dev/null
"$program" set case.ron 'workplace_consultation/discussion=繁忙期の残業について話し合った' >/dev/null
"$program" consent case.ron --to 会社担当者 --no-diagnosis --date 2026-11-01 \
    --note '弟にはまだ知らせていないとのこと' >/dev/null
"$program" carry case.ron physician_opinion return_opinion >/dev/null
"$program" passphrase >pass.txt
"$program" share case.ron --to 会社担当者 --out p.age --passphrase-file pass.txt --fillable \
    --form return_opinion --form workplace_consultation --form return_to_work_plan >shared.txt

cat >walk.py <<'PYTHON'
import io, os, pty, re, subprocess, sys, unicodedata, zipfile, zlib

typed = open("pass.txt", encoding="utf-8").readline()
passphrase = unicodedata.normalize("NFC", "".join(typed.split()))


def decrypt(passphrase, to):
    """Types the passphrase at the terminal, where age asks for it; whether it opened the file."""
    child, terminal = pty.fork()
    if child == 0:
        os.execlp("age", "age", "--decrypt", "--output", to, "p.age")
    said = b""
    while b"passphrase" not in said:
        said += os.read(terminal, 1000)
    os.write(terminal, passphrase.encode() + b"\n")
    try:
        while os.read(terminal, 1000):
            pass
    except OSError:
        pass  # The end of a terminal.
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


if decrypt(passphrase + "x", "wrong.zip"):
    sys.exit("another passphrase opens it")
assert decrypt(passphrase, "plain.zip"), "age does not open it"
plain = open("plain.zip", "rb").read()

held_back = ["白血病", "急性骨髄性", "骨髄", "寛解", "leukemia", "0051846", "弟にはまだ知らせていない",
             "仕事に必要な配慮だけを伝える"]
told = ["八重樫", "繁忙期の残業"]
archive = zipfile.ZipFile(io.BytesIO(plain))
assert archive.testzip() is None
assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
everything = []


def read(name, data):
    everything.append((name, name.encode()))
    everything.append((name, data))
    if not data.startswith(b"%PDF"):
        return
    for match in re.finditer(rb"stream\r?\n", data):
        unpacked = zlib.decompressobj()
        try:
            everything.append((name + " (stream)", unpacked.decompress(data[match.end():])))
        except zlib.error:
            pass
    # Texts in PDFs are UTF-16 too.
    for text in re.findall(rb"<([0-9A-Fa-f\s]+)>", data):
        digits = re.sub(rb"\s", b"", text)
        if len(digits) % 2 == 0:
            everything.append((name + " (text)", bytes.fromhex(digits.decode())))
    try:
        said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout
        everything.append((name + " (as read)", b"".join(said.split())))
    except FileNotFoundError:
        print("pdftotext is not installed: the PDFs are not read as a person does")


for entry in archive.infolist():
    read(entry.filename, archive.read(entry))
    print(f"{entry.file_size:>9}  {entry.filename}")
for word in held_back:
    for encoding in ["utf-8", "utf-16-be", "utf-16-le", "shift_jis", "euc_jp"]:
        for name, data in everything:
            assert word.encode(encoding) not in data, f"{word} in {name} ({encoding})"
for word in told:
    assert any(word.encode() in data for _, data in everything), f"{word} is nowhere: nothing was searched"
print(f"{len(held_back)} words and sentences looked for in {len(everything)} parts: none is there")
PYTHON
python3 walk.py
"$program" open p.age --passphrase-file pass.txt >/dev/null
echo "done"
