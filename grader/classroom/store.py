"""What has been graded: an SQLite database that survives whatever ends a run.

Every result is committed a moment after it is there, in SQLite's write-ahead log:
killed at any time, the next run finds all that was finished but for the last moment's,
which is judged again. A result is known by its key: the digest of what was handed in,
the suite, the seed and the grader. Whoever handed in is stored beside it and points to
a key, so that equal submissions are judged once.

SQLite notices a damaged structure, not a damaged number: so each result carries a
digest, and one that does not match it is judged again.

References
----------
SQLite, "Write-Ahead Logging": https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from grader.classroom.commits import Commits
from grader.classroom.handin import Graded
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from grader.classroom.handin import HandIn

FILE = "grades.db"
FORMAT_VERSION = 1
_PAGE_BYTES = 1 << 14
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE results (
    key TEXT PRIMARY KEY, report BLOB NOT NULL, cpu_seconds REAL NOT NULL,
    failed INTEGER NOT NULL, isolation TEXT NOT NULL, digest BLOB NOT NULL
);
CREATE TABLE handins (
    student TEXT PRIMARY KEY, position INTEGER NOT NULL, value BLOB NOT NULL, key TEXT
);
"""
_RESULT = "results.key, report, cpu_seconds, failed, isolation, digest"
_COLUMNS = {
    "facts": "name, value",
    "results": _RESULT,
    "handins": "student, position, value, handins.key",
}


class Result(NamedTuple):
    """A report as it is stored.

    Parameters
    ----------
    key : str
        Of the submission, the suite, the seed and the grader.
    report : bytes
        The report as JSON.
    cpu_seconds : float
        What judging cost.
    failed : bool
        Whether the grader itself failed somewhere: to be judged again.
    isolation : str
        How the student's code was kept apart.
    """

    key: str
    report: bytes
    cpu_seconds: float
    failed: bool
    isolation: str

    def digest(self) -> bytes:
        """Return what shows whether it came back as it was put."""
        facts = self.key, self.cpu_seconds, int(self.failed), self.isolation
        found = hashlib.blake2b(repr(facts).encode(), digest_size=16)
        found.update(self.report)
        return found.digest()

    def of(self, student: Graded) -> Graded:
        """Return what is known of a student, with this as their result."""
        from grader.classroom.reports import decode  # noqa: PLC0415  (an extra)

        return replace(
            student, report=decode(self.report), cpu_seconds=self.cpu_seconds
        )


class Store:
    """The database of a class; one process has it at a time.

    Parameters
    ----------
    folder : Path
        Where ``grades.db`` lies, or will lie.

    Raises
    ------
    GraderError
        If another process has it, a newer grader wrote it, or it cannot be written.
        A damaged database is moved aside, and a new one begun: `moved` tells where.
    """

    def __init__(self, folder: Path) -> None:
        _need_msgspec()
        self._path = folder / FILE
        self.moved: Path | None = None
        with self._told():
            try:
                self._connection = self._open()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and not _damaged(error):
                    raise
                self.moved = self._move_aside()
                self._connection = self._open()
        self._commits = Commits(self._connection)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; what was put is kept."""
        with contextlib.suppress(sqlite3.Error):
            self._commits.close()
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def fact(self, name: str) -> str | None:
        """Return what was noted under a name, or None."""
        with self._asking():
            row = self._connection.execute(
                "SELECT value FROM facts WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else str(row[0])

    def note(self, name: str, value: str) -> None:
        """Note a fact of the class under a name; with it all that was put is kept."""
        with self._told():
            self._commits.write(
                "INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value)
            )
            self._commits.now()

    def __len__(self) -> int:
        """Return how many students have a hand-in here."""
        with self._asking():
            row = self._connection.execute("SELECT count(*) FROM handins").fetchone()
        return int(row[0])

    def holds(self, key: str, *, sealed: bool = False) -> bool:
        """Tell whether a result is there that need not be judged again.

        Parameters
        ----------
        key : str
            The result's key.
        sealed : bool
            Whether it must have been judged sealed.
        """
        with self._asking():
            row = self._connection.execute(
                f"SELECT {_RESULT} FROM results WHERE key = ?", (key,)
            ).fetchone()
        result = None if row is None else _sound(row)
        if result is None or result.failed:
            return False
        return not sealed or result.isolation.startswith("sealed")

    def put(self, result: Result) -> None:
        """Keep a result: a moment from now it is there, whatever ends this process."""
        row = (
            result.key,
            result.report,
            result.cpu_seconds,
            int(result.failed),
            result.isolation,
            result.digest(),
        )
        with self._told():
            self._commits.write(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)", row
            )

    def hand_in(self, position: int, hand_in: HandIn, key: str | None) -> None:
        """Keep who handed in what; a key of None: it cannot be judged."""
        import msgspec  # noqa: PLC0415  (an extra)

        value = msgspec.json.encode(Graded.of(hand_in))
        row = (hand_in.student.id, position, value, key)
        with self._told():
            self._commits.write(
                "INSERT OR REPLACE INTO handins VALUES (?, ?, ?, ?)", row
            )

    def keep_only(self, students: Collection[str]) -> None:
        """Forget the hand-ins of everybody else; their results stay, for all cases."""
        with self._asking():
            known = self._connection.execute("SELECT student FROM handins").fetchall()
            for (name,) in known:
                if name not in students:
                    self._commits.write(
                        "DELETE FROM handins WHERE student = ?", (name,)
                    )

    def graded(self) -> Iterator[Graded]:
        """Yield what is known of each student, in the order of the class.

        A student whose submission has not been judged yet is left out, and so is one
        whose result is damaged: `course grade` judges it again.

        Raises
        ------
        GraderError
            If what is known of a student cannot be read.
        """
        import msgspec  # noqa: PLC0415  (an extra)

        as_graded = msgspec.json.Decoder(Graded)
        with self._asking():
            for value, wanted, *row in self._connection.execute(
                f"SELECT value, handins.key, {_RESULT} FROM handins "
                "LEFT JOIN results ON handins.key = results.key ORDER BY position"
            ):
                result = _sound(row)
                try:
                    known: Graded = as_graded.decode(value)
                    made = known if result is None else result.of(known)
                except (msgspec.DecodeError, TypeError):
                    raise GraderError(
                        f"{self._path}: is damaged, or another version of the grader "
                        "wrote it. Run course grade again."
                    ) from None
                if wanted is None or result is not None:
                    yield made

    def _open(self) -> sqlite3.Connection:
        # Its commits are made by another thread; a lock sees to it that one is at work.
        connection = sqlite3.connect(self._path, timeout=0, check_same_thread=False)
        try:
            # Of a new database: a report has tens of kilobytes, and a call each page.
            connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            # Before the first read: whoever has the log has the database.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            self._check(connection)
            connection.commit()
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > FORMAT_VERSION:
            raise GraderError(
                f"{self._path}: was written by a newer grader. Install that one, or "
                "name another folder with --out."
            )
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        }
        if not tables and not version:
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
            return
        sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        if not sound or version != FORMAT_VERSION:
            raise sqlite3.DatabaseError("not a database of a class")
        for table, columns in _COLUMNS.items():  # complains of what is missing
            connection.execute(f"SELECT {columns} FROM {table} LIMIT 0")

    def _move_aside(self) -> Path:
        number = 1
        while (aside := self._path.with_name(f"{FILE}.damaged-{number}")).exists():
            number += 1
        self._path.rename(aside)
        for suffix in ("-wal", "-shm"):
            part = self._path.with_name(FILE + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
        return aside

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        with self._told(), self._commits.lock:
            yield

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite and the disk complain of into one line."""
        try:
            yield
        except sqlite3.Error as error:
            raise GraderError(f"{self._path}: {_in_words(error)}") from None
        except OSError as error:
            raise GraderError(f"{self._path}: {error.strerror}.") from None


def _sound(row: Sequence[Any]) -> Result | None:
    """Return a row of results; None where there is none, or it is damaged."""
    key, report, cpu_seconds, failed, isolation, digest = row
    if digest is None:
        return None
    result = Result(key, report, cpu_seconds, failed != 0, isolation)
    try:
        return result if result.digest() == digest else None
    except TypeError:  # a damaged column may have another type
        return None


def _need_msgspec() -> None:
    if importlib.util.find_spec("msgspec") is None:
        raise GraderError(
            "keeping the results of a class needs msgspec. Run: pip install msgspec"
        )


_WORDS = {
    "locked": "another run is at work on it. Wait until it has ended.",
    "full": "the disk is full. Make room and run the same command again.",
    "disk i/o": "cannot be written: is the disk full? Run the same command again.",
    "readonly": "is read-only. Name another folder with --out.",
    "unable to open": "cannot be opened. Name another folder with --out.",
}


def _in_words(error: sqlite3.Error) -> str:
    text = str(error)
    for part, words in _WORDS.items():
        if part in text.lower():
            return words
    return f"{text}. Move it away and run the same command again."


def _damaged(error: sqlite3.OperationalError) -> bool:
    """Tell whether an error of a kind that often passes tells of damage after all."""
    text = str(error).lower()
    return "malformed" in text or "no such" in text
