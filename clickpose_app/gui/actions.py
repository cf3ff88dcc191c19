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
    ActionSpec("skeleton", "S&keleton…", ("Ctrl+Shift+K",), "File"),
    ActionSpec("close_project", text("&Close project"), ("Ctrl+W",), "File"),
    ActionSpec("quit", "&Quit", ("Ctrl+Q",), "File"),
    ActionSpec("undo", "&Undo", ("Ctrl+Z",), "Edit", toolbar="Undo"),
    ActionSpec("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", toolbar="Redo"),
    ActionSpec("copy_pose", text("&Copy pose"), ("Ctrl+C",), "Edit"),
    ActionSpec("paste_pose", text("&Paste pose"), ("Ctrl+V",), "Edit"),
    ActionSpec("copy_to_next", text("Copy pose to the &next image"), ("Ctrl+D",), "Edit"),
    ActionSpec("escape", "Leave tool or selection", ("Esc",), "Edit"),
    ActionSpec("settings", text("&Settings…"), ("Ctrl+,",), "Edit"),
    ActionSpec("new_person", "&New person: draw a box", ("N",), "Person", toolbar="New person"),
    ActionSpec("new_person_joints", text("New person: &joint by joint"), ("Shift+J",), "Person"),
    ActionSpec("place_missing", text("Place &missing joints"), ("Shift+P",), "Person"),
    ActionSpec("accept_suggestion", text("&Accept a suggestion"), ("Y",), "Person"),
    ActionSpec("box", "Draw the &box anew", ("B",), "Person"),
    ActionSpec("next_person", "Next person", ("Tab",), "Person"),
    ActionSpec("previous_person", text("Previous person"), ("Shift+Tab",), "Person"),
    ActionSpec("swap", "Swap left and right", ("X",), "Person"),
    ActionSpec("delete", "&Delete person", ("Del", "Backspace"), "Person"),
    ActionSpec("fit_box", text("&Fit box to joints"), ("Shift+B",), "Person"),
    ActionSpec("new_crowd", text("New crowd &region"), ("Shift+N",), "Person"),
    ActionSpec(
        "delete_untouched", text("Delete predicted people that nobody touched"), (), "Person"
    ),
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
    ActionSpec("swap_limb", text("&Swap this limb"), ("Shift+X",), "Joint"),
    ActionSpec("nudge_left", text("Nudge left by 1 pixel"), ("Alt+Left",), "Joint"),
    ActionSpec("nudge_right", text("Nudge right by 1 pixel"), ("Alt+Right",), "Joint"),
    ActionSpec("nudge_up", text("Nudge up by 1 pixel"), ("Alt+Up",), "Joint"),
    ActionSpec("nudge_down", text("Nudge down by 1 pixel"), ("Alt+Down",), "Joint"),
    ActionSpec("nudge_far_left", text("Nudge left by 10 pixels"), ("Alt+Shift+Left",), "Joint"),
    ActionSpec("nudge_far_right", text("Nudge right by 10 pixels"), ("Alt+Shift+Right",), "Joint"),
    ActionSpec("nudge_far_up", text("Nudge up by 10 pixels"), ("Alt+Shift+Up",), "Joint"),
    ActionSpec("nudge_far_down", text("Nudge down by 10 pixels"), ("Alt+Shift+Down",), "Joint"),
    ActionSpec("find_joint", "&Find a joint in the list", ("Ctrl+Shift+F",), "Joint"),
    ActionSpec("previous", "&Previous image", ("A", "Left"), "View", toolbar="Previous"),
    ActionSpec("next", "&Next image", ("D", "Right"), "View", toolbar="Next"),
    ActionSpec("fit", "&Fit picture", ("F",), "View", toolbar="Fit"),
    ActionSpec("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+=", "+"), "View"),
    ActionSpec("zoom_out", "Zoom out", ("Ctrl+-", "-"), "View"),
    ActionSpec("zoom_person", "&Zoom to the person", ("Z",), "View"),
    ActionSpec("keep_zoom", "&Keep zoom for the next image", ("Shift+F",), "View", checkable=True),
    ActionSpec("isolate", "&Isolate the person", ("I",), "View", checkable=True),
    ActionSpec("joint_names", "Names of all &joints", ("Shift+H",), "View", checkable=True),
    ActionSpec("magnifier", "&Magnifier while dragging", ("M",), "View", checkable=True),
    ActionSpec("look", "Image &look: brightness, contrast, gamma…", ("L",), "View"),
    ActionSpec("brighter", "Brighter image", ("Ctrl+Shift+Up",), "View"),
    ActionSpec("darker", "Darker image", ("Ctrl+Shift+Down",), "View"),
    ActionSpec("numbers", text("N&umbers…"), ("Ctrl+Shift+D",), "View"),
    ActionSpec("accept", text("&Accept and next image"), ("Space",), "Review", toolbar="Accept"),
    ActionSpec("send_back", text("&Send back with a note…"), ("Shift+Space",), "Review"),
    ActionSpec("reviewing", text("&Review mode"), ("Ctrl+R",), "Review", checkable=True),
    ActionSpec(
        "review_grid", text("Review &grid: one joint of all people…"), ("Ctrl+G",), "Review"
    ),
    ActionSpec("same_joint", text("Same &joint through all"), ("Shift+S",), "Review"),
    ActionSpec("search", text("&Find images by name"), ("Ctrl+F",), "View"),
    ActionSpec("list_again", text("&List again what the filter wants"), ("F5",), "View"),
    ActionSpec("suggestions", text("Show &suggestions"), ("Shift+Y",), "View", checkable=True),
    ActionSpec("cheat_sheet", "&Keys and gestures", ("F1",), "Help"),
    ActionSpec("tour", text("Show the &tour"), (), "Help"),
    ActionSpec("about", text("&About ClickPose"), (), "Help"),
)

GESTURES = (
    ("Drag a joint", "Correct it: it is pinned, and the others follow"),
    ("Ctrl while dropping", "Correct it alone: the others stay"),
    ("Shift+click", "Put the selected joint there"),
    (text("Alt+drag in a person"), text("Move the whole pose; so does the handle above the box")),
    (text("Handles above the box"), text("Turn, move and scale the whole pose")),
    (text("Handles on the box"), text("Resize the box; the joints stay")),
    (text("Alt+drag a box corner"), text("Scale the pose; the corner opposite stays")),
    (text("Alt+drag a box edge"), text("Move the box alone")),
    (text("Shift while turning"), text("In steps of 15°")),
    ("Right click on a joint", "Visible, occluded, not labelled"),
    ("Wheel", "Zoom at the cursor"),
    ("Middle button, or hold Space and drag", "Move the picture"),
    ("Hold H", "Hide all poses to see the picture"),
    (text("Click on faint dashes"), text("Accept the suggested person")),
    ("1 … 9", "Select a person"),
    ("Double click in the joint list", "Place that joint with the next click"),
)

MARKS = (
    ("Blue, solid lines", "The person's left"),
    ("Orange, dashed lines", "The person's right"),
    ("White", "The person's middle"),
    ("Round", "Placed by the network; it may still move"),
    ("Small, in a soft halo", "The network is not sure; its lines are thinner"),
    ("Square with a white edge", "Placed by hand: the network never moves it"),
    (text("Stripes"), text("A region to ignore (COCO iscrowd)")),
    ("Hollow", "Occluded (COCO v=1)"),
    (text("Faint dashes that stay"), text("A suggestion: not stored until it is accepted")),
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
