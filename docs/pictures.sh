#!/bin/bash
# Makes the pictures of the README anew from the built-in examples. Needs pdftoppm (poppler-utils).
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --locked
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
program=$PWD/target/release/ryoritsu
"$program" new "$work/c7.ron" --example c7 >/dev/null
"$program" pdf "$work/c7.ron" --out "$work" >/dev/null
mkdir -p docs/pictures
number=1
for form in 主治医意見書 協議書 職場復帰支援プラン; do
  pdftoppm -r 72 -png -singlefile "$work/R8-0007_$form.pdf" "docs/pictures/form-$number"
  number=$((number + 1))
done
