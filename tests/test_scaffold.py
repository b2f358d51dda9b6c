"""A new exercise: all of its files and its lines in course.yml, or nothing."""

import pytest

from grader import course as courses
from grader import scaffold, skeleton
from grader.doctor.run import run
from grader.errors import CourseError, GraderError


@pytest.fixture
def begin(small_course):
    """Return a function that begins an exercise in a small course."""

    def new(name="dropout", **options):
        course = courses.load(small_course() / "course.yml")
        return scaffold.scaffold(course, name, **options)

    return new


def everything(folder):
    """Return every path below a folder, and what each file holds."""
    return {
        path.relative_to(folder): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_it_writes_all_files_and_the_course_still_loads(begin, tmp_path):
    begin(title="Leaving out")

    course = courses.load(tmp_path / "course.yml")
    assert [(e.name, e.title) for e in course.exercises] == [
        ("double", "Doubling"),
        ("dropout", "Leaving out"),
    ]
    assert (tmp_path / "solutions/dropout.py").is_file()
    assert (tmp_path / "tests/hidden/dropout.py").is_file()
    assert (tmp_path / "tests/submissions/dropout").is_dir()
    assert tmp_path / "assignments/dropout.py" not in skeleton.stale(course)


def test_the_title_comes_from_the_name(begin, tmp_path):
    begin("batch_norm")

    course = courses.load(tmp_path / "course.yml")
    assert course.exercises[-1].title == "Batch norm"


def test_the_doctor_says_what_is_owed_in_order(begin, tmp_path):
    begin()

    course = courses.load(tmp_path / "course.yml")
    found = list(run(course, [course.exercise("dropout")], seeds=1))
    owed = [fault.problem for result in found for fault in result.faults]
    assert [problem.split(":")[0] for problem in owed] == [
        "solutions/dropout.py",
        "solutions/dropout.py",
        "solutions/dropout.py",
        "tests/hidden/dropout.py",
        "tests/hidden/dropout.py",
        "tests/submissions/dropout/ has no submission",
        "solutions/dropout.py",
    ]
    assert owed[-1].endswith("NotImplementedError")
    assert [r.waits_for for r in found] == ["", "", *["solutions"] * 5]


@pytest.mark.parametrize(
    ("syllabus", "expected"),
    [
        (
            "key: a\nexercises:\n  - name: double  # first\n    points: 5\n"
            "    title: Doubling\n\n# and then\nquizzes: {}\n",
            "    title: Doubling\n  - name: dropout\n"
            '    title: "Dropout"\n    points: 10\n\n# and then\nquizzes: {}\n',
        ),
        (
            "key: a\nexercises:\n- name: double\n  points: 5\n  title: Doubling",
            '  title: Doubling\n- name: dropout\n  title: "Dropout"\n  points: 10\n',
        ),
        (
            "key: a\nexercises:\n  - name: double\n    points: 5\n    title: >\n"
            "      Doubling\n\nlimits: {}\n",
            "      Doubling\n  - name: dropout\n"
            '    title: "Dropout"\n    points: 10\n\nlimits: {}\n',
        ),
        (
            "key: a\nexercises:\n  - {name: double, points: 5, title: Doubling,\n"
            "     hints: [a]}\n",
            "     hints: [a]}\n  - name: dropout\n"
            '    title: "Dropout"\n    points: 10\n',
        ),
    ],
)
def test_every_other_byte_of_the_syllabus_is_kept(
    begin, tmp_path, small_course, syllabus, expected
):
    head = "# A course.\nformat_version: 1\ntitle: A course\n"
    folder = small_course(course=head + syllabus)
    course = courses.load(folder / "course.yml")

    scaffold.scaffold(course, "dropout")

    text = (folder / "course.yml").read_text(encoding="utf-8")
    assert text.startswith(head)
    assert text.endswith(expected)
    assert courses.load(folder / "course.yml").exercises[-1].name == "dropout"


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("Dropout", "will not do as a module's name"),
        ("drop-out", "will not do as a module's name"),
        ("../dropout", "will not do as a module's name"),
        ("", "will not do as a module's name"),
        ("lambda", "is a word of Python"),
        ("match", "is a word of Python"),
        ("random", "is taken"),
        ("numpy", "is taken"),
        ("hostile", "is taken"),
        ("double", "there is an exercise 'double' already"),
    ],
)
def test_a_name_that_will_not_do_is_refused_and_nothing_is_written(
    begin, small_course, name, complaint
):
    before = everything(small_course())

    with pytest.raises(CourseError, match=complaint):
        begin(name)
    assert everything(small_course()) == before


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", 'a "quoted" one', "a\\b"])
def test_a_title_that_yaml_could_misread_is_refused(begin, title):
    with pytest.raises(CourseError, match="will not do as a title"):
        begin(title=title)


@pytest.mark.parametrize(
    "place",
    [
        "solutions/dropout.py",
        "assignments/dropout.py",
        "tests/hidden/dropout.py",
        "tests/submissions/dropout",
    ],
)
def test_a_file_in_the_way_is_kept_and_nothing_is_written(begin, small_course, place):
    folder = small_course()
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    before = everything(folder)

    with pytest.raises(CourseError, match="is there already"):
        begin()
    assert everything(folder) == before


def test_a_syllabus_on_one_line_is_left_alone_and_the_lines_are_told(small_course):
    folder = small_course(
        course="format_version: 1\ntitle: a\nkey: a\n"
        "exercises: [{name: double, title: Doubling, points: 5}]\n"
    )
    before = everything(folder)

    with pytest.raises(
        CourseError, match="Add by hand, below the exercises: - name: dropout"
    ):
        scaffold.scaffold(courses.load(folder / "course.yml"), "dropout")
    assert everything(folder) == before


def test_a_failure_half_way_takes_back_what_was_written(
    begin, small_course, monkeypatch
):
    before = everything(small_course())
    write = scaffold.write_whole

    def fails_at_the_syllabus(path, content):
        if path.name == "course.yml":
            raise GraderError("the disk is full")
        write(path, content)

    monkeypatch.setattr(scaffold, "write_whole", fails_at_the_syllabus)
    with pytest.raises(GraderError, match="the disk is full"):
        begin()
    assert everything(small_course()) == before
