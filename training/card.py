"""The card of a model's folder: its settings, and the digests of its files, which loading compares."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FILES = (
    "network.onnx", "labels.onnx", "relations.npy", "attachments.npy", "roles.onnx", "role_words.npy",
    "roles_together.npy", "events.onnx", "event_words.npy", "whole_roles.onnx", "whole_role_words.npy",
    "whole_events.onnx", "whole_event_words.npy", "context_words.npy",
    "event_places.npy", "likely_places.npy", "event_days.npy", "retellings.npy", "states.npy", "pairs.onnx",
    "pair_words.npy", "decoding.json", "vocab.txt",
)  # fmt: skip


def ask_where(parser: argparse.ArgumentParser) -> None:
    """The options of scripts that train beside a finished network: the folder of public sets, and that of the model."""
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)


def read_card(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "card.json").read_text(encoding="utf-8"))


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write it with the digests that the files have now."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    text = json.dumps(card | {"files": digests}, indent=1, sort_keys=True)
    (folder / "card.json").write_text(text + "\n", encoding="utf-8")


def write_trained(
    script: str, args: argparse.Namespace, name: str, files: Sequence[str], numbers: Sequence[str], instead: str = ""
) -> None:
    """Write into the card of the folder `args.model` that a script made what is called `name`: the files and numbers
    are those of its arguments so called. Settings whose names begin with `instead`, if that is anything, are
    dropped."""
    card = read_card(args.model)
    commands = list(dict.fromkeys([*card["commands"], f"training/{Path(script).name}"]))
    given = {k: getattr(args, k) for k in files}
    paths = {k: own if isinstance(own, list) else [own] for k, own in given.items()}
    made = {k: " ".join(f"{path.parent.name}/{path.name}" for path in own) for k, own in paths.items()}
    made |= {k: str(getattr(args, k)) for k in numbers}
    kept = {k: v for k, v in card["settings"].items() if not (instead and k.startswith(instead))}
    write_card(args.model, card | {"commands": commands, "settings": kept | {name: made}})


def set_confidence(folder: Path, prefix: str, slope: float, offset: float) -> None:
    """Write how an event's logit becomes its confidence, in reports or in whole articles; the card is written by
    `write_card` after it."""
    path = folder / "decoding.json"
    decoding = json.loads(path.read_text(encoding="utf-8"))
    decoding[f"{prefix}confidence"] = {"slope": slope, "offset": offset}
    path.write_text(json.dumps(decoding, sort_keys=True) + "\n", encoding="utf-8")
