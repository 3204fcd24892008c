"""What one query may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` by the clock from start to end, `memory_mb` (10**6 bytes) for the work and for the result each,
    `threads` of the processor, and the most `rows` of the result, which is cut there.
    """

    seconds: float = 30.0
    memory_mb: int = 1_000
    threads: int = 2
    rows: int = 10_000
