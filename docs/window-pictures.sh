#!/bin/bash
# Makes the pictures of the window anew, for the README and docs/guide.md: starts the program on a
# screen of its own, with an empty HOME and the built-in examples, and uses it as people do.
#
#   docs/window-pictures.sh [PICTURE...]     all of them, or only those of these names
#
# The program is $PROGRAM, or target/release/ryoritsu. tests/desktop/desktop.sh says what has to be
# installed (Debian): xvfb xdotool openbox imagemagick xclip x11-utils dbus-x11 at-spi2-core
# python3-gi gir1.2-atspi-2.0 and what the program itself needs.
set -eu
cd "$(dirname "$0")/.."
PROGRAM=$(realpath "${PROGRAM:-target/release/ryoritsu}")
PICTURES=$PWD/docs/pictures
work=$(mktemp -d /tmp/ryoritsu-XXXXXX)
ONLY=" $* "
export PROGRAM
# shellcheck source=tests/desktop/desktop.sh
. tests/desktop/desktop.sh

# picture NAME [CROP]: the window, or a part of it, with as few colours as it takes.
picture() {
  [ "$ONLY" = "  " ] || [[ $ONLY == *" $1 "* ]] || return 0
  shot "$work/shot.png"
  convert "$work/shot.png" ${2:+-crop "$2" +repage} -bordercolor '#c8d0d4' -border 1 -dither None -colors 96 \
    -define png:compression-level=9 "PNG8:$PICTURES/$1.png"
  echo "$1.png: $(stat -c %s "$PICTURES/$1.png") bytes"
}

# The place is seen in a picture: always the same one.
cases=/tmp/両立支援
mkdir "$cases"
trap 'desktop_stop; rm -rf "$work" "$cases"' EXIT
desktop_start "$work"

# The first start, and a new case.
program_start
picture window-first
click 'フォルダーを選ぶ'
await '場所'
focus '場所'; key ctrl+a; paste "$cases"
click '移動'; click 'このフォルダーにする'
await '最初のケースを作る'
key ctrl+n
await '患者番号'
paste '高橋　美咲'; key Return; paste 'タカハシミサキ'; key Return; typ 'S58.9.14'
sleep .5
picture window-new 520x370+380+180
key Escape
program_stop

# The list.
for example in c7 c1 c2 c4 t-01; do
  "$PROGRAM" new "$cases/$example.ron" --example "$example" >/dev/null
done
program_start
await 'ケースを探す'
sleep 1
picture window-start
program_stop

# Entry beside the page.
program_start "$cases/c7.ron"
await '①主治医意見書'
sleep 1
click '会社：院内リストに登録する'
await '院内リストに登録しました。'
sleep 7
picture window-shared
click '生年月日：カレンダー'
sleep .5
picture window-date 640x560+0+70
key Escape
click '①主治医意見書'
await '治療の状況'
focus '現在の症状'
sleep 2
picture window
click '現在の症状：文例'
sleep .6
picture window-stock 760x470+0+190
key Escape
click '③職場復帰支援プラン'
await '復職計画 1行目 期間（開始）'
focus '復職計画 2行目 勤務時間'
sleep 2
picture window-plan
click '書き出し・印刷'
sleep .6
picture window-output 620x260+0+0
key Escape
program_stop -9

# What cannot be printed.
"$PROGRAM" set "$cases/c7.ron" 'patient.name=早坂　𰻞美子' >/dev/null || true
program_start "$cases/c7.ron"
sleep 1
reader has '下書きを破棄して、保存されている内容で開く' 2>/dev/null && click '下書きを破棄して、保存されている内容で開く'
await '①主治医意見書'
sleep 2
click '確認事項：*'
sleep .6
picture window-problems

# Unsaved text after a crash.
focus '職種'; key ctrl+a; paste '経理事務（午前中心）'
sleep 4
program_stop -9
program_start "$cases/c7.ron"
await '下書きの続きから始める'
picture window-draft 620x230+330+245
