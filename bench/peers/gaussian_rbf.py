"""A KAN layer on Gaussians, as FastKAN has it.

y = W vec(exp(-((u - g_n) / h)^2)) + W_base silu(x) + bias, u = x or LayerNorm(x), centres g_n evenly spaced, h their distance.
"""

import torch
from torch import nn
from torch.nn import functional


class GaussianRbfLayer(nn.Module):
    """inputs -> outputs with the given number of Gaussians on [low, high]."""

    def __init__(self, inputs, outputs, centres=8, low=-2.0, high=2.0, normalize=False):
        super().__init__()
        self.register_buffer("centres", torch.linspace(low, high, centres, dtype=torch.float64))
        self.width = (high - low) / (centres - 1)
        self.norm = nn.LayerNorm(inputs) if normalize else nn.Identity()
        self.spline = nn.Linear(inputs * centres, outputs, bias=False)
        nn.init.trunc_normal_(self.spline.weight, std=0.1)
        self.base = nn.Linear(inputs, outputs)

    def forward(self, x):
        distance = (self.norm(x).unsqueeze(-1) - self.centres) / self.width
        return self.spline(torch.exp(-(distance * distance)).flatten(1)) + self.base(functional.silu(x))
