"""What judges that others wrote say, which come by npm."""

import subprocess

import pytest


@pytest.fixture(scope="session")
def node():
    """Return a function that runs a script in a folder and gives what it prints."""

    def run(folder, kind, script, given):
        done = subprocess.run(
            ["node", f"--input-type={kind}", "--eval", script],
            input=given,
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-500:]
        return done.stdout

    return run
