"""The benchmarks are scripts beside each other; what is pure in them is tested from here."""

from __future__ import annotations

import sys
from pathlib import Path

# Behind everything else, so that none of their names hides a library's.
sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
