"""The undo steps of the images that were worked on, kept within bounds."""

from __future__ import annotations

from collections import OrderedDict

from clickpose_app.core.history import History

_KEPT = 300  # images with steps; some thirty kilobytes each


class Histories:
    """A history for each image that has steps to undo, for those visited last.

    One without steps is worth nothing: the project file says the same.
    """

    def __init__(self, kept: int = _KEPT) -> None:
        """Start empty; kept is how many images are remembered at most."""
        self._kept = kept
        self._histories: OrderedDict[int, History] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._histories)

    def __contains__(self, image_id: int) -> bool:
        """Whether the steps of an image are known."""
        return image_id in self._histories

    def __getitem__(self, image_id: int) -> History:
        """The history of an image, now the one visited last; KeyError if it is not known."""
        self._histories.move_to_end(image_id)
        return self._histories[image_id]

    def __setitem__(self, image_id: int, history: History) -> None:
        """Keep a history; those without steps and those not visited for longest go."""
        self._histories.pop(image_id, None)
        idle = [i for i, old in self._histories.items() if not (old.can_undo or old.can_redo)]
        for other in idle:
            del self._histories[other]
        self._histories[image_id] = history
        while len(self._histories) > self._kept:
            self._histories.popitem(last=False)

    def peek(self, image_id: int) -> History:
        """The history of an image, not visited; KeyError if it is not known."""
        return self._histories[image_id]

    def drop(self, image_id: int) -> None:
        """Forget the steps of an image."""
        self._histories.pop(image_id, None)

    def clear(self) -> None:
        """Forget everything."""
        self._histories.clear()
