"""What the frozen application is made of is pinned by hash, all of it and nothing else."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.frozen_requirements import TARGET, direct_requirements, lines

ROOT = Path(__file__).parent.parent
LINE = re.compile(r"([\w.-]+)==([\w.!]+)((?: --hash=sha256:[0-9a-f]{64})+)")


def pinned() -> dict[str, str]:
    """Names and versions of the file, each of whose lines is checked."""
    found: dict[str, str] = {}
    for line in TARGET.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        assert match, f"no name, version and hash: {line}"
        found[canonicalize_name(match[1])] = match[2]
    return found


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(";")[0].strip().split("==") for line in lines if "==" in line)
    return {canonicalize_name(name): version for name, version in pairs}


def needed(requirements: Iterable[str]) -> set[str]:
    """The names of what is asked for, and of what that asks for on Linux with Python 3.11."""
    here = {"python_version": "3.11", "sys_platform": "linux", "platform_system": "Linux"}
    here |= {"platform_machine": "x86_64", "python_full_version": "3.11.7", "os_name": "posix"}
    here |= {"platform_python_implementation": "CPython", "implementation_name": "cpython"}
    names: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        asked = waiting.pop()
        for extra in ("", *asked.extras):
            if asked.marker and not asked.marker.evaluate(here | {"extra": extra}):
                continue
            name = canonicalize_name(asked.name)
            if name in names:
                continue
            names.add(name)
            for text in distribution(name).requires or ():
                inner = Requirement(text)
                if inner.marker is None or inner.marker.evaluate(here | {"extra": extra}):
                    waiting.append(inner)
    return names


def test_every_package_of_the_application_is_there_and_no_other() -> None:
    try:
        expected = needed(direct_requirements())
    except PackageNotFoundError as error:
        pytest.skip(f"{error} is not installed here")
    assert set(pinned()) == expected


def test_versions_are_those_that_we_develop_with() -> None:
    assert pinned().items() <= constraints().items()


def test_no_index_is_named() -> None:
    text = TARGET.read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_make_app_installs_nothing_else_where_the_hashes_hold() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes --no-deps --requirement requirements-frozen.txt" in makefile


def test_a_report_of_pip_becomes_lines_without_where_it_came_from() -> None:
    entry = {
        "metadata": {"name": "To_rch", "version": "2.13.0+cpu"},
        "download_info": {
            "url": "https://host/x.whl",
            "archive_info": {"hashes": {"sha256": "ab" * 32}},
        },
    }
    assert lines({"install": [entry]}) == [f"to-rch==2.13.0 --hash=sha256:{'ab' * 32}"]


@pytest.mark.frozen
@pytest.mark.skipif(sys.platform != "linux", reason="the hashes are of Linux")
def test_what_make_app_has_bundled_is_pinned() -> None:
    inside = ROOT / "dist" / "clickpose" / "_internal"
    if not inside.is_dir():
        pytest.skip("make app has not been run here")
    names = {canonicalize_name(path.name.split("-")[0]) for path in inside.glob("*.dist-info")}
    assert names <= set(pinned())
