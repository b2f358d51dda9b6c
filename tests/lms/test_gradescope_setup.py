"""Gradescope's autograder before its first run: what is in the zip, and its set-up."""

from __future__ import annotations

import stat
import subprocess
import sys
import zipfile

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Gradescope runs autograders on Linux"
)


def test_the_zip_lets_only_its_owner_in(exported):
    with zipfile.ZipFile(exported("gradescope")) as made:
        modes = {i.filename: i.external_attr >> 16 for i in made.infolist()}

    assert {"setup.sh", "run_autograder"} <= set(modes)
    assert {"course/solutions/stride.py", "course/tests/hidden/stride.py"} <= set(modes)
    for name, mode in modes.items():
        executable = name.endswith("/") or name in ("setup.sh", "run_autograder")
        assert stat.S_IMODE(mode) == (0o700 if executable else 0o600)
        assert stat.S_ISDIR(mode) == name.endswith("/")


@pytest.fixture
def set_up(exported, tmp_path):
    """Return a function that runs `setup.sh` with one fake Python and no network."""
    root = tmp_path / "autograder"
    with zipfile.ZipFile(exported("gradescope")) as made:
        made.extractall(root / "source")

    def run(python):
        (tmp_path / "python3").write_text(f"#!/bin/bash\n{python}\n")
        (tmp_path / "python3").chmod(0o755)
        (tmp_path / "ls").symlink_to("/bin/ls")
        return subprocess.run(
            ["/bin/bash", root / "source" / "setup.sh"],
            env={"PATH": str(tmp_path), "AUTOGRADER_ROOT": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )

    run.source = root / "source"
    return run


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("exit 1", "this image has no Python 3.10 or newer. Choose Ubuntu 22.04 or"),
        ('[ "$1" = -c ]', "python3-venv is missing and could not be installed"),
        (
            '[ "$1" = -c ] && exit\n'
            '[ "$3" = venv ] || exit 1\n'
            '/bin/mkdir -p "${!#}/bin"; /bin/cp "$0" "${!#}/bin/python"',
            "pip could not install the grader and numpy, click, pyyaml",
        ),
    ],
)
def test_an_image_that_cannot_be_built_says_why(set_up, python, said):
    ran = set_up(python)

    assert ran.returncode == 1
    assert said in ran.stderr


def test_a_zip_without_its_wheel_is_said_to_be_one(set_up):
    for wheel in set_up.source.glob("*.whl"):
        wheel.unlink()
    ran = set_up("exit 0")

    assert ran.returncode == 1
    assert "the grader's wheel is missing" in ran.stderr
