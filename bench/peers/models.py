"""The peers by name, each in the size that belongs to a KAN of given widths, intervals and degree."""

from dense_bspline import DenseBSplineLayer
from gaussian_rbf import GaussianRbfLayer
from torch import nn

NAMES = ("dense", "rbf", "mlp")


def kan_parameters(widths, intervals, degree):
    """Parameters of a B-spline KAN with base weights and edge scales: I O (G + k + 2) for each layer."""
    return sum(i * o for i, o in zip(widths, widths[1:])) * (intervals + degree + 2)


def hidden_width(widths, parameters):
    """Hidden nodes that give a perceptron with one hidden layer as nearly as possible this many parameters."""
    inputs, outputs = widths[0], widths[-1]
    return max(1, round((parameters - outputs) / (inputs + outputs + 1)))


def build(name, widths, intervals, degree, normalize=False):
    """A torch module from widths[0] to widths[-1]."""
    pairs = list(zip(widths, widths[1:]))
    if name == "dense":
        return nn.Sequential(*(DenseBSplineLayer(i, o, intervals, degree) for i, o in pairs))
    if name == "rbf":
        return nn.Sequential(*(GaussianRbfLayer(i, o, intervals + degree, normalize=normalize) for i, o in pairs))
    if name == "mlp":
        hidden = hidden_width(widths, kan_parameters(widths, intervals, degree))
        return nn.Sequential(nn.Linear(widths[0], hidden), nn.SiLU(), nn.Linear(hidden, widths[-1]))
    raise ValueError(f"there is no peer '{name}'; known: {', '.join(NAMES)}")
