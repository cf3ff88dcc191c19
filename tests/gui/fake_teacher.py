"""Stands in for ``clickpose adapt``: tells events and writes a file, as the test wants it.

Called as ``python fake_teacher.py SCRIPT LABELS --out FILE --stop-file FILE ...``. SCRIPT is a
JSON file: ``quality`` is the OKS that it claims, ``wait`` that it goes on until it is stopped,
``kill``, ``error`` and ``crash`` how else it ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any


def main() -> int:
    script, _labels, *options = sys.argv[1:]
    asked = dict(zip(options[::2], options[1::2], strict=True))
    wanted = json.loads(Path(script).read_text(encoding="utf-8"))
    out, stop = Path(asked["--out"]), Path(asked["--stop-file"])
    kept = out.with_name(f"{out.stem}.adapt")
    resumed = kept.exists()
    with Path(script).with_suffix(".calls").open("a", encoding="utf-8") as calls:
        calls.write(json.dumps(sys.argv[2:]) + "\n")
    if "error" in wanted:
        tell(event="error", message=wanted["error"], hint="Do it otherwise.")
        return 1
    if "crash" in wanted:
        print(f"Traceback\nclickpose: {wanted['crash']}", file=sys.stderr)
        return 1
    print("a library says something")
    tell(event="started", images=8, held_out=2, creatures=8, keypoints=4, resumed=resumed)
    tell(event="encoding", done=1, of=1)
    kept.mkdir(exist_ok=True)
    for step in (10, 20):
        tell(event="step", step=step, share=step / 40, spent=6.0, left=90.0, loss=5.0 - step / 10)
    if wanted.get("saves", True):
        save(out, wanted["quality"] - 0.1)
    if wanted.get("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    while wanted.get("wait") and not resumed:
        if stop.exists():
            tell(event="finished", reason="stopped", weights=str(out), figures={})
            return 3
        time.sleep(0.02)
    figures = save(out, wanted["quality"])
    kept.rmdir()
    tell(event="finished", reason="done", weights=str(out), figures=figures)
    return 0


def save(out: Path, quality: float) -> dict[str, float]:
    figures = {"images": 2, "creatures": 2, "found": 1.0, "oks": quality, "pck": 0.5}
    figures |= {"joints": 4.0, "by_hand": 1.5, "clicks": 1.0}
    out.write_text(str(quality), encoding="utf-8")
    tell(event="measured", step=20, share=0.5, better=True, figures=figures)
    tell(event="saved", weights=str(out), figures=figures)
    return figures


def tell(**event: Any) -> None:
    print(json.dumps(event), flush=True)


if __name__ == "__main__":
    sys.exit(main())
