"""A quiz as a package of QTI 3.0, which Canvas and Moodle do not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.quiz.export.qti_dialect import Dialect
from grader.quiz.export.qti_package import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.paper import Paper

SUFFIX = ".zip"
DIALECT = Dialect(
    version="3.0",
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    package="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    package_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    item_type="imsqti_item_xmlv3p0",
    test_type="imsqti_test_xmlv3p0",
    figure_type="webcontent",
    schema_name="QTI Package",
    schema_version="3.0.0",
)


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Return the package piece by piece; it always holds the key."""
    del solutions
    return written(paper, DIALECT)
