"""What the teaching program tells, a JSON object a line, as values of the window."""

from __future__ import annotations

import msgspec

from clickpose_app.errors import Words
from clickpose_app.gui.texts import told


class TaughtFigures(msgspec.Struct, frozen=True):
    """What was measured on held-out labels, as the weights carry it.

    Attributes:
        images: how many were held out.
        creatures: how many are labelled on them.
        found: share of them that were found.
        oks: mean OKS.
        pck: share of joints within 5 % of the box.
        joints: labelled joints of one: the clicks of placing them all.
        by_hand: clicks to OKS 0.90 without the others following; None while not counted.
        clicks: the same while they follow.
    """

    images: int = 0
    creatures: int = 0
    found: float = 0.0
    oks: float = 0.0
    pck: float = 0.0
    joints: float = 0.0
    by_hand: float | None = None
    clicks: float | None = None


class Started(msgspec.Struct, frozen=True, tag_field="event", tag="started"):
    """A run has begun, or goes on."""

    images: int
    held_out: int
    creatures: int
    keypoints: int
    resumed: bool = False


class Encoding(msgspec.Struct, frozen=True, tag_field="event", tag="encoding"):
    """The images are being looked at once."""

    done: int
    of: int


class Step(msgspec.Struct, frozen=True, tag_field="event", tag="step"):
    """How far it has come: share in 0..1, seconds, and the loss."""

    step: int
    share: float
    spent: float
    left: float
    loss: float


class Measured(msgspec.Struct, frozen=True, tag_field="event", tag="measured"):
    """Held-out labels were looked at."""

    share: float
    better: bool
    figures: TaughtFigures


class Saved(msgspec.Struct, frozen=True, tag_field="event", tag="saved"):
    """A better model lies in the file, complete."""

    weights: str
    figures: TaughtFigures


class Finished(msgspec.Struct, frozen=True, tag_field="event", tag="finished"):
    """The run is over, or was stopped."""

    reason: str
    weights: str | None = None
    figures: TaughtFigures = TaughtFigures()


class ToldWords(msgspec.Struct, frozen=True):
    """Words of errors.py, as the other process has sent them."""

    template: str
    fields: dict[str, ToldWords | str | int | float] = {}

    def words(self) -> Words:
        """The same as Words, which are said in the language of the window."""
        fields = {
            name: value.words() if isinstance(value, ToldWords) else value
            for name, value in self.fields.items()
        }
        return Words(self.template, **fields)


class Failed(msgspec.Struct, frozen=True, tag_field="event", tag="error"):
    """Why there is no result, and the way out: in English, and as Words where they are."""

    message: str
    hint: str = ""
    message_words: ToldWords | None = None
    hint_words: ToldWords | None = None

    def in_window(self) -> tuple[str, str]:
        """The sentence and the way out in the language of the window."""
        message, hint = self.message_words, self.hint_words
        return (
            self.message if message is None else told(message.words()),
            self.hint if hint is None else told(hint.words()),
        )


TeachingEvent = Started | Encoding | Step | Measured | Saved | Finished | Failed

_DECODER: msgspec.json.Decoder[TeachingEvent] = msgspec.json.Decoder(TeachingEvent)


def read_event(line: bytes) -> TeachingEvent | None:
    """The event of a line; None for what a library printed, and for events of no use here."""
    try:
        return _DECODER.decode(line)
    except msgspec.DecodeError:
        return None
