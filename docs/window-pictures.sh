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
# One of them waits for its signatures, one is in the middle of its way, one has ended.
hand_out() { "$PROGRAM" handout "$cases/$1.ron" --out "$work/out" --form "$2" --to "$3" >/dev/null; }
sign() { "$PROGRAM" sign "$cases/$1.ron" "$2" "$3" --date "$(date +%Y/%m/%d)" >/dev/null; }
consent() { "$PROGRAM" consent "$cases/$1.ron" --to 会社担当者 --to 産業医 --diagnosis --date "$(date +%Y/%m/%d)" >/dev/null; }
# to_the_plan CASE: opinion and consultation are signed, the plan is handed out.
to_the_plan() {
  local line
  hand_out "$1" physician_opinion 本人
  for line in patient physician; do sign "$1" physician_opinion "$line"; done
  consent "$1"
  hand_out "$1" workplace_consultation 会社担当者
  for line in patient company; do sign "$1" workplace_consultation "$line"; done
  hand_out "$1" return_to_work_plan 本人
}
mkdir "$work/out"
hand_out t-01 physician_opinion 本人
to_the_plan c4
"$PROGRAM" close "$cases/c2.ron" --outcome 復職 --date "$(date +%Y/%m/%d)" >/dev/null
program_start
await 'ケースを探す'
sleep 1
picture window-start
program_stop

# The process.
"$PROGRAM" new "$cases/process.ron" --example c7 >/dev/null 2>&1
program_start "$cases/process.ron"
click '次にすること：渡す…'
await '相手の氏名'
sleep .5
picture window-hand-out
key Escape
program_stop
to_the_plan process 2>/dev/null
for line in patient company; do sign process return_to_work_plan "$line"; done
program_start "$cases/process.ron"
click '進み具合'
sleep 2
picture window-progress
xdotool mousemove --window "$WINDOW" 270 560 click --repeat 80 --delay 15 5
xdotool mousemove 1390 890
sleep 1
picture window-timeline 560x545+0+140
program_stop
rm -r "$cases"/process.*

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
picture window-date 640x600+0+70
key Escape
click '①主治医意見書'
await '治療の状況'
focus '現在の症状'
sleep 2
picture window
click '現在の症状：文例'
sleep .6
picture window-stock 760x500+0+220
key Escape
click '③職場復帰支援プラン'
await '復職計画 1行目 期間（開始）'
focus '復職計画 2行目 勤務時間'
sleep 2
picture window-plan
click '書き出し・印刷'
sleep .6
picture window-output 620x300+0+0
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
xdotool mousemove 1390 890
sleep .6
picture window-problems

# Unsaved text after a crash.
focus '職種'; key ctrl+a; paste '経理事務（午前中心）'
sleep 4
program_stop -9
program_start "$cases/c7.ron"
await '下書きの続きから始める'
picture window-draft 620x230+330+245
program_stop

# What a company gets without the diagnosis.
"$PROGRAM" new "$cases/share.ron" --example t-06 >/dev/null 2>&1
program_start "$cases/share.ron"
click '③職場復帰支援プラン'
sleep 1
key ctrl+shift+h
await '相手の氏名'
sleep 4
picture window-share
key Escape
program_stop

# What a company was sent.
"$PROGRAM" new "$cases/sent.ron" --example c7 >/dev/null 2>&1
for field in monthly_work work_pattern available_programmes paid_leave_days; do
  "$PROGRAM" set "$cases/sent.ron" "workplace_consultation/$field=" >/dev/null
done
consent sent
printf 'さくら つき やま うみ かぜ ほし\n' >"$work/passphrase"
sent=$work/R8-0007_受け渡し.age
"$PROGRAM" share "$cases/sent.ron" --to '会社担当者:総務部 高橋' --form workplace_consultation --out "$sent" \
  --passphrase-file "$work/passphrase" >/dev/null 2>&1
program_start "$sent"
await '合言葉'
paste 'さくらつきやまうみかぜほし'; key Return
await '所属'
focus '毎月ある業務など'
sleep 2
picture window-received
