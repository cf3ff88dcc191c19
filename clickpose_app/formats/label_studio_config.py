"""Label Studio's labelling configuration, and how its tasks name their images."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError, Words
from clickpose_app.formats.coco_category import PERSON
from clickpose_app.formats.coco_records import read_text
from clickpose_app.formats.coco_schema import Flaw, plain_file_name
from clickpose_app.formats.safe_xml import fits_xml, parsed

IMAGE, BOXES, KEYPOINTS = "image", "boxes", "keypoints"
"""Names of the tags in the configuration that we write."""

VISIBILITY, OCCLUDED = "visibility", "occluded"
"""The choice for a keypoint that cannot be seen."""

REGION, CROWD = "region", "crowd"
"""The choice for a box around people who are not annotated one by one."""

_LOCAL = "/data/local-files/"
_UPLOAD = "/data/upload/"
_UPLOAD_MARK = re.compile(r"[0-9a-f]{8}-")


@dataclass(frozen=True)
class Config:
    """What a labelling configuration says that its tasks do not.

    Attributes:
        keypoints: their names, in order; empty if it has none.
        image: the field of a task's data that has the image's address; empty if unknown.
    """

    keypoints: tuple[str, ...] = ()
    image: str = ""


def config_path(path: Path) -> Path:
    """Where the configuration lies that belongs to a file of tasks."""
    return path.with_suffix(".config.xml")


def read_config(path: Path) -> Config:
    """The configuration beside a file of tasks; empty if there is none.

    Raises:
        FormatError: naming the configuration, if it is there but no safe XML.
    """
    file = config_path(path)
    if not file.is_file():
        return Config()
    view = parsed(file, read_text(file))
    labels = [label for tag in view.iter("KeyPointLabels") for label in tag.iter("Label")]
    # Label Studio's own exports follow the model_index where there is one.
    ordered = sorted(enumerate(labels), key=lambda item: (_index(item[1]), item[0]))
    names = dict.fromkeys(label.get("value", "") for _, label in ordered)
    image = view.find(".//Image")
    field = "" if image is None else image.get("value", "")
    return Config(tuple(name for name in names if name), field.lstrip("$"))


def _index(label: Element) -> int:
    text = label.get("model_index", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1 << 32


def config_xml(path: Path, skeleton: Skeleton) -> bytes:
    """The configuration for keypoints of that skeleton.

    Raises:
        FormatError: naming the keypoint whose name XML cannot hold.
    """
    for name in skeleton.keypoints:
        if not name.strip() or not fits_xml(name):
            raise FormatError(
                Words(
                    "{path}: keypoint {name!r} is no name that Label Studio takes.",
                    path=path,
                    name=name,
                ),
                Words("Change it in the skeleton editor."),
            )
    colours: Sequence[str] = skeleton.colours or ("",) * len(skeleton)
    labels = "\n".join(
        f'    <Label value={quoteattr(name)} model_index="{k}"'
        + (f' background="{colour}"/>' if colour else "/>")
        for k, (name, colour) in enumerate(zip(skeleton.keypoints, colours, strict=True))
    )
    return f"""<View>
  <Image name="{IMAGE}" value="$image" zoom="true" zoomControl="true"/>
  <RectangleLabels name="{BOXES}" toName="{IMAGE}">
    <Label value="{PERSON}"/>
  </RectangleLabels>
  <KeyPointLabels name="{KEYPOINTS}" toName="{IMAGE}" strokeWidth="3">
{labels}
  </KeyPointLabels>
  <Choices name="{VISIBILITY}" toName="{IMAGE}" perRegion="true" choice="multiple"
    whenTagName="{KEYPOINTS}">
    <Choice value="{OCCLUDED}"/>
  </Choices>
  <Choices name="{REGION}" toName="{IMAGE}" perRegion="true" choice="multiple"
    whenTagName="{BOXES}">
    <Choice value="{CROWD}"/>
  </Choices>
</View>
""".encode()


def address_of(file_name: str) -> str:
    """Where Label Studio finds an image whose folder it serves as its local files."""
    return f"{_LOCAL}?d={quote(file_name)}"


def file_name_of(address: str) -> str:
    """The name of the image that a task is about.

    Local files are named relative to the folder that Label Studio serves, uploads by the name
    that they had before, and what lies elsewhere by the path of its address.

    Raises:
        Flaw: if it names no file.
    """
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Flaw(
            "image", Words("{address!r} is no address: {error}", address=address, error=error)
        ) from error
    if parts.path.endswith(_LOCAL):
        named = parse_qs(parts.query).get("d", [""])[0]
        return plain_file_name(named.lstrip("/"))
    if _UPLOAD in parts.path:
        name = unquote(parts.path).rsplit("/", 1)[1]
        return plain_file_name(_UPLOAD_MARK.sub("", name, count=1))
    # A drive of Windows looks like a scheme of one letter.
    if len(parts.scheme) > 1 and parts.netloc:
        return plain_file_name(unquote(parts.path).lstrip("/"))
    return plain_file_name(address)
