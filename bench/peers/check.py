"""Checks that the peers compute what they claim: against plain scalar formulas, and against parity vectors where there are any."""

import json
import math
import pathlib

import models
import torch
from dense_bspline import DenseBSplineLayer
from gaussian_rbf import GaussianRbfLayer

TOLERANCE = 1e-5
CASES = (
    "ekan_linear_3x4_g5_k3",
    "ekan_linear_2x2_g3_k2",
    "ekan_linear_5x1_g20_k3_range3",
    "fastkan_layer_3x4",
    "fastkan_layer_2x3_noln",
)


def _silu(x):
    return x / (1 + math.exp(-x))


def _bspline(x, knots, first, degree):
    """One B-spline at one point by its recursive definition."""
    if degree == 0:
        return 1.0 if knots[first] <= x < knots[first + 1] else 0.0
    rising = (x - knots[first]) / (knots[first + degree] - knots[first])
    falling = (knots[first + degree + 1] - x) / (knots[first + degree + 1] - knots[first + 1])
    lower = _bspline(x, knots, first, degree - 1), _bspline(x, knots, first + 1, degree - 1)
    return rising * lower[0] + falling * lower[1]


def _scalar_dense(layer, x, output):
    total = 0.0
    for i, value in enumerate(x):
        knots, weights = layer.knots[i].tolist(), layer.spline_weight[output, i].tolist()
        spline = sum(w * _bspline(value, knots, c, layer.degree) for c, w in enumerate(weights))
        total += layer.base_weight[output, i].item() * _silu(value) + layer.spline_scale[output, i].item() * spline
    return total


def _scalar_rbf(layer, x, output):
    centres, total = layer.centres.tolist(), layer.base.bias[output].item()
    for i, value in enumerate(x):
        weights = layer.spline.weight[output, i * len(centres) : (i + 1) * len(centres)].tolist()
        total += sum(w * math.exp(-(((value - g) / layer.width) ** 2)) for w, g in zip(weights, centres))
        total += layer.base.weight[output, i].item() * _silu(value)
    return total


def _scalar_mlp(network, x, output):
    first, _, last = network
    hidden = [_silu(sum(w * v for w, v in zip(row, x)) + b) for row, b in zip(first.weight.tolist(), first.bias.tolist())]
    return sum(w * h for w, h in zip(last.weight[output].tolist(), hidden)) + last.bias[output].item()


def _difference_from_scalar(module, scalar):
    """Largest difference over points inside and outside the grid."""
    x = torch.linspace(-1.9, 1.9, 39, dtype=torch.float64).reshape(13, 3)
    with torch.no_grad():
        y = module(x).tolist()
    part = module[0] if len(module) == 1 else module
    return max(abs(value - scalar(part, row, output)) for row, values in zip(x.tolist(), y) for output, value in enumerate(values))


def _tensor(entry):
    return torch.tensor([float(value) for value in entry["data"]], dtype=torch.float64).reshape(entry["shape"])


def _efficient(vector):
    config, params = vector["config"], vector["params"]
    sizes = (config[key] for key in ("in_features", "out_features", "grid_size", "spline_order"))
    layer = DenseBSplineLayer(*sizes, *config["grid_range"]).double()
    names = {"base_weight": "base_weight", "spline_weight": "spline_weight", "spline_scale": "spline_scaler"}
    return layer, names, {name: _tensor(params[theirs]) for name, theirs in names.items()} | {"knots": _tensor(vector["buffers"]["grid"])}


def _fast(vector):
    config, params = vector["config"], vector["params"]
    low, high, centres = config["grid_min"], config["grid_max"], config["num_grids"]
    normalize = "layernorm.weight" in params and config.get("use_layernorm", True)
    layer = GaussianRbfLayer(config["input_dim"], config["output_dim"], centres, low, high, normalize).double()
    names = {"spline.weight": "spline_linear.weight", "base.weight": "base_linear.weight", "base.bias": "base_linear.bias"}
    if normalize:
        names |= {"norm.weight": "layernorm.weight", "norm.bias": "layernorm.bias"}
    return layer, names, {name: _tensor(params[theirs]) for name, theirs in names.items()} | {"centres": _tensor(vector["buffers"]["rbf.grid"])}


def _difference_from_vector(path):
    """Largest difference of outputs and of all gradients from a recorded case of the public implementation."""
    vector = json.loads(path.read_text(encoding="utf-8"))
    layer, names, state = (_fast if vector["family"].lower().startswith("fast") else _efficient)(vector)
    layer.load_state_dict(state)
    x = _tensor(vector["inputs"]["x"]).requires_grad_()
    y = layer(x)
    y.backward(_tensor(vector["cotangent"]["y"]))
    differences = [y.detach() - _tensor(vector["outputs"]["y"]), x.grad - _tensor(vector["grads"]["x"])]
    parameters = dict(layer.named_parameters())
    differences += [parameters[name].grad - _tensor(vector["grads"][theirs]) for name, theirs in names.items()]
    return max(difference.abs().max().item() for difference in differences)


def run(vectors):
    """Prints one line for each check; returns 0 if all agree."""
    torch.manual_seed(0)
    scalars = {"dense": _scalar_dense, "rbf": _scalar_rbf, "mlp": _scalar_mlp}
    results = {
        f"{name}, scalar formula": _difference_from_scalar(models.build(name, [3, 4], 5, 3).double(), scalars[name])
        for name in models.NAMES
    }
    if vectors:
        for case in CASES:
            results[f"parity vector {case}"] = _difference_from_vector(pathlib.Path(vectors) / f"{case}.json")
    for name, difference in results.items():
        print(f"{'ok  ' if difference <= TOLERANCE else 'FAIL'} {name}: largest difference {difference:.2g}")
    return 0 if all(difference <= TOLERANCE for difference in results.values()) else 1
