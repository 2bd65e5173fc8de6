"""Writes a state_dict with the names and shapes of efficient-kan and random numbers: python efficient_kan_checkpoint.py 784,1024,192,10 out.pt"""
import sys

import torch


def main(widths, path, intervals=5, degree=3):
    state = {}
    knots = torch.arange(-degree, intervals + degree + 1) * (2.0 / intervals) - 1
    for layer, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        state[f"layers.{layer}.base_weight"] = torch.randn(outputs, inputs)
        state[f"layers.{layer}.spline_weight"] = torch.randn(outputs, inputs, intervals + degree)
        state[f"layers.{layer}.spline_scaler"] = torch.randn(outputs, inputs)
        state[f"layers.{layer}.grid"] = knots.expand(inputs, -1).contiguous()
    torch.save(state, path)


if __name__ == "__main__":
    main([int(width) for width in sys.argv[1].split(",")], sys.argv[2])
