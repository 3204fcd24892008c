"""What one article may take of the machine, held by the system inside a worker process."""

from __future__ import annotations

import math
import os
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import resource

_STATM = Path("/proc/self/statm")
_DATA_PAGES = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` by the wall clock, `cpu_seconds` of processor time, and `memory_mb` (10**6 bytes) beyond what the
    process holds once the coder is loaded. The last two need a system with resource limits, and memory Linux.
    """

    seconds: float = 600.0
    cpu_seconds: int = 300
    memory_mb: int = 1_000


def hold_memory(limits: Limits) -> None:
    """Lets this process grow by so much and no more: an allocation beyond that fails. Also turns off core dumps."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if not _STATM.exists():
        return
    held = int(_STATM.read_text().split()[_DATA_PAGES]) * os.sysconf("SC_PAGE_SIZE")
    _lower(resource.RLIMIT_DATA, held + limits.memory_mb * 1_000_000)


def hold_processor(limits: Limits) -> None:
    """From now on this process may use so much processor time; then SIGXCPU ends it."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + limits.cpu_seconds)


if sys.platform != "win32":

    def _lower(kind: int, value: int) -> None:
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
