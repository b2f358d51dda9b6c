"""Writes to a database that share a commit: a commit costs more than what it commits.

What was written is committed a moment after the first write, by a thread of its own, so
that it never waits for whatever the process does next. Where a commit fails, such as on
a full disk, its writes are made again one by one: only those that do not fit are lost.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

MOMENT = 0.25
"""So many seconds of work a process may lose that is killed."""


class Commits:
    """Writes to a database, and commits soon.

    Parameters
    ----------
    connection : sqlite3.Connection
        Opened for several threads; nobody else writes through it.

    Attributes
    ----------
    lock : RLock
        To be held by whoever uses the connection otherwise.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.lock = threading.RLock()
        self._connection = connection
        self._written: list[tuple[str, Sequence[Any]]] = []
        self._problem: sqlite3.Error | None = None
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._commit_soon, daemon=True)

    def write(self, statement: str, row: Sequence[Any]) -> None:
        """Execute a statement; soon it is committed.

        Raises
        ------
        sqlite3.Error
            If this, or what was written before it, cannot be kept.
        """
        with self.lock:
            self._complain()
            self._written.append((statement, row))
            try:
                self._connection.execute(statement, row)
            except sqlite3.Error:
                self._one_by_one()
        if self._thread.ident is None:
            self._thread.start()
        self._wake.set()

    def now(self) -> None:
        """Commit what has been written.

        Raises
        ------
        sqlite3.Error
            If it cannot be kept.
        """
        with self.lock:
            self._complain()
            try:
                self._connection.commit()
            except sqlite3.Error:
                self._one_by_one()
            self._written.clear()

    def close(self) -> None:
        """Commit, and end the thread.

        Raises
        ------
        sqlite3.Error
            If what was written cannot be kept.
        """
        self._ended.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()
        self.now()

    def _one_by_one(self) -> None:
        """Write again what has not been committed, as much of it as there is room."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.rollback()
        while self._written:
            with self._connection:
                self._connection.execute(*self._written[0])
            del self._written[0]

    def _complain(self) -> None:
        problem, self._problem = self._problem, None
        if problem is not None:
            raise problem

    def _commit_soon(self) -> None:
        while not self._ended.is_set():
            self._wake.wait()
            self._ended.wait(MOMENT)
            self._wake.clear()
            with self.lock:
                try:
                    self.now()
                except sqlite3.Error as error:
                    self._problem = error  # the next write tells of it
