"""What Gradescope takes as results, from its documentation of autograders."""

from __future__ import annotations

import json
import math

import jsonschema

VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
TEST = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "max_score": {"type": "number", "minimum": 0},
        "status": {"enum": ["passed", "failed"]},
        "name": {"type": "string"},
        "name_format": FORMAT,
        "number": {"type": "string"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "tags": {"type": "array", "items": {"type": "string"}},
        "visibility": VISIBILITY,
        "extra_data": {"type": "object"},
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": False,
    "anyOf": [{"required": ["score"]}, {"required": ["tests"]}],
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number", "minimum": 0},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {"type": "array", "items": TEST},
        "leaderboard": {"type": "array"},
    },
}


def checked(text):
    """Return the results in a text, which must be what Gradescope takes."""
    results = json.loads(text, parse_constant=_refuse)
    jsonschema.validate(results, RESULTS)
    scores = [test.get("score") for test in results.get("tests", [])]
    if "score" not in results:
        assert scores, "no score at all"
        assert None not in scores, "a test without a score, and none for the whole"
    elif any(score is not None for score in scores):
        assert None not in scores, "some tests have a score, others have none"
        # Gradescope believes the score of the whole: the two must not differ.
        assert math.isclose(results["score"], sum(scores), abs_tol=1e-6)
    for test in results.get("tests", []):
        assert test.get("score", 0) <= test.get("max_score", math.inf)
        assert test.get("score", 0) >= 0
    return results


def _refuse(constant):
    raise AssertionError(f"{constant} is not JSON")
