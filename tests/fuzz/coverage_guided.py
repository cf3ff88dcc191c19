"""Looks for inputs that reach new code of the readers, with atheris: make fuzz-atheris.

    python -m tests.fuzz.coverage_guided [--seconds 120] [--only READER ...]

Each reader is tried in a process of its own, which starts from a sound file and from the corpus.
What falls is kept beside the corpus as crash-*, and the run ends with 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
_SHARED_MEMORY = Path("/dev/shm")

READERS = (
    *("coco", "yolo-pose", "yolo-rows", "labelme", "cvat", "label-studio", "datumaro"),
    *("deeplabcut", "skeleton"),
)


def main() -> int:
    """Try each reader for a while, and print a table; 1 if one fell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=120, help="for each reader (default: 120)")
    parser.add_argument("--only", nargs="+", choices=READERS, default=READERS, metavar="READER")
    parser.add_argument("--one", choices=READERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("Not tried: atheris is not installed (extra fuzz; it has no wheels for all systems).")
        return 0
    if options.one:
        _fuzz(options.one, options.seconds)
        return 0
    print("| reader | inputs | seconds | places reached | fell |")
    print("| --- | ---: | ---: | ---: | --- |")
    codes = [_row(reader, options.seconds) for reader in options.only]
    return 1 if any(codes) else 0


def _row(reader: str, seconds: int) -> int:
    begin = time.monotonic()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.fuzz.coverage_guided",
            "--one",
            reader,
            "--seconds",
            str(seconds),
        ],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    inputs = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
    places = re.findall(r"cov: (\d+)", done.stderr)
    row = (
        reader,
        f"{int(inputs[-1]):,}" if inputs else "?",
        f"{time.monotonic() - begin:.0f}",
        places[-1] if places else "?",
        "yes" if done.returncode else "no",
    )
    print("|", " | ".join(row), "|", flush=True)
    if done.returncode:
        print(done.stdout[-1500:], done.stderr[-3000:], file=sys.stderr)
    return done.returncode


def _fuzz(reader: str, seconds: int) -> None:
    """Try one reader until the time is over or it falls; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["clickpose_app"]):
        from clickpose_app.formats.catalogue import formats

        list(formats())
        from tests.fuzz.readers import sample

    memory = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as scratch:
        folder = Path(scratch)
        seeds = folder / "seeds"
        for place in ("sample", "again", "seeds"):
            (folder / place).mkdir()
        if reader == "skeleton":
            content, target = _skeleton_target(folder)
        else:
            made = sample(reader, folder / "sample")
            content, target = made.file.read_bytes(), _format_target(made, folder / "again")
        (seeds / "sound").write_bytes(content)
        kept = CORPUS / reader.removesuffix("-pose")
        arguments = [
            *(sys.argv[0], str(seeds), *([str(kept)] if kept.is_dir() else [])),
            *(f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=3000"),
            *(
                "-print_final_stats=1",
                "-max_len=20000",
                f"-artifact_prefix={CORPUS}/crash-{reader}-",
            ),
        ]
        atheris.Setup(arguments, target)
        atheris.Fuzz()


def _format_target(made: object, again: Path) -> Callable[[bytes], None]:
    from tests.fuzz.readers import Sample, use

    assert isinstance(made, Sample)

    def target(data: bytes) -> None:
        made.file.write_bytes(data)
        use(made, again)

    return target


def _skeleton_target(folder: Path) -> tuple[bytes, Callable[[bytes], None]]:
    from clickpose_app.paths import resources_dir
    from clickpose_app.storage.skeletons import read_skeleton
    from tests.fuzz.harness import survived

    path = folder / "skeleton.json"

    def target(data: bytes) -> None:
        path.write_bytes(data)
        survived(path, lambda: read_skeleton(path))

    return (resources_dir() / "skeletons" / "coco-17.json").read_bytes(), target


if __name__ == "__main__":
    sys.exit(main())
