from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import compare
import pytest
from compare import Pair, checked_out, commit_named, ratio
from measuring import Answer, Asked, Taken
from network_rows import Work
from serving import answer

from clickpose_app.errors import ClickPoseError

BENCHMARKS = Path(compare.__file__).parent


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=n", "-c", "user.email=e@x", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits of one file."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    for content in ("old", "new"):
        (folder / "file.txt").write_text(content)
        git(folder, "add", "file.txt")
        git(folder, "commit", "--quiet", "-m", content)
    return folder


def test_twice_as_fast_is_a_ratio_of_a_half_with_an_interval_around_it() -> None:
    base = [10.0, 11, 9, 10, 12, 10, 9]
    found = ratio(base, [t / 2 for t in base])
    assert found.value == pytest.approx(0.5)
    assert found.low == pytest.approx(0.5)
    assert found.high == pytest.approx(0.5)


def test_noise_widens_the_interval_and_one_outlier_does_not_move_the_ratio() -> None:
    base = [10.0, 10.1, 9.9, 10, 10.2, 9.8, 10]
    now = [10.0, 10.1, 9.9, 99, 10.2, 9.8, 10]
    found = ratio(base, now)
    assert found.value == pytest.approx(1.0, abs=0.02)
    assert found.low < found.high < 1.1
    assert found.low <= 1.0 <= found.high


def test_a_line_shows_both_medians_and_the_ratio_of_both_clocks() -> None:
    pair = Pair([Taken(10.0, 4.0)] * 3, [Taken(5.0, 3.0)] * 3)
    assert pair.line("click", "wall").split() == [
        *("click", "10.00", "5.00", "0.50", "0.50", "-", "0.50", "0.75")
    ]
    assert "base abc: no such method" in Pair([], [], "base abc: no such method").line("x", "cpu")


def test_a_commit_is_found_by_any_of_its_names(repository: Path) -> None:
    head = git(repository, "rev-parse", "HEAD")
    assert commit_named("main", repository) == head
    assert commit_named(head[:8], repository) == head
    assert commit_named("main~1", repository) != head


@pytest.mark.parametrize("wrong", ["mian", "main~7", "--all", "HEAD:file.txt"])
def test_a_wrong_base_is_named_in_one_sentence(repository: Path, wrong: str) -> None:
    with pytest.raises(ClickPoseError, match="names no commit of this repository") as caught:
        commit_named(wrong, repository)
    assert repr(wrong) in str(caught.value)


def test_no_base_and_no_checkout_say_so(tmp_path: Path) -> None:
    with pytest.raises(ClickPoseError, match="no commit to compare with"):
        commit_named("", tmp_path)
    with pytest.raises(ClickPoseError, match="is no git checkout"):
        commit_named("main", tmp_path)


def test_the_command_ends_with_that_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(["surely-no-such-commit"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("bench-compare: ")
    assert len(said.splitlines()) == 1


def test_the_files_of_a_commit_are_there_and_gone_afterwards(repository: Path) -> None:
    with checked_out(commit_named("main~1", repository), repository) as tree:
        assert (tree / "file.txt").read_text() == "old"
        assert len(git(repository, "worktree", "list").splitlines()) == 2
    assert not tree.parent.exists()
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_they_are_gone_after_an_error_and_after_the_folder_was_deleted(repository: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        checked_out(commit_named("main", repository), repository) as tree,
    ):
        (tree / ".git").unlink()
        raise KeyboardInterrupt
    assert not tree.parent.exists()
    assert len(git(repository, "worktree", "list").splitlines()) == 1


_CHILD = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
from pathlib import Path
sys.path.append(sys.argv[1])
import compare
compare.ROOT = Path(sys.argv[2])
class Slow:
    def __init__(self, folder, name, threads): pass
    def ask(self, row, seconds):
        print("measuring", flush=True)
        time.sleep(60)
    def end(self): pass
compare.Version = Slow
compare.commit_named.__defaults__ = compare.checked_out.__wrapped__.__defaults__ = (compare.ROOT,)
sys.exit(compare.main(["main~1", "--only", "click"]))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_who_is_stopped_in_the_middle_leaves_nothing_behind(
    repository: Path, tmp_path: Path, how: signal.Signals
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(BENCHMARKS), str(repository)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert child.stdout is not None
    while "measuring" not in (said := child.stdout.readline()):
        assert said, child.stderr.read() if child.stderr else ""
    assert list(temporary.iterdir())
    child.send_signal(how)
    _, told = child.communicate()
    assert child.returncode == 130
    assert "the temporary checkout is gone" in told
    assert not list(temporary.iterdir())
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_a_version_tells_what_each_call_took_or_why_it_cannot() -> None:
    calls: list[int] = []
    ready = {"click": Work(lambda: calls.append(1))}
    assert answer(Asked("click", 0.0), ready) == Answer()
    assert not calls
    found = answer(Asked("click", 0.001), ready)
    assert len(found.taken) == len(calls) >= 3
    failed = answer(Asked("no such row", 0.1), ready)
    assert not failed.taken
    assert "KeyError" in failed.failure
