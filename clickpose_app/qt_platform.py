"""Find out before Qt does whether a window can open, and say what is missing.

Qt itself aborts the process, with a message that names one library, or none.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from clickpose_app.errors import ClickPoseError

# The library that is missing -> the Debian and Ubuntu package that has it: all that Qt's
# wheels take from the system.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}

_PLUGINS = {"xcb": "libqxcb.so", "wayland": "libqwayland.so"}
_ONLY = {
    "xcb": {name for name in PACKAGES if "xcb" in name or "x11" in name},
    "wayland": {name for name in PACKAGES if "wayland" in name},
}

_NOT_FOUND = re.compile(r"(?P<library>[^\s:]+): cannot open shared object file")


class QtPlatformError(ClickPoseError):
    """Qt cannot open a window here."""


class NoDisplayError(QtPlatformError):
    """There is no display, or none that answers; nothing is missing on this computer."""


def check_qt_platform(environment: Mapping[str, str] | None = None) -> None:
    """Raise an error if Qt would abort instead of opening a window.

    Linux only; elsewhere Qt brings along what it needs.

    Args:
        environment: what says which display to use; that of the process if None. The
            display itself is always sought in the environment of the process.

    Raises:
        NoDisplayError: if there is no display, or it does not answer.
        QtPlatformError: naming the missing system packages and the line that installs them.
    """
    if not sys.platform.startswith("linux"):
        return
    folder = _qt_folder()
    errors: list[QtPlatformError] = []
    for platform in wanted_platforms(os.environ if environment is None else environment):
        try:
            _check_loads(folder, platform)
            _check_answers(platform)
        except QtPlatformError as error:
            errors.append(error)
        else:
            return
    # What can be installed comes before what can only be plugged in.
    raise min(errors, key=lambda error: isinstance(error, NoDisplayError))


def wanted_platforms(environment: Mapping[str, str]) -> list[str]:
    """The platform plugins that Qt would try, in its order.

    Raises:
        NoDisplayError: if there is nothing to try.
    """
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [platform.split(":")[0] for platform in chosen.split(";") if platform]
    platforms = []
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        platforms.append("wayland")
    if environment.get("DISPLAY"):
        platforms.append("xcb")
    if not platforms:
        raise NoDisplayError(
            "There is no display here to open a window on.",
            "Log in with a desktop (or ssh -X); prelabel, export and evaluate need none.",
        )
    return platforms


def _check_loads(folder: Path, platform: str) -> None:
    """Load Qt and the plugin of a platform as Qt would; if that fails, say what they lack."""
    libraries = [folder / "lib" / "libQt6Gui.so.6"]
    if platform in _PLUGINS:
        libraries.append(folder / "plugins" / "platforms" / _PLUGINS[platform])
    # A Qt that a distribution has built in another way needs no help of ours.
    problems = [_load_problem(str(library)) for library in libraries if library.exists()]
    problems = [problem for problem in problems if problem]
    if not problems:
        return
    needed = set(PACKAGES) - set().union(*(_ONLY[name] for name in _ONLY if name != platform))
    missing = {name for name in needed if _load_problem(name)}
    # The loader names just the first, which need not be in our table.
    missing.update(found["library"] for found in map(_NOT_FOUND.match, problems) if found)
    if not missing:
        raise QtPlatformError(
            f"Qt cannot open a window: {problems[0]}.", "Install PySide6-Essentials again."
        )
    packages = sorted({PACKAGES[name] for name in missing if name in PACKAGES})
    unknown = sorted(name for name in missing if name not in PACKAGES)
    raise QtPlatformError(
        f"Qt cannot open a window, because this system lacks {', '.join([*packages, *unknown])}.",
        f"On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}"
        if packages
        else "Install the system package that holds it.",
    )


def _load_problem(library: str) -> str:
    """Why the system's loader refuses a library; empty if it does not."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return ""


def _check_answers(platform: str) -> None:
    """Raise NoDisplayError unless the display of the process takes a connection."""
    if platform in _PLUGINS and not _answers(platform):
        name = os.environ.get("WAYLAND_DISPLAY" if platform == "wayland" else "DISPLAY", "")
        raise NoDisplayError(
            f"The display {name!r} does not answer.",
            "Check that it runs and that you may use it (ssh -X, xhost).",
        )


def _answers(platform: str) -> bool:
    if platform == "wayland":
        wayland = ctypes.CDLL("libwayland-client.so.0")
        wayland.wl_display_connect.restype = ctypes.c_void_p
        wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
        display = wayland.wl_display_connect(None)
        if display:
            wayland.wl_display_disconnect(display)
        return bool(display)
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _qt_folder() -> Path:
    """Where the wheels of Qt keep their libraries, without importing them."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        raise QtPlatformError(
            "PySide6, which draws the window, is not installed.",
            "Install ClickPose again with pip.",
        )
    return Path(found.submodule_search_locations[0]) / "Qt"
