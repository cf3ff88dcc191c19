"""Pins by hash what the frozen application is made of.

    python -m tools.frozen_requirements

Asks pip which wheels it would install on this machine, by pyproject.toml and constraints.txt, and
writes their hashes into requirements-frozen.txt, which make app installs from.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "requirements-frozen.txt"
FREEZERS = ("pyinstaller",)

_HEAD = """\
# What make app installs, pinned by hash: all that is frozen, and PyInstaller, which freezes it.
# Wheels of {system} {machine}, CPython {python}, as python -m tools.frozen_requirements found
# them; torch is the build for processors alone (+cpu), whose wheel has this hash on that platform
# only. Other platforms have other wheels: write the file anew there.
"""


def direct_requirements() -> list[str]:
    """What the program itself needs, as pyproject.toml says, and what freezes it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.M | re.S)
    assert listed is not None
    return [*re.findall(r'^\s*"([^"]+)"', listed[1], re.M), *FREEZERS]


def lines(report: Any) -> list[str]:
    """A line for each wheel of pip's installation report, in the order of the names."""
    found = {}
    for entry in report["install"]:
        about = entry["metadata"]
        digest = entry["download_info"]["archive_info"]["hashes"]["sha256"]
        version = about["version"].split("+")[0]
        found[about["name"].lower().replace("_", "-")] = f"{version} --hash=sha256:{digest}"
    return [f"{name}=={rest}" for name, rest in sorted(found.items())]


def main() -> int:
    """Write the file; pip's exit code if it finds no wheels."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        asked = ["--dry-run", "--ignore-installed", "--quiet", "--report", str(report)]
        asked += ["--constraint", str(ROOT / "constraints.txt"), "--only-binary", ":all:"]
        command = [sys.executable, "-m", "pip", "install", *asked, *direct_requirements()]
        done = subprocess.run(command, check=False)
        if done.returncode:
            return done.returncode
        found = lines(json.loads(report.read_text(encoding="utf-8")))
    python = ".".join(platform.python_version_tuple()[:2])
    head = _HEAD.format(system=platform.system(), machine=platform.machine(), python=python)
    TARGET.write_text(head + "\n".join(found) + "\n", encoding="utf-8")
    print(f"{len(found)} packages: {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
