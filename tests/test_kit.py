"""Students get of the engine what their commands import, and no more."""

import subprocess
import sys
import zipfile

import pytest

from grader import kit, wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with the students' engine, and nothing else of ours."""
    folder = tmp_path_factory.mktemp("installed")
    name, content = wheel.build()
    (folder / name).write_bytes(content)
    zipfile.ZipFile(folder / name).extractall(folder)
    return folder


def run(folder, code):
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(folder)!r}); {code}",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_nothing_of_the_authors_is_in_it():
    files = [path.relative_to(kit._folder()) for path in kit.files()]
    names = {path.parts[0] for path in files}

    assert not names & {"doctor", "release.py", "scaffold.py"}
    # What judges in a student's repository, and reads what was handed in there.
    assert {p.name for p in files if p.parts[0] == "lms"} == {
        "__init__.py",
        "github_run.py",
        "handin.py",
        "judging.py",
    }
    assert {p.parts[1] for p in files if p.parts[0] == "classroom"} == {
        "__init__.py",
        "handin.py",
        "intake",
    }
    assert {"cli", "checks", "sandbox", "report", "quiz", "catalogue"} <= names


def test_every_module_in_it_finds_what_it_imports(installed):
    files = set(kit.files())
    modules = [
        kit._module(path)
        for path in files
        if path.suffix == ".py" and path.name != "__main__.py"
    ]
    missing = {
        name
        for module in modules
        for name in kit._imported(kit._path(module), module)
        if kit._path(name) is not None and kit._path(name) not in files
    }

    assert len(modules) > 100
    assert missing == set()


@pytest.mark.parametrize("command", ["grade", "quiz"])
def test_a_students_command_starts_from_it(installed, command):
    code = (
        f"from grader.cli.{command} import main; import grader; "
        f"assert grader.__file__.startswith({str(installed)!r}); "
        f"sys.argv = [{command!r}, '--help']; main()"
    )

    done = run(installed, code)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_has_no_command_for_authors(installed):
    (entries,) = installed.glob("*.dist-info/entry_points.txt")

    scripts = [line.split(" = ")[0] for line in entries.read_text().splitlines()[1:]]
    assert scripts == ["grade", "quiz"]
    assert run(installed, "import grader.doctor").returncode == 1


def test_families_of_questions_are_found_in_it(installed):
    code = "from grader.quiz import registry; print(len(registry.names()))"

    assert int(run(installed, code).stdout or 0) > 40
