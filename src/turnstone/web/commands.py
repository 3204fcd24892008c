"""Commands of turnstone that take longer than a page may: each in a process of its own, its answer kept."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

MOST = 2
"""So many run at a time."""


@dataclass
class Command:
    """A command at work, or what came of it: `answer` is what it printed, as JSON, `failure` why it printed nothing."""

    arguments: tuple[str, ...]
    begun: float
    done: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    failure: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def seconds(self) -> float:
        """How long it has been at work."""
        return time.monotonic() - self.begun


class Commands:
    """The commands of a workbench, by what they are asked about."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Command] = {}
        self._lock = threading.Lock()
        self._stopped = False

    def known(self, key: tuple[str, ...]) -> Command | None:
        """The command of this key, at work or done; None where it was not asked for."""
        with self._lock:
            return self._known.get(key)

    def begin(self, key: tuple[str, ...], arguments: Sequence[str]) -> Command | None:
        """Runs `turnstone` with arguments that end in --json, unless that is done; None where too many are at work."""
        with self._lock:
            found = self._known.get(key)
            if found is not None and not found.failure:
                return found
            if self._stopped or sum(not one.done.is_set() for one in self._known.values()) >= MOST:
                return None
            self._known = {k: one for k, one in self._known.items() if k[0] != key[0] or not one.done.is_set()}
            command = self._known[key] = Command(tuple(arguments), time.monotonic())
        threading.Thread(target=self._run, args=(command,), daemon=True, name="command").start()
        return command

    def _run(self, command: Command) -> None:
        try:
            command.process = subprocess.Popen(
                [sys.executable, "-m", "turnstone", *command.arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            if self._stopped:
                command.process.kill()
            out, told = command.process.communicate()
            command.answer = json.loads(out)
        except ValueError:
            lines = told.decode("utf-8", "replace").strip().splitlines()
            command.failure = lines[-1].removeprefix("turnstone: ") if lines else "the command ended without a word"
        except OSError as error:
            command.failure = f"no process can be started ({error}); end others first"
        finally:
            command.done.set()

    def stop(self) -> None:
        """Ends what is at work."""
        self._stopped = True
        with self._lock:
            for one in self._known.values():
                if one.process is not None and not one.done.is_set():
                    one.process.kill()
