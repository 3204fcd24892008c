"""What a workbench may do and where it listens."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORT = 8765


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`host` and `port` are where the server listens, `names` further names it may be called by. With a `token` every
    request must bring it. `cache` is where the index goes, beside the record if None. `largest` is the most bytes of a
    request, `compare` other records that runs can be compared with.
    """

    host: str = LOOPBACK
    port: int = PORT
    token: str = ""
    names: tuple[str, ...] = ()
    cache: Path | None = None
    largest: int = 64_000_000
    compare: tuple[Path, ...] = ()

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_everywhere(self) -> bool:
        """Whether the server listens on every address of this machine."""
        return self.host in ("0.0.0.0", "::", "")

    @property
    def address(self) -> str:
        """The address for a browser, without the token."""
        host = LOOPBACK if self.is_everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"
