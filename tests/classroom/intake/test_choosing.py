"""Which of a student's files count, when there are more than one."""

import io
import json
import os
import tarfile


def files(hand_in):
    return {name: text.decode() for name, text in hand_in.submission.files.items()}


def one(taken, path):
    return taken(path)[1]["ada"]


def test_modules_may_lie_deeper(class_of, taken):
    path = class_of({"ada/hw/final/stride.py": "1", "eve/stride.py": ""})

    assert files(one(taken, path)) == {"stride.py": "1"}


def test_the_folder_with_most_exercises_counts(class_of, taken):
    path = class_of(
        {
            "ada/stride.py": "a try",
            "ada/final/stride.py": "1",
            "ada/final/padding.py": "2",
            "ada/final/helpers.py": "3",
            "eve/stride.py": "",
        }
    )

    ada = one(taken, path)

    assert files(ada) == {"stride.py": "1", "padding.py": "2", "helpers.py": "3"}
    assert ada.notes == ("stride.py: left out; final/stride.py counts",)


def test_of_two_folders_the_one_nearer_the_top_counts(class_of, taken):
    path = class_of(
        {"ada/a/b/stride.py": "deep", "ada/z/stride.py": "1", "eve/stride.py": ""}
    )

    assert files(one(taken, path)) == {"stride.py": "1"}


def test_of_two_folders_as_near_the_newer_counts(folder_of, taken):
    path = folder_of(
        {
            "ada/v1/stride.py": "old",
            "ada/v2/stride.py": "new",
            "eve/stride.py": "",
        }
    )
    os.utime(path / "ada/v1/stride.py", (1_600_000_000, 1_600_000_000))
    os.utime(path / "ada/v2/stride.py", (1_700_000_000, 1_700_000_000))

    newer = files(one(taken, path))
    os.utime(path / "ada/v1/stride.py", (1_800_000_000, 1_800_000_000))
    older = files(one(taken, path))

    assert (newer["stride.py"], older["stride.py"]) == ("new", "old")


def test_an_exercise_in_another_folder_is_taken_from_there(class_of, taken):
    path = class_of(
        {
            "ada/week1/stride.py": "1",
            "ada/week2/padding.py": "2",
            "eve/stride.py": "",
        }
    )

    assert files(one(taken, path)) == {"stride.py": "1", "padding.py": "2"}


def test_a_zip_in_a_zip_is_opened(class_of, taken):
    path = class_of(
        {"ada/hw.zip": {"a/inner.zip": {"b/stride.py": "1"}}, "eve/stride.py": ""}
    )

    assert files(one(taken, path)) == {"stride.py": "1"}


def test_a_tar_is_opened(class_of, taken, tar):
    path = class_of({"ada/hw.tar.gz": tar({"hw/stride.py": "1"}), "eve/stride.py": ""})

    assert files(one(taken, path)) == {"stride.py": "1"}


def test_a_tar_of_the_current_folder_is_opened(folder_of, taken):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        folder = tarfile.TarInfo("./")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        module = tarfile.TarInfo("./stride.py")
        module.size = 1
        archive.addfile(module, io.BytesIO(b"1"))
    path = folder_of({"ada/hw.tar": buffer.getvalue(), "eve/stride.py": ""})

    ada = one(taken, path)

    assert files(ada) == {"stride.py": "1"}
    assert ada.notes == ()


def test_litter_is_passed_over(class_of, taken):
    litter = (
        "__MACOSX/._stride.py",
        "._stride.py",
        ".DS_Store",
        ".git/hooks/padding.py",
        ".ipynb_checkpoints/padding.py",
        "__pycache__/stride.cpython-311.pyc",
        "venv/lib/padding.py",
        "my_env/pyvenv.cfg",
        "my_env/lib/padding.py",
    )
    tree = {f"ada/{name}": "litter" for name in litter}
    path = class_of({**tree, "ada/stride.py": "1", "eve/stride.py": ""})

    ada = one(taken, path)

    assert files(ada) == {"stride.py": "1"}
    assert ada.notes == ()


def test_a_name_written_otherwise_is_taken_and_noted(class_of, taken):
    path = class_of(
        {"ada/Stride.PY": "1", "ada/padding (2).py": "2", "eve/stride.py": ""}
    )

    ada = one(taken, path)

    assert files(ada) == {"stride.py": "1", "padding.py": "2"}
    assert set(ada.notes) == {
        "Stride.PY: taken as stride.py",
        "padding (2).py: taken as padding.py",
    }


def test_the_exact_name_wins_over_one_written_otherwise(zip_of, taken):
    path = zip_of(
        {
            "ada/Stride.py": "case",
            "ada/stride (1).py": "copy",
            "ada/stride.py": "1",
            "eve/stride.py": "",
        }
    )

    ada = one(taken, path)

    assert files(ada) == {"stride.py": "1"}
    assert "Stride.py: left out; stride.py counts" in ada.notes
    assert "stride (1).py: left out; stride.py counts" in ada.notes


def test_what_is_no_module_is_said(class_of, taken):
    path = class_of(
        {
            "ada/my solution.py": "",
            "ada/stride.py.txt": "",
            "ada/hw.rar": "Rar!",
            "eve/essay.pdf": "",
            "joe/foo.py": "",
        }
    )

    _, found = taken(path)

    assert found["ada"].submission is None
    assert {found["ada"].problem, *found["ada"].notes} == {
        "holds no module; my solution.py: is no module's name; left out",
        "stride.py.txt: is no .py file; left out",
        "hw.rar: cannot be opened here; hand in a .zip",
    }
    assert found["eve"].problem == "there is no .py file in it"
    assert found["joe"].problem == (
        "holds none of the course's modules, only foo.py; keep their names"
    )


def test_without_exercises_every_module_is_wanted(class_of, taken):
    path = class_of({"ada/x.py": "1", "eve/y.py": "2"})

    _, found = taken(path, ())

    assert files(found["ada"]) == {"x.py": "1"}
    assert files(found["eve"]) == {"y.py": "2"}


def test_one_folder_that_holds_modules_is_one_student(folder_of, taken):
    path = folder_of({"ada/assignments/stride.py": "1", "ada/notes/x.txt": ""})

    assert files(one(taken, path)) == {"stride.py": "1"}


def test_a_folder_around_the_class_is_noted(zip_of, taken):
    path = zip_of({"hw1/ada/stride.py": "1", "hw1/eve/stride.py": "2"})

    handed_in, found = taken(path)

    assert set(found) == {"ada", "eve"}
    assert handed_in.notes == ("hw1/: taken as the class",)


def book(code):
    return json.dumps({"cells": [{"cell_type": "code", "source": code}]})


def test_a_notebook_is_taken_for_what_has_no_module(class_of, taken):
    path = class_of(
        {
            "ada/padding.py": "1",
            "ada/deep/work-1.ipynb": book("new"),
            "ada/deep/work.ipynb": book("old"),
            "eve/Stride.ipynb": book("s"),
            "eve/work.ipynb": book("w"),
            "joe/work.ipynb": "{}",
        }
    )

    _, found = taken(path)
    ada, eve = found["ada"].submission, found["eve"].submission

    assert ada.file("padding") == "padding.py"
    assert ada.file("stride") == "work.ipynb"
    assert ada.files["work.ipynb"] == b"\0work.ipynb, cell 1\nnew"
    assert "deep/work.ipynb: left out; deep/work-1.ipynb counts" in found["ada"].notes
    assert eve.taken_from == {"padding": "work.ipynb", "stride": "stride.ipynb"}
    assert found["joe"].submission is None
    assert found["joe"].problem.startswith("work.ipynb is not a notebook")


def test_of_several_notebooks_none_is_guessed(class_of, taken):
    path = class_of(
        {
            "ada/stride.py": "1",
            "ada/a.ipynb": book("a"),
            "ada/b.ipynb": book("b"),
            "eve/stride.py": "1",
            "eve/padding.py": "1",
            "eve/a.ipynb": book("a"),
        }
    )

    _, found = taken(path)

    assert list(found["ada"].submission.files) == ["stride.py"]
    assert found["ada"].submission.problems["padding.py"] == (
        "is missing, and 2 notebooks could hold it: a.ipynb, b.ipynb. Name the one "
        "that does padding.ipynb"
    )
    assert "a.ipynb: is one of several notebooks; left out" in found["ada"].notes
    assert "a.ipynb: is a notebook beside .py files; left out" in found["eve"].notes
