"""Checkpoints of public KAN implementations with random parameters, and what they compute.

Usage: make_checkpoints.py FOLDER CASES. Writes FOLDER/FAMILY-N.pt (for pykan FAMILY-N_state, _config.yml and _cache_data) and FOLDER/cases.jsonl. The forward passes are
written here from the published formulas, in double precision, on the values as stored.
"""
import base64
import json
import math
import random
import struct
import sys
from collections import OrderedDict

import torch

try:
    import numpy
    import yaml
except ImportError:
    yaml = None

FOLDER, CASES = sys.argv[1], int(sys.argv[2])
DOUBLE = torch.float64

# Where centres are stored in single precision, the import takes the even ones that they stand for
EXACT, EVEN = 1e-12, 1e-6


def stored(tensor, dtype):
    """The tensor as the file will have it, in double precision."""
    return tensor.to(dtype).to(DOUBLE)


class State:
    """Named tensors of a case: kept in double precision for the reference, written in the type of the case."""

    def __init__(self, rng, exact_centres=False):
        self.rng = rng
        self.dtype = rng.choice([torch.float64, torch.float64, torch.float32, torch.float16, torch.bfloat16])
        self.half = self.dtype in (torch.float16, torch.bfloat16)
        self.values = OrderedDict()

    def add(self, name, tensor):
        self.values[name] = stored(tensor, self.dtype)
        return self.values[name]

    def integer(self, name, tensor):
        self.values[name] = tensor

    def layout(self, tensor):
        """One of the ways in which a tensor can lie in memory."""
        way = self.rng.randrange(3)
        if way == 1 and tensor.dim() >= 2:
            return tensor.transpose(0, 1).contiguous().transpose(0, 1)
        if way == 2 and tensor.dim() == 1:
            return torch.stack([tensor, -tensor], dim=1)[:, 0]
        return tensor

    def save(self, path, prefix=True):
        rng = self.rng
        start = rng.choice(["", "", "module.", "model.", "_orig_mod.", "net.kan."]) if prefix else ""
        out = OrderedDict()
        shared = rng.random() < 0.2
        if shared:
            flat = torch.cat([v.reshape(-1).to(self.dtype) for v in self.values.values() if v.dtype == DOUBLE])
            at = 0
        for name, value in self.values.items():
            if value.dtype != DOUBLE:
                out[start + name] = value
            elif shared:
                out[start + name] = flat[at:at + value.numel()].view(value.shape)
                at += value.numel()
            else:
                out[start + name] = self.layout(value.to(self.dtype))
        out._metadata = OrderedDict([("", {"version": 1})])
        kind = rng.randrange(5)
        if kind == 0:
            out = {"epoch": 3, "optimizer": {"state": {0: {"step": 4, "exp_avg": torch.zeros(3)}}, "param_groups": [{"lr": 1e-3, "betas": (0.9, 0.999)}]}, "model": out, "best": None}
        elif kind == 1:
            out = {"state_dict": out, "loss": 0.25, "note": "as it is", "big": 1 << 40, "neg": -5}
        elif kind == 2:
            out = OrderedDict((k, torch.nn.Parameter(v) if v.is_floating_point() else v) for k, v in out.items())
        torch.save(out, path)


def uniform(rng_shape, low=-1.0, high=1.0):
    return torch.rand(rng_shape, dtype=DOUBLE) * (high - low) + low


def bspline(x, grid, k):
    """Cox-de Boor on [inputs, knots] for [rows, inputs]: [rows, inputs, functions]."""
    x = x.unsqueeze(-1)
    b = ((x >= grid[:, :-1]) & (x < grid[:, 1:])).to(DOUBLE)
    for p in range(1, k + 1):
        left = (x - grid[:, :-(p + 1)]) / (grid[:, p:-1] - grid[:, :-(p + 1)])
        right = (grid[:, p + 1:] - x) / (grid[:, p + 1:] - grid[:, 1:-p])
        b = left * b[..., :-1] + right * b[..., 1:]
    return b


BASES = {
    "silu": torch.nn.functional.silu,
    "gelu": torch.nn.functional.gelu,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "softplus": torch.nn.functional.softplus,
    "identity": lambda x: x,
}


def layer_norm(x, weight, bias):
    return torch.nn.functional.layer_norm(x, x.shape[-1:], weight, bias)


def batch_norm(x, s, p):
    return (x - s[p + "running_mean"]) / torch.sqrt(s[p + "running_var"] + 1e-5) * s[p + "weight"] + s[p + "bias"]


def add_norm(state, name, size, batch):
    state.add(name + "weight", uniform(size, 0.5, 1.5))
    state.add(name + "bias", uniform(size, -0.3, 0.3))
    if batch:
        state.add(name + "running_mean", uniform(size, -0.3, 0.3))
        state.add(name + "running_var", uniform(size, 0.5, 2.0))
        state.integer(name + "num_batches_tracked", torch.tensor(7))


def widths(rng, least=1):
    return [rng.randint(least, 6) for _ in range(rng.randint(2, 4))]


def knots(rng, inputs, g, k, half):
    if rng.random() < 0.5:
        h = 2.0 / g
        return (torch.arange(-k, g + k + 1, dtype=DOUBLE) * h - 1).repeat(inputs, 1)
    steps = uniform((inputs, g + 2 * k + 1), 0.2, 0.6)
    return torch.cumsum(steps, 1) - 1.5 - 0.4 * k


def efficient_layer(state, p, i, o, g, k, scaler, rng):
    s = state
    base = s.add(p + "base_weight", uniform((o, i)))
    weight = s.add(p + "spline_weight", uniform((o, i, g + k)))
    scale = s.add(p + "spline_scaler", uniform((o, i))) if scaler else torch.ones((o, i), dtype=DOUBLE)
    grid = s.add(p + "grid", knots(rng, i, g, k, s.half))

    def forward(x, base_function):
        y = base_function(x) @ base.T
        return y + torch.einsum("bic,oic->bo", bspline(x, grid, k), weight * scale.unsqueeze(-1))
    return forward


def efficient(rng, path):
    s, w = State(rng), widths(rng)
    scaler, name = rng.random() < 0.7, rng.choice(list(BASES))
    norm = rng.choice(["none", "none", "layer", "batch", "last"])
    x = uniform((4, w[0]), -1.2, 1.2)
    y = x
    layers = []
    for n in range(len(w) - 1):
        layers.append(efficient_layer(s, f"layers.{n}.", w[n], w[n + 1], rng.randint(1, 8), rng.randint(1, 4), scaler, rng))
    count = 0 if norm == "none" else len(w) - 1 if norm == "last" else len(w) - 2
    for n in range(count):
        add_norm(s, f"norms.{n}.", w[n + 1], norm != "layer")
    for n, layer in enumerate(layers):
        y = layer(y, BASES[name])
        if n < count:
            p = f"norms.{n}."
            y = layer_norm(y, s.values[p + "weight"], s.values[p + "bias"]) if norm == "layer" else batch_norm(y, s.values, p)
    s.save(path)
    return x, y, {} if name == "silu" else {"base": name}


def centres(rng, half, low, high):
    n = rng.choice([5, 9]) if half else rng.randint(2, 10)
    return torch.linspace(low, high, n, dtype=DOUBLE)


def fastkan(rng, path):
    s, w = State(rng), widths(rng, 2)
    normed, based, name = rng.random() < 0.7, rng.random() < 0.7, rng.choice(["silu", "gelu"])
    x = uniform((4, w[0]), -2, 2)
    y, settings = x, {}
    width = rng.choice([None, 0.75])
    if width is not None:
        settings["width"] = str(width)
    if based and name != "silu":
        settings["base"] = name
    for n in range(len(w) - 1):
        p, i, o = f"layers.{n}.", w[n], w[n + 1]
        grid = centres(rng, s.half, -2.0, 2.0)
        if normed:
            add_norm(s, p + "layernorm.", i, False)
        s.add(p + "rbf.grid", grid)
        weight = s.add(p + "spline_linear.weight", uniform((o, i * len(grid))))
        if based:
            base, bias = s.add(p + "base_linear.weight", uniform((o, i))), s.add(p + "base_linear.bias", uniform(o))
        u = layer_norm(y, s.values[p + "layernorm.weight"], s.values[p + "layernorm.bias"]) if normed else y
        h = width or (4.0 / (len(grid) - 1))
        z = torch.exp(-((u.unsqueeze(-1) - grid) / h) ** 2).flatten(1) @ weight.T
        y = z + (BASES[name](y) @ base.T + bias if based else 0)
    s.save(path)
    return x, y, settings, EVEN if s.dtype == torch.float32 else EXACT


def fasterkan(rng, path):
    s, w = State(rng), widths(rng, 2)
    published = rng.random() < 0.7
    x = uniform((4, w[0]), -2, 2)
    y = x
    for n in range(len(w) - 1):
        p, i, o = f"layers.{n}.", w[n], w[n + 1]
        add_norm(s, p + "layernorm.", i, False)
        grid = s.add(p + "rbf.grid", torch.linspace(-1.2, 0.2, rng.randint(2, 9), dtype=DOUBLE))
        inverse = s.add(p + "rbf.inv_denominator", torch.tensor(0.5, dtype=DOUBLE))
        weight = s.add(p + "spline_linear.weight", uniform((o, i * len(grid))))
        u = layer_norm(y, s.values[p + "layernorm.weight"], s.values[p + "layernorm.bias"]).unsqueeze(-1) - grid
        y = (1 - torch.tanh(u if published else u * inverse) ** 2).flatten(1) @ weight.T
    s.save(path)
    return x, y, {} if published else {"published": "false"}


def bsrbf(rng, path):
    s, w = State(rng), widths(rng, 2)
    x = uniform((4, w[0]), -2, 2)
    y = x
    for n in range(len(w) - 1):
        p, i, o = f"layers.{n}.", w[n], w[n + 1]
        g, k = (4, 3) if s.half else (rng.randint(2, 6), rng.randint(1, 3))
        add_norm(s, p + "layernorm.", i, False)
        base = s.add(p + "base_weight", uniform((o, i)))
        weight = s.add(p + "spline_weight", uniform((o, i * (g + k))))
        centre = s.add(p + "rbf.grid", torch.linspace(-1.5, 1.5, g + k, dtype=DOUBLE))
        grid = s.add(p + "grid", (torch.arange(-k, g + k + 1, dtype=DOUBLE) * (3.0 / g) - 1.5).repeat(i, 1))
        u = layer_norm(y, s.values[p + "layernorm.weight"], s.values[p + "layernorm.bias"])
        h = 3.0 / (g + k - 1)
        both = bspline(u, grid, k) + torch.exp(-((u.unsqueeze(-1) - centre) / h) ** 2)
        y = torch.nn.functional.silu(u) @ base.T + both.flatten(1) @ weight.T
    s.save(path)
    return x, y, {}, EVEN if s.dtype == torch.float32 else EXACT


def relu_kan(rng, path):
    s, w = State(rng), widths(rng)
    g, k = rng.randint(2, 8), rng.randint(1, 4)
    moved = rng.choice([0.0, 0.02, 0.3])
    x = uniform((4, w[0]), 0, 1)
    y = x
    for n in range(len(w) - 1):
        p, i, o = f"rk_layers.{n}.", w[n], w[n + 1]
        start = torch.arange(-k, g, dtype=DOUBLE) / g
        low = s.add(p + "phase_low", start.repeat(i, 1) + moved * uniform((i, g + k)) / g)
        high = s.add(p + "phase_height", (start + (k + 1) / g).repeat(i, 1) + moved * uniform((i, g + k)) / g)
        weight = s.add(p + "equal_size_conv.weight", uniform((o, 1, g + k, i)))
        bias = s.add(p + "equal_size_conv.bias", uniform(o))
        r = 4.0 * g * g / ((k + 1) * (k + 1))
        bump = (r * torch.relu(high - y.unsqueeze(-1)) * torch.relu(y.unsqueeze(-1) - low)) ** 2
        # the original reshapes [rows, inputs, bumps] to [rows, 1, bumps, inputs]
        y = bump.reshape(len(x), -1) @ weight.reshape(o, -1).T + bias
    s.save(path)
    return x, y, {"g": str(g), "k": str(k)} if moved > 0.1 or g + k < 5 or s.half else {}


def wavelet(name, u, inputs):
    if name == "mexican-hat":
        return 2 / (math.sqrt(3) * math.pi ** 0.25) * (u ** 2 - 1) * torch.exp(-u ** 2 / 2)
    if name == "morlet":
        return torch.cos(5 * u) * torch.exp(-u ** 2 / 2)
    if name == "dog":
        return -u * torch.exp(-u ** 2 / 2)
    if name == "meyer":
        v = torch.abs(u)
        t = 2 * v - 1
        nu = t ** 4 * (35 - 84 * t + 70 * t ** 2 - 20 * t ** 3)
        taper = torch.where(v <= 0.5, torch.ones_like(v), torch.where(v >= 1, torch.zeros_like(v), torch.cos(math.pi / 2 * nu)))
        return torch.sin(math.pi * v) * taper
    window = torch.hamming_window(inputs, periodic=False, dtype=DOUBLE)
    return torch.sinc(u / math.pi) * window


def wav_kan(rng, path):
    s, w = State(rng), widths(rng)
    name = rng.choice(["mexican-hat", "morlet", "dog", "meyer", "shannon"])
    x = uniform((4, w[0]), -1.5, 1.5)
    y = x
    for n in range(len(w) - 1):
        p, i, o = f"layers.{n}.", w[n], w[n + 1]
        scale, shift = s.add(p + "scale", uniform((o, i), 0.5, 2)), s.add(p + "translation", uniform((o, i)))
        s.add(p + "weight1", uniform((o, i)))
        weight = s.add(p + "wavelet_weights", uniform((o, i)))
        add_norm(s, p + "bn.", o, True)
        y = (weight * wavelet(name, (y.unsqueeze(1) - shift) / scale, i)).sum(-1)
        y = batch_norm(y, s.values, p + "bn.")
    s.save(path)
    return x, y, {} if name == "mexican-hat" else {"wavelet": name}


def recurrence(t, d, next_one, first):
    p = [torch.ones_like(t), first]
    for n in range(2, d + 1):
        p.append(next_one(n, t, p[-1], p[-2]))
    return torch.stack(p[:d + 1], -1)


def polynomial(rng, path, kind):
    s, w = State(rng), widths(rng)
    if rng.random() < 0.5:
        w = [max(3, one) for one in w]
    a, b = (rng.choice([1.0, 0.5, 2.0]), rng.choice([1.0, 3.0])) if kind == "jacobi" else (0, 0)
    normed = min(w) >= 3
    x = uniform((4, w[0]), -2, 2)
    y = x

    def jacobi(n, t, p1, p2):
        c = 2 * n + a + b
        th = c * (c - 1) / (2 * n * (n + a + b))
        th1 = (c - 1) * (a * a - b * b) / (2 * n * (n + a + b) * (c - 2))
        th2 = (n + a - 1) * (n + b - 1) * c / (n * (n + a + b) * (c - 2))
        return (th * t + th1) * p1 - th2 * p2

    for n in range(len(w) - 1):
        i, o, d = w[n], w[n + 1], rng.randint(1, 6)
        p = f"{kind}kan{n + 1}."
        c = s.add(p + f"{kind}_coeffs", uniform((i, o, d + 1)))
        if kind == "cheby":
            s.integer(p + "arange", torch.arange(d + 1))
        t = torch.tanh(y)
        basis = recurrence(t, d, lambda n, t, p1, p2: 2 * t * p1 - p2, t) if kind == "cheby" else recurrence(t, d, jacobi, ((a - b) + (a + b + 2) * t) / 2)
        y = torch.einsum("bin,ion->bo", basis, c)
        if normed and n < len(w) - 2:
            q = f"ln{n + 1}."
            add_norm(s, q, o, False)
            y = layer_norm(y, s.values[q + "weight"], s.values[q + "bias"])
    s.save(path)
    return x, y, {} if (a, b) in ((1.0, 1.0), (0, 0)) else {"alpha": str(a), "beta": str(b)}


def fourier(rng, path):
    s, w = State(rng), widths(rng)
    bias = rng.random() < 0.5
    x = uniform((4, w[0]), -3, 3)
    y = x
    for n in range(len(w) - 1):
        p, i, o, g = f"{n}.", w[n], w[n + 1], rng.randint(1, 6)
        c = s.add(p + "fouriercoeffs", uniform((2, o, i, g)) / g)
        k = torch.arange(1, g + 1, dtype=DOUBLE)
        angle = y.unsqueeze(-1) * k
        y = torch.einsum("big,oig->bo", torch.cos(angle), c[0]) + torch.einsum("big,oig->bo", torch.sin(angle), c[1])
        if bias:
            y = y + s.add(p + "bias", uniform((1, o)))
    s.save(path)
    return x, y, {}


def sine(rng, path):
    s, w = State(rng), widths(rng)
    x = uniform((4, w[0]), -2, 2)
    y = x
    for n in range(len(w) - 1):
        p, i, o, g = f"layers.{n}.", w[n], w[n + 1], rng.randint(1, 8)
        a = s.add(p + "amplitudes", uniform((o, i, g)))
        f = s.add(p + "freq", uniform((1, 1, 1, g), 0.2, 3))
        bias = s.add(p + "bias", uniform((1, o)))
        phase = s.add(p + "phase", uniform((1, 1, i, g), 0, 3))
        y = torch.einsum("big,oig->bo", torch.sin(y.unsqueeze(-1) * f[0, 0] + phase[0, 0]), a) + bias
    s.save(path)
    return x, y, {}


def kat(rng, path):
    s = State(rng)
    groups = rng.choice([1, 2, 4])
    w = [groups * rng.randint(1, 3), groups * rng.randint(1, 3), rng.randint(1, 5)]
    x = uniform((4, w[0]), -2, 2)
    y = x
    for n in range(2):
        a = s.add(f"act{n + 1}.weight_numerator", uniform((1, 6)))
        b = s.add(f"act{n + 1}.weight_denominator", uniform((groups, 4)))
        weight, bias = s.add(f"fc{n + 1}.weight", uniform((w[n + 1], w[n]))), s.add(f"fc{n + 1}.bias", uniform(w[n + 1]))
        group = torch.arange(w[n]) // (w[n] // groups)
        powers = torch.stack([y ** e for e in range(6)], -1)
        top = powers @ a[0]
        bottom = 1 + (torch.stack([y.abs() ** e for e in range(1, 5)], -1) * b[group].abs()).sum(-1)
        y = (top / bottom) @ weight.T + bias
    s.save(path)
    return x, y, {}


FUNCTIONS = {
    "x": lambda x: x, "x^2": lambda x: x ** 2, "x^3": lambda x: x ** 3, "x^4": lambda x: x ** 4, "x^5": lambda x: x ** 5, "exp": torch.exp, "abs": torch.abs,
    "sin": torch.sin, "cos": torch.cos, "tanh": torch.tanh, "arctan": torch.arctan, "gaussian": lambda x: torch.exp(-x ** 2), "0": lambda x: x * 0, "sgn": torch.sign,
}


def yaml_list(name, rows):
    """A list of lists as PyYAML dumps it."""
    text = f"{name}:\n"
    for row in rows:
        if not row:
            text += "- []\n"
        for n, one in enumerate(row):
            text += ("- - " if n == 0 else "  - ") + one + "\n"
    return text


def quoted(name):
    return f"'{name}'" if name in ("0",) else name


def as_dumped(base, g, k, single, arity, level, names):
    """The configuration as PyYAML would dump it, where there is none: here with a NumPy number."""
    number = base64.b64encode(struct.pack("<q", g)).decode()
    text = f"affine_trainable: false\nauto_save: false\nbase_fun_name: {base}\nckpt_path: ./model\ndevice: cpu\n"
    text += ("grid: !!python/object/apply:numpy.core.multiarray.scalar\n- !!python/object/apply:numpy.dtype\n  args:\n  - i8\n  - false\n  - true\n  state: !!python/tuple\n"
             "  - 3\n  - <\n  - null\n  - null\n  - null\n  - -1\n  - -1\n  - 0\n- !!binary |\n  " + number + "\n")
    text += f"k: {k}\n" + ("mult_arity: 2\n" if single else yaml_list("mult_arity", [[str(a) for a in row] for row in arity]))
    for n, rows in enumerate(names):
        text += yaml_list(f"symbolic.funs_name.{n}", [[quoted(one) for one in row] for row in rows])
    return text + "symbolic_enabled: true\n" + yaml_list("width", [[str(a), str(b)] for a, b in level])


def pykan(rng, path):
    s = State(rng)
    depth = rng.randint(1, 3)
    level = [(rng.randint(1, 4), 0)]
    for n in range(depth):
        level.append((rng.randint(0, 3), rng.randint(0, 2)) if n < depth - 1 else (rng.randint(1, 2), 0))
        if sum(level[-1]) == 0:
            level[-1] = (1, 0)
    single = rng.random() < 0.5
    arity = [[2 if single else rng.randint(2, 4) for _ in range(products)] for _, products in level]
    base = rng.choice(["silu", "silu", "identity", "zero"])
    g, k = rng.randint(1, 6), rng.randint(1, 4)
    x = uniform((4, level[0][0]), -1.1, 1.1)
    y, names = x, []
    for n in range(depth):
        i, (sums, products) = sum(level[n]), level[n + 1]
        o = sums + sum(arity[n + 1])
        p = f"act_fun.{n}."
        grid = s.add(p + "grid", knots(rng, i, g, k, s.half))
        c = s.add(p + "coef", uniform((i, o, g + k)))
        mask = s.add(p + "mask", (torch.rand((i, o)) < 0.8).to(DOUBLE))
        sb, sp = s.add(p + "scale_base", uniform((i, o))), s.add(p + "scale_sp", uniform((i, o)))
        sm = s.add(f"symbolic_fun.{n}.mask", (torch.rand((o, i)) < 0.4).to(DOUBLE))
        affine = s.add(f"symbolic_fun.{n}.affine", uniform((o, i, 4)))
        names.append([[rng.choice(list(FUNCTIONS)) for _ in range(i)] for _ in range(o)])
        ss, sbias = s.add(f"subnode_scale_{n}", uniform(o, 0.5, 1.5)), s.add(f"subnode_bias_{n}", uniform(o, -0.2, 0.2))
        ns, nb = s.add(f"node_scale_{n}", uniform(sums + products, 0.5, 1.5)), s.add(f"node_bias_{n}", uniform(sums + products, -0.2, 0.2))
        residual = {"silu": torch.nn.functional.silu, "identity": lambda v: v, "zero": lambda v: 0 * v}[base](y)
        edges = mask * (sb * residual.unsqueeze(-1) + sp * torch.einsum("bic,ioc->bio", bspline(y, grid, k), c))
        out = edges.sum(1)
        for a in range(o):
            for b in range(i):
                q = affine[a, b]
                out[:, a] = out[:, a] + sm[a, b] * (q[2] * FUNCTIONS[names[n][a][b]](q[0] * y[:, b] + q[1]) + q[3])
        out = ss * out + sbias
        nodes, at = [out[:, j] for j in range(sums)], sums
        for factors in arity[n + 1]:
            nodes.append(out[:, at:at + factors].prod(1))
            at += factors
        y = ns * torch.stack(nodes, 1) + nb
    s.save(path[:-3] + "_state", prefix=False)
    torch.save(x, path[:-3] + "_cache_data")
    if yaml is not None:
        settings = {"affine_trainable": False, "auto_save": False, "base_fun_name": base, "ckpt_path": "./model", "device": "cpu", "grid": numpy.int64(g) if rng.random() < 0.5 else g,
                    "grid_eps": 0.02, "grid_range": [-1, 1], "k": k, "mult_arity": 2 if single else arity, "round": 0, "sb_trainable": True, "sp_trainable": True, "state_id": 0,
                    "symbolic_enabled": True, "width": [list(one) for one in level]}
        settings.update({f"symbolic.funs_name.{n}": names[n] for n in range(depth)})
        text = yaml.dump(settings, default_flow_style=False)
    else:
        text = as_dumped(base, g, k, single, arity, level, names)
    with open(path[:-3] + "_config.yml", "w") as file:
        file.write(text)
    return x, y, {}


def kernel_layer(s, p, count, g, rng):
    k = 3
    grid = (torch.arange(-k, g + k + 1, dtype=DOUBLE) * (2.0 / g) - 1).repeat(9, 1)
    parts = []
    for n in range(count):
        q = f"{p}convs.{n}.conv."
        base, weight, scale = s.add(q + "base_weight", uniform((1, 9))), s.add(q + "spline_weight", uniform((1, 9, g + k))), s.add(q + "spline_scaler", uniform((1, 9)))
        parts.append((base, weight * scale.unsqueeze(-1), s.add(q + "grid", grid)))
    base, weight, grid = torch.cat([q[0] for q in parts]), torch.cat([q[1] for q in parts]), parts[0][2]

    def forward(image, channels, share):
        size = image.shape[-1] - 2
        patches = torch.nn.functional.unfold(image.unsqueeze(0), 3).view(channels, 9, -1).transpose(1, 2)
        outputs = []
        each = count if share else count // channels
        for o in range(each):
            if not share:
                outputs.append(sum(patches_sum(patches[ch], o * channels + ch) for ch in range(channels)))
        if share:
            outputs = [patches_sum(patches[ch], o) for ch in range(channels) for o in range(each)]
        return torch.stack(outputs).view(len(outputs), size, size)

    def patches_sum(rows, index):
        y = torch.nn.functional.silu(rows) @ base[index]
        return y + torch.einsum("bic,ic->b", bspline(rows, grid, 3), weight[index])
    return forward


def convolutional(rng, path):
    s = State(rng)
    kind = rng.choice(["kkan-small", "kanc-mlp-small", "kkan", "ckan-bn", "kkan-medium"])
    share = kind in ("kkan", "ckan-bn")
    g = 5 if share else rng.choice([5, 10])
    second = 10 if kind == "kkan-medium" else 5
    image = uniform((1, 28, 28)).round(decimals=3)
    y = image
    first = kernel_layer(s, "conv1.", 5, g, rng)
    other = kernel_layer(s, "conv2.", 5 if share else 5 * second, g, rng)
    for n, (layer, channels) in enumerate([(first, 1), (other, 5)]):
        y = layer(y, channels, share)
        if kind == "ckan-bn":
            add_norm(s, f"bn{n + 1}.", len(y), True)
            q = f"bn{n + 1}."
            y = torch.nn.functional.batch_norm(y.unsqueeze(0), s.values[q + "running_mean"], s.values[q + "running_var"], s.values[q + "weight"], s.values[q + "bias"])[0]
        y = torch.nn.functional.max_pool2d(y.unsqueeze(0), 2)[0]
    y = y.flatten().unsqueeze(0) / 1.0
    if kind in ("kkan-small", "kkan", "kkan-medium"):
        y = efficient_layer(s, "kan1.", y.shape[1], 10, 10 if share else g, 3, True, rng)(y, BASES["silu"])
    else:
        sizes = [256, 10] if kind == "ckan-bn" else [10]
        for n, size in enumerate(sizes):
            weight, bias = s.add(f"linear{n + 1}.weight", uniform((size, y.shape[1])) * 0.1), s.add(f"linear{n + 1}.bias", uniform(size))
            y = y @ weight.T + bias
    y = torch.log_softmax(y, 1)
    s.save(path)
    return image.reshape(1, -1), y, {}


FAMILIES = {
    "efficient-kan": efficient, "fastkan": fastkan, "fasterkan": fasterkan, "bsrbf": bsrbf, "relu-kan": relu_kan, "wav-kan": wav_kan,
    "chebykan": lambda rng, path: polynomial(rng, path, "cheby"), "jacobikan": lambda rng, path: polynomial(rng, path, "jacobi"),
    "fourierkan": fourier, "sinekan": sine, "kat": kat, "pykan": pykan, "convolutional-kan": convolutional,
}


def main():
    with open(f"{FOLDER}/cases.jsonl", "w") as lines:
        for number, (family, make) in enumerate(FAMILIES.items()):
            torch.manual_seed(number)
            rng = random.Random(number)
            for case in range(CASES):
                name = f"{family}-{case}"
                x, y, settings, *tolerance = make(rng, f"{FOLDER}/{name}.pt")
                record = {"family": family, "file": name if family == "pykan" else name + ".pt", "settings": settings,
                          "rows": x.shape[0], "tolerance": (tolerance or [EXACT])[0], "x": x.flatten().tolist(), "y": y.flatten().tolist()}
                lines.write(json.dumps(record) + "\n")
    layer = torch.nn.Linear(2, 1)
    torch.save(layer, f"{FOLDER}/model.pt")
    torch.save(layer.state_dict(), f"{FOLDER}/legacy.pt", _use_new_zipfile_serialization=False)
    torch.save(layer.state_dict(), f"{FOLDER}/protocol4.pt", pickle_protocol=4)
    torch.jit.script(layer).save(f"{FOLDER}/script.pt")
    torch.save({"a": torch.arange(3), "b": torch.ones(2, dtype=torch.bool), "c": torch.tensor(2.5, dtype=torch.float16), "d": torch.zeros(0, 3)}, f"{FOLDER}/kinds.pt")


main()
