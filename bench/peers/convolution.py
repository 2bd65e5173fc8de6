#!/usr/bin/env python3
"""KAN convolutions in PyTorch, the way the public implementations compute them, and their times.

convolution.py --channels 1,5,10 --image 28 --kernel 3 --batch 128 --threads 1 [--kind dense|loop] [--memory]

dense: patches by unfold, then one layer with every B-spline of every feature (a dense basis and a matrix product).
loop: as Convolutional-KANs has it, such a layer for each pair of channels, one after the other.
Prints one JSON object: microseconds of a forward pass without gradients and of a step (forward and all gradients, the input's included),
medians. With --memory instead by how many bytes the first steps of a fresh process raise its peak.
"""

import argparse
import json

import torch
from dense_bspline import DenseBSplineLayer
from sampling import measure, peak_growth
from torch import nn
from torch.nn import functional


class DenseConvolution(nn.Module):
    """One dense layer from all places of the window in all channels to all outputs."""

    def __init__(self, inputs, outputs, kernel, padding, stride):
        super().__init__()
        self.window = {"kernel_size": kernel, "padding": padding, "stride": stride}
        self.layer = DenseBSplineLayer(inputs * kernel * kernel, outputs)

    def forward(self, x):
        height, width = (
            (size + 2 * self.window["padding"] - self.window["kernel_size"]) // self.window["stride"] + 1 for size in x.shape[2:]
        )
        patches = functional.unfold(x, **self.window).transpose(1, 2).flatten(0, 1)
        return self.layer(patches).view(x.shape[0], height * width, -1).transpose(1, 2).reshape(x.shape[0], -1, height, width)


class LoopConvolution(nn.Module):
    """A layer with one output for each pair of channels; what they give is added up over the inputs."""

    def __init__(self, inputs, outputs, kernel, padding, stride):
        super().__init__()
        self.pairs = nn.ModuleList(
            nn.ModuleList(DenseConvolution(1, 1, kernel, padding, stride) for _ in range(inputs)) for _ in range(outputs)
        )

    def forward(self, x):
        return torch.cat(
            [sum(pair(x[:, channel : channel + 1]) for channel, pair in enumerate(row)) for row in self.pairs], dim=1
        )


KINDS = {"dense": DenseConvolution, "loop": LoopConvolution}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--channels", default="1,5,10")
    parser.add_argument("--image", type=int, default=28)
    parser.add_argument("--kernel", type=int, default=3)
    parser.add_argument("--padding", type=int, default=0)
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--samples", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=6, help="time for each thing measured, at most (three samples at least)")
    parser.add_argument("--kind", choices=tuple(KINDS), default="dense")
    parser.add_argument("--memory", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(0)
    channels = [int(count) for count in chosen.channels.split(",")]

    def stack():
        return nn.Sequential(
            *(KINDS[chosen.kind](a, b, chosen.kernel, chosen.padding, chosen.stride) for a, b in zip(channels, channels[1:]))
        ).to(torch.float32)

    def step(layers, x):
        layers.zero_grad(set_to_none=True)
        x.grad = None
        layers(x).sum().backward()

    layers = stack()
    x = torch.rand(chosen.batch, channels[0], chosen.image, chosen.image).mul_(2).sub_(1).requires_grad_()
    report = {
        "case": "convolution",
        "kind": chosen.kind,
        "torch": torch.__version__,
        "channels": chosen.channels,
        "image": chosen.image,
        "batch": chosen.batch,
        "threads": torch.get_num_threads(),
        "parameters": sum(parameter.numel() for parameter in layers.parameters()),
    }
    if chosen.memory:
        small = x.detach()[:1].clone().requires_grad_()
        step(stack(), small)
        report["resident_growth_bytes"] = peak_growth(lambda: [step(layers, x) for _ in range(3)])
    else:

        def forward():
            with torch.no_grad():
                layers(x)

        for name, work in (("forward", forward), ("step", lambda: step(layers, x))):
            median, least, _, _ = measure(work, chosen.samples, chosen.seconds)
            report |= {f"{name}_us": median, f"{name}_min_us": least}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
