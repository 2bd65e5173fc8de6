"""What is measured of a peer: the same work as the cases `layer` and `network` of bench/run.

Each action has a block of its own, prediction first: how fast PyTorch's big temporaries are depends on what the C allocator has kept from
the calls before, and a program that predicts only has not trained first.
"""

import models
import torch
from sampling import measure, peak_growth
from torch.nn import functional

FLOATS = {"f32": torch.float32, "f64": torch.float64}


def _uniform(shape, seed, dtype):
    generator = torch.Generator().manual_seed(seed)
    return (2 * torch.rand(shape, generator=generator, dtype=torch.float64) - 1).to(dtype)


def _module(options, widths):
    torch.manual_seed(0)
    module = models.build(options.peer, widths, options.grid, options.degree, options.layernorm).to(FLOATS[options.dtype])
    return module, torch.compile(module, dynamic=False) if options.compile else module


def _measure(action, options, prepare=None):
    return measure(action, options.samples, options.seconds, prepare)


def _timing(result, name, timing):
    result[f"{name}_us"], result[f"{name}_min_us"] = timing[0], timing[1]


def layer(options):
    """Forward without gradients; a step: forward and all gradients, the input's included; backward alone; a step without
    the input's gradient."""
    dtype = FLOATS[options.dtype]
    module, compiled = _module(options, [options.inputs, options.outputs])
    parameters = list(module.parameters())
    x = _uniform((options.batch, options.inputs), 1, dtype)
    tracked = x.clone().requires_grad_()
    cotangent = _uniform((options.batch, options.outputs), 2, dtype)

    def forward():
        with torch.no_grad():
            compiled(x)

    def recorded(inputs):
        for tensor in (tracked, *parameters):
            tensor.grad = None
        return compiled(inputs)

    def step_from(inputs):
        recorded(inputs).backward(cotangent)

    timings = {
        "forward": _measure(forward, options),
        "step": _measure(lambda: step_from(tracked), options),
        "backward": _measure(lambda y: y.backward(cotangent), options, lambda: recorded(tracked)),
        "step_without_input_gradient": _measure(lambda: step_from(x), options),
    }
    result = {"in": options.inputs, "out": options.outputs, "parameters": sum(p.numel() for p in parameters)}
    for name, timing in timings.items():
        _timing(result, name, timing)
    return result, "step", timings["step"]


def _widths(options):
    return [int(part) for part in options.widths.split(",")]


class _Training:
    """A network with AdamW, a loss and made-up targets."""

    def __init__(self, options, widths, batch):
        dtype = FLOATS[options.dtype]
        module, self.model = _module(options, widths)
        self.parameters = sum(p.numel() for p in module.parameters())
        self.x = _uniform((batch, widths[0]), 1, dtype)
        if options.loss == "ce":
            self.target = torch.randint(widths[-1], (batch,), generator=torch.Generator().manual_seed(2))
            self.loss = functional.cross_entropy
        else:
            self.target = _uniform((batch, widths[-1]), 2, dtype)
            self.loss = functional.mse_loss
        fused = {"fused": True} if options.compile else {}
        self.optimizer = torch.optim.AdamW(module.parameters(), lr=1e-3, weight_decay=1e-4, **fused)

    def predict(self):
        with torch.no_grad():
            self.model(self.x)

    def forward_backward(self):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.model(self.x), self.target).backward()

    def run(self):
        self.forward_backward()
        self.optimizer.step()


def network(options):
    """Prediction, forward and backward, and a whole training step with AdamW."""
    widths = _widths(options)
    training = _Training(options, widths, options.batch)
    prediction = _measure(training.predict, options)
    timings = {
        "forward": prediction,  # PyTorch has one way where our side has two, with and without the tape
        "predict": prediction,
        "forward_backward": _measure(training.forward_backward, options),
        "train_step": _measure(training.run, options),
    }
    result = {"widths": options.widths, "loss": options.loss, "parameters": training.parameters}
    for name, timing in timings.items():
        _timing(result, name, timing)
    result["samples_per_s"] = options.batch / timings["train_step"][0] * 1e6
    return result, "train_step", timings["train_step"]


def memory(options):
    """By how much the first training steps of a fresh process raise the peak of its resident memory, the model made before."""
    _Training(options, [2, 2, 2], 2).run()  # loads the code that the steps need: that is no memory of theirs
    training = _Training(options, _widths(options), options.batch)

    def first_steps():
        for _ in range(3):
            training.run()

    growth = peak_growth(first_steps)
    result = {"widths": options.widths, "loss": options.loss, "parameters": training.parameters}
    if growth is not None:
        result["resident_growth_bytes"] = growth
    return result, "train_step", None
