"""The errors that a person may see: one sentence, and one way out."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 1000


class _Value(str):
    """What a file says, as it fits into a sentence: not endless, and on one line unless quoted."""

    __slots__ = ()

    def __new__(cls, value: str) -> _Value:
        if len(value) > _LONGEST:
            value = f"{value[: _LONGEST * 3 // 4]} … {value[-_LONGEST // 5 :]}"
        return super().__new__(cls, value)

    def __format__(self, spec: str) -> str:
        # Quotes (!r) show line breaks as what they are, and never come here.
        value = str(self)
        # One at the end alone, such as a form feed, breaks the sentence around it as well.
        breaks = value.splitlines() not in ([], [value])
        return format(" ".join(value.split()) if breaks else value, spec)


class Words:
    """A text of one line with named places that is put together only where somebody reads it.

    So the command line says it in English, and the window in the person's language, although
    nobody here knows of either.

    Attributes:
        template: in English, a plain literal (it is found by reading the source) with places
            for ``str.format``.
        fields: what comes into the places; other Words among them are translated, too.
    """

    __slots__ = ("fields", "template")

    def __init__(self, template: str, /, **fields: object) -> None:
        self.template = template
        # Values only: an error among them would keep everything alive that it has seen.
        self.fields = {
            name: value if isinstance(value, int | float | Words) else _Value(str(value))
            for name, value in fields.items()
        }

    def __str__(self) -> str:
        return self.template.format(**self.fields)

    def to_mapping(self) -> dict[str, object]:
        """As JSON may hold it, for another process that shows it to a person."""
        fields = {
            name: value.to_mapping() if isinstance(value, Words) else value
            for name, value in self.fields.items()
        }
        return {"template": self.template, "fields": fields}

    @classmethod
    def joined(cls, between: str, parts: Iterable[Words]) -> Words:
        """Several in a row, such as the items of a list."""
        fields = {f"part{number}": part for number, part in enumerate(parts)}
        return cls(between.join(f"{{{name}}}" for name in fields), **fields)


class ClickPoseError(Exception):
    """Something that the person at the desk can act on.

    Attributes:
        message: one sentence that names the file, record or field.
        hint: the way out, one sentence; may be empty.
        said: message and hint as they were given, for whoever translates them.
    """

    def __init__(self, message: str | Words, hint: str | Words = "") -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.hint = str(hint)
        self.said = (message, hint)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    @property
    def words(self) -> Words:
        """Message and hint as one, for whoever translates them."""
        message, hint = self.said
        if not self.hint:
            return Words("{message}", message=message)
        return Words("{message} {hint}", message=message, hint=hint)


class ImageError(ClickPoseError):
    """An image file cannot be read, or is refused before decoding."""


class FormatError(ClickPoseError):
    """An annotation or skeleton file says something that it may not say."""


class ProjectError(ClickPoseError):
    """A project file cannot be opened or written."""


class CheckpointError(ClickPoseError):
    """A weights file does not fit, is damaged or is of an unknown kind."""
