"""Whether a window can open, and what is missing if not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clickpose_app import qt_platform
from clickpose_app.qt_platform import (
    NoDisplayError,
    QtPlatformError,
    check_qt_platform,
    wanted_platforms,
)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}


class Loader:
    """Stands in for the system's loader: some libraries are not there."""

    def __init__(self, *missing: str, needed_by: str = "libqxcb.so") -> None:
        self.missing = missing
        self.needed_by = needed_by

    def __call__(self, library: str) -> str:
        if library in self.missing:
            lacking = library
        elif self.missing and Path(library).name == self.needed_by:
            lacking = self.missing[0]
        else:
            return ""
        return f"{lacking}: cannot open shared object file: No such file or directory"


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the display is called, it answers."""
    monkeypatch.setattr(qt_platform, "_answers", lambda _: True)


def lacking(monkeypatch: pytest.MonkeyPatch, *missing: str, needed_by: str = "libqxcb.so") -> None:
    monkeypatch.setattr(qt_platform, "_load_problem", Loader(*missing, needed_by=needed_by))


@pytest.mark.parametrize(
    ("environment", "platforms"),
    [
        (X11, ["xcb"]),
        (WAYLAND, ["wayland"]),
        (X11 | WAYLAND, ["wayland", "xcb"]),
        ({"XDG_SESSION_TYPE": "wayland"}, ["wayland"]),
        (X11 | {"QT_QPA_PLATFORM": "offscreen"}, ["offscreen"]),
        ({"QT_QPA_PLATFORM": "wayland;xcb:x=y"}, ["wayland", "xcb"]),
    ],
)
def test_the_platforms_are_those_that_qt_would_try(
    environment: dict[str, str], platforms: list[str]
) -> None:
    assert wanted_platforms(environment) == platforms


def test_without_a_display_the_way_out_is_a_display() -> None:
    with pytest.raises(NoDisplayError, match="no display here") as raised:
        check_qt_platform({})
    assert "prelabel" in raised.value.hint


@pytest.mark.usefixtures("answering")
def test_all_missing_packages_are_named_with_the_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking(
        monkeypatch,
        "libxcb-cursor.so.0",
        "libxcb-icccm.so.4",
        "libxcb-keysyms.so.1",
        "libxcb-image.so.0",
        "libxcb-render-util.so.0",
        "libxkbcommon-x11.so.0",
        "libEGL.so.1",
    )
    with pytest.raises(
        QtPlatformError, match="this system lacks libegl1, libxcb-cursor0"
    ) as raised:
        check_qt_platform(X11)
    assert raised.value.hint == (
        "On Debian or Ubuntu: sudo apt-get install libegl1 libxcb-cursor0 libxcb-icccm4 "
        "libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxkbcommon-x11-0"
    )


@pytest.mark.usefixtures("answering")
def test_libraries_that_another_platform_needs_are_not_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking(monkeypatch, "libxcb-cursor.so.0", "libwayland-cursor.so.0")
    with pytest.raises(QtPlatformError) as raised:
        check_qt_platform(X11)
    assert "wayland" not in str(raised.value)


@pytest.mark.usefixtures("answering")
def test_one_platform_that_starts_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, "libwayland-cursor.so.0", needed_by="libqwayland.so")
    check_qt_platform(X11 | WAYLAND)
    with pytest.raises(QtPlatformError, match="libwayland-cursor0"):
        check_qt_platform(WAYLAND)


@pytest.mark.usefixtures("answering")
def test_a_library_that_we_do_not_know_is_named_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, "libnew.so.1")
    with pytest.raises(QtPlatformError, match=r"this system lacks libnew\.so\.1\.") as raised:
        check_qt_platform(X11)
    assert raised.value.hint == "Install the system package that holds it."


def test_any_other_refusal_of_the_loader_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(library: str) -> str:
        return "GLIBC_2.99 not found" if library.endswith("libqxcb.so") else ""

    monkeypatch.setattr(qt_platform, "_load_problem", refuse)
    with pytest.raises(QtPlatformError, match=r"GLIBC_2\.99 not found"):
        check_qt_platform(X11)


def test_offscreen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, "libxcb-cursor.so.0")
    check_qt_platform({"QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.usefixtures("answering")
def test_what_can_be_installed_is_said_before_a_silent_display(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking(monkeypatch, "libxcb-cursor.so.0")
    monkeypatch.setattr(qt_platform, "_answers", lambda _: False)
    with pytest.raises(QtPlatformError, match="libxcb-cursor0"):
        check_qt_platform(X11 | WAYLAND)


def test_without_pyside_the_way_out_is_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(QtPlatformError, match="PySide6, which draws the window, is not installed"):
        check_qt_platform(X11)


def really(display: str) -> str:
    """What is said in a fresh process with that display; empty if nothing is wrong."""
    code = (
        "from clickpose_app.qt_platform import check_qt_platform\n"
        "from clickpose_app.errors import ClickPoseError\n"
        "try:\n"
        "    check_qt_platform()\n"
        "except ClickPoseError as error:\n"
        "    print(error.message)\n"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
    environment = {name: v for name, v in os.environ.items() if name not in hidden}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"DISPLAY": display},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_a_display_that_does_not_answer_is_named() -> None:
    said = really(":54321")
    # A machine without the system packages says so first.
    assert said == "The display ':54321' does not answer." or "this system lacks" in said


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_display_that_answers_is_fine() -> None:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        said = really(f":{number}")
        assert said == "" or "this system lacks" in said
    finally:
        server.terminate()
        server.wait()
