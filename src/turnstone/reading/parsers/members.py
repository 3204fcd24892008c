"""The members of zip and tar archives, read one after another; nothing is ever written to disk."""

from __future__ import annotations

import stat
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from turnstone.reading import streams
from turnstone.reading.unreadable import Unreadable

_CHUNK = 1 << 16
_ENCRYPTED = 1
_UNPACK = "unpack the archive and give the folder"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many members an archive may have, and how many bytes one of them and all together, unpacked."""

    members: int
    member: int
    total: int


def members(path: Path, kind: str, compressed: bool, limits: Limits) -> Iterator[dict[str, Any] | bytes]:
    """For each file in the archive `{"name": ...}` and its bytes in pieces, then `{"broken": [reason, remedy]}` where
    it is over a limit or damaged; for each member that is no file `{"name": ..., "refused": [reason, remedy]}`.
    Folders, and what begins with a dot, are passed over. Raises `Unreadable` where the rest cannot be read."""
    account = _Account(limits)
    with path.open("rb") as file:
        if kind == "zip":
            yield from _zip(file, account)
        else:
            yield from _tar(file, compressed, account)


class _Account:
    """What has been read of an archive so far, held to its limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._names: set[str] = set()
        self._members = 0
        self._total = 0

    def begin(self, name: str) -> Unreadable | None:
        """Takes up one more member; why it may not be read, if it may not."""
        self._members += 1
        if self._members > self.limits.members:
            raise Unreadable(
                f"the archive has more than {self.limits.members} members; what follows is not read", _UNPACK
            )
        if _leads_out(name):
            return Unreadable("the name of the member leads out of the archive", "pack it again under a plain name")
        if name in self._names:
            return Unreadable("the archive has another member of this name", "rename one of them")
        self._names.add(name)
        return None

    def pieces(self, file: IO[bytes], packed: int | None) -> Iterator[dict[str, Any] | bytes]:
        """A member's bytes; `packed` is how many it takes in the archive, None where that is not known."""
        size = 0
        try:
            while piece := file.read(_CHUNK):
                size += len(piece)
                self._total += len(piece)
                if self._total > self.limits.total:
                    raise Unreadable(
                        f"the archive unpacks to more than {self.limits.total} bytes; what follows is not read", _UNPACK
                    )
                if size > self.limits.member:
                    reason = f"the member unpacks to more than {self.limits.member} bytes"
                    yield _broken(Unreadable(reason, _UNPACK))
                    return
                if packed is not None and streams.too_dense(size, packed):
                    reason = f"the member unpacks to more than {streams.RATIO} times its size"
                    yield _broken(Unreadable(reason, "look at what is in it; if it is text, give it unpacked"))
                    return
                yield piece
        except (Unreadable, MemoryError):
            raise
        except Exception as error:  # zipfile and tarfile let whatever their decoders raise come through
            yield _broken(_damaged("member", error))


def _leads_out(name: str) -> bool:
    parts = _parts(name)
    return ".." in parts or not parts[0] or parts[0].endswith(":")


def _hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in _parts(name))


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _broken(why: Unreadable) -> dict[str, Any]:
    return {"broken": [why.reason, why.remedy]}


def _refused(name: str, why: Unreadable) -> dict[str, Any]:
    return {"name": name, "refused": [why.reason, why.remedy]}


def _damaged(what: str, error: Exception) -> Unreadable:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return Unreadable(f"the {what} is damaged ({reason})", "copy or download it again")


def _zip(file: IO[bytes], account: _Account) -> Iterator[dict[str, Any] | bytes]:
    try:
        archive = zipfile.ZipFile(file)
    except MemoryError:
        raise
    except Exception as error:
        raise _damaged("zip file", error) from None
    with archive:
        for info in archive.infolist():
            name = info.filename
            if info.is_dir() or _hidden(name):
                continue
            why = account.begin(name)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if why is None and kind not in (0, stat.S_IFREG):
                why = _no_file("a link" if kind == stat.S_IFLNK else "no regular file")
            if why is None and info.flag_bits & _ENCRYPTED:
                why = Unreadable("the member is encrypted", _UNPACK)
            if why:
                yield _refused(name, why)
                continue
            yield {"name": name}
            try:
                member = archive.open(info)
            except MemoryError:
                raise
            except Exception as error:
                yield _broken(_damaged("member", error))
                continue
            with member:
                yield from account.pieces(member, info.compress_size)


def _tar(file: IO[bytes], compressed: bool, account: _Account) -> Iterator[dict[str, Any] | bytes]:
    source = streams.Readable(streams.chunks(file, compressed))  # type: ignore[arg-type]
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for info in archive:
                name = "/".join(part for part in info.name.split("/") if part != ".")
                if info.isdir() or _hidden(name):
                    continue
                why = account.begin(name)
                if why is None and not info.isreg():
                    why = _no_file("a link" if info.issym() or info.islnk() else "no regular file")
                if why is None and info.issparse():
                    why = _no_file("a file with holes")
                if why:
                    yield _refused(name, why)
                    continue
                yield {"name": name}
                member = archive.extractfile(info)
                assert member
                yield from account.pieces(member, None)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise _damaged("tar file", error) from None


def _no_file(what: str) -> Unreadable:
    return Unreadable(f"the member is {what}", "give the file itself")
