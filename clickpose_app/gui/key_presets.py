"""The keys that people bring along from other tools, for actions that mean the same here.

Facts about those tools: labelme's and SLEAP's default shortcuts, CVAT's standard workspace.
An action of ours whose key another tool needs otherwise gets one that is free there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from clickpose_app.gui.keymap import Keys
from clickpose_app.gui.texts import text


@dataclass(frozen=True)
class Preset:
    """Keys as another tool has them.

    Attributes:
        title: name of the tool.
        remark: what one should know of it.
        keys: of the actions that differ from the table, by name.
    """

    title: str
    remark: str
    keys: dict[str, Keys] = field(default_factory=dict)


PRESETS = (
    Preset("ClickPose", text("The keys that this program comes with.")),
    Preset(
        "labelme",
        text("A and D for the images, Ctrl+U for a folder, Ctrl+R for a new box."),
        {
            "open_folder": ("Ctrl+U",),
            "open_image": ("Ctrl+O",),
            "open_coco": ("Ctrl+Shift+O",),
            "escape": ("Esc", "Ctrl+J"),
            "new_person": ("Ctrl+R", "N"),
            "delete": ("Del",),
            "previous": ("A", "Ctrl+Shift+A", "Left"),
            "next": ("D", "Ctrl+Shift+D", "Right"),
            "fit": ("Ctrl+F",),
            "search": ("Ctrl+Shift+F",),
            "find_joint": ("Ctrl+Alt+F",),
            "reviewing": ("Ctrl+Shift+R",),
            "numbers": ("Ctrl+Alt+D",),
            "zoom_in": ("Ctrl++", "Ctrl+="),
            "zoom_out": ("Ctrl+-",),
        },
    ),
    Preset(
        "CVAT",
        text("D and F for the images, N to draw, Q for occluded, F2 for the settings."),
        {
            "previous": ("D", "Left"),
            "next": ("F", "Right"),
            "fit": ("Ctrl+0",),
            "visibility": ("Q", "/"),
            "delete": ("Del",),
            "settings": ("F2", "Ctrl+,"),
        },
    ),
    Preset(
        "SLEAP",
        text("Arrow keys for the images, Ctrl+I for a new person, ` for the next one."),
        {
            "open_project": ("Ctrl+O",),
            "open_folder": ("Ctrl+Shift+O",),
            "open_image": ("Ctrl+Shift+I",),
            "new_person": ("Ctrl+I",),
            "delete": ("Ctrl+Backspace",),
            "next_person": ("`", "Tab"),
            "previous": ("Left",),
            "next": ("Right",),
            "fit": ("Ctrl+=",),
            "zoom_in": ("Ctrl++", "+"),
        },
    ),
)
