"""What is asked of the network and of what surrounds it: one row a stage, model and number type.

The shipped model has its own weights and its own input of 512 x 512 pixels; the published
ResNet-50 model has random ones (speed does not depend on them) and 800 x 1066 pixels.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from machine import DTYPES
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from clickpose_app.batch.prelabel import prelabel, select_images
from clickpose_app.core.predictor import ImageArray, PoseQuery
from clickpose_app.engine.devices import one_thread
from clickpose_app.engine.input_size import PEOPLE_SIZE, PUBLISHED_SIZE
from clickpose_app.engine.many import GPU_BATCH, GPU_LANES, ManyPredictor
from clickpose_app.engine.torch_predictor import TorchPredictor
from clickpose_app.network.checkpoint import load_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig
from clickpose_app.paths import default_weights, resources_dir
from clickpose_app.storage.images import read_image
from clickpose_app.storage.skeletons import builtin_skeleton

SHIPPED, RESNET = "shipped", "ResNet-50"
SIDES = {SHIPPED: (512, 512), RESNET: (800, 1066)}  # height, width
PHOTO = (3000, 4000)  # a camera's picture of 12 megapixels


@dataclass(frozen=True, slots=True)
class Work:
    """What is measured.

    Attributes:
        run: does it once.
        counted: the same arithmetic on the calling thread alone, where run uses others.
    """

    run: Callable[[], object]
    counted: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One row before it is measured.

    Attributes:
        name: of the row.
        prepare: loads what is needed and makes the work; called when the row's turn comes.
        images: that one call looks at.
        rate: the floor's ``device dtype``; empty where arithmetic is not what is measured.
    """

    name: str
    prepare: Callable[[], Work]
    images: int = 1
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """Which network, computing what, where.

    Attributes:
        model: SHIPPED or RESNET.
        dtype: of the image features; the decoder computes in float32.
        device: ``cpu`` or ``cuda``.
        batch: images a call.
    """

    model: str
    dtype: str
    device: str
    batch: int = 1

    @property
    def words(self) -> str:
        """The beginning of its rows' names."""
        batch = f" batch {self.batch}" if self.device == "cuda" else ""
        return f"{self.model} {self.dtype} {self.device}{batch}"


@lru_cache(maxsize=1)
def predictor_of(model: str, dtype: str, device: str) -> TorchPredictor:
    """The predictor that runs a variant; only the last one is kept, as both are large."""
    torch.manual_seed(0)
    network = load_checkpoint(default_weights()) if model == SHIPPED else ClickPose(ModelConfig())
    return TorchPredictor(
        network.eval(),
        builtin_skeleton(),
        name=model,
        device=torch.device(device),
        dtype=DTYPES[dtype],
        size=PEOPLE_SIZE if model == SHIPPED else PUBLISHED_SIZE,
    )


class Stages:
    """The work of each stage of one variant."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.predictor = predictor_of(variant.model, variant.dtype, variant.device)
        self.model: ClickPose = self.predictor._model

    def images(self) -> Tensor:
        """A batch of noise at the variant's size, laid out as the predictor's inputs are."""
        torch.manual_seed(1)
        batch = torch.randn(self.variant.batch, 3, *SIDES[self.variant.model])
        return batch.contiguous(memory_format=torch.channels_last).to(self.variant.device)

    def typed(self) -> AbstractContextManager[Any]:
        """Where the image features are computed in the variant's number type."""
        half = self.variant.dtype == "bfloat16"
        return torch.autocast(self.variant.device, torch.bfloat16, enabled=half)

    def features(self, step: Callable[[], object]) -> Work:
        """A step of encode() as the predictor runs it."""

        def run() -> None:
            with torch.inference_mode(), self.typed():
                step()
            self._wait()

        return Work(run)

    def preprocess(self) -> Work:
        """A camera's picture to the network's input."""
        photo = pictures(PHOTO)[0]
        return Work(partial(self.predictor.network_input, photo))

    def backbone(self) -> Work:
        """The convolutions."""
        return self.features(partial(self.model.backbone, self.images()))

    def encoder(self) -> Work:
        """Projections and the deformable encoder."""
        model = self.model
        with torch.inference_mode(), self.typed():
            maps = model.backbone(self.images())[-model.maps :]
        return self.features(lambda: model.encoder(model.input_projection(maps), None))

    def values(self) -> Work:
        """What the decoder needs of the features: values of its layers, and heat maps."""
        with torch.inference_mode(), self.typed():
            features = self.model.look(self.images(), None)
        return self.features(partial(self.model.remember, features))

    def detect(self) -> Work:
        """The decoder's first pass over encoded images."""
        with torch.inference_mode(), self.typed():
            memory = self.model.encode(self.images(), None)
        memory = memory.float()

        def run() -> None:
            with torch.inference_mode():
                self.model.detect(memory, self.predictor._pose_layers)
            self._wait()

        return Work(run)

    def first_pass(self, threads: int | None = None) -> Work:
        """Everything from the network's input to poses; by so many threads, or all of torch's."""
        images = self.images()

        def run() -> None:
            with threads_of(threads):
                self.predictor._run(images, None)
            self._wait()

        return Work(run)

    def refine(self, people: int) -> Work:
        """The pose layers over people who are corrected, on the memory that is kept of a look."""
        memory = self.predictor._first_look(pictures(SIDES[self.variant.model])[0]).memory
        keypoints, device = self.model.config.keypoints, self.variant.device
        boxes = torch.tensor([0.5, 0.5, 0.3, 0.6], device=device).expand(1, people, 4)
        torch.manual_seed(2)
        xy = 0.3 + 0.4 * torch.rand(1, people, keypoints, 2, device=device)
        pinned = torch.zeros(1, people, keypoints, dtype=torch.bool, device=device)
        pinned[:, :, 9] = True

        def run() -> None:
            with one_thread(), torch.inference_mode():
                self.model.refine(memory, boxes, xy, pinned, layers=self.predictor._pose_layers)
            self._wait()

        return Work(run)

    def click(self) -> Work:
        """A correction as the window asks for it, from pixels to pixels."""
        encoded = self.predictor.encode(pictures(SIDES[self.variant.model])[0])
        person = self.predictor.detect(encoded)[0]
        moved = person.keypoints.copy()
        moved[9] += 3
        pinned = np.arange(len(moved)) == 9
        query = PoseQuery(moved, pinned, person.box, person.keypoints)
        return Work(partial(self.predictor.refine, encoded, query))

    def prelabel(self) -> Work:
        """`clickpose prelabel` on the sample pictures: decoded, looked at, written."""
        processor = self.variant.device == "cpu"
        lanes, at_once = (torch.get_num_threads(), 1) if processor else (GPU_LANES, GPU_BATCH)
        many = ManyPredictor(self.predictor, lanes=lanes, at_once=at_once)
        images = select_images([resources_dir() / "samples"]).images

        def run() -> None:
            with tempfile.TemporaryDirectory() as name, one_thread():
                prelabel(images, many, Path(name) / "out.json")

        return Work(run, lambda: [many.detect_many([read_image(i.path)]) for i in images])

    def _wait(self) -> None:
        """Until the device has done all that it was told."""
        if self.variant.device == "cuda":
            torch.cuda.synchronize()


def questions(devices: list[str], bfloat16: bool) -> Iterator[Question]:
    """Every row of the network and of what surrounds it, in the order of an image's way."""
    small, large = (resources_dir() / "samples" / "astronaut.jpg", PHOTO)
    yield Question("decode JPEG 0.3 megapixels", lambda: Work(partial(read_image, small)))
    yield Question("decode JPEG 12 megapixels", lambda: _decoding(large))
    for model in (SHIPPED, RESNET):
        for device in devices:
            for dtype in DTYPES if bfloat16 or device == "cuda" else ("float32",):
                for batch in (1, 8) if device == "cuda" else (1,):
                    yield from _of_variant(Variant(model, dtype, device, batch))


def _of_variant(variant: Variant) -> Iterator[Question]:
    """The rows of one network; what has nothing to do with its batch is asked once."""

    def ask(stage: str, make: Callable[[Stages], Work], rate: str, images: int) -> Question:
        name = f"{variant.words} {stage}"
        return Question(name, lambda: make(Stages(variant)), images, rate)

    half, full = f"{variant.device} {variant.dtype}", f"{variant.device} float32"
    many = variant.batch
    if many == 1 and variant.dtype == "float32" and variant.device == "cpu":
        yield ask("preprocess 12 megapixels", Stages.preprocess, "", 1)
    yield ask("backbone", Stages.backbone, half, many)
    yield ask("encoder", Stages.encoder, half, many)
    yield ask("values and heat maps", Stages.values, half, many)
    yield ask("detect", Stages.detect, full, many)
    yield ask("first pass", Stages.first_pass, half, many)
    if variant.device == "cpu":
        yield ask("first pass, 2 threads", partial(Stages.first_pass, threads=2), half, many)
    if many == 1:
        yield ask("refine 1", partial(Stages.refine, people=1), full, 1)
        yield ask("refine 20", partial(Stages.refine, people=20), full, 1)
        yield ask("click", Stages.click, full, 1)
        count = len(select_images([resources_dir() / "samples"]).images)
        yield ask("prelabel", Stages.prelabel, half, count)


@contextmanager
def threads_of(count: int | None) -> Iterator[None]:
    """While it lasts, torch computes with so many threads; None leaves them as they are."""
    before = torch.get_num_threads()
    torch.set_num_threads(before if count is None else count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def gflop_of(work: Work) -> float:
    """Arithmetic of some work in 10^9 operations; a multiplication and an addition are two.

    Products of matrices, convolutions and attention are counted; what moves memory about,
    such as the sampling of deformable attention, has none.
    """
    with FlopCounterMode(display=False, custom_mapping=_packed_arithmetic()) as counter:
        (work.counted or work.run)()
    operations: int = counter.get_total_flops()
    return operations / 1e9


def _packed_arithmetic() -> dict[Any, Any]:
    """How torch's counter, which does not know packed weights, is to count what uses them."""

    def of_product(x: Sequence[int], weight: Sequence[int], *_: object, **__: object) -> int:
        return 2 * math.prod(x) * weight[0]

    def of_convolution(
        _x: Sequence[int], weight: Sequence[int], *_: object, out_shape: Sequence[int], **__: object
    ) -> int:
        return 2 * math.prod(out_shape) * math.prod(weight[1:])

    counted = {"_linear_pointwise": of_product, "_convolution_pointwise": of_convolution}
    # Some builds of torch have no such operators.
    there = ((getattr(torch.ops.mkldnn, name, None), rule) for name, rule in counted.items())
    return {operator: rule for operator, rule in there if operator is not None}


@lru_cache(maxsize=1)
def pictures(size: tuple[int, int]) -> list[ImageArray]:
    """A sample picture at a size (height, width)."""
    picture = read_image(resources_dir() / "samples" / "astronaut.jpg")
    scaled = cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_CUBIC)
    return [np.asarray(scaled, np.uint8)]


def _decoding(size: tuple[int, int]) -> Work:
    """Reading a picture of that size from a file of its own."""
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "photo.jpg"
    cv2.imwrite(str(path), cv2.cvtColor(pictures(size)[0], cv2.COLOR_RGB2BGR))

    def run() -> object:
        assert folder.name  # which is there as long as this function is
        return read_image(path)

    return Work(run)
