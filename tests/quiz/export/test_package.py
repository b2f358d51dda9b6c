"""A package is a zip that can be taken away as it grows."""

import io
import zipfile

from grader.quiz.blocks import Volume, Volumes
from grader.quiz.export.package import Package


def test_what_is_taken_in_pieces_is_what_the_library_writes_at_once():
    members = {"a.xml": b"<a/>" * 999, "folder/b – c.xml": b"<b/>", "empty": b""}
    with Package("figures", "figures/") as package:
        pieces = []
        for name, content in members.items():
            package.add(name, content)
            pieces.append(package.ready())
        pieces.append(package.end())

    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as library:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            library.writestr(member, content, compresslevel=1)
    assert b"".join(pieces) == whole.getvalue()


def test_figures_that_turn_up_while_a_member_grows_follow_it():
    figure = Volumes((Volume(4, 5, 6, "input"),), ())
    with Package("figures", "figures/") as package:
        with package.growing("quiz.xml") as member:
            member.write(b"<one/>")
            tag = package.image(figure)
            assert package.image(figure) == tag
            member.write(b"<two/>")
        whole = package.ready() + package.end()

    with zipfile.ZipFile(io.BytesIO(whole)) as read:
        assert read.testzip() is None
        assert read.read("quiz.xml") == b"<one/><two/>"
        assert read.namelist() == ["quiz.xml", *package.figures]
        assert read.read(package.figures[0]).startswith(b"<svg")
