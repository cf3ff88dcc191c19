"""All actions and their keys in one table, and the cheat sheet that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from clickpose_app.gui.texts import text, tr


@dataclass(frozen=True)
class ActionSpec:
    """One thing that a person can ask for.

    Attributes:
        name: unique; the window maps it to what is done.
        text: as shown in menus.
        keys: shortcuts, the one shown first.
        menu: where it is found.
        checkable: whether it is a switch.
        toolbar: the short text of its button; empty for none.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    menu: str
    checkable: bool = False
    toolbar: str = ""


ACTIONS = (
    ActionSpec("open_folder", "Open &Folder…", ("Ctrl+O",), "File", toolbar="Open folder"),
    ActionSpec("open_image", "Open &Image…", ("Ctrl+I",), "File"),
    ActionSpec("open_coco", "Open &COCO JSON…", ("Ctrl+J",), "File"),
    ActionSpec("open_project", "Open &Project…", ("Ctrl+P",), "File"),
    ActionSpec("demo", text("&Try the demo"), (), "File"),
    ActionSpec("export", "&Export COCO JSON…", ("Ctrl+S",), "File", toolbar="Export"),
    ActionSpec("close_project", text("&Close project"), ("Ctrl+W",), "File"),
    ActionSpec("quit", "&Quit", ("Ctrl+Q",), "File"),
    ActionSpec("undo", "&Undo", ("Ctrl+Z",), "Edit", toolbar="Undo"),
    ActionSpec("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", toolbar="Redo"),
    ActionSpec("escape", "Leave tool or selection", ("Esc",), "Edit"),
    ActionSpec("settings", text("&Settings…"), ("Ctrl+,",), "Edit"),
    ActionSpec("new_person", "&New person: draw a box", ("N",), "Person", toolbar="New person"),
    ActionSpec("box", "Draw the &box anew", ("B",), "Person"),
    ActionSpec("next_person", "Next person", ("Tab",), "Person"),
    ActionSpec("swap", "Swap left and right", ("X",), "Person"),
    ActionSpec("delete", "&Delete person", ("Del", "Backspace"), "Person"),
    ActionSpec("visibility", "Visible, occluded, not labelled", ("Q",), "Joint"),
    ActionSpec("place", "&Place with the next click", ("P",), "Joint"),
    ActionSpec("unpin", "&Unpin: give back to the network", ("U",), "Joint"),
    ActionSpec("refine", "&Refine again", ("R",), "Joint"),
    ActionSpec(
        "refining",
        "Other joints follow",
        ("Shift+R",),
        "Joint",
        checkable=True,
        toolbar="Others follow",
    ),
    ActionSpec("previous", "&Previous image", ("A", "Left"), "View", toolbar="◀ Previous"),
    ActionSpec("next", "&Next image", ("D", "Right"), "View", toolbar="Next ▶"),
    ActionSpec("fit", "&Fit picture", ("F",), "View", toolbar="Fit"),
    ActionSpec("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+=", "+"), "View"),
    ActionSpec("zoom_out", "Zoom out", ("Ctrl+-", "-"), "View"),
    ActionSpec("cheat_sheet", "&Keys and gestures", ("F1",), "Help"),
    ActionSpec("tour", text("Show the &tour"), (), "Help"),
    ActionSpec("about", text("&About ClickPose"), (), "Help"),
)

GESTURES = (
    ("Drag a joint", "Correct it: it is pinned, and the others follow"),
    ("Ctrl while dropping", "Correct it alone: the others stay"),
    ("Shift+click", "Put the selected joint there"),
    ("Right click on a joint", "Visible, occluded, not labelled"),
    ("Wheel", "Zoom at the cursor"),
    ("Middle button, or Space and drag", "Move the picture"),
    ("Hold H", "Hide all poses to see the picture"),
    ("1 … 9", "Select a person"),
    ("Double click in the joint list", "Place that joint with the next click"),
)

MARKS = (
    ("Blue / orange / white", "The person's left / right / middle"),
    ("Round, smaller = less certain", "Placed by the network; it may still move"),
    ("Square with a white edge", "Placed by hand: the network never moves it"),
    ("Hollow", "Occluded (COCO v=1)"),
    ("Pale dashes", "The pose before it followed, fading away"),
)


def make_actions(
    parent: QWidget, handlers: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """One QAction for each row of the table, by name.

    Args:
        parent: the window that the shortcuts work in.
        handlers: what each action does; KeyError if one is missing.
    """
    actions = {}
    for spec in ACTIONS:
        action = QAction(tr(spec.text), parent)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        show_keys(action, spec, spec.keys)
        handler = handlers[spec.name]
        action.triggered.connect(lambda _checked=False, run=handler: run())
        parent.addAction(action)
        actions[spec.name] = action
    return actions


def show_keys(action: QAction, spec: ActionSpec, keys: tuple[str, ...]) -> None:
    """Let an action have these keys, and say so in its tips."""
    action.setShortcuts([QKeySequence(key) for key in keys])
    tip, shown = plain(spec.text), shown_keys(keys)
    action.setToolTip(f"{tip} ({shown})" if shown else tip)
    action.setStatusTip(f"{tip}: {shown}" if shown else tip)


def shown_keys(keys: tuple[str, ...]) -> str:
    """Keys as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)


def cheat_sheet(keys: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """Keys, gestures and marks as two columns of rich text.

    Args:
        keys: of each action by name, as the person has changed them; those of the table if None.
    """
    keys = {spec.name: spec.keys for spec in ACTIONS} if keys is None else keys
    menus = list(dict.fromkeys(spec.menu for spec in ACTIONS))
    tables = {
        menu: [(shown_keys(keys[s.name]), plain(s.text)) for s in ACTIONS if s.menu == menu]
        for menu in menus
    }
    left = [_table(menu, tables[menu], 150) for menu in menus]
    right = [
        _table("With the mouse", GESTURES, 230),
        _table("What the marks mean", MARKS, 230),
    ]
    return (
        "<table cellspacing='0'><tr>"
        f"<td style='padding-right: 32px'>{''.join(left)}</td><td>{''.join(right)}</td>"
        "</tr></table>"
    )


def plain(label: str) -> str:
    """The text of an action in the person's language, as a sentence has it."""
    return tr(label).replace("&", "").rstrip("…")


def _table(title: str, rows: Iterable[tuple[str, str]], width: int) -> str:
    body = "".join(
        f"<tr><td width='{width}' style='padding: 1px 18px 1px 0'><b>{_html(keys)}</b></td>"
        f"<td style='padding: 1px 0'>{_html(text)}</td></tr>"
        for keys, text in rows
    )
    return f"<h3 style='margin-bottom: 2px'>{_html(title)}</h3><table>{body}</table>"


def _html(text: str) -> str:
    return escape(text, quote=False)
