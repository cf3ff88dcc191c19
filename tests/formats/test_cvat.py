"""CVAT for images 1.1 comes in as CVAT writes it, and out as CVAT reads it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from clickpose_app.core.annotation import ImageAnnotation, Keypoint, Person, Source, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.core.skeleton import Skeleton
from clickpose_app.errors import FormatError
from clickpose_app.formats.catalogue import recognised
from clickpose_app.formats.cvat_format import CVAT
from clickpose_app.formats.cvat_read import read_cvat
from clickpose_app.formats.cvat_write import write_cvat
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.formats.strategies import data_sets, differences
from tests.formats.tool_data import context, swarm, there_and_back

SVG = (
    '&lt;line x1="1" y1="1" x2="2" y2="2" data-type="edge" data-node-from="1" '
    'data-node-to="2"&gt;&lt;/line&gt;&lt;circle cx="1" cy="1" data-type="element node" '
    'data-element-id="1" data-node-id="1" data-label-name="foot"&gt;&lt;/circle&gt;&lt;circle '
    'cx="2" cy="2" data-element-id="2" data-node-id="2" data-label-name="head"&gt;&lt;/circle&gt;'
)

# As CVAT 2 exports a task with a skeleton, a box in its group, a car, and an empty image.
FILE = f"""<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <id>12</id>
      <name>Hüpfer</name>
      <size>2</size>
      <mode>annotation</mode>
      <labels>
        <label>
          <name>jumper</name>
          <color>#fa3253</color>
          <type>skeleton</type>
          <attributes>
          </attributes>
          <svg>{SVG}</svg>
        </label>
        <label>
          <name>head</name>
          <type>points</type>
          <attributes>
          </attributes>
          <parent>jumper</parent>
        </label>
        <label>
          <name>foot</name>
          <type>points</type>
          <attributes>
          </attributes>
          <parent>jumper</parent>
        </label>
        <label>
          <name>car</name>
          <type>rectangle</type>
          <attributes>
          </attributes>
        </label>
      </labels>
    </task>
    <dumped>2026-01-01 00:00:00.000000+00:00</dumped>
  </meta>
  <image id="0" name="a/Über.jpg" width="640" height="480">
    <skeleton label="jumper" source="manual" z_order="0" group_id="3">
      <points label="foot" source="manual" outside="0" occluded="1" points="10.50,20.25">
      </points>
      <points label="head" source="auto" outside="1" occluded="0" points="1.00,2.00">
      </points>
      <attribute name="colour">red</attribute>
    </skeleton>
    <box label="car" source="manual" occluded="0" xtl="5" ytl="6" xbr="7" ybr="8" z_order="0">
    </box>
    <box label="anything" source="semi-auto" occluded="0" xtl="9.00" ytl="19.00" xbr="30.00"
      ybr="40.50" z_order="0" group_id="3">
    </box>
    <skeleton label="jumper" source="manual" z_order="0">
      <points label="foot" source="manual" outside="0" occluded="0" points="100.00,200.00">
      </points>
    </skeleton>
  </image>
  <image id="1" name="b.jpg" width="20" height="10">
  </image>
</annotations>
"""


def written(path: Path, text: str = FILE) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@given(data_sets())
@settings(max_examples=50)
def test_a_data_set_comes_back_from_cvat(dataset: Dataset) -> None:
    found, losses = there_and_back(CVAT, dataset, "out.xml")
    assert differences(found, dataset) == []
    assert all("ids of images" in loss for loss in losses)


def test_the_documented_file_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "annotations.xml")
    assert recognised(path) is CVAT
    dataset = read_cvat(path, context())
    assert dataset.skeleton.keypoints == ("head", "foot")
    assert dataset.skeleton.limbs == ((1, 0),)
    first, second = dataset.images
    assert (first.id, first.file_name, first.width, first.height) == (0, "a/Über.jpg", 640, 480)
    assert (second.id, second.annotation.people) == (1, ())
    one, other = first.annotation.people
    assert one.box == Box(9, 19, 30, 40.5)
    assert one.box_source is Source.PREDICTED
    assert one.extra == {"colour": "red"}
    assert one.keypoints[0].visibility is Visibility.UNLABELLED
    # CVAT knows where what is outside would be.
    assert (one.keypoints[0].x, one.keypoints[0].y) == (1, 2)
    assert one.keypoints[1] == Keypoint(10.5, 20.25, Visibility.OCCLUDED, Source.HUMAN)
    assert other.box == Box(100, 200, 100, 200)
    assert [keypoint.labelled for keypoint in other.keypoints] == [False, True]


def test_a_skeleton_that_says_it_is_part_of_itself_is_read_as_what_it_is(tmp_path: Path) -> None:
    text = FILE.replace("<name>jumper</name>", "<name>jumper</name><parent>jumper</parent>")
    found = read_cvat(written(tmp_path / "self.xml", text), context())
    assert found.skeleton == read_cvat(written(tmp_path / "in.xml"), context()).skeleton


def test_what_is_not_about_people_is_written_back(tmp_path: Path) -> None:
    dataset = read_cvat(written(tmp_path / "in.xml"), context())
    write_cvat(tmp_path / "out.xml", dataset, context())
    tree = ElementTree.parse(tmp_path / "out.xml")
    (car,) = tree.findall(".//box[@label='car']")
    assert [car.get(side) for side in ("xtl", "ytl", "xbr", "ybr")] == ["5", "6", "7", "8"]
    names = [name.text for name in tree.findall(".//labels/label/name")]
    assert names == ["jumper", "head", "foot", "jumper box", "car"]


def test_the_file_says_all_that_cvat_asks_for(tmp_path: Path) -> None:
    losses = write_cvat(tmp_path / "out.xml", swarm(), context())
    tree = ElementTree.parse(tmp_path / "out.xml")
    assert tree.findtext("version") == "1.1"
    for points in tree.iter("points"):
        assert {"label", "outside", "occluded", "points", "source"} <= points.attrib.keys()
    skeletons = tree.findall(".//skeleton")
    boxes = tree.findall(".//box")
    assert (len(skeletons), len(boxes)) == (2, 3)
    assert [s.get("group_id") for s in skeletons] == [b.get("group_id") for b in boxes[:2]]
    assert "group_id" not in boxes[2].attrib
    used = {attribute.get("name") for attribute in tree.findall(".//box/attribute")}
    defined = {name.text for name in tree.findall(".//label/attributes/attribute/name")}
    assert used == defined == {"score", "keypoint_scores", "iscrowd", "id", "x"}
    assert tuple(map(str, losses)) == (
        "CVAT cannot hold ids of images (2).",
        "CVAT cannot hold states of images (1).",
        "CVAT cannot hold notes on images (1).",
        "CVAT cannot hold the field 'camera' of images (1).",
    )


def test_labels_for_a_new_task_lie_beside(tmp_path: Path) -> None:
    write_cvat(tmp_path / "out.xml", Dataset(builtin_skeleton(), ()), context())
    skeleton, box = json.loads((tmp_path / "out.labels.json").read_text(encoding="utf-8"))
    assert (skeleton["name"], skeleton["type"]) == ("person", "skeleton")
    names = [sublabel["name"] for sublabel in skeleton["sublabels"]]
    assert names == list(builtin_skeleton().keypoints)
    drawing = ElementTree.fromstring(f"<svg>{skeleton['svg']}</svg>")
    assert [node.get("data-label-name") for node in drawing.iter("circle")] == names
    assert len(list(drawing.iter("line"))) == len(builtin_skeleton().limbs)
    assert (box["name"], box["type"]) == ("person box", "rectangle")


def test_any_text_comes_back_as_it_was(tmp_path: Path) -> None:
    values = ["", " a ", "5", "true", "null", "NaN", "é & <b> \"'", "a\r\nb\t", "\x00\x1b", "1_0"]
    extra = {
        f"t{n}": value for n, value in enumerate((*values, 5, 0.1, True, None, [1, {"a": ""}]))
    }
    person = Person("", (), Box(0, 0, 1, 1), Source.HUMAN, is_crowd=True, extra=extra)
    image = DatasetImage(0, "a & <b>'\".jpg", 9, 9, ImageAnnotation((person,)))
    dataset = Dataset(Skeleton("s", ('"', "<&>"), ((0, 1),), (), (0.07, 0.07)), (image,))
    write_cvat(tmp_path / "out.xml", dataset, context())
    found = read_cvat(tmp_path / "out.xml", context())
    (again,) = found.images
    assert again.file_name == image.file_name
    assert again.annotation.people[0].extra == extra
    assert found.skeleton.keypoints == dataset.skeleton.keypoints
    assert found.skeleton.limbs == dataset.skeleton.limbs


def test_what_cvat_refuses_is_not_written(tmp_path: Path) -> None:
    long = Skeleton("s", ("x" * 65,), (), (), (0.07,))
    with pytest.raises(FormatError, match="1 to 64 characters"):
        write_cvat(tmp_path / "out.xml", Dataset(long, ()), context())
    image = DatasetImage(1, "a\x01.jpg", 9, 9, ImageAnnotation())
    with pytest.raises(FormatError, match="XML cannot hold"):
        write_cvat(tmp_path / "out.xml", Dataset(builtin_skeleton(), (image,)), context())
    assert list(tmp_path.iterdir()) == []


def test_values_that_cvat_would_cut_are_named(tmp_path: Path) -> None:
    person = Person("", (), Box(0, 0, 1, 1), is_crowd=True, extra={"poem": "é" * 5000, "x" * 65: 1})
    image = DatasetImage(0, "a.jpg", 9, 9, ImageAnnotation((person,)))
    losses = write_cvat(tmp_path / "out.xml", Dataset(builtin_skeleton(), (image,)), context())
    assert "values of 'poem' of more than 4096 characters (1)" in str(losses[0])
    assert "called 'xxx" in str(losses[1])


def test_a_file_without_definitions_is_read_by_what_it_uses(tmp_path: Path) -> None:
    head, tail = FILE.split("<meta>")[0], FILE.split("</meta>")[1]
    text = (head + tail).replace('label="jumper"', 'label="person"')
    dataset = read_cvat(written(tmp_path / "in.xml", text), context())
    assert dataset.skeleton.keypoints == ("foot", "head")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('points="10.50,20.25"', 'points="10.50"', "image 'a/Über.jpg': person number 1: points"),
        ('points="10.50,20.25"', 'points="nan,1"', "no place in an image"),
        ('points="10.50,20.25"', 'points="1e300,1"', "no number of pixels"),
        ('points="10.50,20.25"', 'points="1,2;3,4"', "no place in an image"),
        ('label="foot" source="manual" outside="0" occluded="1"', 'label="knee"', "'knee'"),
        ('label="head" source="auto"', 'label="foot" source="auto"', "'foot' twice"),
        ('outside="1"', 'outside="maybe"', "outside must be 0 or 1"),
        ('xbr="30.00"', 'xbr="wide"', "xbr is 'wide'"),
        ('xbr="30.00"', 'xbr="1.00"', "the box has the size"),
        ('xbr="30.00"', "", "xbr of <box> is missing"),
        ('width="640"', 'width="640.5"', "width must be a whole number"),
        ('width="640"', 'width="0"', "above 0"),
        ('width="640"', "", "width of <image> is missing"),
        ('name="b.jpg"', 'name="a/Über.jpg"', "there twice"),
        ('name="b.jpg"', 'name="../b.jpg"', "leaves the image folder"),
        ('name="b.jpg"', 'name="C:\\b.jpg"', "absolute"),
        ('name="b.jpg"', "", "name of <image> is missing"),
        ('<image id="1"', '<track id="1"/><image id="1"', "CVAT for video"),
        ("<annotations>", "<!DOCTYPE a [<!ENTITY x 'y'>]><annotations>", "document type"),
        ("<annotations>", '<!DOCTYPE a SYSTEM "http://x/y.dtd"><annotations>', "document type"),
        ("<version>1.1", "<version>&x;", "undefined entity"),
        ("</annotations>", "", "no element found in line"),
        ("<version>", "<a>" * 100_000, "nested too deeply"),
        ("<name>car</name>", "<name>car</name>\x01", "line"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in FILE
    path = written(tmp_path / "bad.xml", FILE.replace(old, new, 1))
    with pytest.raises(FormatError, match=said) as caught:
        read_cvat(path, context())
    assert "bad.xml" in str(caught.value)


def test_what_is_no_such_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    for text, said in (
        ("", "no element found"),
        ("<svg></svg>", "begins with <svg>"),
        ("<annotations></annotations>", "has no skeletons"),
    ):
        with pytest.raises(FormatError, match=said):
            read_cvat(written(path, text), context())
    path.write_bytes(FILE.encode("latin-1"))
    with pytest.raises(FormatError, match="not UTF-8"):
        read_cvat(path, context())
    empty = written(path, "<annotations></annotations>")
    found = read_cvat(empty, context(skeleton=builtin_skeleton()))
    assert (found.images, found.skeleton) == ((), builtin_skeleton())
