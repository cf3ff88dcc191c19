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
        separated: whether a line in its menu divides it from what stands before.
        submenu: the menu in that menu where it is found; empty for none.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    menu: str
    checkable: bool = False
    toolbar: str = ""
    separated: bool = False
    submenu: str = ""


_NUDGE = text("&Nudge")

ACTIONS = (
    ActionSpec(
        "open_folder", text("Open &Folder…"), ("Ctrl+O",), text("File"), toolbar=text("Open folder")
    ),
    ActionSpec("open_image", text("Open &Image…"), ("Ctrl+I",), text("File")),
    ActionSpec("open_coco", text("Open &COCO JSON…"), ("Ctrl+J",), text("File")),
    ActionSpec("open_project", text("Open &Project…"), ("Ctrl+P",), text("File")),
    ActionSpec("demo", text("&Try the demo"), (), text("File")),
    ActionSpec(
        "import_annotations",
        text("I&mport annotations…"),
        ("Ctrl+Shift+I",),
        text("File"),
        separated=True,
    ),
    ActionSpec(
        "export", text("&Export COCO JSON…"), ("Ctrl+S",), text("File"), toolbar=text("Export")
    ),
    ActionSpec("export_as", text("Export &as…"), ("Ctrl+Shift+E",), text("File")),
    ActionSpec("skeleton", text("S&keleton…"), ("Ctrl+Shift+K",), text("File")),
    ActionSpec("teach", text("Teach the &network…"), ("T",), text("File")),
    ActionSpec("close_project", text("Cl&ose project"), ("Ctrl+W",), text("File"), separated=True),
    ActionSpec("quit", text("&Quit"), ("Ctrl+Q",), text("File")),
    ActionSpec("undo", text("&Undo"), ("Ctrl+Z",), text("Edit"), toolbar=text("Undo")),
    ActionSpec(
        "redo", text("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), text("Edit"), toolbar=text("Redo")
    ),
    ActionSpec("copy_pose", text("&Copy pose"), ("Ctrl+C",), text("Edit"), separated=True),
    ActionSpec("paste_pose", text("&Paste pose"), ("Ctrl+V",), text("Edit")),
    ActionSpec("copy_to_next", text("Copy pose to the &next image"), ("Ctrl+D",), text("Edit")),
    ActionSpec("escape", text("Leave tool or selection"), ("Esc",), text("Edit"), separated=True),
    ActionSpec("settings", text("&Settings…"), ("Ctrl+,",), text("Edit"), separated=True),
    ActionSpec(
        "new_person",
        text("&New person: draw a box"),
        ("N",),
        text("Person"),
        toolbar=text("New person"),
    ),
    ActionSpec(
        "new_person_joints", text("New person: &joint by joint"), ("Shift+J",), text("Person")
    ),
    ActionSpec("new_crowd", text("New crowd &region"), ("Shift+N",), text("Person")),
    ActionSpec("accept_suggestion", text("&Accept a suggestion"), ("Y",), text("Person")),
    ActionSpec("next_person", text("Next person"), ("Tab",), text("Person"), separated=True),
    ActionSpec("previous_person", text("Previous person"), ("Shift+Tab",), text("Person")),
    ActionSpec(
        "place_missing", text("Place &missing joints"), ("Shift+P",), text("Person"), separated=True
    ),
    ActionSpec("box", text("Draw the &box anew"), ("B",), text("Person")),
    ActionSpec("fit_box", text("&Fit box to joints"), ("Shift+B",), text("Person")),
    ActionSpec(
        "next_handle",
        text("Take the next &handle, for nudge keys to move"),
        ("G",),
        text("Person"),
        separated=True,
    ),
    ActionSpec("previous_handle", text("Take the handle before"), ("Shift+G",), text("Person")),
    ActionSpec("swap", text("Swap left and right"), ("X",), text("Person")),
    ActionSpec(
        "delete", text("&Delete person"), ("Del", "Backspace"), text("Person"), separated=True
    ),
    ActionSpec(
        "delete_untouched", text("Delete predicted people that nobody touched"), (), text("Person")
    ),
    ActionSpec("visibility", text("Visible, occluded, not labelled"), ("Q",), text("Joint")),
    ActionSpec("place", text("&Place with the next click"), ("P",), text("Joint")),
    ActionSpec("unpin", text("&Unpin: give back to the network"), ("U",), text("Joint")),
    ActionSpec("swap_limb", text("&Swap this limb"), ("Shift+X",), text("Joint")),
    ActionSpec("refine", text("&Refine again"), ("R",), text("Joint"), separated=True),
    ActionSpec(
        "refining",
        text("Other joints follow"),
        ("Shift+R",),
        text("Joint"),
        checkable=True,
        toolbar=text("Others follow"),
    ),
    ActionSpec(
        "nudge_left",
        text("Nudge left by 1 pixel"),
        ("Alt+Left",),
        text("Joint"),
        separated=True,
        submenu=_NUDGE,
    ),
    ActionSpec(
        "nudge_right", text("Nudge right by 1 pixel"), ("Alt+Right",), text("Joint"), submenu=_NUDGE
    ),
    ActionSpec("nudge_up", text("Nudge up by 1 pixel"), ("Alt+Up",), text("Joint"), submenu=_NUDGE),
    ActionSpec(
        "nudge_down", text("Nudge down by 1 pixel"), ("Alt+Down",), text("Joint"), submenu=_NUDGE
    ),
    ActionSpec(
        "nudge_far_left",
        text("Nudge left by 10 pixels"),
        ("Alt+Shift+Left",),
        text("Joint"),
        submenu=_NUDGE,
    ),
    ActionSpec(
        "nudge_far_right",
        text("Nudge right by 10 pixels"),
        ("Alt+Shift+Right",),
        text("Joint"),
        submenu=_NUDGE,
    ),
    ActionSpec(
        "nudge_far_up",
        text("Nudge up by 10 pixels"),
        ("Alt+Shift+Up",),
        text("Joint"),
        submenu=_NUDGE,
    ),
    ActionSpec(
        "nudge_far_down",
        text("Nudge down by 10 pixels"),
        ("Alt+Shift+Down",),
        text("Joint"),
        submenu=_NUDGE,
    ),
    ActionSpec("find_joint", text("&Find a joint in the list"), ("Ctrl+Shift+F",), text("Joint")),
    ActionSpec(
        "previous", text("&Previous image"), ("A", "Left"), text("View"), toolbar=text("Previous")
    ),
    ActionSpec("next", text("&Next image"), ("D", "Right"), text("View"), toolbar=text("Next")),
    ActionSpec("search", text("Find ima&ges by name"), ("Ctrl+F",), text("View")),
    ActionSpec("list_again", text("&List again what the filter wants"), ("F5",), text("View")),
    ActionSpec(
        "fit", text("&Fit picture"), ("F",), text("View"), toolbar=text("Fit"), separated=True
    ),
    ActionSpec("zoom_in", text("Zoom in"), ("Ctrl++", "Ctrl+=", "+"), text("View")),
    ActionSpec("zoom_out", text("Zoom out"), ("Ctrl+-", "-"), text("View")),
    ActionSpec("zoom_person", text("&Zoom to the person"), ("Z",), text("View")),
    ActionSpec(
        "keep_zoom",
        text("&Keep zoom for the next image"),
        ("Shift+F",),
        text("View"),
        checkable=True,
    ),
    ActionSpec(
        "isolate", text("&Isolate the person"), ("I",), text("View"), checkable=True, separated=True
    ),
    ActionSpec(
        "suggestions", text("Show &suggestions"), ("Shift+Y",), text("View"), checkable=True
    ),
    ActionSpec(
        "joint_names", text("Names of all &joints"), ("Shift+H",), text("View"), checkable=True
    ),
    ActionSpec(
        "magnifier", text("&Magnifier while dragging"), ("M",), text("View"), checkable=True
    ),
    ActionSpec(
        "look",
        text("Image l&ook: brightness, contrast, gamma…"),
        ("L",),
        text("View"),
        separated=True,
    ),
    ActionSpec("brighter", text("Brighter image"), ("Ctrl+Shift+Up",), text("View")),
    ActionSpec("darker", text("Darker image"), ("Ctrl+Shift+Down",), text("View")),
    ActionSpec(
        "next_field", text("Go to the next list or field"), ("F6",), text("View"), separated=True
    ),
    ActionSpec(
        "previous_field", text("Go to the list or field before"), ("Shift+F6",), text("View")
    ),
    ActionSpec("numbers", text("N&umbers…"), ("Ctrl+Shift+D",), text("View"), separated=True),
    ActionSpec(
        "accept", text("&Accept and next image"), ("Space",), text("Review"), toolbar=text("Accept")
    ),
    ActionSpec("send_back", text("&Send back with a note…"), ("Shift+Space",), text("Review")),
    ActionSpec("reviewing", text("&Review mode"), ("Ctrl+R",), text("Review"), checkable=True),
    ActionSpec(
        "review_grid",
        text("Review &grid: one joint of all people…"),
        ("Ctrl+G",),
        text("Review"),
        separated=True,
    ),
    ActionSpec("same_joint", text("Same &joint through all"), ("Shift+S",), text("Review")),
    ActionSpec("cheat_sheet", text("&Keys and gestures"), ("F1",), text("Help")),
    ActionSpec("tour", text("Show the &tour"), (), text("Help")),
    ActionSpec("copy_diagnostics", text("Copy &diagnostics"), (), text("Help"), separated=True),
    ActionSpec("about", text("&About ClickPose"), (), text("Help")),
)

GESTURES = (
    (text("Drag a joint"), text("Correct it: it is pinned, and the others follow")),
    (text("Ctrl while dropping"), text("Correct it alone: the others stay")),
    (text("Shift+click"), text("Put the selected joint there")),
    (text("Alt+drag in a person"), text("Move the whole pose; so does the handle above the box")),
    (text("Handles above the box"), text("Turn, move and scale the whole pose")),
    (text("Handles on the box"), text("Resize the box; the joints stay")),
    (text("Alt+drag a box corner"), text("Scale the pose; the corner opposite stays")),
    (text("Alt+drag a box edge"), text("Move the box alone")),
    (text("Shift while turning"), text("In steps of 15°")),
    (text("Right click on a joint"), text("Visible, occluded, not labelled")),
    (text("Wheel"), text("Zoom at the cursor")),
    (text("Middle button, or hold Space and drag"), text("Move the picture")),
    (text("Hold H"), text("Hide all poses to see the picture")),
    (text("Click on faint dashes"), text("Accept the suggested person")),
    ("1 … 9", text("Select a person")),
    (text("Double click in the joint list"), text("Place that joint with the next click")),
)

MARKS = (
    (text("Blue, solid lines"), text("The person's left")),
    (text("Orange, dashed lines"), text("The person's right")),
    (text("White"), text("The person's middle")),
    (text("Round"), text("Placed by the network; it may still move")),
    (text("Small, in a soft halo"), text("The network is not sure; its lines are thinner")),
    (text("Square with a white edge"), text("Placed by hand: the network never moves it")),
    (text("Stripes"), text("A region to ignore (COCO iscrowd)")),
    (text("Hollow"), text("Occluded (COCO v=1)")),
    (text("Faint dashes that stay"), text("A suggestion: not stored until it is accepted")),
    (text("Pale dashes"), text("The pose before it followed, fading away")),
)


# Menus that the cheat sheet shows in its right column.
_RIGHT_MENUS = ("View", "Review", "Help")


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
    # As high as each other: hands and joints on the left, pictures and marks on the right.
    left = [_table(plain(menu), tables[menu], 150) for menu in menus if menu not in _RIGHT_MENUS]
    right = [
        _table(tr("With the mouse"), GESTURES, 230),
        _table(tr("What the marks mean"), MARKS, 230),
        *(_table(plain(menu), tables[menu], 230) for menu in menus if menu in _RIGHT_MENUS),
    ]
    return (
        "<table cellspacing='0'><tr>"
        f"<td style='padding-right: 32px'>{''.join(left)}</td><td>{''.join(right)}</td>"
        "</tr></table>"
    )


def menu_title(menu: str) -> str:
    """The title of a menu, with the key of its first letter if the language names no other."""
    title = tr(menu)
    return title if "&" in title else "&" + title


def plain(label: str) -> str:
    """The text of an action in the person's language, as a sentence has it."""
    return tr(label).replace("&", "").rstrip("…")


def _table(title: str, rows: Iterable[tuple[str, str]], width: int) -> str:
    body = "".join(
        f"<tr><td width='{width}' style='padding: 1px 18px 1px 0'><b>{_html(tr(keys))}</b></td>"
        f"<td style='padding: 1px 0'>{_html(tr(words))}</td></tr>"
        for keys, words in rows
    )
    return f"<h3 style='margin-bottom: 2px'>{_html(title)}</h3><table>{body}</table>"


def _html(words: str) -> str:
    return escape(words, quote=False)
