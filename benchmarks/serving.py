"""One version of ClickPose that measures the rows it is asked for, as long as it is asked.

compare.py starts one process of this for each of two versions and asks them in turns. A line in is
``{"row": name, "seconds": s}``; the line out is a list of what each call took, or an error.
"""

from __future__ import annotations

import sys

import msgspec
from bench import all_questions
from measuring import Answer, Asked, take_often
from network_rows import Work

_LEAST = 3


def answer(asked: Asked, ready: dict[str, Work]) -> Answer:
    """Measure a row; whatever goes wrong in one version is told, and the next row may work."""
    try:
        if asked.row not in ready:
            ready.clear()  # one row's memory at a time
            work = all_questions()[asked.row].prepare()
            work.run()
            ready[asked.row] = work
        if not asked.seconds:
            return Answer()
        return Answer(take_often(ready[asked.row].run, asked.seconds, least=_LEAST))
    except Exception as error:
        reason = " ".join(str(error).split()) or "no reason given"
        return Answer(failure=f"{type(error).__name__}: {reason}")


def main() -> None:
    """Answer until nobody asks any more."""
    ready: dict[str, Work] = {}
    for line in sys.stdin:
        found = answer(msgspec.json.decode(line, type=Asked), ready)
        print(msgspec.json.encode(found).decode(), flush=True)


if __name__ == "__main__":
    main()
