r"""A notebook inside the worker: which statements of its cells make a module.

It arrives as ``\0PLACE\nSOURCE`` for each code cell. Run are, in the cells' order:

- imports, definitions of functions and of classes;
- assignments to names that what is called uses, directly or through others;
- ``if``, ``try`` and ``with`` that hold nothing else.

Everything else is left out: plots, prints, experiments, magics. A statement that fails
takes only the names with it that it would have bound; who uses one gets its error.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import CodeType

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

SUFFIX = ".ipynb"
NOT_RUN = (
    " (of a notebook, imports, definitions and the assignments that they use are run)"
)

_ONLY_TREE = 0x400  # ast.PyCF_ONLY_AST; `ast` itself costs a start
_PYTHON_MAGICS = frozenset(("capture", "memit", "prun", "time", "timeit"))
_DEFINITIONS = frozenset(("AsyncFunctionDef", "ClassDef", "FunctionDef"))
_IMPORTS = frozenset(("Import", "ImportFrom"))
_ASSIGNMENTS = frozenset(("AnnAssign", "Assign", "AugAssign", "TypeAlias"))
_COMPOUNDS = frozenset(("If", "Try", "With"))
_BLOCKS = ("body", "orelse", "finalbody")
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)


class NotBoundError(Exception):
    """No cell binds the name."""


class Cell:
    """One code cell.

    Parameters
    ----------
    place : str
        How errors name it, such as ``work.ipynb, cell 7``.
    text : str
        Its source.
    """

    def __init__(self, place: str, text: str) -> None:
        self.place, self.text = place, text
        self.error: BaseException | None = None


class Statement:
    """One statement that may be run.

    Parameters
    ----------
    code : code object
        The statement alone.
    binds, uses, at_once : set of str
        Names that it gives a value; names that it or its functions look up; those of
        them that are looked up when it runs itself, such as a decorator.
    always : bool
        Whether it is run though nobody uses its names.
    """

    def __init__(
        self,
        code: CodeType,
        binds: set[str],
        uses: set[str],
        at_once: set[str],
        *,
        always: bool,
    ) -> None:
        self.code, self.always = code, always
        self.binds, self.uses, self.at_once = binds, uses, at_once
        self.done = False

    def run(self, namespace: dict[str, Any]) -> BaseException | None:
        """Run it, and return how it failed."""
        try:
            exec(self.code, namespace)
        except BaseException as error:  # noqa: BLE001 - student code: anything may come
            return error
        return None


class Notebook:
    """The statements of a notebook, run as far as they are needed.

    Parameters
    ----------
    source : bytes
        Its code cells.
    namespace : dict
        Where they run.
    """

    def __init__(self, source: bytes, namespace: dict[str, Any]) -> None:
        self.cells = list(split(source))
        self._namespace = namespace
        self._statements: list[Statement] = []
        self._flags = 0
        self._failures: dict[str, BaseException] = {}

    def run(self) -> None:
        """Run what is not left for when it is used."""
        for cell in self.cells:
            try:
                tree = parse(cell.text, cell.place, self._flags)
            except _UNREADABLE as error:
                cell.error = error
                self._statements.append(_Broken(_defined(cell.text), error))
                continue
            for node in tree.body:
                self._add(node, tree, cell.place)
        self._settle({n for s in self._statements if s.always for n in s.at_once})

    def find(self, name: str) -> object:
        """Return what a name stands for, or raise why it could not be had.

        Raises
        ------
        NotBoundError
            If no cell binds it.
        """
        self._settle({name})
        if name in self._failures:
            raise self._failures[name]
        if name in self._namespace:
            return self._namespace[name]
        for cell in self.cells:
            if cell.error is not None and name in cell.text:
                raise cell.error
        raise NotBoundError(name)

    def cause(self, error: BaseException) -> BaseException:
        """Return the error of the statement that should have bound a missing name."""
        if type(error) is NameError and type(error.name) is str:
            # Of `from x import *`, which could have bound it.
            star = self._failures.get("*", error)
            return self._failures.get(error.name, star)
        return error

    def _add(self, node: Any, tree: Any, place: str) -> None:
        kinds = set(_leaves(node))
        if not kinds <= _DEFINITIONS | _IMPORTS | _ASSIGNMENTS | {"Pass"}:
            return
        binds = set(_bound(node))
        tree.body = [node]
        try:
            code = compile(tree, place, "exec", self._flags, dont_inherit=True)
        except _UNREADABLE as error:
            self._statements.append(_Broken(binds, error))
            return
        always = not kinds.isdisjoint(_DEFINITIONS | _IMPORTS)
        names = _loaded(node)
        uses = names & set(_global_names(code))
        at_once = uses if _kind(node) == "ClassDef" else names & set(code.co_names)
        self._statements.append(Statement(code, binds, uses, at_once, always=always))
        if getattr(node, "module", None) == "__future__":
            self._flags |= _future(node)

    def _settle(self, needed: set[str]) -> None:
        """Run what is needed for these names and not run yet."""
        growing = True
        while growing:
            before = len(needed)
            for statement in self._statements:
                if not needed.isdisjoint(statement.binds):
                    needed |= statement.uses
            growing = len(needed) > before
        for statement in self._statements:
            if statement.done:
                continue
            if statement.always or not needed.isdisjoint(statement.binds):
                statement.done = True
                self._execute(statement)

    def _execute(self, statement: Statement) -> None:
        error = statement.run(self._namespace)
        for name in statement.binds:
            if error is None:
                self._failures.pop(name, None)
            else:
                # The newest version counts, as its author expects.
                self._namespace.pop(name, None)
                self._failures[name] = error


class _Broken(Statement):
    """A statement, or a whole cell, that Python cannot read."""

    def __init__(self, binds: set[str], error: BaseException) -> None:
        code = (lambda: None).__code__  # never run
        super().__init__(code, binds, set(), set(), always=True)
        self.error = error

    def run(self, namespace: dict[str, Any]) -> BaseException | None:
        """Return why it cannot be run."""
        return self.error


def split(source: bytes) -> Iterator[Cell]:
    """Yield the cells of a notebook as it arrives."""
    for part in source.decode("utf-8", "replace").split("\0")[1:]:
        place, _, text = part.partition("\n")
        yield Cell(place, text)


def parse(text: str, place: str, flags: int = 0) -> Any:
    """Return the syntax tree of a cell, without its magics.

    A magic is recognised by what Python makes of it: only where it finds an error is
    a line that looks like one left out, so that ``%`` in an expression stays.
    """
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        word = lines[first][2:].split()[:1]
        if not word or word[0] not in _PYTHON_MAGICS:
            lines = [""]
        else:
            lines[first] = ""
    while True:
        try:
            return compile(
                "\n".join(lines), place, "exec", _ONLY_TREE | flags, dont_inherit=True
            )
        except SyntaxError as error:
            number = (error.lineno or 0) - 1
            if not 0 <= number < len(lines) or not _is_magic(lines[number]):
                raise
            _leave_out(lines, number)


def _is_magic(line: str) -> bool:
    text = line.strip()
    assigned = text.partition("=")[2].lstrip()
    return text.startswith(("%", "!", "?")) or (
        text.endswith("?") or assigned.startswith(("%", "!"))
    )


def _leave_out(lines: list[str], number: int) -> None:
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    goes_on = lines[number].endswith("\\")
    lines[number] = f"{indent}pass"
    while goes_on and number + 1 < len(lines):
        number += 1
        goes_on = lines[number].endswith("\\")
        lines[number] = ""


def _defined(text: str) -> set[str]:
    """Return what a cell would define, as far as that is seen without reading it."""
    names = set()
    for line in text.split("\n"):
        words = line.removeprefix("async ").split(None, 1)
        if len(words) == 2 and line[:1].strip() and words[0] in ("def", "class"):
            names.add(words[1].partition("(")[0].partition(":")[0].strip())
    return names


def _kind(node: Any) -> str:
    return str(type(node).__name__)


def _inner(node: Any) -> Iterator[Any]:
    for block in _BLOCKS:
        yield from getattr(node, block, ())
    for handler in getattr(node, "handlers", ()):
        yield from handler.body


def _leaves(node: Any) -> Iterator[str]:
    """Yield the kinds of the statements that a statement comes down to."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if _kind(one) in _COMPOUNDS:
            waiting += _inner(one)
        else:
            yield _kind(one)


def _bound(node: Any) -> Iterator[str]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        kind = _kind(one)
        if kind in _COMPOUNDS:
            waiting += _inner(one)
        elif kind in _DEFINITIONS:
            yield one.name
        elif kind in _IMPORTS:
            for alias in one.names:
                whole = alias.asname or alias.name
                yield whole if kind == "ImportFrom" else whole.partition(".")[0]
        elif kind in _ASSIGNMENTS:
            yield from _targets(one)


def _targets(node: Any) -> Iterator[str]:
    waiting = list(getattr(node, "targets", ()))
    waiting += [
        getattr(node, name) for name in ("target", "name") if name in _has(node)
    ]
    while waiting:
        one = waiting.pop()
        kind = _kind(one)
        if kind == "Name":
            yield one.id
        elif kind in ("Tuple", "List"):
            waiting += one.elts
        elif kind in ("Attribute", "Starred", "Subscript"):
            waiting.append(one.value)  # what is changed, such as `table` in table[0]


def _has(node: Any) -> Collection[str]:
    fields: Collection[str] = node._fields
    return fields


def _loaded(node: Any) -> set[str]:
    """Return the names that are looked up anywhere within."""
    names = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if _kind(one) == "Name":
            names.add(one.id)
        for field in _has(one):
            value = getattr(one, field, None)
            inner = value if isinstance(value, list) else (value,)
            waiting += [item for item in inner if hasattr(item, "_fields")]
    return names


def _global_names(code: CodeType) -> Iterator[str]:
    """Yield the names that are not local to a function, and those of attributes."""
    waiting = [code]
    while waiting:
        one = waiting.pop()
        yield from one.co_names
        waiting += [const for const in one.co_consts if isinstance(const, type(code))]


def _future(node: Any) -> int:
    """Return the compiler's flag for ``from __future__ import annotations``.

    The other features have been Python itself for long.
    """
    return 0x1000000 if any(a.name == "annotations" for a in node.names) else 0
