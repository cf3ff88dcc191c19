"""``python -m clickpose_app``: no arguments open the window, otherwise the command line."""

from __future__ import annotations

import sys

from clickpose_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
