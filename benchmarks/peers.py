"""How good is the model beside small peers, and how many clicks does correcting each take?

Runs PicoDet-S with PP-TinyPose and with MoveNet, and our model, on the evaluation images, and
prints one Markdown table: AP, and clicks per person by the annotator's protocol, with 95 %
intervals. The peers and the images are not part of this repository; the folders that hold them
are given. The peers need: pip install openvino ai-edge-litert

    python benchmarks/peers.py ../shared/data/peers ../shared/data/people [--weights FILE]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clickpose_app.cli_options import DEVICES, progress_bar
from clickpose_app.engine.loading import load_predictor
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.evaluation.bootstrap import Interval
from clickpose_app.evaluation.measure import measure_predictor, measure_results
from clickpose_app.evaluation.noc_person import PersonRules
from clickpose_app.evaluation.report import LEVEL_KEYS, Report

PARTS = {"COCO": "eval_public_coco.json", "LSP": "eval_public_lsp.json"}
IMAGES = "eval_public.tar"
PEERS = {"tinypose": "PicoDet-S + PP-TinyPose", "movenet": "PicoDet-S + MoveNet"}
PACKAGES = {"openvino": "openvino", "ai_edge_litert": "ai-edge-litert"}


@dataclass(frozen=True)
class Row:
    """One line of the table: a model on a part, corrected in one way."""

    part: str
    model: str
    report: Report
    clicks: str

    def markdown(self) -> str:
        """The line."""
        levels, intervals = self.report.clicks[self.clicks], self.report.ci95[self.clicks]
        assert isinstance(intervals, dict)
        percent = self.clicks == "noc_person_saved"
        cells = [self.part, self.model]
        for name in ("AP", "AP50"):
            ends = self.report.ci95[name]
            assert isinstance(ends, tuple)
            cells.append("" if percent else _cell(self.report.figures[name], ends, 3))
        for key in LEVEL_KEYS:
            scale, digits = (100, 0) if percent else (1, 2)
            low, high = (scale * end for end in intervals[key])
            cells.append(_cell(scale * levels[key], (low, high), digits) + " %" * percent)
        return "| " + " | ".join(cells) + " |"


def _cell(value: float, ends: Interval, digits: int) -> str:
    return f"{value:.{digits}f} ({ends[0]:.{digits}f} to {ends[1]:.{digits}f})"


def check_packages() -> None:
    """Stop with a sentence if what the peers run on is not installed."""
    missing = [name for module, name in PACKAGES.items() if not importlib.util.find_spec(module)]
    if missing:
        sys.exit(f"The peers need packages that are missing: pip install {' '.join(missing)}")


def run_peer(peers: Path, pose: str, images: Path, out: Path) -> list[dict[str, Any]]:
    """The results of one peer on all images."""
    command = [sys.executable, str(peers / "peers.py"), "--pose", pose, "--out", str(out)]
    subprocess.run([*command, str(images)], check=True, stdout=subprocess.DEVNULL)
    results: list[dict[str, Any]] = json.loads(out.read_text())
    return results


def peer_rows(peers: Path, data: Path, work: Path, rules: PersonRules) -> list[Row]:
    """Each peer on each part, corrected by hand."""
    rows = []
    for pose, name in PEERS.items():
        results = run_peer(peers, pose, data / IMAGES, work / f"{pose}.json")
        for part, truth in PARTS.items():
            ids = {image["id"] for image in json.loads((data / truth).read_text())["images"]}
            chosen = work / f"{pose}-{part}.json"
            chosen.write_text(json.dumps([r for r in results if r["image_id"] in ids]))
            report = measure_results(data / truth, chosen, rules)
            rows.append(Row(part, name, report, "noc_person_manual"))
    return rows


def our_rows(predictor: TorchPredictor, data: Path, work: Path, rules: PersonRules) -> list[Row]:
    """Our model on each part, corrected by hand and with refinement."""
    with tarfile.open(data / IMAGES) as shard:
        shard.extractall(work, filter="data")
    rows = []
    for part, truth in PARTS.items():
        with progress_bar() as progress:
            report = measure_predictor(predictor, data / truth, work, noc=rules, progress=progress)
        for clicks, way in (
            ("noc_person_manual", "by hand"),
            ("noc_person", "with refinement"),
            ("noc_person_saved", "clicks saved"),
        ):
            rows.append(Row(part, f"ours, {way}", report, clicks))
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("peers", type=Path, help="folder of the peers and their peers.py")
    parser.add_argument("data", type=Path, help=f"folder of {IMAGES} and its COCO files")
    parser.add_argument("--weights", type=Path, help="ours; the shipped ones if not given")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument("--score-threshold", type=float, default=0.2)
    parser.add_argument("--worst", choices=("distance", "tolerance"), default="distance")
    options = parser.parse_args()
    check_packages()
    rules = PersonRules(score_threshold=options.score_threshold, worst=options.worst)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        rows = peer_rows(options.peers, options.data, work, rules)
        predictor = load_predictor(options.weights, options.device)
        rows += our_rows(predictor, options.data, work, rules)
    print(f"{predictor.description}; 95 % intervals; the {options.worst} decides the worst joint\n")
    levels = " | ".join(f"clicks at 0.{key}" for key in LEVEL_KEYS)
    print(f"| images | model | AP | AP50 | {levels} |")
    print("| --- | --- |" + " ---: |" * (2 + len(LEVEL_KEYS)))
    for row in sorted(rows, key=lambda row: list(PARTS).index(row.part)):
        print(row.markdown())


if __name__ == "__main__":
    main()
