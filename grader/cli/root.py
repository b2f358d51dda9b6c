"""What every command shares: errors become one line, the exit code is right."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from grader.errors import GraderError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

AnyCommand = TypeVar("AnyCommand", bound=click.Command)
Function = TypeVar("Function", bound="Callable[..., Any]")

USAGE = 2
FAILED = 3
INTERRUPTED = 130


def run(command: click.Command, name: str) -> NoReturn:
    """Run a command and exit: 0, 1, 2 for the user's errors, 3 for ours.

    Parameters
    ----------
    command : click.Command
        What to run; it returns its exit code, or None for 0.
    name : str
        What the user typed.
    """
    _end_cleanly_on_signals()
    try:
        code = command.main(prog_name=name, standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        usage = getattr(error, "ctx", None)
        hint = f" (see: {usage.command_path} --help)" if usage is not None else ""
        _say(f"{name}: {error.format_message()}{hint}")
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        _say(f"{name}: interrupted")
        code = INTERRUPTED
    except GraderError as error:
        _say(f"{name}: {error}")
        code = error.exit_code
    except BrokenPipeError:
        # The reader went away (`grade | head`): nobody is left to be told.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        code = 0
    except Exception as error:
        if os.environ.get("GRADER_TRACEBACK"):
            raise
        _say(
            f"{name}: the grader itself failed: {type(error).__name__}: {error}. "
            "Please report it; GRADER_TRACEBACK=1 shows where."
        )
        code = FAILED
    # What is left goes with the process: to look for cycles in it takes long.
    gc.freeze()
    sys.exit(code or 0)


def _end_cleanly_on_signals() -> None:
    """Let a request to end unwind the stack, so that no worker outlives us."""

    def end(number: int, _frame: object) -> NoReturn:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # `nohup` has it ignored, and is to be respected.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def wants_colour() -> bool:
    """Tell whether to paint: a terminal, and neither NO_COLOR nor a dumb one.

    ``FORCE_COLOR`` paints in a pipe too.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    terminal = sys.stdout is not None and sys.stdout.isatty()
    return terminal and os.environ.get("TERM") != "dumb"


class Group(click.Group):
    """A group of commands that proposes the nearest name for an unknown one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a name, or say which one is near."""
        name = args[0] if args else ""
        if args and self.get_command(ctx, name) is None and not name.startswith("-"):
            near = did_you_mean(name, self.list_commands(ctx))
            raise click.UsageError(f"there is no command {name!r}{near}", ctx)
        return super().resolve_command(ctx, args)


def example(text: str) -> Callable[[AnyCommand], AnyCommand]:
    """Add an example to a command's help, as it would be typed."""

    def add(command: AnyCommand) -> AnyCommand:
        command.epilog = f"\b\nExample:\n  {text}"
        return command

    return add


def version(function: Function) -> Function:
    """Add the option ``--version``: what to say in a report about a fault."""
    # One for each command: it remembers the first name that it says.
    option = click.version_option(
        package_name="cnn-course", message="%(prog)s %(version)s"
    )
    return option(function)


def write_out(text: str, out: Any) -> None:
    """Write a rendered text to a file, or to stdout where none is named.

    The file appears whole or not at all.
    """
    if out is None:
        if sys.stdout is None:  # closed by whoever called us: `grade >&-`
            raise GraderError("standard output is closed. Name a file with --out.")
        try:
            click.echo(text, nl=False, color=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise GraderError(
                f"standard output: cannot be written: {error.strerror}. "
                "Name a file with --out."
            ) from None
        return
    from grader.files import write_whole  # noqa: PLC0415  (only with --out)

    write_whole(out, text.encode("utf-8"))


def _say(text: str) -> None:
    """Tell the user in one line, whatever names their files have."""
    line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    with contextlib.suppress(OSError):  # a full disk: the exit code must do
        click.echo(line, err=True)
