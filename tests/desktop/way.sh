#!/bin/bash
# The guided process, from a new case to the plan that the physician endorses and to the end of the
# case: parts of tests/real_window.sh, which sources this file.

# A picture of the page of a signed paper, as a scanner gives it.
scan_of_a_paper() { convert -size 620x877 xc:white -fill none -stroke black -draw 'path "M 90,700 q 60,-90 90,0 t 90,0 t 120,-20"' "$1"; }
# stands STEP WORDS: at which step the case is, and what is to be done next.
stands() {
  expect "it stands at $1" await "$1 今ここ"
  expect "what to do next: $2" await "次にすること：*$2*"
}
# says WHAT NAME: something of that name is there.
says() { expect "$1" await "$2"; }
# picture_of NAME: the window, with the pointer out of the way.
picture_of() { xdotool mousemove 1390 890; sleep .5; shot "$RUN/$1.png"; }
# sign_next: records the signature that is awaited next, as the sheet suggests it.
sign_next() {
  click '次にすること：署名を記録…' && await '署名の日付' && key Return && until_gone '署名の日付'
}
until_gone() {
  for _ in $(seq 30); do reader has "$1" 2>/dev/null || return 0; sleep .2; done
  echo "$1 is still there"
  return 1
}
# The sheet for the paper that is next, and Enter on it.
open_hand_out() { click '次にすること：渡す…' && await '相手の氏名'; }
confirm_hand_out() { focus '相手の氏名' && key Return && until_gone '相手の氏名'; }
# scroll_left TIMES: scrolls the left side, up with a negative number.
scroll_left() {
  local button=5
  [ "$1" -lt 0 ] && button=4
  xdotool mousemove --window "$WINDOW" 270 560 click --repeat "${1#-}" --delay 15 "$button"
  sleep .6
}

the_way() {
  part "The whole way, in the window"
  rm -rf "$RUN/way"
  mkdir -p "$RUN/way" "$RUN/out"
  scan_of_a_paper "$RUN/scan.png"
  WAY="$RUN/way/R8-0001.ron"
  "$PROGRAM" new "$WAY" --example c1 >/dev/null
  program_start "$WAY"
  click '進み具合'
  stands '① 主治医の意見' '主治医意見書を渡して'
  picture_of way-1-draft
  key ctrl+h
  says "Ctrl+H: the sheet to hand out" '相手の氏名'
  equal "to the patient" '佐久間　浩二' "$(reader text 相手の氏名)"
  says "it becomes the first revision" '第1版になります*'
  picture_of way-1-hand-out
  key Return
  stands '① 主治医の意見' 'を待っています'
  expect "the PDF is beside the case" test -s "$RUN/way/R8-0001_主治医意見書_第1版.pdf"
  expect "and is kept" cmp "$RUN/way/R8-0001_主治医意見書_第1版.pdf" "$RUN/way/R8-0001.files/1_主治医意見書_第1版.pdf"
  cp "$RUN/way/R8-0001_主治医意見書_第1版.pdf" "$RUN/first.pdf"
  sleep 6
  picture_of way-1-handed-out
  expect "the patient's signature is recorded" sign_next
  stands '① 主治医の意見' '主治医署名'

  key ctrl+g
  says "Ctrl+G: the sheet to record a signature" '署名の日付'
  equal "the physician's" '及川　誠' "$(reader text 署名した方)"
  click '署名の方法：記名押印'
  click 'ファイルを選ぶ…'
  await '場所'
  key ctrl+a; typ "$RUN/scan.png"; key Return
  says "the scan is named" 'scan.png'
  picture_of way-1-sign
  focus '署名した方'; key Return
  stands '② 職場との協議' '協議書を渡して'
  expect "the scan is kept as it is" cmp "$RUN/scan.png" "$RUN/way/R8-0001.files/1_主治医意見書_第1版_physician.png"
  says "the table says who signed" '*及川　誠・記名押印・第1版'
  sleep 6
  picture_of way-2-start

  part "The consent and the consultation"
  open_hand_out
  click '渡す相手：会社担当者'
  says "nothing goes to the company without a consent" '*本人の同意の記録がありません*'
  picture_of way-2-no-consent
  click '同意を記録…'
  await '渡してよい相手：会社担当者'
  expect "the company is ticked" reader checked '渡してよい相手：会社担当者'
  click '渡してよい書類：すべての書類'
  click '渡してよい相手：産業医'
  click '病名：伝えてよい'
  picture_of way-2-consent
  key ctrl+Return
  says "the sheet goes on under the consent" '同意1（*渡します。'
  picture_of way-2-hand-out
  expect "handed to the company" confirm_hand_out
  stands '② 職場との協議' '本人署名'
  expect "the patient signs" sign_next
  expect "the company signs" sign_next
  stands '③ 職場復帰支援プランの作成' '職場復帰支援プランを渡して'
  sleep 6
  picture_of way-3-start

  part "The plan and its five signatures"
  open_hand_out
  click '控え：本人控'
  click '控え：会社控'
  expect "handed to the patient, with two copies" confirm_hand_out
  equal "three PDFs of the plan are kept" 3 "$(find "$RUN/way/R8-0001.files" -name '*プラン_第1版*.pdf' | wc -l)"
  sleep 6
  picture_of way-3-handed-out
  local who
  for who in patient company coordinator 'occupational physician'; do
    expect "signed: $who" sign_next
  done
  stands '④ 主治医の支持' '主治医署名'
  sleep 6
  picture_of way-4
  expect "signed: physician" sign_next
  says "it stands at step 5" '⑤ アフターフォロー 今ここ'
  says "step 4 is done" '④ 主治医の支持 済み'
  sleep 6
  picture_of way-5
  scroll_left 6
  picture_of way-5-papers
  scroll_left 60
  picture_of way-5-timeline
  says "the plan is drawn, with its hours" '復職計画の図：*令和8年4月6日*10:00～15:00*'
  "$PROGRAM" show "$WAY" >"$RUN/way-show.txt" 2>&1
  equal "nine signatures in the file" 9 "$(grep -c 署名済み "$RUN/way-show.txt")"
  larger_pictures
}

# The same at 150 %.
larger_pictures() {
  local _
  for _ in 1 2 3 4 5; do key ctrl+equal; done
  sleep 1
  scroll_left -80
  picture_of large-1
  scroll_left 80
  picture_of large-2
  key ctrl+h
  sleep 1
  picture_of large-hand-out
  key Escape
  key ctrl+g
  sleep 1
  picture_of large-sign
  key Escape
  key ctrl+0
  sleep 1
}

a_change_after_signing() {
  part "One character changed after the signatures"
  click '①主治医意見書'
  await '現在の症状'
  focus '現在の症状'
  key ctrl+End
  typ '1'
  key ctrl+s
  await '保存済み'
  click '進み具合'
  says "the signature is one of the older revision" '第1版への署名*'
  says "the plan is marked" '*主治医意見書の第1版をもとに*'
  says "the paper says that it was changed" '第1版を渡したあとに変更があります'
  sleep 5
  scroll_left -80
  picture_of changed
  scroll_left 6
  picture_of changed-papers
  press '①主治医意見書：版の一覧…'
  await '第1版 もう一度書き出す…'
  picture_of revisions
  click '第1版 もう一度書き出す…'
  await 'このフォルダーにする'
  rm -rf "$RUN/again"; mkdir "$RUN/again"
  focus '場所'; key ctrl+a; typ "$RUN/again"; click '移動'; click 'このフォルダーにする'
  for _ in $(seq 20); do [ -n "$(ls "$RUN/again")" ] && break; sleep .3; done
  expect "revision 1 is written again, byte for byte" cmp "$RUN/first.pdf" "$RUN/again/R8-0001_主治医意見書_第1版.pdf"
  key Escape
  until_gone '第1版 もう一度書き出す…'
  press '①主治医意見書：渡す…'
  says "a second revision, to be signed anew" '第2版になります*'
  picture_of hand-out-2
  expect "handed out" confirm_hand_out
  sleep 1
  press '①主治医意見書：版の一覧…'
  await '二つの版を比べる'
  picture_of revisions-2
  click '二つの版を比べる'
  says "what differs" '*の違い'
  sleep 1
  picture_of compared
  key Escape Escape
  sleep .5
  reader has '二つの版を比べる' 2>/dev/null && key Escape
}

the_end() {
  part "Closed and opened again"
  click '手続き'
  click 'ケースを終了…'
  await '結果：復職'
  click '結果：復職'
  picture_of end
  key ctrl+Return
  says "the case is closed" '*このケースは*終了*'
  sleep 5
  picture_of closed
  click '次にすること：ケースを再開…'
  await '理由'
  typ 'again'
  key Return
  says "and goes on" '*今ここ'
  key ctrl+s
  sleep 1
  program_stop
  "$PROGRAM" log "$WAY" >"$RUN/way-log.txt" 2>&1
  expect "the log has the end" grep -q 'ケースを終了（復職）' "$RUN/way-log.txt"
  expect "and the beginning anew" grep -q 'ケースを再開' "$RUN/way-log.txt"
  expect "nothing is wrong with the files" "$PROGRAM" check "$WAY"
}

an_altered_log() {
  part "One byte of the log altered"
  rm -rf "$RUN/altered"
  cp -r "$RUN/way" "$RUN/altered"
  rm -f "$RUN"/altered/*.lock
  sed -i '0,/for_signature/s//for_signaturE/' "$RUN/altered/R8-0001.log"
  local said
  said=$("$PROGRAM" check "$RUN/altered/R8-0001.ron" 2>&1) && fail "check fails"
  equal "check names the entry" 1 "$(grep -c '操作の記録の[0-9]*番が、書かれたときのままではありません' <<<"$said")"
  program_start "$RUN/altered/R8-0001.ron"
  click '手続き'
  click '操作の記録…'
  says "the log dialog names it" '*番が、書かれたときのままではありません*'
  sleep 1
  picture_of log-altered
  key Escape
  program_stop
}

what_conflicts() {
  part "What contradicts itself, at its field"
  rm -rf "$RUN/conflicts"
  mkdir "$RUN/conflicts"
  "$PROGRAM" new "$RUN/conflicts/c7.ron" --example c7 >/dev/null 2>&1
  "$PROGRAM" new "$RUN/conflicts/t-02.ron" --example t-02 >/dev/null 2>&1
  expect "check tells C7's contradiction" grep -q '入院.*通院' <("$PROGRAM" check "$RUN/conflicts/c7.ron" 2>&1)
  expect "check tells T-02's driving" grep -q '配送業務.*運転' <("$PROGRAM" check "$RUN/conflicts/t-02.ron" 2>&1)
  program_start "$RUN/conflicts/t-02.ron"
  click '確認事項：*'
  await '*近距離の配送業務*'
  picture_of conflict-driving-list
  click '*近距離の配送業務*確かめてください。'
  sleep 1
  equal "the jump goes to the cell" '復職計画 3行目 就業上の措置・治療への配慮など' "$(reader focused)"
  picture_of conflict-driving
  program_stop
  program_start "$RUN/conflicts/c7.ron"
  click '確認事項：*'
  await '*薬物療法*入院*通院*'
  click '*薬物療法*入院*直してください。'
  sleep 1
  equal "the jump goes to the field" '意見の内容' "$(reader focused)"
  picture_of conflict-chemotherapy

  part "Set aside with a note"
  click '*薬物療法*：今回は対応しない…'
  await '*対応しない理由*'
  paste '主治医に確認済み'
  picture_of set-aside-note
  key Return
  says "it is counted" '「今回は対応しない」*1件'
  key ctrl+s
  await '保存済み'
  equal "check is silent about it" '' "$("$PROGRAM" check "$RUN/conflicts/c7.ron" 2>&1)"
  click '「今回は対応しない」*1件'
  says "it can be seen" '*主治医に確認済み'
  picture_of set-aside
  click '*：確認事項に戻す'
  says "and be taken back" '確認事項：*1件'
  key ctrl+s
  await '保存済み'
  program_stop
}

the_start_page() {
  part "What is due, on the start page"
  rm -rf "$HOME/.config/ryoritsu" "$RUN/list"
  mkdir "$RUN/list"
  cp -r "$WAY" "${WAY%.ron}.files" "${WAY%.ron}.log" "$RUN/list/"
  local example day
  for example in c7 c2 t-02; do "$PROGRAM" new "$RUN/list/$example.ron" --example "$example" >/dev/null 2>&1; done
  "$PROGRAM" new "$RUN/list/ended.ron" --example c4 >/dev/null 2>&1
  "$PROGRAM" close "$RUN/list/ended.ron" --outcome 復職 --date "$(date +%Y/%m/%d)" >/dev/null
  day=$(date -d '5 days' +%Y/%m/%d)
  "$PROGRAM" set "$RUN/list/c7.ron" "return_to_work_plan/periods[1].start=$day" >/dev/null 2>&1
  program_start
  choose_folder_by_mouse "$RUN/list"
  await 'ケースを探す'
  local column
  for column in '氏名' '段階' '次にすること' '期日 ▼' 'ケース番号・会社名'; do
    says "the column $column" "$column"
  done
  says "what is coming up" 'これからの予定'
  says "the plan of C7 begins" '*：復職計画の開始*'
  says "the shelf of the open ones" '進行中　4'
  picture_of start
  focus 'ケースを探す'
  paste 'さくま'
  sleep .6
  says "found by kana" '佐久間　浩二'
  says "and no other" '4件中 1件'
  picture_of start-search
  key ctrl+a BackSpace
  click '終了（保管）　1'
  says "the archive" '*に終了'
  picture_of start-archive
  click '進行中　4'
  for _ in 1 2 3 4 5; do key ctrl+equal; done
  sleep 1
  picture_of large-start
  key ctrl+0
  click '*：復職計画の開始*'
  says "a click on a day opens its case" '①主治医意見書'
  program_stop
}

the_way_by_commands() {
  part "The whole way, by the command line"
  local dir="$RUN/commands" case
  rm -rf "$dir"
  mkdir -p "$dir/out" "$dir/again"
  case="$dir/case.ron"
  scan_of_a_paper "$dir/scan.png"
  local run="$PROGRAM" today
  today=$(date +%Y/%m/%d)
  next() { expect "what to do next: $1" grep -q "^次にすること.*$1" <("$run" show "$case" 2>&1); }
  hand() { expect "handed out: $*" "$run" handout "$case" --out "$dir/out" --form "$@"; }
  signed() { expect "signed: $*" "$run" sign "$case" "$@" --date "$today"; }
  expect "a new case" "$run" new "$case" --example c1
  next '主治医意見書を渡して'
  hand physician_opinion --to 本人
  signed physician_opinion patient
  signed physician_opinion physician --how 記名押印 --scan "$dir/scan.png"
  expect "the scan is kept" cmp "$dir/scan.png" "$dir/case.files/1_主治医意見書_第1版_physician.png"
  next '協議書を渡して'
  if "$run" handout "$case" --out "$dir/out" --form workplace_consultation --to 会社担当者 >/dev/null 2>&1; then
    fail "nothing goes to the company without a consent"
  else
    pass "nothing goes to the company without a consent"
  fi
  expect "the consent" "$run" consent "$case" --to 会社担当者 --to 産業医 --diagnosis --date "$today"
  hand workplace_consultation --to 会社担当者
  signed workplace_consultation patient
  signed workplace_consultation company
  next '職場復帰支援プランを渡して'
  hand return_to_work_plan --to 本人 --copy 本人控 --copy 会社控
  local line
  for line in patient company coordinator occupational_physician; do signed return_to_work_plan "$line"; done
  next '主治医署名'
  signed return_to_work_plan physician
  expect "it stands at step 5" grep -q '今の段階.*⑤' <("$run" show "$case" 2>&1)
  equal "nine signatures" 9 "$("$run" show "$case" 2>&1 | grep -c 署名済み)"

  expect "one character more" "$run" set "$case" 'physician_opinion/current_symptoms=だるさがある。'
  expect "a signature of the older revision" grep -q '変更前の第1版への署名' <("$run" show "$case" 2>&1)
  expect "the plan is marked" grep -q '変更前の主治医意見書（第1版）' <("$run" show "$case" 2>&1)
  "$run" revisions "$case" physician_opinion --export 1 --out "$dir/again" >/dev/null
  expect "revision 1 again, byte for byte" cmp "$dir/out/R8-0001_主治医意見書_第1版.pdf" "$dir/again/R8-0001_主治医意見書_第1版.pdf"
  expect "closed" "$run" close "$case" --outcome 復職 --date "$today"
  expect "listed as closed" grep -q '復職' <("$run" list "$dir" 2>&1)
  expect "opened again" "$run" close "$case" --reopen 再発のため
  expect "nothing is wrong with the files" "$run" check "$case"
  sed -i '0,/for_signature/s//for_signaturE/' "$dir/case.log"
  expect "one byte of the log is named" grep -q '操作の記録の[0-9]*番が、書かれたときのままではありません' <("$run" check "$case" 2>&1)
}
