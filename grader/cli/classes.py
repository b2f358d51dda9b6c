"""``course grade`` and ``course report``: a whole class."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import root
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.classroom.batch import Batch, Progress, Runner, Summary
    from grader.classroom.handin import Graded
    from grader.classroom.intake import Intake
    from grader.classroom.outputs import Early
    from grader.classroom.task import Setting
    from grader.course import Course

_SPARSE_SECONDS = 10.0  # between lines of progress that are not for people

gradebook_option = click.option(
    "--gradebook",
    metavar="CSV",
    type=click.Path(path_type=Path),
    help="Fill in this gradebook, exported from Canvas or Moodle.",
)


@root.example("course grade submissions.zip --out grades")
@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder for grades, feedback and the page of the class.",
)
@click.option(
    "--exercise",
    "names",
    multiple=True,
    metavar="NAME",
    help="Judge only this exercise; may be given again (default: all).",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Judge so many at once (default: one a core).",
)
@click.option(
    "--dask", metavar="ADDRESS", help="Judge on a dask cluster, as in tcp://host:8786."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    metavar="N",
    help="Draw these inputs (default: the class's own, drawn at its first run).",
)
@click.option(
    "--require",
    type=click.Choice(["sealed", "process"]),
    help="Refuse to judge with less isolation than this.",
)
@gradebook_option
@click.option("--similar", is_flag=True, help="Look for submissions that are alike.")
def grade(  # noqa: PLR0917  (click passes them by name)
    submissions: Path,
    out: Path,
    names: tuple[str, ...],
    jobs: int | None,
    dask: str | None,
    seed: int | None,
    require: str | None,
    gradebook: Path | None,
    similar: bool,
) -> int:
    """Judge a class.

    SUBMISSIONS is a folder or a zip, as Canvas, Moodle or Gradescope hand it out, or
    with a folder or a zip per student (docs/classes.md shows each).

    Results are kept in DIR/grades.db: after an interruption, the same command goes on,
    and what has not changed is not judged again.

    Exit code 0: everybody earned everything; 1: not all; 2: usage, course or input
    error; 3: the grader itself failed on some, which the next run tries again.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from grader import course as courses  # noqa: PLC0415
    from grader.classroom import batch, intake, outputs  # noqa: PLC0415
    from grader.classroom.store import Store  # noqa: PLC0415
    from grader.files import make_folder  # noqa: PLC0415

    here = courses.find()
    chosen = here.select(names)
    wanted = {f"{name}.py" for e in chosen for name in (e.name, *e.needs)}
    with contextlib.ExitStack() as ending:
        with intake.read(submissions, wanted) as hand_ins:
            make_folder(out)
            with Store(out) as store:
                _say_moved(store.moved)
                drawn = batch.class_seed(out, seed)
                work = batch.Batch(here, chosen, store, seed=drawn, require=require)
                early = outputs.Early(here, out, hand_ins.students)
                runner = _runner(here, work.setting, jobs, dask, early)
                ending.callback(runner.close)  # its processes end as all is written
                click.echo(f"{hand_ins.layout}: {len(hand_ins)} hand-ins", err=True)
                # The processes of this machine write the feedback themselves.
                heed = None if dask is None else early.heed
                gc.freeze()  # what is loaded stays: no need to look through it again
                ending.callback(gc.unfreeze)
                summary = _judge(work, hand_ins, runner, heed)
                summary.notes += hand_ins.notes
                graded = list(store.graded())
        _tell(summary)
        files = None
        if similar:
            with intake.read(submissions, wanted) as again:
                files = {
                    each.student.id: each.submission.files
                    for each in again
                    if each.submission is not None
                }
        return _write(here, graded, out, gradebook, files, early)


def _judge(
    work: Batch,
    hand_ins: Intake,
    runner: Runner,
    heed: Callable[[Graded], None] | None,
) -> Summary:
    tell = _Progress()
    try:
        summary = work.grade(hand_ins, len(hand_ins), runner, tell, heed)
    except KeyboardInterrupt:
        tell.end()
        click.echo("What is judged is kept: run the same again.", err=True)
        raise
    tell.end()
    return summary


@root.example("course report grades --gradebook canvas-export.csv")
@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@gradebook_option
def report(folder: Path, gradebook: Path | None) -> int:
    """Write grades, feedback and the page anew from what `course grade` stored.

    After a change of the rules in course.yml, say: nothing is judged again.
    """
    from grader import course as courses  # noqa: PLC0415
    from grader.classroom.store import FILE, Store  # noqa: PLC0415

    here = courses.find()
    if not (folder / FILE).is_file():
        raise GraderError(
            f"{folder}: holds no {FILE}. Name the folder that course grade wrote."
        )
    with Store(folder) as store:
        _say_moved(store.moved)
        graded = list(store.graded())
    return _write(here, graded, folder, gradebook)


class _Progress:
    """Shows how far it is: in place to people, now and then in a log."""

    def __init__(self) -> None:
        self._person = sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + (0.0 if self._person else _SPARSE_SECONDS)

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        if self._person:
            click.echo(f"\r\033[K{progress}", nl=False, err=True)
            self._next = now + 0.1
        else:
            click.echo(f"{progress}", err=True)
            self._next = now + _SPARSE_SECONDS

    def end(self) -> None:
        """Leave the line to what comes next."""
        if self._person:
            click.echo("\r\033[K", nl=False, err=True)


def _runner(
    course: Course,
    setting: Setting,
    jobs: int | None,
    dask: str | None,
    early: Early,
) -> Runner:
    """Return what judges: processes of this machine, or the cluster named."""
    if dask is None:
        from grader.classroom.lanes import Lanes  # noqa: PLC0415

        return Lanes(course, setting, jobs or _cores(), early)
    try:
        from grader.classroom.cluster import Cluster  # noqa: PLC0415
    except ModuleNotFoundError:
        raise GraderError(
            "--dask needs the distributed package. Run: pip install distributed"
        ) from None
    return Cluster(course, setting, dask)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _say_moved(moved: Path | None) -> None:
    if moved is not None:
        click.echo(
            f"grades.db was damaged: it was moved to {moved}, and all is judged again "
            "with the same inputs",
            err=True,
        )


def _tell(summary: Summary) -> None:
    for note in summary.notes:
        click.echo(f"note: {note}", err=True)
    parts = [f"{summary.judged} judged"]
    if summary.reused:
        parts.append(f"{summary.reused} with a result that was there")
    if summary.refused:
        parts.append(f"{summary.refused} could not be taken")
    click.echo(", ".join(parts), err=True)
    if summary.failed:
        click.echo(
            f"the grader itself failed on {summary.failed}: these have no grade; "
            "run the same again to try once more",
            err=True,
        )


def _write(
    course: Course,
    graded: list[Graded],
    out: Path,
    gradebook: Path | None,
    files: dict[str, Mapping[str, bytes]] | None = None,
    early: Early | None = None,
) -> int:
    from grader.classroom import outputs  # noqa: PLC0415

    written = outputs.write(
        course, graded, out, files=files, gradebook=gradebook, early=early
    )
    for note in written.notes:
        click.echo(f"note: {note}", err=True)
    for path in written.files:
        click.echo(f"wrote {path}")
    codes = [each.report.exit_code for each in graded if each.report is not None]
    refused = any(each.report is None for each in graded)
    return max([*codes, 1 if refused else 0], default=0)
