"""Judge a class on a dask cluster: the same work, the same grades, more machines.

The course travels to every worker once, with a plugin that keeps judges warm there.
Dask hands the task of a worker that died to another one.

References
----------
Dask.distributed, "Worker plugins" and "Resilience": https://distributed.dask.org
"""

from __future__ import annotations

import contextlib
import queue
import shutil
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distributed import Client, WorkerPlugin, as_completed, get_worker

from grader import course as courses
from grader.classroom.bench import Bench, failed
from grader.classroom.keys import engine
from grader.classroom.task import Setting
from grader.errors import GraderError, IsolationError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.classroom.store import Result
    from grader.classroom.task import Task
    from grader.course import Course

PLUGIN = "cnn-course"
_ANSWER_SECONDS = 20
_AHEAD = 3  # tasks for each thread of the cluster: none waits, and few are held


class Cluster:
    """Judges tasks on a dask cluster.

    Parameters
    ----------
    course : Course
        The course.
    setting : Setting
        What is judged, and how.
    address : str
        The scheduler's, such as ``tcp://host:8786``.

    Raises
    ------
    GraderError
        If no scheduler answers there.
    """

    def __init__(self, course: Course, setting: Setting, address: str) -> None:
        self._course = course
        self._setting = setting
        try:
            self._client = Client(address, timeout=_ANSWER_SECONDS)
        except (OSError, ValueError, TypeError):
            raise GraderError(
                f"{address}: no dask scheduler answers there. Start one with "
                "`dask scheduler`, and workers with `dask worker ADDRESS`."
            ) from None

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield results as they come; tasks are taken while the cluster has room.

        Raises
        ------
        GraderError
            If there is no worker, a worker has another grader, the course is not
            sound, or the isolation too weak.
        """
        threads = sum(self._client.nthreads().values())
        if not threads:
            raise GraderError(
                "the dask cluster has no worker. Start some with `dask worker ADDRESS`."
            )
        self._install()
        waiting = iter(tasks)
        doing: dict[str, Task] = {}
        found = as_completed(with_results=True, raise_errors=False)
        for task in islice(waiting, threads * _AHEAD):
            found.add(self._submit(task, doing))
        for future, said in found:
            task = doing.pop(future.key)
            yield self._result(task, future, said)
            for following in islice(waiting, 1):
                found.add(self._submit(following, doing))

    def close(self) -> None:
        """Take the course from the workers, and leave the cluster."""
        with contextlib.suppress(Exception):  # the cluster may be gone
            self._client.unregister_worker_plugin(PLUGIN)
        self._client.close()

    def _install(self) -> None:
        plugin = Judges(files_of(self._course), self._setting, engine())
        try:
            self._client.register_plugin(plugin, name=PLUGIN)
        except GraderError:
            raise
        except Exception as error:  # noqa: BLE001  (whatever the cluster raises)
            raise WorkerError(f"the workers cannot be prepared: {error}") from None

    def _submit(self, task: Task, doing: dict[str, Task]) -> Any:
        doing[task.key] = task
        # Whose it is, no other machine needs to know.
        judged = task._replace(student=None)
        return self._client.submit(judge, judged, key=task.key, pure=False)

    def _result(self, task: Task, future: Any, said: Any) -> Result:
        if future.status == "finished":
            result: Result = said
            return result
        # With an error come its type, itself and its traceback.
        error = said[1] if isinstance(said, tuple) else future.exception()
        if isinstance(error, (WorkerError, GraderError)):
            raise error
        problem = f"no worker of the cluster could judge it: {type(error).__name__}"
        return failed(self._course, self._setting, task.key, problem)


class Judges(WorkerPlugin):  # type: ignore[misc]  # dask is not typed
    """A plugin of dask's workers: the course's files, and warm judges.

    Parameters
    ----------
    files : mapping of str to bytes
        The course, by path below its folder.
    setting : Setting
        What is judged, and how.
    engine : str
        Digest of the grader that the results are to come from.
    """

    name = PLUGIN

    def __init__(
        self, files: Mapping[str, bytes], setting: Setting, engine: str
    ) -> None:
        self._files = dict(files)
        self._setting = setting
        self._engine = engine

    def setup(self, worker: Any) -> None:
        """Write the course down, and start a first judge."""
        if engine() != self._engine:
            raise GraderError(
                f"the worker {worker.address} has another grader or another numpy. "
                "Install the same there."
            )
        # Where dask tidies up after workers that were killed; for nobody else to read.
        folder = tempfile.mkdtemp(prefix="cnn-course-", dir=worker.local_directory)
        self._folder = Path(folder)
        for name, content in self._files.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self._idle: queue.SimpleQueue[Bench] = queue.SimpleQueue()
        self._idle.put(self._bench())

    def teardown(self, worker: Any) -> None:
        """End every judge, and remove the course."""
        with contextlib.suppress(queue.Empty, AttributeError):
            while True:
                self._idle.get_nowait().close()
        if hasattr(self, "_folder"):
            shutil.rmtree(self._folder, ignore_errors=True)

    def judge(self, task: Task) -> Result:
        """Judge with a judge that is idle, or a new one."""
        try:
            bench = self._idle.get_nowait()
        except queue.Empty:
            bench = self._bench()
        try:
            return bench.judge(task)
        finally:
            self._idle.put(bench)

    def _bench(self) -> Bench:
        setting = self._setting
        try:
            return Bench(
                Setting(
                    str(self._folder), setting.exercises, setting.seed, setting.require
                )
            )
        except IsolationError as error:
            raise GraderError(f"a worker of the cluster refuses: {error}") from None


def judge(task: Task) -> Result:
    """Judge on a worker of the cluster, with what its plugin keeps warm."""
    plugin: Judges = get_worker().plugins[PLUGIN]
    return plugin.judge(task)


def files_of(course: Course) -> dict[str, bytes]:
    """Return the files that judging needs, by their path below the course's folder."""
    paths = [course.root / courses.FILE_NAME]
    for exercise in course.exercises:
        for folder in (course.solutions, course.suite):
            paths.append(folder / f"{exercise.name}.py")
    return {
        path.relative_to(course.root).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file()
    }
