#!/bin/bash
# The program in a real window, used from the first start to the finished PDFs: by mouse and
# screen reader, through a crash, by keyboard alone, the whole way of a case up to its end, and with
# --ime by Japanese input.
#
#   tests/real_window.sh [--ime | --way] [FOLDER]
#
# FOLDER gets the pictures and files of the run (a temporary one if not given); --way goes only the
# way of a case, in the window and by the command line. The program is
# $PROGRAM, or target/release/ryoritsu. tests/desktop/desktop.sh says what has to be installed.
# No part of `cargo test`: it takes some minutes and a Linux desktop.
set -u
cd "$(dirname "$0")/.." || exit 2
IME='' WAY_ONLY=''
[ "${1:-}" = --ime ] && { IME=--ime; shift; }
[ "${1:-}" = --way ] && { WAY_ONLY=--way; shift; }
RUN=${1:-$(mktemp -d)}
PROGRAM=$(realpath "${PROGRAM:-target/release/ryoritsu}") || { echo "cargo build --release comes first" >&2; exit 2; }
mkdir -p "$RUN"
RUN=$(cd "$RUN" && pwd)
rm -rf "$RUN"/home "$RUN"/run "$RUN"/display "$RUN"/cases "$RUN"/pdf "$RUN"/*.png "$RUN"/*.log
mkdir -p "$RUN/cases" "$RUN/pdf"
if [ -n "$IME" ] && [ "$(id -u)" = 0 ]; then
  # The Japanese input method refuses to serve root.
  cp "$PROGRAM" "$RUN/program"
  cp -r tests/desktop "$RUN/"
  chown -R nobody "$RUN"
  export PROGRAM="$RUN/program" DESKTOP_FOLDER="$RUN/desktop"
  exec setpriv --reuid=nobody --regid=nogroup --clear-groups bash "$PWD/tests/real_window.sh" --ime "$RUN"
fi
export PROGRAM
# shellcheck source=tests/desktop/desktop.sh
. "${DESKTOP_FOLDER:-tests/desktop}/desktop.sh"
# shellcheck source=tests/desktop/way.sh
. "${DESKTOP_FOLDER:-tests/desktop}/way.sh"

PASSED=0 FAILED=0
part() { echo "== $*"; }
pass() { PASSED=$((PASSED + 1)); echo "ok      $1"; }
fail() {
  FAILED=$((FAILED + 1))
  echo "FAILED  $1" >&2
  shot "$RUN/failed-$FAILED.png" 2>/dev/null && echo "        seen: $RUN/failed-$FAILED.png" >&2
}
# expect WHAT COMMAND...: the command has to succeed.
expect() {
  local what=$1 said
  shift
  if said=$("$@" 2>&1); then pass "$what"; else fail "$what (${said:-$*})"; fi
}
# equal WHAT EXPECTED FOUND
equal() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1: expected '$2', found '$3'"; fi; }

# The page half of the window, once it has been drawn.
page() { sleep 1.5; import -window "$WINDOW" -crop 700x600+570+75 +repage "$RUN/$1.png"; }
differ() { [ "$(compare -metric AE "$RUN/$1.png" "$RUN/$2.png" null: 2>&1)" != 0 ]; }
# in_file WHAT CASE KEY EXPECTED: what the command line reads from the file.
in_file() { equal "$1: $3" "$4" "$("$PROGRAM" show "$2" "$3" 2>&1 | sed 's/^[^\t]*\t//')"; }
# in_file_all CASE: lines of keys and values.
in_file_all() {
  local key value
  while read -r key value; do in_file "in the file" "$1" "$key" "$value"; done
}
# By the keyboard: Tab until something of that name has it.
tab_to() {
  for _ in $(seq "${2:-70}"); do
    [ "$(reader focused)" = "$1" ] && return 0
    xdotool key Tab
    sleep .12
  done
  echo "Tab never came to $1"
  return 1
}

choose_folder_by_mouse() {
  click 'フォルダーを選ぶ'
  await '場所'
  focus '場所'
  key ctrl+a
  typ "$1"
  click '移動'
  click 'このフォルダーにする'
}

hand_out() {
  click '書き出し・印刷'
  await "$1"
  click "$1"
}

by_mouse() {
  part "From an empty folder to a saved case"
  program_start
  expect "the first start asks for a folder" await 'はじめに、ケースを保存するフォルダーを選んでください。'
  choose_folder_by_mouse "$RUN/cases"
  expect "the empty folder is named" await "フォルダー「$RUN/cases」*"
  click '最初のケースを作る'
  await '患者番号'
  focus '氏名'; paste '青葉　花子'
  focus 'フリガナ'; paste 'アオバハナコ'
  focus '生年月日'; typ 'S55.4.3'
  click '作成'
  expect "the case opens" await '①主治医意見書'
  equal "its name is there" '青葉　花子' "$(reader text 氏名)"
  focus '会社名'; paste '株式会社みどり'
  click '性別：女'
  expect "the box of the sex is chosen" reader checked '性別：女'

  part "A form beside its page"
  click '①主治医意見書'
  await '治療の状況'
  page page-1
  click '復職に関する意見：条件付き可'
  page page-2
  expect "a ticked box shows on the page" differ page-1 page-2
  focus '現在の症状'; paste '疲れやすく、午後に休憩が要る。'
  page page-3
  expect "typed text shows on the page" differ page-2 page-3
  click '治療の状況：文例'
  sleep .5
  shot "$RUN/stock.png"
  key Escape
  focus '治療の状況'; paste '手術を行い、術後の経過は順調である。'

  part "Rows of the plan"
  click '③職場復帰支援プラン'
  await '復職計画 1行目 期間（開始）'
  page page-4
  focus '復職計画 1行目 期間（開始）'; typ 'R8.12.1'
  key Return
  equal "Enter goes on to the next cell" '復職計画 1行目 期間（終了）' "$(reader focused)"
  typ 'R8.12.28'; key Return
  paste '10:00～15:00'; key Return
  paste '残業と出張は避ける。'; key ctrl+Return
  paste '通院は毎週月曜日の午前。'
  press '復職計画：行を追加'
  equal "a new row has the keyboard" '復職計画 2行目 期間（開始）' "$(reader focused)"
  typ '2027/1/4'; key Return; typ '20270131'; key Return
  page page-5
  expect "the rows show on the page" differ page-4 page-5

  part "Handed out"
  mkdir -p "$RUN/pdf-mouse"
  rm -f "$RUN"/pdf-mouse/*
  hand_out 'すべての書類の下書きを書き出す…*'
  await 'このフォルダーにする'
  focus '場所'; key ctrl+a; typ "$RUN/pdf-mouse"; click '移動'; click 'このフォルダーにする'
  expect "it says where the PDFs are" await 'PDFを3件書き出しました*'
  equal "three PDFs" 3 "$(find "$RUN/pdf-mouse" -name 'R8-0001_*.pdf' | wc -l)"
  hand_out 'すべての下書きを1つのPDFにまとめる…'
  await 'ファイル名'
  focus '場所'; key ctrl+a; typ "$RUN/pdf-mouse"; click '移動'; click '保存'
  sleep 2
  expect "one PDF of all" test -f "$RUN/pdf-mouse/R8-0001.pdf"
  hand_out '手書き用の空の様式をPDFに書き出す…'
  await 'ファイル名'
  focus '場所'; key ctrl+a; typ "$RUN/pdf-mouse"; click '移動'; click '保存'
  sleep 2
  equal "an empty form" 1 "$(find "$RUN/pdf-mouse" -name '*（手書き用）.pdf' | wc -l)"

  part "Saved, closed, opened again"
  key ctrl+s
  expect "it says that it is saved" await '保存済み'
  CASE="$RUN/cases/R8-0001.ron"
  [ -f "$CASE" ] || CASE=$(find "$RUN/cases" -maxdepth 1 -name '*.ron' ! -name '.*' | head -1)
  expect "the file is there" test -f "$CASE"
  key ctrl+w
  expect "the start page lists the case" await '青葉　花子'
  key ctrl+q
  expect "Ctrl+Q ends the program" program_ends
  program_start "$CASE"
  expect "the case opens from the command line" await '①主治医意見書'
  equal "the name came back" '青葉　花子' "$(reader text 氏名)"
  equal "the company came back" '株式会社みどり' "$(reader text 会社名)"
  in_file_all "$CASE" <<'VALUES'
patient.name 青葉　花子
patient.kana アオバハナコ
patient.birth_date 昭和55年4月3日
patient.sex 女
employer.name 株式会社みどり
physician_opinion/verdict 条件付き可
physician_opinion/current_symptoms 疲れやすく、午後に休憩が要る。
physician_opinion/treatment_status 手術を行い、術後の経過は順調である。
return_to_work_plan/periods[1].start 令和8年12月1日
return_to_work_plan/periods[1].end 令和8年12月28日
return_to_work_plan/periods[1].hours 10:00～15:00
return_to_work_plan/periods[1].measures 残業と出張は避ける。
return_to_work_plan/periods[1].treatment 通院は毎週月曜日の午前。
return_to_work_plan/periods[2].start 令和9年1月4日
return_to_work_plan/periods[2].end 令和9年1月31日
VALUES
}

a_crash() {
  part "Stopped with unsaved text"
  focus '職種'; paste '検品の係'
  sleep 4
  program_stop -9
  expect "a draft lies beside the case" test -f "$RUN/cases/.$(basename "$CASE").draft"
  in_file "the file itself is as it was saved" "$CASE" employer.job_title ''
  program_start "$CASE"
  expect "the draft is offered" await '前回の下書きが残っています'
  shot "$RUN/draft.png"
  click '下書きの続きから始める'
  await '①主治医意見書'
  equal "the text is back" '検品の係' "$(reader text 職種)"
  key ctrl+s
  await '保存済み'
  in_file "and saved" "$CASE" employer.job_title '検品の係'
  expect "the draft is gone" test ! -e "$RUN/cases/.$(basename "$CASE").draft"
}

two_windows() {
  part "A second window, and a change by somebody else"
  local first_app=$APP first_window=$WINDOW
  program_start "$CASE"
  expect "the second window may only look" await '閲覧のみ'
  shot "$RUN/read-only.png"
  program_stop
  APP=$first_app WINDOW=$first_window
  xdotool windowactivate --sync "$WINDOW"
  sed -i 's/検品の係/倉庫の係/' "$CASE"
  focus '所属'; paste '総務部'
  key ctrl+s
  expect "the change of somebody else is told" await 'ほかの人が、このケースを変更して保存しました'
  shot "$RUN/conflict.png"
  click 'この画面の内容で保存する'
  await '保存済み'
  in_file "what is on the screen was saved" "$CASE" employer.department '総務部'
  in_file "over the other's" "$CASE" employer.job_title '検品の係'
  expect "and the other's is kept" grep -rq '倉庫の係' "$RUN/cases/.backup"
  program_stop
}

by_keyboard() {
  part "The whole way by keyboard alone"
  rm -rf "$HOME/.config/ryoritsu" "$HOME/.local/state/ryoritsu" "$RUN/keys"
  mkdir -p "$RUN/keys"
  program_start
  expect "Tab comes to the button for the folder" tab_to 'フォルダーを選ぶ'
  key Return
  await '場所'
  key ctrl+a
  typ "$RUN/keys"
  key Return
  expect "Tab comes to the button that takes the folder" tab_to 'このフォルダーにする'
  key Return
  expect "the empty folder is named" await "フォルダー「$RUN/keys」*"
  key ctrl+n
  await '患者番号'
  equal "the name has the keyboard" '氏名' "$(reader focused)"
  paste '広瀬　太郎'; key Return
  equal "Enter goes on to the next field" 'フリガナ' "$(reader focused)"
  paste 'ヒロセタロウ'; key Return
  typ 'S40.1.10'; key ctrl+Return
  expect "Ctrl+Enter makes the case" await '①主治医意見書'
  expect "Tab comes to the sex" tab_to '性別：男'
  key space
  expect "Space chooses" reader checked '性別：男'
  key ctrl+Next
  expect "Ctrl+PageDown shows the first form" await '治療の状況'
  expect "Tab comes to its text" tab_to '治療の状況'
  paste '外来で治療を続けている。'; key ctrl+Return
  equal "Ctrl+Enter leaves a long text" '現在の症状' "$(reader focused)"
  expect "Tab comes to the verdict" tab_to '復職に関する意見：復職可'
  key space
  key ctrl+Next ctrl+Next
  expect "Ctrl+PageDown shows the plan" await '復職計画 1行目 期間（開始）'
  expect "Tab comes to the plan" tab_to '復職計画 1行目 期間（開始）'
  typ 'R8.12.1'; key Return; typ 'R8.12.25'; key Return; paste '9:00～12:00'
  key ctrl+z
  sleep .5
  key ctrl+y
  equal "undone and done again" '9:00～12:00' "$(reader text '復職計画 1行目 勤務時間')"
  key ctrl+s
  expect "Ctrl+S saves" await '保存済み'
  local case
  case=$(find "$RUN/keys" -maxdepth 1 -name '*.ron' | head -1)
  in_file_all "$case" <<'VALUES'
patient.name 広瀬　太郎
patient.kana ヒロセタロウ
patient.birth_date 昭和40年1月10日
patient.sex 男
physician_opinion/treatment_status 外来で治療を続けている。
physician_opinion/verdict 復職可
return_to_work_plan/periods[1].start 令和8年12月1日
return_to_work_plan/periods[1].end 令和8年12月25日
return_to_work_plan/periods[1].hours 9:00～12:00
VALUES
  key ctrl+shift+e
  await '場所'
  key ctrl+a
  typ "$RUN/pdf"
  key Return
  expect "Tab comes to the button that takes the folder" tab_to 'このフォルダーにする'
  key Return
  sleep 3
  equal "three PDFs" 3 "$(find "$RUN/pdf" -name '*.pdf' | wc -l)"
  key F10
  equal "F10 goes to the menus" 'ファイル' "$(reader focused)"
  key Escape
  key F1
  expect "F1 opens the keys" await '使い方とキー操作'
  shot "$RUN/help.png"
  key Escape
  key ctrl+q
  expect "Ctrl+Q ends the program" program_ends
}

by_ime() {
  part "Japanese input"
  rm -rf "$HOME/.config/ryoritsu" "$RUN/ime"
  mkdir -p "$RUN/ime"
  "$PROGRAM" new "$RUN/ime/case.ron" >/dev/null
  program_start "$RUN/ime/case.ron"
  await '①主治医意見書'
  click '氏名'
  switch_ime
  page ime-1
  xdotool type --delay 120 'tanaka'
  sleep .6
  shot "$RUN/preedit.png"
  page ime-2
  if differ ime-1 ime-2; then fail "the page waits while characters are composed"; else pass "the page waits while characters are composed"; fi
  key space
  sleep .8
  shot "$RUN/conversion.png"
  key Return
  sleep .5
  equal "Enter commits and stays in the field" '氏名' "$(reader focused)"
  equal "the name is converted" '田中' "$(reader text 氏名)"
  page ime-3
  expect "the committed name is on the page" differ ime-2 ime-3
  key Return
  equal "Enter then goes on to the next field" 'フリガナ' "$(reader focused)"
  xdotool type --delay 120 'hanako'
  sleep .4
  key F7
  sleep .4
  key Return
  sleep .4
  equal "input stays Japanese in the next field" 'ハナコ' "$(reader text フリガナ)"
  focus '会社名'
  xdotool type --delay 120 'midori'
  sleep .5
  key Escape
  sleep .3
  key Escape
  sleep .5
  equal "Escape drops what is composed" '' "$(reader text 会社名)"
  expect "and the case is still open" reader has '①主治医意見書'
  focus '所属'
  xdotool type --delay 120 'mori'
  sleep .5
  click '職種'
  sleep .5
  shot "$RUN/ime-left.png"
  equal "a click leaves what was composed in its field" 'もり' "$(reader text 所属)"
  equal "and does not take it along" '' "$(reader text 職種)"
  # On X11 the input context ends with a composition that is left; fcitx5 begins a new one with
  # Japanese input off.
  typ 'a'
  if [ "$(reader text 職種)" = a ]; then
    echo "known   Japanese input is off after a composition was left by a click"
    key BackSpace
    switch_ime
  else
    key Escape Escape
  fi
  xdotool type --delay 120 'jimu'
  sleep .5
  key space Return
  sleep .5
  equal "the field that was clicked takes the next word" '事務' "$(reader text 職種)"
  switch_ime
  key ctrl+s
  expect "it is saved" await '保存済み'
  in_file "in the file" "$RUN/ime/case.ron" patient.name '田中'
  in_file "in the file" "$RUN/ime/case.ron" patient.kana 'ハナコ'
  in_file "in the file" "$RUN/ime/case.ron" employer.job_title '事務'
  program_stop
}

desktop_start "$RUN" $IME
if [ -n "$IME" ]; then
  by_ime
else
  if [ -z "$WAY_ONLY" ]; then
    by_mouse
    a_crash
    two_windows
    by_keyboard
  fi
  the_way
  a_change_after_signing
  the_end
  an_altered_log
  what_conflicts
  the_start_page
  the_way_by_commands
fi
echo "$PASSED passed, $FAILED failed; pictures in $RUN"
[ "$FAILED" = 0 ]
