"""Where the packaged knowledge lies and what identifies it, without reading what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from turnstone.errors import KnowledgeError

_DATA = Path(__file__).resolve().parent.parent / "data"
PLOVER: Final = _DATA / "codebooks" / "plover.yaml"
GAZETTEER: Final = _DATA / "gazetteer"
GAZETTEER_FILES: Final = ("places.arrow", "names.arrow")
ENTITIES: Final = _DATA / "entities"


def files_of(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder of entities, by their names in it, in a fixed order."""
    paths = [*folder.glob("*.yaml"), *folder.glob("offices/*.yaml"), *folder.glob("people/*.yaml")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def digest_of(contents: dict[str, bytes]) -> str:
    """The digest of files by their names."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def digest_of_all(folders: Iterable[str], files: Iterable[bytes]) -> str:
    """The digest of folders, by theirs, and of files laid over them, by their contents."""
    digest = hashlib.sha256()
    for folder in folders:
        digest.update(folder.encode())
    for content in files:
        digest.update(hashlib.sha256(content).hexdigest().encode())
    return digest.hexdigest()


def folder_files(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder of entities. Raises KnowledgeError where there is no such folder."""
    if not folder.is_dir():
        raise KnowledgeError(f"{folder}: no such folder; give one with states.yaml or offices/*.yaml in it")
    return files_of(folder)


def entities_digest(folders: Iterable[Path], files: Iterable[bytes] = ()) -> str:
    """The digest of folders of entities with files laid over them. Raises KnowledgeError for a missing folder."""
    return digest_of_all((digest_of(folder_files(folder)) for folder in folders), files)


def gazetteer_digest(folder: Path = GAZETTEER) -> str:
    """The digest of the files of a gazetteer. Raises KnowledgeError for one that cannot be read."""
    try:
        return digest_of({name: (folder / name).read_bytes() for name in GAZETTEER_FILES})
    except OSError as error:
        raise KnowledgeError(f"{folder}: the gazetteer cannot be read ({error}); install turnstone again") from error
