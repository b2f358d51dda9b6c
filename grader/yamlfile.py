"""Read YAML so that every complaint names file, line, key and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import yaml

from grader.errors import CourseError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Entry(NamedTuple):
    """One value of a YAML file, with the place it stands at.

    Parameters
    ----------
    file : Path
        The file.
    line : int
        Its line, counted from 1.
    key : str
        Its path, such as ``exercises[2].points``.
    value : object
        A str, int, float, bool or None; a tuple of entries; or a dict of entries.
    """

    file: Path
    line: int
    key: str
    value: Any

    def fail(self, problem: str, remedy: str | None = None) -> NoReturn:
        """Complain about this value."""
        raise CourseError(
            problem, file=self.file, line=self.line, key=self.key, remedy=remedy
        )

    def text(self) -> str:
        """Return a non-empty string."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail(f"expected a text, got {_kind(self.value)}", "Quote it.")
        return self.value

    def number(self, *, at_least: float = 0) -> float:
        """Return a number not below a bound."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.fail(f"expected a number, got {_kind(value)}")
        if not value >= at_least or value == float("inf"):
            self.fail(f"expected a number of at least {at_least}, got {value}")
        return value

    def integer(self, *, at_least: int = 0) -> int:
        """Return a whole number not below a bound."""
        value = self.number(at_least=at_least)
        if not isinstance(value, int):
            self.fail(f"expected a whole number, got {value}")
        return value

    def items(self) -> tuple[Entry, ...]:
        """Return the entries of a list."""
        if not isinstance(self.value, tuple):
            self.fail(
                f"expected a list, got {_kind(self.value)}",
                "Write each entry on a line of its own that starts with '- '.",
            )
        return self.value

    def mapping(
        self, *, required: Iterable[str] = (), optional: Iterable[str] | None = None
    ) -> dict[str, Entry]:
        """Return the entries of a mapping with known keys.

        Parameters
        ----------
        required : iterable of str
            Keys that must be there.
        optional : iterable of str, optional
            Further keys that may be there; None allows any.
        """
        if not isinstance(self.value, dict):
            self.fail(f"expected keys with values, got {_kind(self.value)}")
        required = tuple(required)
        for name in required:
            if name not in self.value:
                self.fail(f"the key {name!r} is missing", f"Add '{name}: …'.")
        if optional is not None:
            known = (*required, *optional)
            for name, entry in self.value.items():
                if name not in known:
                    entry.fail(
                        f"unknown key{did_you_mean(name, known)}",
                        f"Known here: {', '.join(known)}.",
                    )
        return self.value

    def plain(self) -> Any:
        """Return the value without its places, for what others interpret."""
        if isinstance(self.value, dict):
            return {name: entry.plain() for name, entry in self.value.items()}
        if isinstance(self.value, tuple):
            return [entry.plain() for entry in self.value]
        return self.value


def read(file: Path) -> Entry:
    """Return the top entry of a YAML file.

    Raises
    ------
    CourseError
        If it cannot be read, is not UTF-8, is not YAML, or is empty.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise CourseError(f"cannot be read: {reason}", file=file) from None
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start})"
        raise CourseError(problem, file=file, remedy="Save it as UTF-8.") from None
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise CourseError("is empty", file=file, remedy="See README.")
        return _entry(loader, node, file, "")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or "is not YAML"
        remedy = "Mind the indentation and quote texts with ': '."
        raise CourseError(
            f"not valid YAML: {problem}", file=file, line=line, remedy=remedy
        ) from None
    except RecursionError:
        raise CourseError("is nested too deeply", file=file) from None
    finally:
        loader.dispose()


def _entry(loader: Any, node: yaml.Node, file: Path, key: str) -> Entry:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        items = tuple(
            _entry(loader, child, file, f"{key}[{index}]")
            for index, child in enumerate(node.value)
        )
        return Entry(file, line, key, items)
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Entry] = {}
        for name_node, child in node.value:
            name = str(name_node.value)
            path = f"{key}.{name}" if key else name
            entry = _entry(loader, child, file, path)
            place = Entry(file, name_node.start_mark.line + 1, path, entry.value)
            if name in entries:
                place.fail("the key stands twice", "Keep one of them.")
            entries[name] = place
        return Entry(file, line, key, entries)
    try:
        value = loader.construct_object(node)
    except (ValueError, OverflowError):
        raise CourseError(
            f"cannot read {node.value!r}", file=file, line=line, key=key
        ) from None
    return Entry(file, line, key, value)


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, tuple):
        return "a list"
    return repr(value) if not isinstance(value, str) else f"the text {value!r}"
