"""A class of 1,000, handed in and judged as an instructor does it: what it costs.

Whole assignments with mistakes in them, all the submissions of tests/submissions whose
verdict is known, the hostile ones too (made_up_class.py says how): `course grade` must
give each its verdict, and leave no process, file or memory behind. Then CPU seconds:

- *the students' own* is what their functions cost when the same judge calls them
  directly in this process, on the same inputs: no worker, no message, no copy counts.
- *overhead* is everything else that `course grade` spends over all of its processes,
  until the page is written, as a share of the students' own. Nobody in that class is
  hostile: what those compute is whatever the limits let them have. Both are measured
  in turn, on the same class, a few times: the students' own before and after what it
  is compared with, since a machine's speed drifts. The median of the shares is told.

The same twelve cases of one function are given to `course grade`, to `otter run` and
to plain pytest; each of the latter two is run a few times, and a class of 1,000 is
reckoned from that.

Run ``python benchmarks/class_of_1000.py`` from the root for all of it, with ``--size``,
``--overhead``, ``--pair`` and ``--peers`` for smaller classes, with ``--only`` for a
part; OTTER names otter's program where it is not installed beside this Python. Wall
time, and with it the gain of a second job, is only worth something on a quiet machine:
the load is printed beside it, and what two processes gain over one that have nothing in
common.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in all the grader's processes

from against_otter import (
    CASES,
    cost,
    cpu,
    find_otter,
    run_otter,
    twelve_calls,
    write_autograder,
    write_course,
)
from made_up_class import SEED, File, Member, Members, assemble, hand_in
from students_own import own_seconds

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.classroom.store import FILE

ROOT = Path(__file__).parents[1]
GRADE = [sys.executable, "-c", "from grader.cli.course import main; main()", "grade"]
SAMPLE_SECONDS = 2.0
PEER_RUNS = 3
ROUNDS = 3
LOOP = "for number in range(30_000_000): pass"
MODULE_TEST = """\
import pickle
from pathlib import Path

import numpy as np
import pytest

from submission import conv2d

CASES = pickle.loads(Path(__file__).with_name("cases.pickle").read_bytes())


@pytest.mark.parametrize(("case", "answer"), CASES)
def test_conv2d(case, answer):
    np.testing.assert_allclose(conv2d(**case), answer)
"""


@dataclass
class Usage:
    """What a run of `course grade` used."""

    cpu: float = 0.0
    wall: float = 0.0
    samples: list[dict[str, float]] = field(default_factory=list)


def stat(pid: int) -> tuple[int, float, int] | None:
    """Return a process's parent, its resident megabytes, and its descriptors."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
        fields = text.rpartition(")")[2].split()
        resident = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        return int(fields[1]), resident, len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return None


def below(pid: int) -> dict[int, list[tuple[float, int]]]:
    """Return resident megabytes and descriptors of all below a process, by depth."""
    known = {int(p.name): stat(int(p.name)) for p in Path("/proc").glob("[0-9]*")}
    levels: dict[int, list[tuple[float, int]]] = {}
    parents, depth = {pid}, 0
    while parents:
        depth += 1
        here = {p for p, facts in known.items() if facts and facts[0] in parents}
        levels[depth] = [known[p][1:] for p in here]  # type: ignore[index]
        parents = here
    return levels


def watch(pid: int, samples: list[dict[str, float]], ended: threading.Event) -> None:
    """Look at a run and all that it started, now and then."""
    while not ended.wait(SAMPLE_SECONDS):
        own, levels = stat(pid), below(pid)
        if own is None:
            continue
        samples.append(
            {
                "command": own[1],
                "largest lane": max((mb for mb, _ in levels.get(1, [])), default=0),
                "largest zygote": max((mb for mb, _ in levels.get(2, [])), default=0),
                "descriptors": own[2] + sum(n for _, n in levels.get(1, [])),
                "processes": 1 + sum(map(len, levels.values())),
            }
        )


def grade(root: Path, folder: Path, out: Path, jobs: int, scratch: Path) -> Usage:
    """Grade a class as an instructor does; return what it took."""
    command = [*GRADE, str(folder), "--out", str(out), "--jobs", str(jobs)]
    environment = {**os.environ, "TMPDIR": str(scratch)}
    usage, ended = Usage(), threading.Event()
    cpu_before, begun = cpu(), time.monotonic()
    with (
        (out.parent / "log.txt").open("w") as log,
        subprocess.Popen(
            [*command, "--seed", str(SEED)],
            cwd=root,
            env={**environment, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
        ) as run,
    ):
        watching = threading.Thread(target=watch, args=(run.pid, usage.samples, ended))
        watching.start()
        code = run.wait()
        ended.set()
        watching.join()
    usage.cpu, usage.wall = cpu() - cpu_before, time.monotonic() - begun
    if code not in {0, 1}:
        sys.exit(f"exit code {code}\n{(out.parent / 'log.txt').read_text()[-2000:]}")
    return usage


def reports(out: Path) -> dict[str, tuple[dict, float]]:
    """Return what was stored of each student: the report, and its CPU seconds."""
    with sqlite3.connect(out / FILE) as connection:
        rows = connection.execute(
            "SELECT student, report, cpu_seconds FROM handins JOIN results USING (key)"
        ).fetchall()
    connection.close()
    return {student: (json.loads(text), seconds) for student, text, seconds in rows}


def wrong_grades(
    members: Members,
    found: dict[str, tuple[dict, float]],
) -> list[str]:
    """Return whose verdict is not the one that it must be."""
    problems = []
    for student, member in members.items():
        if student not in found:
            problems.append(f"{student}: no result")
            continue
        said = {each["name"]: each for each in found[student][0]["exercises"]}
        problems += [f"{student}: {each}" for each in wrong_exercises(member, said)]
    return problems


def wrong_exercises(member: Member, said: dict[str, dict]) -> Iterator[str]:
    """Yield which exercises of a student have a verdict that they must not have."""
    for name in member.files.keys() - said.keys():
        yield f"{name} was not judged"
    for name, exercise in said.items():
        file = member.files.get(name)
        verdicts = {check["verdict"] for check in exercise["checks"]}
        score = sum(check["score"] or 0 for check in exercise["checks"])
        if file is None:
            bad = score > 0 or verdicts & {"PASS", "INTERNAL"}
        elif member.spoils and not file.hostile:
            bad = "INTERNAL" in verdicts
        else:
            bad = wrong_verdicts(file, verdicts, score)
        if bad:
            what = file.name if file is not None else "not handed in"
            yield f"{name} ({what}) {sorted(verdicts)} {score:g}"


def wrong_verdicts(file: File, verdicts: set[str], score: float) -> bool:
    """Tell whether a file must not get these verdicts, or that many points."""
    if file.hostile:
        allowed = verdicts <= file.verdicts | {"SKIP"}
        return not allowed or (score > 0 and "PASS" not in file.verdicts)
    if file.verdicts == {"PASS"}:
        return verdicts != {"PASS"}
    return not verdicts & file.verdicts or "INTERNAL" in verdicts


def growth(samples: list[dict[str, float]]) -> None:
    """Print what was held in the second quarter of the judging, and in the last."""
    samples = [sample for sample in samples if sample["largest zygote"] > 0]
    quarter = len(samples) // 4
    for name in samples[0] if quarter else ():
        values = [sample[name] for sample in samples]
        early, late = values[quarter : 2 * quarter], values[3 * quarter :]
        print(
            f"  {name:15} {statistics.median(early):7.1f} in the second quarter, "
            f"{statistics.median(late):7.1f} in the last; at most {max(values):.0f}"
        )


def whole_class(count: int, folder: Path) -> None:
    """Grade a class with two jobs; print whether it went right, and what it took."""
    members = assemble(count, hostile=True)
    scratch = folder / "tmp"
    scratch.mkdir()
    hand_in(folder / "class", members)
    usage = grade(ROOT, folder / "class", folder / "out", 2, scratch)
    found = reports(folder / "out")
    with (folder / "out/grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = len(list(csv.reader(file))) - 1
    problems = wrong_grades(members, found)
    attackers = {student for student, each in members.items() if each.hostile}
    hostile = sum(found[student][1] for student in attackers)
    lanes = sum(seconds for _, seconds in found.values()) - hostile
    handed_in = [file for each in members.values() for file in each.files.values()]
    print(
        f"class of {count}, {len(attackers)} of them hostile, {len(handed_in)} files "
        f"of {len({file.name for file in handed_in})} kinds; {rows} rows in grades.csv"
    )
    print(f"  grades that are wrong: {len(problems)}", *problems[:10], sep="\n    ")
    left = [path.name for path in scratch.rglob("*")]
    print(f"  temporary files left: {left or 'none'}")
    growth(usage.samples)
    print(
        f"  CPU {usage.cpu:.1f} s: hostile {hostile:.1f}, judging the others "
        f"{lanes:.1f}, all else {usage.cpu - hostile - lanes:.1f} (start, reading, "
        f"storing, pages); wall {usage.wall:.0f} s"
    )


def overhead(count: int, folder: Path) -> None:
    """Print what grading costs over the students' own, for a class with no hostile."""
    course = courses.load(ROOT / "course.yml")
    suite = LiveSuite(course, SEED)
    members = assemble(count, hostile=False)
    modules = [member.modules for member in members.values()]
    hand_in(folder / "class", members)
    (folder / "tmp").mkdir()
    rounds = []
    before = own_seconds(course, suite, modules)
    for number in range(ROUNDS if count < 1000 else 1):  # a large one takes long
        out = folder / f"out-{number}"
        usage = grade(ROOT, folder / "class", out, 1, folder / "tmp")
        after = own_seconds(course, suite, modules)
        own, before = (before + after) / 2, after
        judging = sum(seconds for _, seconds in reports(out).values())
        rounds.append((own, judging, usage.cpu))
        print(
            f"  the students' own {own:.1f} s, judging {judging:.1f} s, "
            f"all of course grade {usage.cpu:.1f} s CPU",
            flush=True,
        )
    judged = statistics.median(judging / own for own, judging, _ in rounds)
    whole = statistics.median(everything / own for own, _, everything in rounds)
    print(
        f"class of {count}: judging {_over(judged)} the students' own, with all else "
        f"{_over(whole)} (target: at most 25 %)"
    )


def _over(ratio: float) -> str:
    return f"{100 * (ratio - 1):.0f} % over"


def second_core() -> float:
    """Return how much more two processes that only count do than one: 2 at best."""
    walls = {}
    for count in (1, 2):
        begun = time.monotonic()
        loops = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(count)]
        for loop in loops:
            loop.wait()
        walls[count] = time.monotonic() - begun
    return 2 * walls[1] / walls[2]


def two_jobs(count: int, folder: Path) -> None:
    """Print the gain of a second job for a class without hostile ones."""
    machine = [second_core()]
    members = assemble(count, hostile=False)
    hand_in(folder / "class", members)
    (folder / "tmp").mkdir()
    walls = {}
    for jobs in (1, 2):
        usage = grade(
            ROOT, folder / "class", folder / f"out-{jobs}", jobs, folder / "tmp"
        )
        walls[jobs] = usage.wall
        print(f"  {jobs} job(s): {usage.wall:.1f} s, CPU {usage.cpu:.1f} s")
    gain = walls[1] / walls[2]
    print(f"class of {count}: two jobs {gain:.2f} x as fast (target: at least 1.8)")
    machine.append(second_core())
    print(
        "  here a second process that only counts adds as much as makes "
        f"{machine[0]:.2f} x before, {machine[1]:.2f} x after"
    )


def peers(size: int, folder: Path) -> None:
    """Print what twelve cases cost here, in `otter run` and in plain pytest."""
    import pickle  # noqa: PLC0415

    otter, calls = find_otter(), twelve_calls()
    ours, theirs, plain = folder / "ours", folder / "otter", folder / "pytest"
    for made in (ours, theirs, plain):
        made.mkdir()
    write_course(ours, calls)
    source = (ROOT / "solutions/stride.py").read_text("utf-8")
    for count in (size, 1):
        for number in range(count):
            home = folder / f"class-{count}" / f"student-{number}"
            home.mkdir(parents=True)
            (home / "stride.py").write_text(f"{source}\n# {count} {number}\n", "utf-8")
    costs = {
        count: grade(ours, folder / f"class-{count}", folder / f"o{count}", 2, folder)
        for count in (size, 1)
    }
    each = (costs[size].cpu - costs[1].cpu) / (size - 1)
    whole = costs[1].cpu + 999 * each
    write_autograder(theirs, calls, otter)
    shutil.copyfile(ROOT / "solutions/stride.py", plain / "submission.py")
    (plain / "test_cases.py").write_text(MODULE_TEST)
    function = load_module(plain / "submission.py").conv2d
    cases = [(dict(call.kwargs), function(**call.kwargs)) for call in calls]
    (plain / "cases.pickle").write_bytes(pickle.dumps(cases))
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    by_otter = statistics.median(run_otter(theirs, otter) for _ in range(PEER_RUNS))
    by_pytest = statistics.median(cost(pytest, plain) for _ in range(PEER_RUNS))
    print(f"{CASES} cases, a class of 1,000, CPU seconds, reckoned from a few runs:")
    print(
        f"  course grade {whole:8.1f}, the page included; {each * 1e3:.1f} ms more each"
    )
    for name, seconds in (("otter run", by_otter), ("pytest", by_pytest)):
        print(
            f"  {name:12} {1000 * seconds:8.1f}  {1000 * seconds / whole:6.1f} x more"
        )


PARTS = {
    "size": whole_class,
    "overhead": overhead,
    "pair": two_jobs,
    "peers": peers,
}


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name, count, said in (
        ("size", 1000, "the class that is graded, checked and watched"),
        ("overhead", 200, "the class whose own compute is measured, too"),
        ("pair", 300, "the class that is graded with one job, then with two"),
        ("peers", 100, "the class on otter's and pytest's cases; at least 2"),
    ):
        reading.add_argument(
            f"--{name}", type=int, default=count, metavar="N", help=said
        )
    reading.add_argument("--only", choices=PARTS, help="measure this part alone")
    asked = reading.parse_args()
    for name, part in PARTS.items():
        if asked.only not in {None, name}:
            continue
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            part(getattr(asked, name), Path(folder))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
