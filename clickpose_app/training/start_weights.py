"""Start weights for MobileNetPyramid, dequantised from TensorFlow Lite files.

Needs the extra "train" (the flatbuffer schema of TensorFlow Lite).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from clickpose_app.errors import CheckpointError
from clickpose_app.network.checkpoint import load_checkpoint
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.training.data import IMAGENET_STD

# What MoveNet's and MobileNetV2's first convolution take: pixels scaled to -1..1.
_BLOCK_COUNT = 17
_LATERAL_AFTER = {2: 0, 5: 1, 9: 2}
# What balanced_state multiplies each stream of features by; powers of two, so that
# nothing is rounded. First the block that a stream of residuals begins with.
_RESIDUAL_SCALES = {0: 1.0, 1: 1.0, 3: 1.0, 6: 0.25, 10: 0.25, 13: 0.25, 16: 0.5}
# The sums that the pyramid's merges 0, 1, 2 filter, and its output P2.
_SUM_SCALES = (1 / 8, 1 / 8, 1 / 32)
_P2_SCALE = 2.0


def load_start_weights(model: ClickPose, path: Path) -> None:
    """Give a fresh model the weights that a file has for it; the others stay as they are.

    Args:
        model: changed in place.
        path: own ``.safetensors``, perhaps of a smaller network; or MoveNet Lightning as
            ``.tflite``, for the backbone and the heat maps.

    Raises:
        CheckpointError: naming the file and what is wrong with it.
    """
    if path.suffix != ".safetensors":
        model.backbone.load_state_dict(movenet_backbone_state(path))
        if model.heat_head is not None:
            model.heat_head.load_state_dict(movenet_heat_state(path), strict=False)
        return
    given, own = load_checkpoint(path).state_dict(), model.state_dict()
    misshapen = [n for n in given if n in own and given[n].shape != own[n].shape]
    if misshapen or set(given) - set(own):
        raise CheckpointError(
            f"{path} holds another network than the run's.", "Start from weights of its shape."
        )
    model.load_state_dict(given, strict=False)


@dataclass(frozen=True, slots=True)
class Convolution:
    """One convolution of a TensorFlow Lite graph, as PyTorch lays it out.

    Attributes:
        weight: [outputs, inputs / groups, height, width], float32.
        bias: [outputs], float32.
        depthwise: each input channel has a filter of its own.
    """

    weight: Tensor
    bias: Tensor
    depthwise: bool


def read_tflite_convolutions(path: Path) -> list[Convolution]:
    """The convolutions of a TensorFlow Lite file in the order in which they run.

    Raises:
        CheckpointError: the file cannot be read, is no TensorFlow Lite model, or the
            package that knows the format is not installed.
    """
    schema = _schema()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error
    if content[4:8] != b"TFL3":
        raise CheckpointError(f"{path} is not a TensorFlow Lite model.")
    return list(_convolutions(schema, schema.Model.GetRootAs(content, 0)))


def movenet_backbone_state(path: Path) -> dict[str, Tensor]:
    """The whole state of a MobileNetPyramid from MoveNet Lightning, balanced for training.

    Args:
        path: MoveNet single pose Lightning as a .tflite file, quantised or not.

    Raises:
        CheckpointError: as read_tflite_convolutions, or the graph is another one.
    """
    return balanced_state(_state(path, _names(pyramid=True)))


def balanced_state(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The same network with features and weights of similar size throughout.

    MoveNet's features grow to thousands and its weights shrink to thousandths, where one
    step of Adam is as large as the weight. ReLU and linear layers let a positive factor
    move from one convolution to the next, so each map only changes by a constant factor:
    P2 2; P3 1/8 (pyramid), 1 (backbone); P4 1/8, 1/4; C5 1/32 (sent down), 1/2.

    Args:
        state: a MobileNetPyramid's whole state; it is left as it is.
    """
    out = dict(state)

    def scale(name: str, weight: float, bias: float) -> None:
        out[f"{name}.weight"] = out[f"{name}.weight"] * weight
        out[f"{name}.bias"] = out[f"{name}.bias"] * bias

    stream = 1.0
    for i in range(_BLOCK_COUNT):
        if i > 0:
            scale(f"blocks.{i}.expand", 1 / stream, 1.0)
        stream = _RESIDUAL_SCALES.get(i, stream)
        scale(f"blocks.{i}.project", stream, stream)
        if i in _LATERAL_AFTER:
            total = _SUM_SCALES[_LATERAL_AFTER[i]]
            scale(f"laterals.{_LATERAL_AFTER[i]}", total / stream, total)
    scale("top", 1 / stream, 1.0)
    scale("reduce", _SUM_SCALES[2], _SUM_SCALES[2])
    for i, after in ((2, _SUM_SCALES[1]), (1, _SUM_SCALES[0]), (0, _P2_SCALE)):
        scale(f"merges.{i}.depthwise", 1.0, _SUM_SCALES[i])
        scale(f"merges.{i}.pointwise", after / _SUM_SCALES[i], after)
    return out


def movenet_heat_state(path: Path) -> dict[str, Tensor]:
    """MoveNet's own heat map head, for the first branch of a HeatHead on the balanced backbone.

    Args:
        path: as of movenet_backbone_state.

    Raises:
        CheckpointError: as read_tflite_convolutions, or the graph is another one.
    """
    # After the pyramid come the heads: of people's centres, then of the heat maps.
    first = len(_names(pyramid=True)) + 3
    head = read_tflite_convolutions(path)[first : first + 3]
    if [c.depthwise for c in head] != [True, False, False]:
        raise CheckpointError(f"{path} is not the network that its start weights are for.")
    state = {}
    for name, convolution in zip(("depthwise", "pointwise", "output"), head, strict=True):
        state[f"{name}.weight"], state[f"{name}.bias"] = convolution.weight, convolution.bias
    state["depthwise.weight"] = state["depthwise.weight"] / _P2_SCALE
    return state


def imagenet_backbone_state(path: Path) -> dict[str, Tensor]:
    """The state of a MobileNetPyramid's stem, blocks and top from MobileNetV2 1.0.

    The pyramid is missing: load with ``strict=False``.

    Args:
        path: MobileNetV2 1.0 with batch norm folded as a .tflite file, quantised or not.

    Raises:
        CheckpointError: as read_tflite_convolutions, or the graph is another one.
    """
    return _state(path, _names(pyramid=False))


def _schema() -> Any:
    try:
        return importlib.import_module("tflite")
    except ImportError as error:
        raise CheckpointError(
            "Reading TensorFlow Lite weights needs the package tflite.",
            'Install it with: pip install "clickpose-app[train]".',
        ) from error


def _convolutions(schema: Any, model: Any) -> Iterator[Convolution]:
    graph = model.Subgraphs(0)
    depthwise_code = schema.BuiltinOperator.DEPTHWISE_CONV_2D
    for i in range(graph.OperatorsLength()):
        operator = graph.Operators(i)
        opcode = model.OperatorCodes(operator.OpcodeIndex())
        # Old writers fill only the deprecated field, new ones both.
        code = max(opcode.BuiltinCode(), opcode.DeprecatedBuiltinCode())
        if code not in (schema.BuiltinOperator.CONV_2D, depthwise_code):
            continue
        depthwise = code == depthwise_code
        weight = _values(schema, model, graph.Tensors(operator.Inputs(1)))
        bias = _values(schema, model, graph.Tensors(operator.Inputs(2)))
        # OHWI to OIHW; depthwise filters are stored as [1, H, W, outputs].
        weight = weight.transpose((3, 0, 1, 2) if depthwise else (0, 3, 1, 2))
        yield Convolution(
            torch.from_numpy(np.ascontiguousarray(weight)), torch.from_numpy(bias), depthwise
        )


def _values(schema: Any, model: Any, tensor: Any) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A constant tensor as float32, whatever its quantisation."""
    kinds = schema.TensorType
    dtypes = {kinds.FLOAT32: "<f4", kinds.FLOAT16: "<f2", kinds.INT8: "<i1", kinds.UINT8: "<u1"}
    dtypes[kinds.INT32] = "<i4"
    shape = tuple(int(n) for n in tensor.ShapeAsNumpy())
    raw = model.Buffers(tensor.Buffer()).DataAsNumpy()
    stored = np.frombuffer(raw.tobytes(), dtypes[tensor.Type()]).reshape(shape)
    quantisation = tensor.Quantization()
    if quantisation is None or quantisation.ScaleLength() == 0:
        return stored.astype(np.float32)
    along = [1] * len(shape)
    along[quantisation.QuantizedDimension()] = -1
    scale = quantisation.ScaleAsNumpy().astype(np.float64).reshape(along)
    zero = quantisation.ZeroPointAsNumpy().astype(np.float64).reshape(along)
    values: np.ndarray[Any, np.dtype[np.float32]] = ((stored - zero) * scale).astype(np.float32)
    return values


def _names(pyramid: bool) -> list[str]:
    """Modules of MobileNetPyramid in the order in which the graph runs them."""
    names = ["stem"]
    for i in range(_BLOCK_COUNT):
        if i > 0:
            names.append(f"blocks.{i}.expand")
        names += [f"blocks.{i}.depthwise", f"blocks.{i}.project"]
        if pyramid and i in _LATERAL_AFTER:
            names.append(f"laterals.{_LATERAL_AFTER[i]}")
    names.append("top")
    if pyramid:
        names.append("reduce")
        for i in (2, 1, 0):
            names += [f"merges.{i}.depthwise", f"merges.{i}.pointwise"]
    return names


def _state(path: Path, names: list[str]) -> dict[str, Tensor]:
    convolutions = read_tflite_convolutions(path)
    kinds = [name.endswith("depthwise") for name in names]
    if [c.depthwise for c in convolutions[: len(names)]] != kinds:
        raise CheckpointError(f"{path} is not the network that its start weights are for.")
    state = {}
    for name, convolution in zip(names, convolutions, strict=False):
        state[f"{name}.weight"] = convolution.weight
        state[f"{name}.bias"] = convolution.bias
    # Our images are (v - mean) / deviation, theirs 2 v - 1: a factor, once grey is at zero.
    deviation = torch.tensor(IMAGENET_STD)[None, :, None, None]
    state["stem.weight"] = state["stem.weight"] * (2 * deviation)
    return state
