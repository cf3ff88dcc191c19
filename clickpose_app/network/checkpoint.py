"""Load and save weights: strictly, and without running code from the file.

Own weights are safetensors whose metadata holds the configuration. Published
weights are ``.pth`` files, read with ``weights_only=True``.
"""

from __future__ import annotations

import json
import pickle
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from clickpose_app.errors import CheckpointError, Words
from clickpose_app.network.clickpose import ClickPose
from clickpose_app.network.config import ModelConfig

FORMAT = "clickpose-1"

# Published parameter names and ours, as prefixes; the first that fits is used.
_PUBLISHED_PREFIXES = (
    (r"backbone\.0\.body\.", "backbone."),
    (r"input_proj\.", "input_projection.levels."),
    (r"transformer\.level_embed$", "encoder.level_embed"),
    (r"transformer\.encoder\.layers\.", "encoder.layers."),
    (r"transformer\.enc_output_norm\.", "queries.output_norm."),
    (r"transformer\.enc_output\.", "queries.output."),
    (r"transformer\.enc_out_class_embed\.", "queries.class_head."),
    (r"transformer\.enc_out_bbox_embed\.", "queries.box_head."),
    (r"transformer\.decoder\.ref_point_head\.", "decoder.reference_head."),
    (r"transformer\.decoder\.hw\.weight$", "decoder.keypoint_size"),
    (r"transformer\.decoder\.keypoint_embed\.weight$", "decoder.keypoint_content"),
    # The heads are in the file twice; the decoder holds the same tensors.
    (r"(?:transformer\.decoder\.)?bbox_embed\.", "decoder.box_heads."),
    (r"(?:transformer\.decoder\.)?class_embed\.", "decoder.class_heads."),
    (r"(?:transformer\.decoder\.)?pose_embed\.", "decoder.pose_heads."),
    (r"(?:transformer\.decoder\.)?pose_hw_embed\.\d+\.", "decoder.pose_size_head."),
    (r"transformer\.decoder\.", "decoder."),
    (r"label_enc_pose\.weight$", "decoder.keypoint_label_content"),
    (r"label_enc\.weight$", "decoder.label_content"),
)


def load_checkpoint(path: str | Path, config: ModelConfig | None = None) -> ClickPose:
    """A network with the weights of a file, in evaluation mode, float32, on the CPU.

    Args:
        path: own ``.safetensors`` or published ``.pth``.
        config: needed for ``.pth``; for own weights None takes the file's own, and any other
            must agree with it.

    Raises:
        CheckpointError: naming the file, and what is missing, unexpected or wrongly shaped.
    """
    path = Path(path)
    if not path.is_file():
        raise CheckpointError(
            Words("There is no weights file {path}.", path=path), Words("Check the path.")
        )
    if path.suffix == ".safetensors":
        state, stored = _read_safetensors(path)
        if config is not None and config != stored:
            raise CheckpointError(
                Words(
                    "{path} holds another model than was asked for: {difference}.",
                    path=path,
                    difference=_difference(config, stored),
                ),
                Words("Leave the configuration out to take the file's own."),
            )
        config = stored
    else:
        if config is None:
            raise CheckpointError(
                Words("{path} does not say which model it holds.", path=path),
                Words("Give its configuration; own weights (.safetensors) carry it themselves."),
            )
        state = from_published(_read_pickle(path), path)
    return build(config, state, path)


class _ShapesAlone(TorchFunctionMode):
    """Draws and counts nothing for a network that is only being shaped.

    On the device "meta" torch imports its compiler for that: 1.5 s and 150 MB for values that
    nobody looks at.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """The same call without what is costly."""
        kwargs = kwargs or {}
        if func is torch.randn:
            func = torch.empty
        elif func is torch.arange:
            kwargs = {**kwargs, "device": "cpu"}
        return func(*args, **kwargs)


def build(config: ModelConfig, state: Mapping[str, Tensor], path: Path) -> ClickPose:
    """A network of that shape with exactly those weights; path is named in errors."""
    with torch.device("meta"), _ShapesAlone():
        model = ClickPose(config)
    wanted = model.state_dict()
    _complain(
        path,
        missing=sorted(set(wanted) - set(state)),
        unexpected=sorted(set(state) - set(wanted)),
        misshapen=[
            f"{name} is {tuple(state[name].shape)} instead of {tuple(wanted[name].shape)}"
            for name in sorted(set(wanted) & set(state))
            if state[name].shape != wanted[name].shape
        ],
    )
    # Copied: what safetensors gives is a view of the file, which may be overwritten or cut short
    # while the network is in use, and then the whole program ends.
    ready = {name: state[name].to(torch.float32, copy=True).contiguous() for name in wanted}
    # The sum of a tensor is finite only if every number is: cheaper than asking each.
    sums = torch.stack([tensor.sum() for tensor in ready.values()])
    if not bool(sums.isfinite().all()):
        name = next(n for n, total in zip(ready, sums, strict=True) if not total.isfinite())
        raise CheckpointError(
            Words("{path}: {name} holds numbers that are not finite.", path=path, name=name),
            _DAMAGED,
        )
    model.load_state_dict(ready, strict=True, assign=True)
    return model.eval()


def save_checkpoint(
    path: Path, model: ClickPose, metadata: Mapping[str, str], dtype: torch.dtype = torch.float16
) -> None:
    """Write own weights; metadata (licence, data, figures ...) goes into the file's header."""
    state = {
        name: t.detach().to("cpu", dtype).contiguous() for name, t in model.state_dict().items()
    }
    header = {**metadata, "format": FORMAT, "config": json.dumps(model.config.to_mapping())}
    part = path.with_name(path.name + ".part")
    safetensors.torch.save_file(state, part, header)
    part.replace(path)


def read_metadata(path: Path) -> dict[str, str]:
    """The header of own weights, without reading the weights; CheckpointError if it has none."""
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            return dict(file.metadata() or {})
    except (OSError, safetensors.SafetensorError) as error:
        raise CheckpointError(
            Words("{path} is not a safetensors file: {error}.", path=path, error=error), _DAMAGED
        ) from error


def from_published(state: Mapping[str, Tensor], path: Path) -> dict[str, Tensor]:
    """Published parameter names to ours; copies of one tensor must agree."""
    renamed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        ours = _rename(name.removeprefix("module."))
        if ours in renamed and not torch.equal(renamed[ours], tensor):
            raise CheckpointError(
                Words(
                    "{path}: {name} differs from its copy elsewhere in the file.",
                    path=path,
                    name=name,
                ),
                _DAMAGED,
            )
        renamed[ours] = tensor
    return renamed


_NOT_PLAIN = re.compile(r"GLOBAL ([\w.]+)")
_NAMED = 5  # parameters of a kind; more would hide what is wrong
_DAMAGED = Words("The file is damaged or of another program: fetch it again.")


def _rename(name: str) -> str:
    for pattern, ours in _PUBLISHED_PREFIXES:
        match = re.match(pattern, name)
        if match:
            return ours + name[match.end() :]
    return name


def _read_safetensors(path: Path) -> tuple[dict[str, Tensor], ModelConfig]:
    metadata = read_metadata(path)
    if metadata.get("format") != FORMAT:
        raise CheckpointError(
            Words("{path} does not hold a ClickPose model.", path=path),
            Words("Choose weights that ClickPose wrote."),
        )
    try:
        config = ModelConfig.from_mapping(json.loads(metadata["config"]))
        return safetensors.torch.load_file(path), config
    except CheckpointError as error:
        raise CheckpointError(
            Words("{path}: {problem}", path=path, problem=error.said[0]), error.said[1]
        ) from error
    except (KeyError, AttributeError, TypeError, ValueError, safetensors.SafetensorError) as error:
        raise CheckpointError(
            Words("{path} cannot be read: {error}.", path=path, error=error), _DAMAGED
        ) from error


def _read_pickle(path: Path) -> dict[str, Tensor]:
    try:
        # argparse.Namespace holds the published training options beside the weights.
        import argparse

        with torch.serialization.safe_globals([argparse.Namespace]), warnings.catch_warnings():
            # About unusual pickles; whatever cannot be read safely is refused below.
            warnings.simplefilter("ignore")
            content: Any = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a damaged pickle makes torch stumble over anything
        raise CheckpointError(
            Words(
                "{path} cannot be read as weights alone: {reason}.",
                path=path,
                reason=_reason(error),
            ),
            Words("It is damaged, or holds code, which ClickPose refuses to run."),
        ) from error
    for key in ("ema_model", "model"):
        if isinstance(content, dict) and isinstance(content.get(key), dict):
            content = content[key]
            break
    if not isinstance(content, dict) or not all(
        isinstance(name, str) and isinstance(value, Tensor) for name, value in content.items()
    ):
        raise CheckpointError(Words("{path} holds no table of weights.", path=path), _DAMAGED)
    return content


def _reason(error: Exception) -> str:
    """What torch says, without its advice to read the file unsafely."""
    said = str(error)
    named = _NOT_PLAIN.search(said)
    if named:
        return f"it holds {named[1]}, which is no number"
    if isinstance(error, pickle.UnpicklingError) or not said.strip():
        return "its table of contents makes no sense"
    return said.strip().splitlines()[0][:200].rstrip(". ")


def _complain(path: Path, missing: list[str], unexpected: list[str], misshapen: list[str]) -> None:
    parts = [
        Words("{label}: {names}", label=label, names=_some(names))
        for label, names in (
            (Words("missing"), missing),
            (Words("unexpected"), unexpected),
            (Words("of another shape"), misshapen),
        )
        if names
    ]
    if parts:
        raise CheckpointError(
            Words(
                "{path} does not fit the model; {parts}.",
                path=path,
                parts=Words.joined("; ", parts),
            ),
            Words("Give the configuration that the weights were trained with."),
        )


def _some(names: list[str]) -> Words:
    first = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return Words("{names}", names=first)
    return Words("{names} and {count} more", names=first, count=len(names) - _NAMED)


def _difference(asked: ModelConfig, stored: ModelConfig) -> Words:
    a, b = asked.to_mapping(), stored.to_mapping()
    parts = [
        Words("{name} is {found}, not {asked}", name=name, found=b[name], asked=a[name])
        for name in a
        if a[name] != b[name]
    ]
    return Words.joined(", ", parts)
