"""Writes share a commit, soon made; and one that fails takes no other with it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time

import pytest

from grader.classroom.commits import MOMENT, Commits

INSERT = "INSERT INTO results VALUES (?)"
PATIENCE = 20


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "some.db"
    with sqlite3.connect(made) as connection:
        connection.execute("CREATE TABLE results (number INTEGER UNIQUE)")
    connection.close()
    return made


@pytest.fixture
def connection(path):
    made = sqlite3.connect(path, timeout=0, check_same_thread=False)
    yield made
    made.close()


def kept(path):
    """Return what somebody else finds."""
    with sqlite3.connect(path) as other:
        found = [number for (number,) in other.execute("SELECT * FROM results")]
    other.close()
    return found


def test_what_is_written_is_soon_there_and_one_commit_serves_all(path, connection):
    said = []
    connection.set_trace_callback(said.append)
    commits = Commits(connection)
    for number in range(5):
        commits.write(INSERT, (number,))

    deadline = time.monotonic() + PATIENCE
    while len(kept(path)) < 5 and time.monotonic() < deadline:
        time.sleep(MOMENT / 5)

    assert kept(path) == [0, 1, 2, 3, 4]
    assert said.count("COMMIT") < 5
    commits.close()


def test_it_is_there_at_once_where_that_is_asked_for(path, connection):
    commits = Commits(connection)
    commits.write(INSERT, (1,))
    commits.now()
    first = kept(path)
    commits.write(INSERT, (2,))
    commits.close()

    assert first == [1]
    assert kept(path) == [1, 2]


def test_a_write_that_fails_takes_no_other_with_it(path, connection):
    commits = Commits(connection)
    commits.write(INSERT, (1,))

    with pytest.raises(sqlite3.IntegrityError):
        commits.write(INSERT, (1,))
    commits.write(INSERT, (2,))
    commits.close()

    assert kept(path) == [1, 2]


class Full:
    """A connection that cannot commit more than one write at a time."""

    def __init__(self, connection):
        self._connection, self._writes = connection, 0

    def execute(self, *args):
        self._writes += 1
        return self._connection.execute(*args)

    def commit(self):
        if self._writes > 1:
            raise sqlite3.OperationalError("database or disk is full")
        self._writes = 0
        self._connection.commit()

    def rollback(self):
        self._writes = 0
        self._connection.rollback()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.commit()


def test_what_does_not_fit_into_one_commit_is_committed_one_by_one(path, connection):
    commits = Commits(Full(connection))
    for number in range(3):
        commits.write(INSERT, (number,))
    commits.now()
    commits.close()

    assert kept(path) == [0, 1, 2]


def test_a_commit_that_failed_meanwhile_is_told_by_the_next_write(path, connection):
    other = sqlite3.connect(path)
    commits = Commits(connection)
    commits.write(INSERT, (1,))
    other.execute("PRAGMA user_version")  # a reader keeps a rollback journal waiting
    reading = other.execute("SELECT 1 FROM sqlite_master")
    reading.fetchone()
    time.sleep(3 * MOMENT)

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        commits.write(INSERT, (2,))

    other.close()
    commits.close()


def test_a_process_that_is_killed_has_lost_a_moment_at_most(path):
    code = f"""
import sqlite3, time
from grader.classroom.commits import Commits
commits = Commits(sqlite3.connect({str(path)!r}, check_same_thread=False))
commits.write({INSERT!r}, (1,))
time.sleep(2)
commits.write({INSERT!r}, (2,))
print("written", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"written\n"
        run.kill()

    assert kept(path)[:1] == [1]
