"""A quiz as a package of QTI 2.1, for OpenOlat, Blackboard, TAO and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.quiz.export.qti_dialect import Dialect
from grader.quiz.export.qti_package import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.paper import Paper

SUFFIX = ".zip"
DIALECT = Dialect(
    version="2.1",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1p1.xsd",
    package="http://www.imsglobal.org/xsd/imscp_v1p1",
    package_schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    item_type="imsqti_item_xmlv2p1",
    test_type="imsqti_test_xmlv2p1",
    figure_type="webcontent",
    schema_name="QTIv2.1 Package",
    schema_version="1.0.0",
)


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Return the package piece by piece; it always holds the key."""
    del solutions
    return written(paper, DIALECT)
