"""What is made is freed, once: blocks of the library are counted, and memory does not grow."""
import gc
import subprocess
import sys

import pytest

from conftest import EXAMPLE, TREE

# Every block that the library holds is counted by an allocator of our own, which has to be set
# before any other call: so the extension is loaded before the package that it is part of.
COUNTED = """
import gc, importlib.util, pathlib, sys, types
where = pathlib.Path(importlib.util.find_spec("relcoord").origin).parent
package = types.ModuleType("relcoord"); package.__path__ = [str(where)]
sys.modules["relcoord"] = package
from relcoord._binding import ffi, lib
ffi_c = __import__("cffi").FFI()
ffi_c.cdef("void *malloc(size_t); void *realloc(void *, size_t); void free(void *);")
c = ffi_c.dlopen(None)
number = lambda pointer: int(ffi.cast("uintptr_t", pointer))
live = set()
@ffi.callback("relcoord_allocate")
def allocate(user, size):
    block = int(ffi_c.cast("uintptr_t", c.malloc(size)))
    live.add(block)
    return ffi.cast("void *", block)
@ffi.callback("relcoord_reallocate")
def reallocate(user, block, size):
    live.discard(number(block))
    new = int(ffi_c.cast("uintptr_t", c.realloc(ffi_c.cast("void *", number(block)), size)))
    live.add(new)
    return ffi.cast("void *", new)
@ffi.callback("relcoord_release")
def release(user, block):
    if block:
        live.remove(number(block))
        c.free(ffi_c.cast("void *", number(block)))
assert lib.relcoord_set_allocator(allocate, reallocate, release, ffi.NULL, ffi.NULL) == 0
del sys.modules["relcoord"]
import relcoord
import pandas, polars, pyarrow
assert live, "the library does not use the allocator"
def work():
    survey = relcoord.read_csv({example!r})
    result = survey.matrix(); survey.summary(by="workgroup")
    stream = result.tables["cells"].__arrow_c_stream__()
    table = pyarrow.table(result.tables["cells"]); result.tables["cells"].to_polars()
    repr(result); result._repr_html_(); result.tables["coverage"].to_pandas()
    result.write("/dev/null", "json")
    frame = pandas.read_csv({example!r})
    relcoord.Survey(frame.astype({{"target": "category"}}))
    relcoord.Survey(polars.from_pandas(frame))
    def stop(share): raise KeyError
    for fail in (lambda: survey.matrix(confidence=3), lambda: survey.matrix(wrong=1),
                 lambda: relcoord.read_csv("none"),
                 lambda: relcoord.Survey(frame.assign(timely=9)),
                 lambda: relcoord.Survey(frame.assign(timely=True)),
                 lambda: survey.matrix(progress=stop),
                 lambda: relcoord.read_csv({example!r}, progress=stop),
                 lambda: relcoord.Survey(frame, progress=stop),
                 lambda: result.write("/dev/null", "cvs")):
        try:
            fail()
        except Exception:
            pass
        else:
            raise SystemExit("nothing was raised")
work(); gc.collect()
before = len(live)
work(); work(); gc.collect()
print(before, len(live))
kept = relcoord.read_csv({example!r})
print(len(live) > before)
"""


def run(program):
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=TREE)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_every_block_is_freed():
    before, after, counts = run(COUNTED.format(example=str(EXAMPLE)))
    assert before == after
    assert counts == "True"


MEMORY = """
import gc, os
import numpy as np
import relcoord
def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
rows = 200_000
frame = {{"respondent": np.arange(rows) // 10, "workgroup": np.arange(rows) // 10 % 10,
          "target": np.arange(rows) % 10}}
for name in ("frequent timely accurate problem_solving shared_goals shared_knowledge "
             "mutual_respect").split():
    frame[name] = np.ones(rows, dtype="i1")
def work(times):
    for _ in range(times):
        survey = relcoord.Survey(frame)
        result = survey.matrix()
        result.tables["cells"].to_dict(); result.tables["cells"].__arrow_c_stream__()
        result.render("html")
        try:
            relcoord.Survey({{**frame, "timely": [True] * rows}})
        except relcoord.DataError:
            pass
work(10)
before = resident()
work(60)
print((resident() - before) / 2**20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_does_not_grow():
    """Sixty surveys of 200000 rows hold 11 bytes a row and more, each: 130 MiB if they were
    kept."""
    (grown,) = run(MEMORY.format())
    assert float(grown) < 8


def test_a_context_is_gone_after_its_call(survey):
    from relcoord._core import Context

    survey.matrix(progress=lambda share: None)
    gc.collect()
    assert not [thing for thing in gc.get_objects() if isinstance(thing, Context)]


def test_a_frame_is_not_kept():
    import weakref

    import numpy as np

    import relcoord
    from conftest import read_columns

    columns = {name: np.array(values) for name, values in read_columns(EXAMPLE).items()}
    columns["timely"] = columns["timely"].astype("i8")
    watched = weakref.ref(columns["timely"])
    survey = relcoord.Survey(columns)
    del columns
    gc.collect()
    assert watched() is None and survey.matrix()
