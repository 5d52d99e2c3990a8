#!/bin/bash
# A form to be filled in (入力用PDF), filled in by the viewers that people have: PDFium as Chromium brings it
# along, Chromium itself, Firefox (pdf.js), poppler. What comes back is merged, and has to be what was typed.
#
#   tests/real_viewers.sh [FOLDER]
#
# FOLDER gets the files and pictures of the run (a temporary one if not given): look at the pictures, a blank
# kanji is no text. The program is $PROGRAM, or target/release/ryoritsu. What is not installed is skipped:
#   PDFium    python3 with pypdfium2
#   Chromium  chromium, python3 with pypdfium2, Xvfb, xdotool, xclip, import (ImageMagick)
#   Firefox   firefox-esr or firefox, python3, Xvfb, xdotool
#   poppler   pdftoppm, pdftotext; qpdf and mutool for the locked file
# No part of `cargo test`: it takes some minutes and a Linux desktop.
set -u
cd "$(dirname "$0")/.." || exit 2
RUN=${1:-$(mktemp -d)}
PROGRAM=$(realpath "${PROGRAM:-target/release/ryoritsu}") || { echo "cargo build --release comes first" >&2; exit 2; }
VIEWERS=$PWD/tests/viewers
ANSWERS=$VIEWERS/answers.json
mkdir -p "$RUN"
cd "$RUN" || exit 2
rm -rf ./*.ron ./*.log ./*.files ./*.pdf ./*.png ./*.txt out locked home
mkdir home
export HOME="$PWD/home" XDG_DATA_HOME="$PWD/home" XDG_CONFIG_HOME="$PWD/home"

PASSED=0 FAILED=0
pass() { PASSED=$((PASSED + 1)); echo "ok      $1"; }
fail() { FAILED=$((FAILED + 1)); echo "FAILED  $1" >&2; }
# expect WHAT COMMAND...: the command has to succeed.
expect() {
  local what=$1 said
  shift
  if said=$("$@" 2>&1); then pass "$what"; else fail "$what (${said:-$*})"; fi
}
refuse() { local what=$1; shift; if "$@" >/dev/null 2>&1; then fail "$what"; else pass "$what"; fi; }
# has TOOL...: whether all are there; else what is missing is told.
has() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is missing"; return 1; }
  done
}
# in_case WHAT CASE KEY EXPECTED
in_case() {
  local found
  found=$("$PROGRAM" show "$2" "$3" 2>&1 | sed '1s/^[^\t]*\t//')
  if [ "$found" = "$4" ]; then pass "$1: $3"; else fail "$1: $3: expected '$4', found '$found'"; fi
}
display() { xvfb-run -a -s "-screen 0 1400x1900x24" timeout 240 "$@"; }

# merged VIEWER: what it saved is merged, and is what was typed.
merged() {
  local viewer=$1 of=workplace_consultation
  cp case.ron "$viewer.ron"
  cp -r case.files "$viewer.files"
  expect "$viewer: merged" "$PROGRAM" merge "$viewer.ron" "$viewer.pdf"
  in_case "$viewer" "$viewer.ron" employer.name '株式会社髙﨑製作所'
  in_case "$viewer" "$viewer.ron" employer.department '第二製造部　塗装課'
  in_case "$viewer" "$viewer.ron" $of/monthly_work '月末の棚卸しと㈱星見商会への納品立ち会い。'
  in_case "$viewer" "$viewer.ron" $of/daily_work "$(python3 -c '
import json, sys
print(json.load(open(sys.argv[1], encoding="utf-8"))["2/daily_work"])' "$ANSWERS")"
  in_case "$viewer" "$viewer.ron" $of/pc_hours '✓（1.5）'
  in_case "$viewer" "$viewer.ron" $of/physical_hours '✓（4）'
  in_case "$viewer" "$viewer.ron" $of/business_trips '無'
  in_case "$viewer" "$viewer.ron" $of/other_work '✓（溶剤の調合、槗・鷗・葛の札の管理）'
  in_case "$viewer" "$viewer.ron" $of/work_pattern 'その他（変則勤務）'
  in_case "$viewer" "$viewer.ron" $of/paid_leave_days '7'
  if has pdftoppm pdftotext; then
    pdftoppm -r 100 -png -singlefile "$viewer.pdf" "$viewer-poppler" 2>/dev/null
    expect "poppler shows what $viewer saved" bash -c "pdftotext '$viewer.pdf' - 2>/dev/null | grep -q 髙﨑製作所"
  fi
}

"$PROGRAM" new case.ron --example c1 >/dev/null
"$PROGRAM" consent case.ron --to 会社担当者 --no-diagnosis --date 2026-01-05 >/dev/null
expect "a form to be filled in" "$PROGRAM" handout case.ron --form workplace_consultation --to 会社担当者:佐藤 --out out --fillable
cp out/*_入力用.pdf form.pdf

echo "== PDFium, without any font of the system"
if has python3 && python3 -c 'import pypdfium2' 2>/dev/null; then
  expect "typed and saved" python3 "$VIEWERS/pdfium.py" form.pdf "$ANSWERS" pdfium.pdf pdfium.png --no-fonts
  merged pdfium
else
  echo "skipped: pypdfium2 is missing"
fi

echo "== Chromium"
if has chromium python3 xvfb-run xdotool xclip import && python3 -c 'import pypdfium2' 2>/dev/null; then
  expect "typed and saved" display python3 "$VIEWERS/chromium.py" form.pdf "$ANSWERS" chromium.pdf chromium.png
  merged chromium
fi

echo "== Firefox (pdf.js)"
if has python3 xvfb-run xdotool && { command -v firefox-esr || has firefox; } >/dev/null; then
  expect "typed and saved" display python3 "$VIEWERS/firefox.py" form.pdf "$ANSWERS" firefox.pdf firefox.png
  merged firefox
fi

echo "== A password"
printf 'ひみつの合図 2026\n' >password.txt
expect "a locked form" "$PROGRAM" handout case.ron --form workplace_consultation --to 会社担当者:佐藤 --out locked --fillable \
  --password-file password.txt
LOCKED=$(ls locked/*.pdf)
if has qpdf; then
  expect "qpdf opens it" qpdf --password='ひみつの合図 2026' --check "$LOCKED"
  refuse "qpdf is refused without" qpdf --check "$LOCKED"
fi
if has pdfinfo; then
  expect "poppler opens it" bash -c "pdfinfo -upw 'ひみつの合図 2026' '$LOCKED' | grep -q 復職に向けた協議書"
  refuse "poppler is refused without" pdfinfo "$LOCKED"
fi
if has mutool; then
  expect "mutool opens it" mutool draw -q -p 'ひみつの合図 2026' -o mutool.png "$LOCKED"
  refuse "mutool is refused without" mutool draw -q -o refused.png "$LOCKED"
fi
expect "the program reads it" "$PROGRAM" merge case.ron "$LOCKED" --password-file password.txt
refuse "the program is refused without" "$PROGRAM" merge case.ron "$LOCKED"

echo "$PASSED passed, $FAILED failed; files and pictures in $RUN"
[ "$FAILED" = 0 ]
