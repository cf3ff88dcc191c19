"""``clickpose demo``: the window on sample pictures, or the same job without a screen."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import click
import cv2
import platformdirs

from clickpose_app.batch.drawing import draw_people
from clickpose_app.core import edits
from clickpose_app.core.annotation import ImageAnnotation, Person
from clickpose_app.core.predictor import (
    EncodedImage,
    ImageArray,
    PoseQuery,
    PredictedPose,
    Predictor,
)
from clickpose_app.core.thresholds import SCORE_THRESHOLD
from clickpose_app.errors import ClickPoseError
from clickpose_app.formats.coco import write_coco
from clickpose_app.formats.dataset import Dataset, DatasetImage
from clickpose_app.paths import resources_dir
from clickpose_app.qt_platform import NoDisplayError, QtPlatformError, check_qt_platform
from clickpose_app.storage.images import find_images, read_image

_ARM = ("_shoulder", "_elbow", "_wrist")
_SHIFT = 0.08  # of the box's longer side: how far the scripted hand moves the joint


def run_demo(output: Path | None) -> int:
    """Show the window on the sample pictures, or work without one where there is no screen.

    Args:
        output: folder for the pictures and the COCO JSON of the work without a screen;
            ``demo-output`` in the current folder when None.

    Returns:
        The exit code.
    """
    try:
        check_qt_platform()
    except QtPlatformError as reason:
        click.echo(f"{reason.message} The demo does its work without a window.")
        if not isinstance(reason, NoDisplayError):
            click.echo(reason.hint)
        from clickpose_app.engine.loading import load_predictor

        work_without_window(load_predictor(), output or Path("demo-output"))
        return 0
    from clickpose_app.app import run_window

    return run_window(working_copy())


def work_without_window(predictor: Predictor, output: Path) -> None:
    """Predict, correct one joint, let the others follow, and write pictures and COCO JSON.

    Raises:
        ClickPoseError: if the folder cannot be written.
    """
    click.echo(f"Network: {predictor.description}.")
    photos = [_Photo.look_at(path, predictor) for path in find_images(_samples())]
    if not any(photo.annotation.people for photo in photos):
        click.echo("The network is certain of nobody, so its best guess is taken.")
        max(photos, key=lambda photo: photo.best_score).take_best_guess()
    main = max(photos, key=_certainty)
    try:
        output.mkdir(parents=True, exist_ok=True)
        for photo in photos:
            _draw(photo, predictor, output / f"{photo.path.stem}-before.png")
        if main.annotation.people:
            main.correct(predictor)
        else:
            click.echo("The network found nobody at all in the sample pictures.")
        for photo in photos:
            _draw(photo, predictor, output / f"{photo.path.stem}-after.png")
    except OSError as error:
        raise ClickPoseError(
            f"{output} cannot be written: {error.strerror}.", "Choose another folder with --output."
        ) from error
    people = sum(len(photo.annotation.people) for photo in photos)
    out = output / "demo.coco.json"
    images = tuple(photo.coco(number) for number, photo in enumerate(photos, start=1))
    write_coco(out, Dataset(predictor.skeleton, images, {}, {}))
    whom = "1 person" if people == 1 else f"{people} people"
    click.echo(f"{whom} in {len(photos)} pictures. Before and after: {output.resolve()}")
    click.echo(f"COCO keypoints: {out.resolve()}")


@dataclass
class _Photo:
    """A sample picture and the work on it."""

    path: Path
    image: ImageArray
    encoded: EncodedImage
    poses: tuple[PredictedPose, ...]
    annotation: ImageAnnotation

    @classmethod
    def look_at(cls, path: Path, predictor: Predictor) -> _Photo:
        """Decode, encode and predict."""
        image = read_image(path)
        encoded = predictor.encode(image)
        poses = predictor.detect(encoded)
        found = edits.predicted_annotation(poses, score_threshold=SCORE_THRESHOLD)
        return cls(path, image, encoded, poses, found)

    @property
    def best_score(self) -> float:
        """How certain the network is of the likeliest person here; 0 for nobody."""
        return max((pose.score for pose in self.poses), default=0.0)

    def take_best_guess(self) -> None:
        """Show the likeliest person although the network is less certain than we ask."""
        self.annotation = edits.predicted_annotation(self.poses, score_threshold=self.best_score)

    def correct(self, predictor: Predictor) -> None:
        """Move the most certain joint of an arm, pin it, let the others follow."""
        person = max(self.annotation.people, key=lambda p: p.score or 0.0)
        # Arms are in every portrait, legs are not.
        arms = [k for k, n in enumerate(predictor.skeleton.keypoints) if n.endswith(_ARM)]
        k = max(arms, key=lambda k: person.keypoints[k].confidence or 0.0)
        x, y = self._elsewhere(person, k)
        moved = edits.move_keypoint(self.annotation, person.id, k, x, y)
        hand = moved.person(person.id)
        pose = predictor.refine(self.encoded, PoseQuery(hand.xy, hand.pinned, hand.box))
        self.annotation = edits.apply_refinement(moved, person.id, pose)
        followed = self.annotation.person(person.id)
        others = sum(
            (a.x, a.y) != (b.x, b.y)
            for a, b in zip(hand.keypoints, followed.keypoints, strict=True)
        )
        name = predictor.skeleton.keypoints[k].replace("_", " ")
        click.echo(
            f"{self.path.name}: the {name} was moved to ({x:.0f}, {y:.0f}) and pinned; "
            f"{others} other joints followed."
        )

    def _elsewhere(self, person: Person, k: int) -> tuple[float, float]:
        """A place beside a joint, towards the middle of the picture."""
        height, width = self.image.shape[:2]
        step = _SHIFT * max(person.box.width, person.box.height)
        keypoint = person.keypoints[k]
        x = keypoint.x + (step if keypoint.x < width / 2 else -step)
        y = keypoint.y + (step if keypoint.y < height / 2 else -step) / 2
        return x, y

    def coco(self, number: int) -> DatasetImage:
        """The picture as COCO writes it."""
        height, width = self.image.shape[:2]
        return DatasetImage(number, self.path.name, width, height, self.annotation, {})


def _certainty(photo: _Photo) -> float:
    return max((person.score or 0.0 for person in photo.annotation.people), default=0.0)


def _draw(photo: _Photo, predictor: Predictor, out: Path) -> None:
    drawn = draw_people(photo.image, photo.annotation.people, predictor.skeleton)
    encoded = cv2.imencode(".png", cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR))[1]
    out.write_bytes(encoded.tobytes())  # OpenCV writes no path outside ASCII on Windows


def _samples() -> Path:
    return resources_dir() / "samples"


def working_copy() -> Path:
    """The person's own folder with the sample pictures, so that resources stay clean."""
    folder = platformdirs.user_data_path("clickpose", appauthor=False) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for path in find_images(_samples()):
        if not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)
    return folder
