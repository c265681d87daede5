"""Several processes, or a dask scheduler: results in order, progress told, and a clear word where there is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from grantcalc.review.jobs import MANY, JobsError, Workers, cores, parted, run

KILLED = -1


def doubled(numbers: Sequence[int]) -> list[int]:
    return [2 * number for number in numbers]


def lost(_: int) -> int:
    return KILLED


def deadly(numbers: Sequence[int]) -> list[int]:
    if 3 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(numbers)


def deadly_once(paths: Sequence[Path]) -> list[str]:
    """Ends its process unless it did so before."""
    for path in paths:
        if path.name == "3" and not path.exists():
            path.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [path.name for path in paths]


def faulty(numbers: Sequence[int]) -> Sequence[int]:
    if 3 in numbers:
        raise KeyError(numbers)
    time.sleep(60 if max(numbers) > 3 else 0)
    return numbers


def asleep(paths: Sequence[Path]) -> None:
    (paths[0] / str(os.getpid())).touch()
    time.sleep(60)


@pytest.mark.parametrize("number", [1, 2, 8])
def test_parts_grow_smaller_so_that_all_end_together(number: int) -> None:
    parts = [len(few) for few in parted(range(66), number)]
    assert sum(parts) == 66
    assert parts == sorted(parts, reverse=True)
    assert max(parts) <= MANY
    assert sum(parts[number:]) >= max(parts)


def test_no_process_is_without_work_where_there_is_any() -> None:
    assert [len(few) for few in parted(range(3), 4)] == [1, 1, 1]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_stand_in_order_and_all_progress_is_told(jobs: int) -> None:
    told: list[int] = []
    assert run(doubled, range(20), Workers(jobs=jobs), lost, told.append) == [2 * number for number in range(20)]
    assert sum(told) == 20


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a signal")
def test_what_kills_its_process_is_told_and_all_others_are_done() -> None:
    told: list[int] = []
    found = run(deadly, range(8), Workers(jobs=2), lost, told.append)
    assert found == [KILLED if number == 3 else 2 * number for number in range(8)]
    assert sum(told) == 8


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a signal")
def test_a_process_that_is_killed_from_outside_loses_nothing(tmp_path: Path) -> None:
    given = [tmp_path / str(number) for number in range(8)]
    assert run(deadly_once, given, Workers(jobs=2), lambda _: "lost") == [path.name for path in given]


def test_a_fault_is_raised_at_once_whatever_else_is_at_work() -> None:
    before = time.monotonic()
    with pytest.raises(KeyError):
        run(faulty, range(8), Workers(jobs=2), lost)
    assert time.monotonic() - before < 30


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_run(tmp_path: Path, how: signal.Signals) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from tests.review.test_jobs import asleep; from grantcalc.review.jobs import Workers, run\n"
        "run(asleep, [Path(sys.argv[1])] * 4, Workers(jobs=2), asleep)"
    )
    root = str(Path(__file__).parents[2])
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path), root], stderr=subprocess.DEVNULL) as main:
        assert _within(30, lambda: len(list(tmp_path.iterdir())) == 2)
        main.send_signal(how)
        assert main.wait(30) != 0
    workers = [Path("/proc") / path.name for path in tmp_path.iterdir()]
    assert _within(30, lambda: not any(map(_is_alive, workers)))


def _is_alive(process: Path) -> bool:
    """A process that ended, whose parent did not ask after it yet, is not."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _within(seconds: float, reached: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        time.sleep(0.05)
    return reached()


def test_nothing_is_started_for_nothing() -> None:
    assert run(doubled, [], Workers(jobs=4), lost) == []


def test_by_default_every_core_is_used() -> None:
    assert Workers().number == cores() >= 1


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(JobsError) as error:
        run(doubled, [1, 2], Workers(scheduler="tcp://127.0.0.1:8786"), lost)
    assert "distributed" in error.value.text.template


def test_a_scheduler_does_the_work() -> None:
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None)
    with cluster:
        workers = Workers(scheduler=cluster.scheduler_address)
        assert run(doubled, [1, 2, 3], workers, lost) == [2, 4, 6]


def test_a_scheduler_that_is_not_there_is_told() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(JobsError) as error:
        run(doubled, [1, 2], Workers(scheduler="nobody://x:1"), lost)
    assert error.value.text.values["address"] == "nobody://x:1"
