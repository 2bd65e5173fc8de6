"""Times actions and reads the process's memory, by the same rules as the C# harness."""

import math
import statistics
import time

WARM_UP_SECONDS = 0.2
SAMPLE_SECONDS = 2e-3


def _seconds(action, calls, prepare):
    """Time of so many calls; what `prepare` does before each is not counted, and the action gets its result."""
    if prepare is None:
        start = time.perf_counter()
        for _ in range(calls):
            action()
        return time.perf_counter() - start
    total = 0.0
    for _ in range(calls):
        prepared = prepare()
        start = time.perf_counter()
        action(prepared)
        total += time.perf_counter() - start
    return total


def _warm_up(action, prepare):
    """Calls until warm; returns how many calls make a sample."""
    start = time.perf_counter()
    best, count = math.inf, 0
    while count < 2 or time.perf_counter() - start < WARM_UP_SECONDS:
        best = min(best, _seconds(action, 1, prepare))
        count += 1
    return max(1, math.ceil(SAMPLE_SECONDS / max(best, 1e-8)))


def measure(action, samples, seconds_at_most, prepare=None):
    """Samples one action: (median, minimum, maximum, samples) in microseconds per call.

    Stops early after the time given, but not before three samples.
    """
    calls = _warm_up(action, prepare)
    times = []
    begin = time.perf_counter()
    while len(times) < samples and (len(times) < 3 or time.perf_counter() - begin < seconds_at_most):
        times.append(1e6 * _seconds(action, calls, prepare) / calls)
    return statistics.median(times), min(times), max(times), len(times)


def _status(key):
    """A line of the process's status in bytes, or None where there is no such file."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            for line in file:
                if line.startswith(key):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None


def peak_resident():
    """Largest resident memory so far in bytes."""
    return _status("VmHWM:")


def peak_growth(action):
    """Runs an action; returns by how much its peak of resident memory lies above the memory held before, or None."""
    try:
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
    except OSError:
        action()
        return None
    before = _status("VmRSS:")
    action()
    return _status("VmHWM:") - before
