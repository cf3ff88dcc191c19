"""Convolutions with what follows them: a frozen norm, a shortcut, an activation.

Who learns computes them one after the other. Packed (see packing.py), the norm is part of the
weights and the activation part of the convolution, and a convolution of single cells is a product
of their channels with a matrix.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from clickpose_app.network.packing import (
    Activation,
    Packable,
    Packed,
    Sliding,
    activated,
    convolved,
    multiplied,
    packed_kernel,
    packed_matrix,
)


class FrozenBatchNorm(nn.Module):
    """Batch norm whose statistics and affine never change: a per-channel scale and shift."""

    weight: Tensor
    bias: Tensor
    running_mean: Tensor
    running_var: Tensor

    def __init__(self, channels: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.eps = eps
        self.register_buffer("weight", torch.ones(channels))
        self.register_buffer("bias", torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def scale_and_shift(self) -> tuple[Tensor, Tensor]:
        """Scale [C] and shift [C] that the norm amounts to."""
        scale = self.weight * (self.running_var + self.eps).rsqrt()
        return scale, self.bias - self.running_mean * scale


class Convolution(Packable, nn.Conv2d):
    """A convolution with square kernel that pads half of it.

    Args:
        inputs: channels.
        outputs: channels.
        kernel: its side.
        stride: of both axes.
        groups: as for nn.Conv2d.
        norm: that follows, in place of a bias. It is a neighbour in the state, where published
            weights have it, and no part of this layer.
    """

    _norm: FrozenBatchNorm | None

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int = 1,
        stride: int = 1,
        groups: int = 1,
        *,
        norm: FrozenBatchNorm | None = None,
    ) -> None:
        super().__init__(
            inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=norm is None
        )
        object.__setattr__(self, "_norm", norm)
        self.single = kernel == 1 and groups == 1

    def forward(self, x: Tensor, then: Activation = "none", plus: Tensor | None = None) -> Tensor:
        """A convolution, a sum, an activation.

        Args:
            x: [B, inputs, H, W].
            then: the activation.
            plus: added before it, of the result's shape.

        Returns:
            [B, outputs, H / stride, W / stride].
        """
        packed = self.packed_for(x, self.out_channels)
        first: Activation = then if plus is None else "none"
        if packed is None:
            out = activated(self._plainly(x), first)
        elif self.single:
            step = self.stride[0]
            rows = x[:, :, ::step, ::step].permute(0, 2, 3, 1)
            out = multiplied(rows, packed, first).permute(0, 3, 1, 2)
        else:
            out = convolved(x, packed, self.sliding(), first)
        if plus is None:
            return out
        return activated(out + plus if packed is None else out.add_(plus), then)

    def lay_out(self, dtype: torch.dtype) -> Packed:
        """Weights and bias with the norm in them."""
        weight, bias = self.kernel()
        if self.single:
            return packed_matrix(weight.flatten(1), bias, dtype)
        return packed_kernel(weight, bias, dtype, self.sliding())

    def sliding(self) -> Sliding:
        """How the packed kernel goes over an image."""
        return Sliding(self.stride[0], int(self.padding[0]), self.groups)

    def kernel(self) -> tuple[Tensor, Tensor | None]:
        """Weights and bias with the norm in them.

        Scaling the weights costs less than a pass over the features, and the gradient reaches
        the weights all the same.
        """
        if self._norm is None:
            return self.weight, self.bias
        scale, shift = self._norm.scale_and_shift()
        return self.weight * scale[:, None, None, None], shift

    def _plainly(self, x: Tensor) -> Tensor:
        weight, bias = self.kernel()
        return F.conv2d(x, weight, bias, self.stride, self.padding, 1, self.groups)


class SameConv(Convolution):
    """A convolution with TensorFlow's SAME padding; at stride 2 it pads right and bottom.

    H and W must be even there.
    """

    def __init__(
        self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__(inputs, outputs, kernel, stride, groups)
        self.padding = (kernel // 2, kernel // 2) if stride == 1 else (0, 0)

    def sliding(self) -> Sliding:
        """How the packed kernel goes over an image."""
        if self.stride[0] == 1:
            return super().sliding()
        return Sliding(2, 1, self.groups)

    def lay_out(self, dtype: torch.dtype) -> Packed:
        """As Convolution; at stride 2 with zeros left and above.

        Padded on both sides such a kernel sees what the other sees that pads right and bottom,
        and spares a padded copy of the image.
        """
        if self.stride[0] == 1:
            return super().lay_out(dtype)
        weight, bias = self.kernel()
        return packed_kernel(F.pad(weight, (1, 0, 1, 0)), bias, dtype, self.sliding())

    def _plainly(self, x: Tensor) -> Tensor:
        return super()._plainly(F.pad(x, (0, 1, 0, 1)) if self.stride[0] == 2 else x)
