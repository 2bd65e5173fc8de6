"""A KAN layer that computes every B-spline of every feature: the dense way, as efficient-kan does it.

y_o = sum_i w_oi silu(x_i) + sum_i s_oi sum_c W_oic B_c(x_i), written for PyTorch from the formula: a Cox-de Boor recursion over all
G + k functions gives a tensor (N, inputs, G + k), and two matrix products finish the work.
"""

import math

import torch
from torch import nn
from torch.nn import functional


class DenseBSplineLayer(nn.Module):
    """inputs -> outputs, degree k, G intervals of [low, high]; no bias. Knots are float64 until the module is converted with `to`."""

    def __init__(self, inputs, outputs, intervals=5, degree=3, low=-1.0, high=1.0):
        super().__init__()
        self.degree = degree
        step = (high - low) / intervals
        knots = low + step * torch.arange(-degree, intervals + degree + 1, dtype=torch.float64)
        self.register_buffer("knots", knots.repeat(inputs, 1).contiguous())
        bound = 1 / math.sqrt(inputs)
        self.base_weight = nn.Parameter(torch.empty(outputs, inputs).uniform_(-bound, bound))
        self.spline_weight = nn.Parameter(torch.randn(outputs, inputs, intervals + degree) * 0.1 / intervals)
        self.spline_scale = nn.Parameter(torch.empty(outputs, inputs).uniform_(-bound, bound))

    def basis(self, x):
        """(N, inputs) -> (N, inputs, G + k)."""
        t = self.knots
        x = x.unsqueeze(-1)
        b = ((t[:, :-1] <= x) & (x < t[:, 1:])).to(x.dtype)
        for d in range(1, self.degree + 1):
            rising = (x - t[:, : -d - 1]) / (t[:, d:-1] - t[:, : -d - 1])
            falling = (t[:, d + 1 :] - x) / (t[:, d + 1 :] - t[:, 1:-d])
            b = rising * b[..., :-1] + falling * b[..., 1:]
        return b

    def forward(self, x):
        weight = self.spline_weight * self.spline_scale.unsqueeze(-1)
        spline = functional.linear(self.basis(x).flatten(1), weight.flatten(1))
        return functional.linear(functional.silu(x), self.base_weight) + spline
