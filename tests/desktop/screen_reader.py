"""What a screen reader sees of one program, and what it can do there.

screen_reader.py PID tree                  everything, one line each
screen_reader.py PID has NAME              succeeds if there is something of that name
screen_reader.py PID wait SECONDS NAME     waits until there is
screen_reader.py PID press NAME            does what a click would do
screen_reader.py PID focus NAME            gives the keyboard to an input
screen_reader.py PID text NAME             what stands in an input
screen_reader.py PID focused               the name of what has the keyboard
screen_reader.py PID where NAME            its middle in the window, as `X Y`
screen_reader.py PID checked NAME          succeeds if it is ticked

NAME is the whole accessible name; a `*` in it stands for anything. While a dialog is open, what is in
it comes before what is behind it.
"""

import re
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

INPUTS = ("EDITABLE", "CHECKABLE", "FOCUSABLE")


def walk(node, depth=0):
    if node is None or depth > 40:
        return
    yield node, depth
    for at in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(at), depth + 1)


def text_of(node):
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else None


def has_state(node, state):
    return node.get_state_set().contains(getattr(Atspi.StateType, state))


def program(pid):
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(at)
        if child is not None and child.get_process_id() == pid:
            return child
    return None


def in_dialogs(root):
    """All nodes, and whether each of them is part of a dialog."""
    dialog = None
    for node, depth in walk(root):
        if dialog is not None and depth <= dialog:
            dialog = None
        if dialog is None and node.get_role() == Atspi.Role.DIALOG:
            dialog = depth
        yield node, dialog is not None


def find(pid, name):
    """The node of that name; an input before the label that names it."""
    root = program(pid)
    if root is None:
        return None
    pattern = re.compile(".*".join(re.escape(part) for part in name.split("*")), re.DOTALL)
    fitting = []
    for node, is_in_dialog in in_dialogs(root):
        try:
            if pattern.fullmatch(node.get_name() or ""):
                is_input = any(has_state(node, state) for state in INPUTS)
                fitting.append(((not is_in_dialog, not is_input), node))
        except Exception:  # it went away meanwhile
            continue
    return min(fitting, key=lambda one: one[0])[1] if fitting else None


def tree(pid):
    for node, depth in walk(program(pid)):
        states = [s.lower() for s in ("FOCUSED", "CHECKED", "EDITABLE", "ENABLED") if has_state(node, s)]
        print("  " * depth + node.get_role_name(), repr(node.get_name()), repr(text_of(node)), *states)


def main():
    pid, verb, names = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    if verb == "tree":
        tree(pid)
        return
    if verb == "focused":
        focused = [node.get_name() or "" for node, _ in walk(program(pid)) if has_state(node, "FOCUSED")]
        print(focused[-1] if focused else "")
        return
    until = time.monotonic()
    if verb == "wait":
        until += float(names.pop(0))
    name = " ".join(names)
    node = find(pid, name)
    while node is None and time.monotonic() < until:
        time.sleep(0.1)
        node = find(pid, name)
    if node is None:
        sys.exit(f"there is nothing called {name!r}")
    if verb in ("has", "wait"):
        return
    if verb == "press":
        done = Atspi.Action.do_action(node.get_action_iface(), 0)
    elif verb == "focus":
        done = Atspi.Component.grab_focus(node.get_component_iface())
    elif verb == "text":
        print(text_of(node) or "")
        done = True
    elif verb == "checked":
        done = has_state(node, "CHECKED")
    elif verb == "where":
        place = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.WINDOW)
        print(place.x + place.width // 2, place.y + place.height // 2)
        done = place.width > 0
    else:
        sys.exit(__doc__)
    if not done:
        sys.exit(f"{verb} does not work on {name!r}")


main()
