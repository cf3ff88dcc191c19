"""Read XML piece by piece, without entities, external files or endless nesting.

On expat alone, because a file with a document type is refused whole: nothing is left to expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.parsers import expat

from clickpose_app.errors import FormatError, Words

_CHUNK = 1 << 20
_DEEPEST = 32

# What XML 1.0 has no way to write; lone halves of surrogate pairs are not even text.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fits_xml(text: str) -> bool:
    """Whether a text can be written in XML at all."""
    return _NOT_IN_XML.search(text) is None


@dataclass(frozen=True)
class Piece:
    """A child of the root.

    Attributes:
        element: all of it.
        text: a view of its own bytes, of which parsed() makes the same element.
    """

    element: Element
    text: memoryview


def pieces(path: Path, data: bytes, root: str) -> Iterator[Piece]:
    """The children of the root one after another, so that they need not be held at once.

    Args:
        path: the file, for errors.
        data: its UTF-8 text.
        root: the tag that the root must have.

    Raises:
        FormatError: naming the file and the line, if it is no such XML or not safe.
    """
    tree = _Tree(path, 2)
    view = memoryview(data)
    for start in range(0, max(len(data), 1), _CHUNK):
        tree.feed(view[start : start + _CHUNK], last=start + _CHUNK >= len(data))
        if tree.root is not None and tree.root.tag != root:
            raise FormatError(
                Words(
                    "{path} is no such file: it begins with <{tag}>.", path=path, tag=tree.root.tag
                )
            )
        for element, begin, end in tree.taken():
            close = data.find(b">", end) + 1
            # An empty element ends where it begins, and may have a ">" in its attributes.
            yield Piece(element, view[begin:close] if end > begin else view[:0])


def parsed(path: Path, text: bytes | memoryview) -> Element:
    """One element of its own text; FormatError naming the file if it is no XML or not safe."""
    tree = _Tree(path, 1)
    tree.feed(text, last=True)
    ((element, _, _),) = tree.taken()
    return element


class _Tree:
    """Builds the elements of one depth, and forgets each when it is taken."""

    def __init__(self, path: Path, depth: int) -> None:
        """Root has the depth 1."""
        self.root: Element | None = None
        self._path = path
        self._depth = depth
        self._open: list[Element] = []
        self._begin = 0
        self._complete: list[tuple[Element, int, int]] = []
        # Whatever the file declares: its bytes have been checked to be UTF-8.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._on_text

    def feed(self, data: bytes | memoryview, *, last: bool) -> None:
        """Parse some more; FormatError if it is no XML."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise FormatError(
                Words(
                    "{path} is not valid XML: {reason} in line {line}.",
                    path=self._path,
                    reason=expat.ErrorString(error.code),
                    line=error.lineno,
                ),
                Words("It may be cut short or damaged; copy it again."),
            ) from error

    def taken(self) -> list[tuple[Element, int, int]]:
        """Elements that are complete, with the places of their first and last tag."""
        complete, self._complete = self._complete, []
        return complete

    def _refuse(self, *_: object) -> None:
        raise FormatError(
            Words(
                "{path} has a document type, which annotations never need and attacks do.",
                path=self._path,
            ),
            Words("Take the line with <!DOCTYPE out if you trust it."),
        )

    def _on_start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise FormatError(
                Words(
                    "{path}: line {line}: is nested too deeply.",
                    path=self._path,
                    line=self._parser.CurrentLineNumber,
                )
            )
        element = Element(tag, attributes)
        if self.root is None:
            self.root = element
        elif len(self._open) >= self._depth:
            self._open[-1].append(element)
        self._open.append(element)
        if len(self._open) == self._depth:
            self._begin = self._parser.CurrentByteIndex

    def _on_end(self, tag: str) -> None:  # noqa: ARG002 (expat has compared them)
        element = self._open.pop()
        if len(self._open) + 1 == self._depth:
            self._complete.append((element, self._begin, self._parser.CurrentByteIndex))

    def _on_text(self, text: str) -> None:
        element = self._open[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        elif len(self._open) >= self._depth:
            element.text = (element.text or "") + text
