#!/usr/bin/env python3
"""Measures one peer in PyTorch and prints one JSON object, in the manner of bench/run.

measure.py layer --peer dense --in 256 --out 256 --grid 5 --degree 3 --batch 1024 --dtype f32 --threads 1
measure.py network --peer dense --widths 784,64,10 --batch 64 --loss ce [--compile]
measure.py memory --peer dense --widths 784,64,10 --batch 1024
measure.py check [--vectors FOLDER]
"""

import argparse
import json
import sys

import check
import models
import torch
import work
from sampling import peak_resident


def blas():
    """The linear-algebra library that this process has loaded: openblas, mkl, or the plain reference library."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as file:
            loaded = file.read()
    except OSError:
        return "unknown"
    return next((name for name in ("openblas", "mkl", "blis", "libblas") if name in loaded), "unknown")


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", choices=("layer", "network", "memory", "check"))
    parser.add_argument("--peer", choices=models.NAMES, default="dense")
    parser.add_argument("--in", dest="inputs", type=int, default=256)
    parser.add_argument("--out", dest="outputs", type=int, default=256)
    parser.add_argument("--widths", default="784,64,10")
    parser.add_argument("--grid", type=int, default=5)
    parser.add_argument("--degree", type=int, default=3)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--loss", choices=("ce", "mse"), default="ce")
    parser.add_argument("--dtype", choices=tuple(work.FLOATS), default="f32")
    parser.add_argument("--layernorm", action="store_true", help="normalise the inputs of the rbf peer")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=4, help="time for each thing measured, at most (three samples at least)")
    parser.add_argument("--compile", action="store_true", help="torch.compile and the fused AdamW (PyTorch 2)")
    parser.add_argument("--vectors", default="", help="folder of parity vectors for check; by default formulas alone are checked")
    return parser.parse_args()


def main():
    chosen = options()
    torch.set_num_threads(chosen.threads)
    if chosen.case == "check":
        return check.run(chosen.vectors)
    measured, of, timing = getattr(work, chosen.case)(chosen)
    report = {
        "case": chosen.case,
        "peer": chosen.peer,
        "torch": torch.__version__,
        "compiled": chosen.compile,
        "blas": blas(),
        "grid": chosen.grid,
        "degree": chosen.degree,
        "batch": chosen.batch,
        "dtype": chosen.dtype,
        "threads": torch.get_num_threads(),
    }
    if timing is not None:
        report |= dict(zip(("median", "min", "max", "n"), timing), of=of, unit="us")
    report |= measured
    peak = peak_resident()
    if peak is not None:
        report["peak_rss_mb"] = peak / 1e6
    print(json.dumps({key: float(f"{value:.5g}") if isinstance(value, float) else value for key, value in report.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
