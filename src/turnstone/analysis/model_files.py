"""The files of the packaged network and the digest that identifies them, without loading the network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from turnstone.errors import ModelError

PACKAGED = Path(__file__).parent.parent / "data" / "model"


def read_files(folder: Path = PACKAGED) -> tuple[dict[str, bytes], str]:
    """The contents of the files that a folder's `card.json` lists, by name, and the digest of them all.

    Raises ModelError where a file is missing or is not the one the card describes.
    """
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        contents = {name: (folder / name).read_bytes() for name in card["files"]}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder}: the model cannot be loaded ({error}); install turnstone again") from error
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != card["files"][name]:
            raise ModelError(f"{folder / name}: not the file its card describes; install turnstone again")
    return contents, hashlib.sha256(json.dumps(card["files"], sort_keys=True).encode()).hexdigest()
