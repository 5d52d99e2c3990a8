#!/bin/bash
# A desktop of its own for scripts that use the program as people do: sourced, not run.
#
#   desktop_start FOLDER [--ime]   a screen, a window manager, the screen reader's bus and a HOME, all in FOLDER
#   program_start ARGS...          starts $PROGRAM in a window of $WINDOW_SIZE and waits for it
#   program_stop [-9]              ends it; with -9 as if the computer had stopped
#   key KEY...  typ TEXT           presses keys (xdotool names: Return, ctrl+s), types text (ASCII)
#   paste TEXT                     puts any text in by way of the clipboard
#   click NAME  click_at X Y       clicks on what has this name, or at a place in the window
#   press NAME  focus NAME         the same by the screen reader's bus
#   await NAME [SECONDS]           waits until something of that name is there
#   shot FILE.png                  a picture of the window
#   reader VERB ...                see screen_reader.py
#   switch_ime                     turns Japanese input on or off (with --ime)
#
# Debian: apt-get install xvfb xdotool openbox imagemagick xclip x11-utils dbus-x11 at-spi2-core python3-gi gir1.2-atspi-2.0
#   libgl1 libegl1 libgl1-mesa-dri libx11-6 libxcursor1 libxi6 libx11-xcb1 libxkbcommon-x11-0
# with --ime also: locales fcitx5 fcitx5-mozc fcitx5-modules, and the locale ja_JP.UTF-8

DESKTOP_TOOLS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
WINDOW_SIZE=${WINDOW_SIZE:-"1280 720"}
DESKTOP_PIDS=()
APP='' WINDOW=''

desktop_start() {
  local tool
  DESKTOP=$1
  for tool in Xvfb xdotool openbox import xclip dbus-launch xprop python3; do
    command -v "$tool" >/dev/null || { echo "$tool is missing; desktop.sh says what to install" >&2; exit 2; }
  done
  export HOME="$DESKTOP/home" XDG_RUNTIME_DIR="$DESKTOP/run" LANG=C.UTF-8 LC_ALL=C.UTF-8
  unset WAYLAND_DISPLAY XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME
  mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
  chmod 700 "$XDG_RUNTIME_DIR"
  [ -n "$(trap -p EXIT)" ] || trap desktop_stop EXIT
  Xvfb -displayfd 4 -screen 0 1400x900x24 -nolisten tcp 4>"$DESKTOP/display" >/dev/null 2>&1 &
  DESKTOP_PIDS+=($!)
  for _ in $(seq 50); do [ -s "$DESKTOP/display" ] && break; sleep .1; done
  DISPLAY=":$(cat "$DESKTOP/display")"
  export DISPLAY
  eval "$(dbus-launch --sh-syntax)"
  # Without a frame around it the window is what is seen, and nothing else.
  mkdir -p "$HOME/.config/openbox"
  cat >"$HOME/.config/openbox/rc.xml" <<'RC'
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications><application class="*"><decor>no</decor><focus>yes</focus></application></applications>
</openbox_config>
RC
  # A screen that has just come up may still turn a window manager away.
  for _ in $(seq 10); do
    xprop -root >/dev/null 2>&1 || { sleep .2; continue; }
    openbox --config-file "$HOME/.config/openbox/rc.xml" >"$DESKTOP/openbox.log" 2>&1 &
    DESKTOP_PIDS+=($!)
    for _ in $(seq 20); do
      xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 0x && break 2
      kill -0 "${DESKTOP_PIDS[-1]}" 2>/dev/null || break
      sleep .1
    done
  done
  local launcher
  for launcher in /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher; do
    [ -x "$launcher" ] || continue
    "$launcher" --launch-immediately >"$DESKTOP/atspi.log" 2>&1 &
    DESKTOP_PIDS+=($!)
    break
  done
  sleep 1
  dbus-send --session --dest=org.a11y.Bus --print-reply /org/a11y/bus org.freedesktop.DBus.Properties.Set \
    string:org.a11y.Status string:IsEnabled variant:boolean:true >/dev/null 2>&1
  [ "${2:-}" = --ime ] && ime_start
  return 0
}

ime_start() {
  export LANG=ja_JP.UTF-8 LC_ALL=ja_JP.UTF-8 XMODIFIERS=@im=fcitx
  mkdir -p "$HOME/.config/fcitx5/conf"
  cat >"$HOME/.config/fcitx5/profile" <<'PROFILE'
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=mozc
[Groups/0/Items/0]
Name=keyboard-us
Layout=
[Groups/0/Items/1]
Name=mozc
Layout=
[GroupOrder]
0=Default
PROFILE
  printf '[Hotkey/TriggerKeys]\n0=Control+space\n[Behavior]\nActiveByDefault=False\n' >"$HOME/.config/fcitx5/config"
  printf 'UseOnTheSpot=True\n' >"$HOME/.config/fcitx5/conf/xim.conf"
  fcitx5 --disable=wayland,waylandim,kimpanel,notificationitem,notifications,clipboard -D >"$DESKTOP/fcitx.log" 2>&1 &
  DESKTOP_PIDS+=($!)
  for _ in $(seq 80); do xprop -root XIM_SERVERS 2>/dev/null | grep -q fcitx && return; sleep .1; done
  echo "no input method came up; see $DESKTOP/fcitx.log" >&2
  exit 2
}

desktop_stop() {
  set +e
  local pid
  [ -n "$APP" ] && kill "$APP" 2>/dev/null
  for pid in "${DESKTOP_PIDS[@]}"; do kill "$pid" 2>/dev/null; done
  [ -n "${DBUS_SESSION_BUS_PID:-}" ] && kill "$DBUS_SESSION_BUS_PID" 2>/dev/null
  return 0
}

program_start() {
  "$PROGRAM" "$@" >>"$DESKTOP/program.log" 2>&1 &
  APP=$!
  WINDOW=$(timeout 30 xdotool search --sync --onlyvisible --pid "$APP" 2>/dev/null | tail -1)
  [ -n "$WINDOW" ] || { echo "no window came up; the program said:" >&2; cat "$DESKTOP/program.log" >&2; return 1; }
  # shellcheck disable=SC2086
  xdotool windowactivate --sync "$WINDOW" windowmove "$WINDOW" 0 0 windowsize --sync "$WINDOW" $WINDOW_SIZE
  xdotool mousemove 1390 890
  for _ in $(seq 100); do reader focused >/dev/null 2>&1 && break; sleep .1; done
  sleep .5
}

program_stop() {
  kill "$@" "$APP" 2>/dev/null || true
  wait "$APP" 2>/dev/null || true
  APP=''
}

# Waits until the program has ended by itself.
program_ends() {
  for _ in $(seq 50); do
    kill -0 "$APP" 2>/dev/null || { APP=''; return 0; }
    sleep .1
  done
  return 1
}

reader() { timeout 60 /usr/bin/python3 -W ignore "$DESKTOP_TOOLS/screen_reader.py" "$APP" "$@"; }
await() { reader wait "${2:-8}" "$1"; }
press() { reader press "$1" && sleep .4; }
focus() { reader focus "$1" && sleep .3; }
key() { local one; for one in "$@"; do xdotool key --clearmodifiers "$one"; sleep .2; done; }
typ() { xdotool type --delay 40 -- "$1"; sleep .3; }
paste() { printf '%s' "$1" | xclip -selection clipboard -in >/dev/null 2>&1; sleep .2; key ctrl+v; sleep .3; }
switch_ime() { key ctrl+space; sleep .4; }
shot() { sleep .3; import -window "$WINDOW" "$1"; }
click_at() { xdotool mousemove --window "$WINDOW" "$1" "$2" click 1; sleep .4; }
click() {
  local place
  place=$(reader where "$1") || return 1
  # What has to be scrolled to first can be pressed all the same; at the foot of the window a place
  # may lie behind the line of guidance or the list of problems.
  [ "${place#* }" -lt $((${WINDOW_SIZE#* } - 110)) ] || { press "$1"; return; }
  # shellcheck disable=SC2086
  click_at $place
}
