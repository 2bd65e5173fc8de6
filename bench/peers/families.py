#!/usr/bin/env python3
"""KAN layers of other families in PyTorch, written from their formulas in the manner of the public implementations, and their times.

families.py --in 784 --out 64 --batch 64 --threads 1 [--only wavelet,relu] [--memory]

Prints one JSON object for each layer: microseconds of a forward pass without gradients and of a step (forward and all gradients, the
input's included), medians. With --memory instead by how many bytes the first steps of a fresh process raise its peak; give one layer then.
"""

import argparse
import json
import math

import torch
from gaussian_rbf import GaussianRbfLayer
from sampling import measure, peak_growth
from torch import nn


class ChebyshevLayer(nn.Module):
    """y_o = sum_i sum_n C_ion cos(n acos tanh x_i), as ChebyKAN computes it."""

    def __init__(self, inputs, outputs, degree=4):
        super().__init__()
        self.coefficients = nn.Parameter(torch.randn(inputs, outputs, degree + 1) / (inputs * (degree + 1)))
        self.register_buffer("degrees", torch.arange(degree + 1))

    def forward(self, x):
        angle = torch.tanh(x).clamp(-1 + 1e-6, 1 - 1e-6).acos().unsqueeze(-1)
        return torch.einsum("bid,iod->bo", (angle * self.degrees).cos(), self.coefficients)


class ReluLayer(nn.Module):
    """Bumps (r relu(e - x) relu(x - s))^2 with trained s and e, summed by one convolution over (bumps, inputs) as in ReLU-KAN, or by a matrix product."""

    def __init__(self, inputs, outputs, intervals=5, span=3, convolution=True):
        super().__init__()
        low = torch.arange(-span, intervals) / intervals
        self.low = nn.Parameter(low.repeat(inputs, 1).clone())
        self.high = nn.Parameter((low + (span + 1) / intervals).repeat(inputs, 1).clone())
        self.height = 4 * intervals * intervals / ((span + 1) * (span + 1))
        self.shape = (intervals + span, inputs)
        self.sum = nn.Conv2d(1, outputs, self.shape) if convolution else nn.Linear(inputs * (intervals + span), outputs)
        self.convolution = convolution

    def forward(self, x):
        x = x.unsqueeze(-1)
        bumps = torch.relu(x - self.low) * torch.relu(self.high - x) * self.height
        bumps = bumps * bumps
        if not self.convolution:
            return self.sum(bumps.flatten(1))
        return self.sum(bumps.reshape(-1, 1, *self.shape)).flatten(1)


class WaveletLayer(nn.Module):
    """y_o = norm(sum_i w_oi psi((x_i - t_oi) / s_oi)) with the Mexican hat; the tensor (batch, outputs, inputs) is made, as in Wav-KAN."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(outputs, inputs))
        self.translation = nn.Parameter(torch.zeros(outputs, inputs))
        bound = 1 / math.sqrt(inputs)
        self.weight = nn.Parameter(torch.empty(outputs, inputs).uniform_(-bound, bound))
        self.norm = nn.BatchNorm1d(outputs)

    def forward(self, x):
        u = (x.unsqueeze(1) - self.translation) / self.scale
        wavelet = 2 / (math.sqrt(3) * math.pi**0.25) * (u**2 - 1) * torch.exp(-0.5 * u**2)
        return self.norm((wavelet * self.weight).sum(dim=2))


LAYERS = {
    "gaussian": lambda i, o: GaussianRbfLayer(i, o, 8),
    "fastkan": lambda i, o: GaussianRbfLayer(i, o, 8, normalize=True),
    "chebyshev": ChebyshevLayer,
    "relu": ReluLayer,
    "relu-product": lambda i, o: ReluLayer(i, o, convolution=False),
    "wavelet": WaveletLayer,
}


def check():
    """The layers against plain loops over their formulas."""
    torch.manual_seed(0)
    x = torch.rand(5, 3, dtype=torch.float64)
    cheb = ChebyshevLayer(3, 2).double()
    powers = [torch.ones_like(x), torch.tanh(x)]
    while len(powers) < 5:
        powers.append(2 * powers[1] * powers[-1] - powers[-2])
    expected = sum(powers[n] @ cheb.coefficients[:, :, n] for n in range(5))
    assert torch.allclose(cheb(x), expected, atol=1e-6)
    first, second = ReluLayer(3, 2).double(), ReluLayer(3, 2, convolution=False).double()
    # the convolution meets bumps that were reshaped, not transposed: flat order (input, bump)
    second.sum.weight.data, second.sum.bias.data = first.sum.weight.data.reshape(2, -1), first.sum.bias.data
    assert torch.allclose(first(x), second(x))
    wave = WaveletLayer(3, 2).double().eval()
    u = x[:, None, :]
    hat = 2 / (3**0.5 * math.pi**0.25) * (u * u - 1) * torch.exp(-u * u / 2)
    assert torch.allclose(wave(x), torch.einsum("boi,oi->bo", hat.expand(5, 2, 3), wave.weight) / math.sqrt(1 + 1e-5))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="inputs", type=int, default=784)
    parser.add_argument("--out", dest="outputs", type=int, default=64)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--only", default="")
    parser.add_argument("--memory", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    check()
    names = [name for name in chosen.only.split(",") if name] or list(LAYERS)
    for name in names:
        torch.manual_seed(0)
        layer = LAYERS[name](chosen.inputs, chosen.outputs).float()
        x = (2 * torch.rand(chosen.batch, chosen.inputs) - 1).requires_grad_()
        cotangent = torch.rand(chosen.batch, chosen.outputs)

        def forward():
            with torch.no_grad():
                layer(x)

        def step():
            for tensor in (x, *layer.parameters()):
                tensor.grad = None
            layer(x).backward(cotangent)

        report = {"peer": name, "in": chosen.inputs, "out": chosen.outputs, "batch": chosen.batch, "threads": torch.get_num_threads(), "torch": torch.__version__}
        if chosen.memory:
            report["resident_growth_bytes"] = peak_growth(lambda: [step() for _ in range(3)])
        else:
            report["forward_us"] = measure(forward, chosen.samples, chosen.seconds)[0]
            report["step_us"] = measure(step, chosen.samples, chosen.seconds)[0]
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
