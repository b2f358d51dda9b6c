"""Draw README's picture: a real run of `grade` on a submission of the test zoo.

Run from the course's folder after ``pip install rich``: ``python docs/picture.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
EXERCISE = "convolution"
SUBMISSION = ROOT / f"tests/submissions/{EXERCISE}/wrong/turned_for_correlation.py"
COLUMNS = 80
GRADE = (sys.executable, "-c", "from grader.cli.grade import main; main()")


def main() -> None:
    """Grade, and write what the terminal shows as ``docs/grade.svg``."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "assignments"
        work.mkdir()
        shutil.copy(SUBMISSION, work / f"{EXERCISE}.py")
        run = subprocess.run(
            [*GRADE, EXERCISE, "--seed", "7", "--in", str(work)],
            env={**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS)},
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
    shown = run.stdout.replace(f"{folder}/", "")
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    console.print(Text.from_ansi(f"$ grade {EXERCISE}\n{shown}"))
    svg = console.export_svg(title="grade")
    # The fonts would be fetched from elsewhere; any monospaced one will do.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    (ROOT / "docs/grade.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
