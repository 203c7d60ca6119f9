"""Time and memory of scoring a data frame from Python, as a ratio to the C call on the same
columns.

    python tests/bench/python.py [ROWS [RUNS]]

The C call is relcoord_survey_from_arrow and relcoord_run alone, on an Arrow stream of the frame's
own buffers that was laid out before the clock was started. Each run stands for itself: the median
of RUNS (5) is shown, for integer ids and for categorical ones. Memory is what the process holds
more at its most."""
import gc
import statistics
import subprocess
import sys
import time

import numpy as np
import pandas as pd

import relcoord
from relcoord._core import ffi, lib, make
from relcoord._frame import Batch, name_columns

ITEMS = ["frequent", "timely", "accurate", "problem_solving", "shared_goals", "shared_knowledge",
         "mutual_respect"]
LABELS = ["caseworkers", "doctors", "home care", "job centre", "nurses", "police", "psychiatry",
          "schools", "social workers", "therapists"]


def invent(rows, categorical):
    """Ten rows a respondent, one for each target; answers of a byte."""
    draw = np.random.default_rng(1)
    numbers = np.arange(rows)
    frame = pd.DataFrame({"respondent": numbers // 10, "workgroup": numbers // 10 % 10,
                          "target": numbers % 10})
    for name in ITEMS:
        frame[name] = draw.integers(1, 6, rows, dtype="i1")
    if categorical:
        for name in ("workgroup", "target"):
            frame[name] = pd.Categorical.from_codes(frame[name].to_numpy(dtype="i1"), LABELS)
        frame["respondent"] = pd.Categorical.from_codes(frame["respondent"].to_numpy(dtype="i4"),
                                                        np.arange(rows // 10).astype(str))
    return frame


def call_c(batch):
    survey = make("relcoord_survey", lib.relcoord_survey_from_arrow, batch.stream, ffi.NULL)
    return make("relcoord_result", lib.relcoord_run, survey, b"matrix", ffi.NULL)


def call_python(frame):
    return relcoord.Survey(frame).matrix()


def peak_of(reset=False):
    """The most that the process has held since the reset, in MiB."""
    if reset:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))


def measure(rows, categorical, way):
    """Seconds and MiB of one run, in a process of its own."""
    frame = invent(rows, categorical)
    batch = Batch(name_columns(frame)) if way == "c" else None
    gc.collect()
    held = peak_of(reset=True)
    start = time.perf_counter()
    kept = call_c(batch) if way == "c" else call_python(frame)
    print(time.perf_counter() - start, peak_of() - held)
    del kept


def run(rows, categorical, way):
    done = subprocess.run([sys.executable, __file__, "--one", str(rows), categorical, way],
                          check=True, text=True, capture_output=True)
    return list(map(float, done.stdout.split()))


def main(rows=10_000_000, runs=5):
    for ids, categorical in (("integer", ""), ("categorical", "yes")):
        pairs = [[run(rows, categorical, way) for way in ("c", "python")] for _ in range(runs)]
        (c, c_memory), (python, python_memory) = (map(statistics.median, zip(*column))
                                                  for column in zip(*pairs))
        print(f"{rows} rows, {ids} ids: C call {c:.2f} s, {c_memory:.0f} MiB; "
              f"Python {python:.2f} s, {python_memory:.0f} MiB; ratio {python / c:.2f}")


if sys.argv[1:2] == ["--one"]:
    measure(int(sys.argv[2]), bool(sys.argv[3]), sys.argv[4])
else:
    main(*map(int, sys.argv[1:]))
