"""The submission inside the worker: import its modules, call its functions."""

from __future__ import annotations

import builtins
import linecache
import sys
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .allowed import ALLOWED, loadable, refusal
from .cells import NOT_RUN, SUFFIX, NotBoundError, Notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, TracebackType

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

MAX_FRAMES = 12
MAX_TEXT = 1000

_type_name = vars(type)["__name__"].__get__
_type_mro = vars(type)["__mro__"].__get__


class Submission:
    """The modules of one submission, imported from memory on demand.

    Made before there are any files, by the zygote: its copy of the builtins touches
    each of them, and a worker that touches a page has to copy it.
    """

    def __init__(self) -> None:
        self._sources: dict[str, bytes] = {}
        self._notebooks: dict[str, Notebook] = {}
        self._texts: dict[str, str | bytes] = {}
        self._lines: dict[str, list[str]] = {}
        self._modules: dict[str, ModuleType] = {}
        self._import = builtins.__import__
        self._builtins = dict(vars(builtins), __import__=self._guarded_import)

    def deliver(self, files: Mapping[str, bytes]) -> None:
        """Take the submission's files.

        Parameters
        ----------
        files : mapping of str to bytes
            Source by file name, such as ``stride.py``; of a notebook, such as
            ``work.ipynb``, its cells as `cells` takes them. Its module has that name
            too, so that none of the submission's own modules can import it.
        """
        self._sources = {
            name.removesuffix(".py"): source
            for name, source in files.items()
            if name.endswith((".py", SUFFIX))
        }

    def load(self, name: str) -> None:
        """Import the submission's module `name`."""
        if name in self._modules:
            return
        if name not in self._sources:
            message = f"the submission has no {name}.py"
            raise ModuleNotFoundError(message, name=name)
        source, file = self._sources[name], f"{name}.py"
        if name.endswith(SUFFIX):
            self._load_notebook(name)
            return
        self._keep(file, source)
        code = _compile(source, file)
        module = ModuleType(name)
        module.__dict__.update(__file__=file, __builtins__=self._builtins)
        # Registered before it runs, as Python does, so that circular imports and
        # dataclasses find it; a module of the standard library gives way.
        self._modules[name] = sys.modules[name] = module
        try:
            exec(code, module.__dict__)
        except BaseException:
            self._modules.pop(name, None)
            sys.modules.pop(name, None)
            raise

    def _load_notebook(self, name: str) -> None:
        module = ModuleType(name)
        module.__dict__.update(__file__=name, __builtins__=self._builtins)
        notebook = Notebook(self._sources[name], module.__dict__)
        for cell in notebook.cells:
            self._keep(cell.place, cell.text)
        self._modules[name] = sys.modules[name] = module
        self._notebooks[name] = notebook
        notebook.run()

    def _keep(self, file: str, text: str | bytes) -> None:
        """Keep a source for tracebacks; its lines are told apart when one is asked."""
        self._texts[file] = text
        linecache.cache[file] = (partial(_decoded, text),)

    def function(self, module: str, name: str) -> Callable[..., object] | None:
        """Return a callable of a loaded module, or None."""
        if module in self._notebooks:
            try:
                found = self._notebooks[module].find(name)
            except NotBoundError:
                return None
        else:
            found = self._modules[module].__dict__.get(name)
        return found if callable(found) else None

    def public_callables(self, module: str) -> tuple[str, ...]:
        """Return what could have been meant instead, at most 50 names."""
        return tuple(
            name[:100]
            for name, value in list(self._modules[module].__dict__.items())
            if type(name) is str
            and not name.startswith("_")
            and callable(value)
            and getattr(value, "__module__", None) == module
        )[:50]

    def report(
        self, error: BaseException
    ) -> tuple[str, tuple[str, ...], str, tuple[object, ...]]:
        """Return type, bases, message and own frames of an exception, as values."""
        for notebook in self._notebooks.values():
            error = notebook.cause(error)
        kind = type(error)
        bases = tuple(_type_name(base)[:100] for base in _type_mro(kind))[:20]
        frames = self._frames(error.__traceback__)
        message = _message_of(error)
        if isinstance(error, SyntaxError) and error.filename in self._texts:
            file, line = str(error.filename), error.lineno
            number = line if type(line) is int else 1
            frames.append((file, number, "<module>", self._line(file, number)))
            message = str(error.msg)[:MAX_TEXT]
        if kind is NameError and self._notebooks:
            message += NOT_RUN
        return bases[0], bases[:-1], message, tuple(frames)

    def _frames(self, trace: TracebackType | None) -> list[tuple[str, int, str, str]]:
        frames = []
        while trace is not None:
            code: CodeType = trace.tb_frame.f_code
            if code.co_filename in self._texts:
                line = trace.tb_lineno or 1
                text = self._line(code.co_filename, line)
                frames.append((code.co_filename, line, code.co_name[:100], text))
            trace = trace.tb_next
        if len(frames) > MAX_FRAMES:  # a runaway recursion: how it began, how it ended
            frames = [*frames[:2], *frames[2 - MAX_FRAMES :]]
        return frames

    def _line(self, file: str, number: int) -> str:
        lines = self._lines.get(file)
        if lines is None:
            lines = self._lines[file] = _decoded(self._texts[file]).split("\n")
        return lines[number - 1].strip()[:120] if 0 < number <= len(lines) else ""

    def _guarded_import(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level == 0:
            top = name.partition(".")[0]
            if top not in ALLOWED:
                if top not in self._sources:
                    raise ModuleNotFoundError(refusal(name), name=name)
                self.load(top)
        return self._import(name, globals, locals, fromlist or (), level)


class Wanted:
    """Last finder on the path: asks for a module that only the zygote can load.

    Parameters
    ----------
    ask : callable
        Called with the name of a module that may be had; it does not return.
    hopeless : collection of str
        Modules that could not be had.
    """

    def __init__(self, ask: Callable[[str], None], hopeless: Collection[str]) -> None:
        self._ask = ask
        self._hopeless = hopeless

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        """Ask for `name`, or refuse it."""
        if loadable(name) and name not in self._hopeless:
            self._ask(name)
        raise ModuleNotFoundError(refusal(name), name=name)


def _compile(source: bytes, file: str) -> CodeType:
    try:
        return compile(source, file, "exec", dont_inherit=True)
    except ValueError as error:  # before Python 3.12
        message = str(error)
    except SyntaxError as error:
        if error.filename == file or b"\0" not in source:
            raise
        message = str(error.msg)
    line = source[: source.index(b"\0")].count(b"\n") + 1
    raise SyntaxError(message, (file, line, 0, ""))


def _decoded(source: str | bytes) -> str:
    """Decode for display only: the compiler alone decides what the bytes mean."""
    if isinstance(source, str):
        return source
    source = source.removeprefix(b"\xef\xbb\xbf")
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        text = source.decode("latin-1")
    return text.replace("\r\n", "\n")


def _message_of(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException as second:  # noqa: BLE001 - student code: anything may come
        return f"(its text cannot be had: {_type_name(type(second))})"
    return text[:MAX_TEXT] if type(text) is str else ""
