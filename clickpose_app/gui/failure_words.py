"""What is said of an error that came from a worker."""

from __future__ import annotations

from clickpose_app.errors import ClickPoseError
from clickpose_app.gui.texts import told_error, tr


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory, of the computer or of its graphics card, was not enough."""
    # torch's own error is told by its name: the window never imports torch.
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"


def failure_words(what: str, error: Exception) -> tuple[str, str]:
    """A sentence and a way out.

    Args:
        what: was attempted, as the status line says it.
        error: that ended it.
    """
    doing = what.rstrip("…")
    if isinstance(error, ClickPoseError):
        return told_error(error)
    if is_out_of_memory(error):
        return (
            tr("While {doing}, the memory was not enough.").format(doing=doing),
            tr(
                "Your annotations are safe. Close other programs, or choose the processor (CPU) "
                "in the settings, and try again."
            ),
        )
    return (
        tr("While {doing}, something unexpected went wrong: {kind}: {error}").format(
            doing=doing, kind=type(error).__name__, error=error
        ),
        tr("Your annotations are safe; you can go on."),
    )
