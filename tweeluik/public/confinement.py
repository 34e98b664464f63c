"""A process that has all it needs gives up the rest: it opens no file, no connection and no other process any more.

Three fences, each by itself enough for most of what it is against, and none of them needing any rights:

- everywhere but on Windows, limits: no new file descriptor, not one byte more in a file, 4 GB of memory (`setrlimit`);
- on Linux, Landlock with no rule at all: no path may be opened, no port connected, no other process looked into;
- on Linux on the usual processors, seccomp: no socket, no program, no look into the memory of another process.

What a system does not have is left out, and told.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from collections.abc import Callable

if sys.platform != "win32":
    import resource

LIMITS, LANDLOCK, SECCOMP = "limits", "landlock", "seccomp"
"""The fences, as they are told."""

MOST_MEMORY = 4 << 30
"""Bytes: some four times what the site of 10,000 organisations takes."""

KEPT = 3
"""Standard input, output and error."""


def confine() -> tuple[str, ...]:
    """Give up everything, for this process and those that it forks; returns which fences hold."""
    return tuple(name for name, put_up in _FENCES if put_up())


# --- limits -----------------------------------------------------------------------------------------------------------


def _limit() -> bool:
    if sys.platform == "win32":
        return False
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (KEPT, KEPT))
    most = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = MOST_MEMORY if most == resource.RLIM_INFINITY else min(most, MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    return True


# --- Landlock (linux/landlock.h) --------------------------------------------------------------------------------------

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
"""The same on every processor."""
_ASK_VERSION = 1
_RIGHTS = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""What can be forbidden to do with files, per version of the interface: from `EXECUTE` up to `IOCTL_DEV`."""
_WITH_NETWORK, _WITH_SCOPES = 4, 6
_TCP, _SCOPES = 0b11, 0b11
"""To bind and to connect; abstract sockets of others, and signals to others."""


def _landlock() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    version = _syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    rights = sum(right for since, right in _RIGHTS if version >= since)
    wanted = (rights, *((_TCP,) if version >= _WITH_NETWORK else ()), *((_SCOPES,) if version >= _WITH_SCOPES else ()))
    attributes = struct.pack(f"={len(wanted)}Q", *wanted)
    ruleset = _syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    return ruleset >= 0 and _gain_no_rights() and _syscall(_RESTRICT_SELF, ruleset, 0) == 0


# --- seccomp (linux/seccomp.h, linux/filter.h) ------------------------------------------------------------------------

_SET_SECCOMP, _FILTER = 22, 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _PROCESSOR = 0, 4
"""Where they stand in what the filter sees."""
_OTHER_WORLD = 0x40000000
"""From here on calls of the x32 interface are numbered: the same calls by other names."""

_CALLS = {
    # socket, connect, execve, kill, ptrace, process_vm_readv and _writev, execveat
    "x86_64": (0xC000003E, (41, 42, 59, 62, 101, 310, 311, 322)),
    "aarch64": (0xC00000B7, (198, 203, 221, 129, 117, 270, 271, 281)),
}
_ON_EVERY_PROCESSOR = (424, 425, 434, 438)
"""pidfd_send_signal, io_uring_setup, pidfd_open, pidfd_getfd."""


def _seccomp() -> bool:
    if not sys.platform.startswith("linux") or platform.machine() not in _CALLS:
        return False
    processor, calls = _CALLS[platform.machine()]
    refused = sorted((*calls, *_ON_EVERY_PROCESSOR))
    steps = [
        (_LOAD, 0, 0, _PROCESSOR),
        (_EQUAL, 1, 0, processor),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, len(refused) + 1, 0, _OTHER_WORLD),
        *((_EQUAL, len(refused) - place, 0, call) for place, call in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    header = struct.pack("@HP", len(steps), ctypes.addressof(program))
    return _gain_no_rights() and _prctl(_SET_SECCOMP, _FILTER, header) == 0


# --- system calls -----------------------------------------------------------------------------------------------------

_NO_NEW_PRIVILEGES = 38


def _gain_no_rights() -> bool:
    return _prctl(_NO_NEW_PRIVILEGES, 1, None) == 0


def _prctl(option: int, value: int, argument: bytes | None) -> int:
    zero = ctypes.c_ulong(0)
    done: int = ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), argument, zero, zero)
    return done


def _syscall(number: int, first: bytes | int | None, *others: int) -> int:
    done: int = ctypes.CDLL(None).syscall(ctypes.c_long(number), first, *map(ctypes.c_long, others))
    return done


_FENCES: tuple[tuple[str, Callable[[], bool]], ...] = ((SECCOMP, _seccomp), (LANDLOCK, _landlock), (LIMITS, _limit))
"""The limits last: Landlock needs a file descriptor."""
