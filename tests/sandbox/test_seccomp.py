"""The filter says what its table says of every number: run as the kernel runs it."""

from __future__ import annotations

import struct

import pytest

from grader.sandbox.zygote.seccomp import AARCH64, X86_64, Table, assemble

ALLOW, KILL, ERRNO, EPERM = 0x7FFF0000, 0x80000000, 0x00050000, 1
PROT_EXEC, SET_FLAGS, OWN_PID = 4, 4, 4711
NUMBERS = range(700)


def run(table: Table, number: int, *arguments: int, arch: int | None = None) -> int:
    """Return what the filter answers to a system call."""
    lines, own_pid_at = assemble(table)
    code, yes, no, _ = lines[own_pid_at]
    lines[own_pid_at] = (code, yes, no, OWN_PID)
    padded = (*arguments, *(0,) * (6 - len(arguments)))
    seen = struct.pack("<IIQ6Q", number, arch or table.arch, 0, *padded)
    at, register = 0, 0
    while True:
        code, yes, no, value = lines[at]
        at += 1
        if code == 0x06:
            return value
        if code == 0x20:
            (register,) = struct.unpack_from("<I", seen, value)
        else:
            holds = {
                0x15: register == value,
                0x35: register >= value,
                0x45: bool(register & value),
            }[code]
            at += yes if holds else no


@pytest.mark.parametrize("table", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_what_is_not_in_the_table_is_refused(table: Table) -> None:
    free = set(table.free.values())
    special = {
        table.mmap,
        table.mprotect,
        table.fcntl,
        table.tgkill,
        table.sendto,
        table.prlimit64,
        table.ioctl,
        table.clone3,
    }

    for number in set(NUMBERS) - special:
        wanted = ALLOW if number in free else ERRNO | EPERM
        assert run(table, number) == wanted, number


@pytest.mark.parametrize("table", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_arguments_decide_where_the_table_says_so(table: Table) -> None:
    refused = ERRNO | EPERM
    assert run(table, table.mmap, 0, 0, PROT_EXEC) == refused
    assert run(table, table.mmap, 0, 0, 3) == ALLOW
    assert run(table, table.mprotect, 0, 0, 1 | PROT_EXEC) == refused
    assert run(table, table.fcntl, 3, SET_FLAGS) == refused
    assert run(table, table.fcntl, 3, 1) == ALLOW
    assert run(table, table.tgkill, OWN_PID) == ALLOW
    assert run(table, table.tgkill, OWN_PID + 1) == refused
    assert run(table, table.sendto, 3, 1, 1, 0, 0) == ALLOW
    assert run(table, table.sendto, 3, 1, 1, 0, 1 << 40) == refused
    assert run(table, table.prlimit64, 0, 7, 0) == ALLOW
    assert run(table, table.prlimit64, 0, 7, 1) == refused


def test_other_kinds_of_calls_end_the_worker() -> None:
    assert run(X86_64, X86_64.free["read"], arch=0x40000003) == KILL
    assert run(X86_64, 0x40000000) == KILL


@pytest.mark.parametrize("table", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
def test_no_jump_is_longer_than_the_kernel_takes(table: Table) -> None:
    lines, _ = assemble(table)

    assert all(max(yes, no) <= 255 for _, yes, no, _ in lines)
