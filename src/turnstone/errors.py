"""Every error turnstone raises on purpose; each message names the input, the reason and the remedy."""

from __future__ import annotations

from pathlib import Path


class TurnstoneError(Exception):
    """The base of all errors below."""


class ReadingError(TurnstoneError):
    """An input cannot be read as an article."""


class KnowledgeError(TurnstoneError):
    """A codebook, entities or gazetteer file is invalid; the message gives file and line or row."""


class ModelError(TurnstoneError):
    """The packaged model is missing or is not the one the code expects."""


class StoreError(TurnstoneError):
    """A record directory cannot be written or read."""


class DiskError(StoreError):
    """The disk does not allow a record directory to be written now; what was kept before is not touched."""


class ExportError(TurnstoneError):
    """A file for others cannot be written as asked."""


class FramesError(TurnstoneError):
    """A record cannot be given as frames: an unknown or missing library, an article that is not there."""


class StorageError(TurnstoneError):
    """Object storage cannot be reached, or what is needed to reach it is not installed."""


class ClusterError(TurnstoneError):
    """A plan, its shards or the cluster that codes them are not as they must be."""


class QueryError(TurnstoneError):
    """A query is not allowed, wrong, or beyond its limits."""


def why_unwritten(path: Path, error: BaseException) -> str:
    """Why a file or folder could not be written, in words for the brackets of a message."""
    above = next((one for one in path.parents if one.exists()), path.parent)
    if isinstance(error, NotADirectoryError) or not above.is_dir():
        return f"{above} is a file, not a folder"
    if isinstance(error, FileExistsError) and not path.is_dir():
        return "a file of that name is there, not a folder"
    if isinstance(error, FileNotFoundError) and above != path.parent:
        return f"there is no folder {path.parent}"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split())
