"""Run student code where it can harm nothing and say nothing but values."""

from grader.sandbox.host import Sandbox
from grader.sandbox.isolation import Isolation
from grader.sandbox.limits import Limits
from grader.sandbox.reply import (
    Crashed,
    Frame,
    Missing,
    Raised,
    Reply,
    Returned,
    TimedOut,
    Unsupported,
    Value,
)

__all__ = [
    "Crashed",
    "Frame",
    "Isolation",
    "Limits",
    "Missing",
    "Raised",
    "Reply",
    "Returned",
    "Sandbox",
    "TimedOut",
    "Unsupported",
    "Value",
]
