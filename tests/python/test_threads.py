"""Threads, progress, and Ctrl-C: the interpreter goes on while the library works, and can stop
it."""
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import relcoord
from conftest import EXAMPLE

ITEMS = ["frequent", "timely", "accurate", "problem_solving", "shared_goals", "shared_knowledge",
         "mutual_respect"]


def invent(rows):
    """Ten rows a respondent, one for each target."""
    draw = np.random.default_rng(1)
    numbers = np.arange(rows)
    columns = {"respondent": numbers // 10, "workgroup": numbers // 10 % 10, "target": numbers % 10}
    return {**columns, **{name: draw.integers(1, 6, rows, dtype="i1") for name in ITEMS}}


@pytest.fixture(scope="module")
def large():
    return invent(2_000_000)


def test_many_threads_at_one_survey(survey):
    asked = [("matrix", {}), ("summary", {}), ("matrix", {"by": "workgroup"}),
             ("matrix", {"confidence": 0.8}), ("summary", {"threads": 2})] * 20
    alone = [survey.run(name, **options).render("json") for name, options in asked[:5]] * 20
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda call: survey.run(call[0], **call[1]).render("json"), asked))
    assert together == alone


def test_one_result_in_many_threads(survey):
    result = survey.matrix()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: (result.render("csv"), result.tables["cells"].to_dict()),
                              range(64)))
    assert all(one == found[0] for one in found)


def test_errors_stay_in_their_thread(survey):
    def ask(number):
        try:
            survey.matrix(**{f"wrong{number}": 1})
        except relcoord.OptionError as error:
            return error.option

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(200))) == [f"wrong{number}" for number in range(200)]


def test_the_interpreter_goes_on_meanwhile(large):
    """A thread that counts is never kept waiting for as long as a call takes."""
    done, longest = threading.Event(), [0.0]

    def count():
        last = time.perf_counter()
        while not done.is_set():
            now = time.perf_counter()
            longest[0] = max(longest[0], now - last)
            last = now

    counter = threading.Thread(target=count)
    survey = relcoord.Survey(large)
    counter.start()
    start = time.perf_counter()
    survey.summary()
    taken = time.perf_counter() - start
    done.set()
    counter.join()
    assert longest[0] < taken / 2


# ---- Progress

def test_progress_grows_from_0_to_1(large):
    shares = []
    survey = relcoord.Survey(large, progress=shares.append)
    assert len(shares) > 10 and set(shares) == {None}
    for name in ("matrix", "summary"):
        shares.clear()
        survey.run(name, progress=shares.append)
        assert len(shares) > 10 and shares == sorted(shares) and 0 <= shares[0] <= shares[-1] <= 1


def test_progress_of_a_file(large, tmp_path):
    shares = []
    path = tmp_path / "survey.csv"
    path.write_bytes(EXAMPLE.read_bytes())
    relcoord.read_csv(path, progress=shares.append)
    assert shares and shares == sorted(shares)


def test_what_progress_raises_ends_the_work(survey, large):
    class Stop(Exception):
        pass

    def stop(share):
        raise Stop

    for work in (lambda: relcoord.Survey(large, progress=stop),
                 lambda: relcoord.read_csv(EXAMPLE, progress=stop),
                 lambda: survey.matrix(progress=stop),
                 lambda: relcoord.read_csv(open(EXAMPLE, "rb"), progress=stop)):
        with pytest.raises(Stop):
            work()


def test_progress_may_ask_in_its_turn(survey):
    inner = []
    outer = survey.matrix(progress=lambda share: inner.append(survey.matrix().render("csv")))
    assert inner and set(inner) == {outer.render("csv")}


# ---- Ctrl-C

ENDLESS = """class Endless:
    number = 0
    def read(self, size):
        self.number += 1
        if self.number > 500:
            return b""
        return (b"".join(b"%d_%d,a,a,1,2,3,4,5,1,2\\n" % (self.number, i) for i in range(1000))
                if self.number > 1 else header)"""
WORK = {
    "a frame": ("pass", "relcoord.Survey(frame)"),
    "a shuffled frame": ("order = np.random.default_rng(1).permutation(1_000_000); "
                         "frame = {name: values[order] for name, values in frame.items()}",
                         "relcoord.Survey(frame)"),
    "summary": ("survey = relcoord.Survey(frame)", "survey.summary()"),
    "summary in threads": ("survey = relcoord.Survey(frame)", "survey.summary(threads=2)"),
    "matrix": ("survey = relcoord.Survey(frame)", "survey.matrix()"),
    "a file object": (ENDLESS, "relcoord.read_csv(Endless())"),
}
INTERRUPTED = """
import os, signal, sys, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
import numpy as np
import relcoord
sys.path.insert(0, {folder!r})
from test_threads import ITEMS, invent
header = (','.join(['respondent', 'workgroup', 'target', *ITEMS]) + '\\n').encode()
frame = invent(1_000_000)
{before}
sent = []
def interrupt():
    sent.append(time.process_time())
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
start = time.perf_counter()
{work}
whole = time.perf_counter() - start
for tenth in range(1, 10):
    timer = threading.Timer(whole * tenth / 10, interrupt)
    try:
        timer.start()
        while True:
            {work}
    except KeyboardInterrupt:
        print(time.process_time() - sent[-1])
    timer.join()
"""


@pytest.fixture
def interruptible():
    """Whoever runs the tests may have had SIGINT ignored, as a shell does for what it puts in the
    background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("before, work", WORK.values(), ids=WORK)
def test_ctrl_c_ends_the_work_soon(before, work):
    """Within 100 ms, at nine places of the work. Its own time is taken, that of all its threads, as
    other programs run on the machine."""
    program = INTERRUPTED.format(folder=os.path.dirname(__file__), before=before, work=work)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    waited = list(map(float, done.stdout.split()))
    assert len(waited) == 9 and max(waited) < (0.2 if "threads" in work else 0.1), waited


def test_ctrl_c_leaves_the_survey_as_it_was(survey, large, interruptible):
    expected = relcoord.Survey(large).matrix().render("csv")
    survey = relcoord.Survey(large)
    timer = threading.Timer(
        0.05, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        while True:
            survey.summary()
    timer.join()
    assert survey.matrix().render("csv") == expected
