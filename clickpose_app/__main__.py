"""``python -m clickpose_app``: no arguments open the window, otherwise the command line."""

from __future__ import annotations

import sys

from clickpose_app.cli import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing  # which costs a quarter of what --help takes

        # In the frozen application the workers of prelabel are started as this program, too.
        multiprocessing.freeze_support()
    sys.exit(main())
