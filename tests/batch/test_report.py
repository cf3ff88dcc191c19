"""The report of a run: one page that any browser opens and no name can break."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest

from clickpose_app.batch.report import SHOWN_FAILURES, ReportRequest, write_report
from clickpose_app.batch.summary import LEAST_CERTAIN, Summary
from clickpose_app.core.annotation import ImageAnnotation, ImageState, Keypoint, Person, Visibility
from clickpose_app.core.geometry import Box
from clickpose_app.formats.dataset import DatasetImage
from clickpose_app.storage.skeletons import builtin_skeleton
from tests.batch.test_prelabel import make_image

SKELETON = builtin_skeleton()
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;{{ 7*7 }}.png"


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def person(score: float, *, height: float = 20.0, sure: float = 0.5) -> Person:
    joints = tuple(Keypoint(5.0 + k, 6.0, confidence=sure) for k in range(17))
    return Person(f"p{score}", joints, Box(2, 2, 30, 2 + height), score=score)


def image(number: int, *people: Person, name: str = "") -> DatasetImage:
    annotation = ImageAnnotation(people, ImageState.PREDICTED)
    return DatasetImage(number, name or f"{number}.png", 40, 30, annotation)


def summary_of(folder: Path, *images: DatasetImage) -> Summary:
    summary = Summary(SKELETON)
    for each in images:
        path = folder / f"{each.id}.png"
        if not path.exists():
            make_image(path)
        summary.add(path, each)
    return summary


def page_of(folder: Path, summary: Summary, failures: tuple[str, ...] = ()) -> Page:
    request = ReportRequest(folder / "r.html", "A run", {"Network": "fake <b>", "Weights": "w"})
    write_report(request, summary, failures)
    return Page(request.path.read_text(encoding="utf-8"))


def test_it_counts_images_people_and_failures(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, image(1, person(0.9), person(0.4)), image(2), image(3))
    page = page_of(tmp_path, summary, ("b.png is damaged.",))
    words = " ".join(page.words.split())
    assert "3images labelled 2people found 0.67people an image" in words
    assert "2images without people (66.7 %)" in words
    assert "b.png is damaged." in words
    assert "fake <b>" in words


def test_it_needs_nothing_from_anywhere(tmp_path: Path) -> None:
    page = page_of(tmp_path, summary_of(tmp_path, image(1, person(0.9))))
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "iframe", "object"})
    for tag, attributes in page.tags:
        for name in ("src", "href"):
            value = attributes.get(name)
            assert value is None or value.startswith(("data:image/jpeg;base64,", "#")), tag
    content = (tmp_path / "r.html").read_text()
    assert "url(" not in content and "@import" not in content
    (policy,) = [m["content"] for m in page.all("meta") if m.get("http-equiv")]
    assert policy is not None and "default-src 'none'" in policy
    assert "prefers-color-scheme: dark" in content


def test_a_hostile_name_is_only_a_name(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, image(1, person(0.4), name=HOSTILE))
    page = page_of(tmp_path, summary, (f"{HOSTILE} is damaged.", "lone \udcff surrogate"))
    assert not page.all("script")
    assert [picture["alt"] for picture in page.all("img")] == [HOSTILE]
    assert f"{HOSTILE} is damaged." in page.words
    assert "lone \\udcff surrogate" in page.words
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_the_least_certain_images_come_first_with_their_poses(tmp_path: Path) -> None:
    people = [person(0.5 + n / 100) for n in range(LEAST_CERTAIN + 10)]
    images = [image(n + 1, who) for n, who in enumerate(people)]
    page = page_of(tmp_path, summary_of(tmp_path, *reversed(images), image(99)))
    pictures = page.all("img")
    assert [p["alt"] for p in pictures] == [f"{n}.png" for n in range(1, LEAST_CERTAIN + 1)]
    source = pictures[0]["src"]
    assert source is not None
    encoded = np.frombuffer(base64.b64decode(source.partition(",")[2]), np.uint8)
    decoded = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    assert decoded is not None and decoded.shape[1] == 480
    assert decoded.max() > 200  # the photo is black; the pose is not
    assert "need 0.75, 1 person, lowest score 0.50" in page.words


def test_an_image_that_is_gone_has_words_in_place_of_a_picture(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, image(1, person(0.4)))
    (tmp_path / "1.png").unlink()
    page = page_of(tmp_path, summary)
    assert page.all("img") == []
    assert "1.png does not exist" in page.words


def test_histograms_have_a_bar_for_each_part(tmp_path: Path) -> None:
    summary = summary_of(
        tmp_path,
        image(1, person(0.41, height=20), person(0.44, height=21), person(1.0, height=200)),
        image(2, *(person(n / 30) for n in range(12))),
    )
    page_of(tmp_path, summary)
    content = (tmp_path / "r.html").read_text()
    titles = re.findall(r"<title>([^<]+)</title></g>", content)
    assert "0.40 to 0.45: 2 people" in titles
    assert "0.95 to 1.00: 1 people" in titles
    assert "0.05 to 0.10: 1 people" in titles
    counted = [t for t in titles if t.startswith("0.") and not t.endswith(": 0 people")]
    assert sum(int(t.split(": ")[1].split()[0]) for t in counted) == 15
    assert "16 to 23 pixels: 14 people" in titles
    assert "181 to 256 pixels: 1 people" in titles
    assert "10 or more people: 1 images" in titles
    assert "3 people: 1 images" in titles


def test_joints_are_counted_by_visibility(tmp_path: Path) -> None:
    who = person(0.9)
    joints = list(who.keypoints)
    joints[0] = replace(joints[0], visibility=Visibility.OCCLUDED)
    joints[1] = replace(joints[1], visibility=Visibility.UNLABELLED, confidence=None)
    changed = replace(who, keypoints=tuple(joints))
    summary = summary_of(tmp_path, image(1, who), image(2, changed))
    words = " ".join(page_of(tmp_path, summary).words.split())
    assert "nose50.0 % 50.0 %0.0 % 0.50" in words
    assert "left_eye50.0 % 0.0 %50.0 % 0.50" in words


def test_an_empty_run_is_a_page_too(tmp_path: Path) -> None:
    page = page_of(tmp_path, Summary(SKELETON))
    assert "No people were found." in page.words
    assert "None: every image was read and labelled." in page.words


def test_a_million_failures_are_counted_and_the_first_are_shown(tmp_path: Path) -> None:
    failures = tuple(f"{n}.png is damaged." for n in range(SHOWN_FAILURES + 5))
    page = page_of(tmp_path, Summary(SKELETON), failures)
    assert len(page.all("li")) == SHOWN_FAILURES
    assert "and 5 more" in page.words


@pytest.mark.parametrize("count", [1, 7, 10, 11, 99, 12_345, 9_999_999])
def test_axes_are_as_high_as_their_bars(tmp_path: Path, count: int) -> None:
    summary = Summary(SKELETON)
    summary.scores[3] = count
    page_of(tmp_path, summary)
    content = (tmp_path / "r.html").read_text()
    heights = [float(h) for h in re.findall(r'class="bar"[^>]* height="([\d.]+)"', content)]
    assert max(heights) <= 146.0
    assert max(heights) >= 73.0
