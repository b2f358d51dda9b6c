"""The class as a whole: what it is, who is in it, what it may cost."""

import pickle
import tracemalloc
import zipfile

import pytest

from grader import submission
from grader.classroom import intake
from grader.errors import GraderError


def refusal(path):
    with pytest.raises(GraderError) as error, intake.read(path, ["stride.py"]):
        pass
    assert error.value.exit_code == 2
    assert "\n" not in str(error.value)
    return str(error.value).replace(str(path), "PATH")


# What cannot be graded at all


def test_a_missing_path(tmp_path):
    assert "there is no such folder or zip" in refusal(tmp_path / "nowhere")


def test_what_can_be_no_path(tmp_path):
    assert "there is no such folder or zip" in refusal(tmp_path / "a\0b")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\5\6" + b"\1" * 18])
def test_a_file_that_is_no_zip(tmp_path, content):
    (tmp_path / "class.zip").write_bytes(content)

    assert "is no zip, or is damaged" in refusal(tmp_path / "class.zip")


def test_a_device(tmp_path):
    assert "is neither a folder nor a zip" in refusal(type(tmp_path)("/dev/null"))


def test_an_empty_folder_and_an_empty_zip(tmp_path, pack):
    (tmp_path / "class").mkdir()
    (tmp_path / "class/.DS_Store").write_text("")
    (tmp_path / "class.zip").write_bytes(pack({}))

    assert "is empty" in refusal(tmp_path / "class")
    assert "is empty" in refusal(tmp_path / "class.zip")


def test_the_modules_of_one_student(folder_of):
    path = folder_of({"stride.py": ""})

    assert "holds the modules of one student" in refusal(path)
    assert "grade --in PATH" in refusal(path)


def test_a_folder_without_a_student(folder_of):
    assert "holds no submission" in refusal(folder_of({"grades.csv": ""}))


def test_modules_that_are_nobodys(folder_of):
    path = folder_of({"ada_stride.py": "", "eve\x1b_stride.py": ""})

    assert "nothing says whose ada_stride.py is" in refusal(path)


def test_of_a_thousand_strays_twenty_are_named(folder_of, taken):
    strays = {f"grades-{n:04}.csv": "" for n in range(1000)}

    handed_in, _ = taken(folder_of({**strays, "ada/stride.py": ""}))

    assert handed_in.notes[19] == "grades-0019.csv: belongs to nobody; left out"
    assert handed_in.notes[20:] == ("and 980 more remarks",)


def test_a_zip_that_overlaps(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ada/stride.py", "")
        archive.filelist.append(archive.filelist[0])

    assert "its files overlap" in refusal(tmp_path / "class.zip")


# Who is who


def test_two_whose_ids_differ_by_case_stay_two(zip_of, taken):
    path = zip_of({"Ada/stride.py": "1", "ada/stride.py": "2"})

    _, found = taken(path)

    assert set(found) == {"Ada", "ada (2)"}
    assert dict(found["ada (2)"].submission.files) == {"stride.py": b"2"}
    assert found["ada (2)"].notes == (
        "another student is called ada too; this is ada (2)",
    )


def test_a_name_is_the_same_however_a_system_writes_its_accents(zip_of, taken):
    composed = zip_of({"Zo\u00eb/stride.py": "", "eve/stride.py": ""})
    first = set(taken(composed)[1])
    decomposed = zip_of({"Zoe\u0308/stride.py": "", "eve/stride.py": ""})

    assert set(taken(decomposed)[1]) == first


def test_two_students_of_one_sid_stay_two(folder_of, taken):
    def record(number, name):
        return (
            f"submission_{number}:\n  :submitters:\n"
            f"  - :name: {name}\n    :sid: 7\n    :email: {name}@example.org\n"
        )

    path = folder_of(
        {
            "submission_metadata.yml": record(1, "ada") + record(2, "eve"),
            "submission_1/stride.py": "1",
            "submission_2/stride.py": "2",
        }
    )

    _, found = taken(path)

    assert [hand_in.student.name for hand_in in found.values()] == ["ada", "eve"]
    assert set(found) == {"7", "7 (2)"}


def test_a_class_is_read_in_the_same_order_and_as_often_as_asked(class_of):
    path = class_of({f"s{n}/stride.py": str(n) for n in range(20)})

    with intake.read(path, ["stride.py"]) as handed_in:
        first, second = list(handed_in), list(handed_in)

    assert [hand_in.student for hand_in in first] == [h.student for h in second]
    assert [dict(h.submission.files) for h in first] == [
        dict(h.submission.files) for h in second
    ]


def test_a_submission_travels_to_another_process(class_of, taken):
    _, found = taken(class_of({"ada/stride.py": "1", "eve/stride.py": "2"}))

    travelled = pickle.loads(pickle.dumps(found["ada"]))

    assert dict(travelled.submission.files) == {"stride.py": b"1"}
    assert travelled.student == found["ada"].student
    with pytest.raises(TypeError):
        travelled.submission.files["stride.py"] = b""


# What it may cost


def test_a_class_larger_than_memory_is_read_one_by_one(zip_of):
    large = b"#" * submission.MAX_FILE_BYTES
    path = zip_of({f"s{n:03}/stride.py": large for n in range(60)})

    tracemalloc.start()
    with intake.read(path, ["stride.py"]) as handed_in:
        sizes = sum(len(h.submission.files["stride.py"]) for h in handed_in)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sizes == 60 << 20
    assert peak < 12 << 20


def test_ten_thousand_files_are_a_class(zip_of):
    path = zip_of({f"name{n}_{n}_{n}_stride.py": "x" for n in range(10_000)})

    with intake.read(path, ["stride.py"]) as handed_in:
        assert len(handed_in) == 10_000
        assert all(hand_in.submission for hand_in in handed_in)


def test_ten_thousand_files_of_one_student_are_read_as_far_as_anybody_writes(
    zip_of, taken
):
    tree = {f"ada/f{n}.py": "" for n in range(10_000)}

    _, found = taken(zip_of({**tree, "ada/stride.py": "x", "eve/stride.py": ""}))

    assert "stride.py" in found["ada"].submission.files
    assert len(found["ada"].submission.files) == submission.MAX_FILES
