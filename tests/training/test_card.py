"""What the card of a model says of how it was made."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from card import FILES, ask_where, read_card, write_trained
from logistic import HOW, ask_how


def test_what_a_script_made_stands_on_the_card_with_the_digests_of_now(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(b"")
    settings = {"scores 1": {}, "scores 2": {}, "syntax": {"epochs": "9"}}
    (tmp_path / "card.json").write_text(json.dumps({"commands": ["training/a.py"], "settings": settings, "files": {}}))
    args = argparse.Namespace(
        model=tmp_path, items=[Path("x/one.tsv"), Path("y/two.tsv")], labels=Path("l.tsv"), rate=2
    )
    for _ in range(2):  # a second time it is not named twice
        write_trained("/far/train_scores.py", args, "scores", ("items", "labels"), ("rate",), instead="scores")
    card = read_card(tmp_path)
    assert card["commands"] == ["training/a.py", "training/train_scores.py"]
    assert card["settings"] == {
        "syntax": {"epochs": "9"},
        "scores": {"items": "x/one.tsv y/two.tsv", "labels": "/l.tsv", "rate": "2"},
    }
    assert set(card["files"]) == set(FILES)


def test_the_options_of_a_training_are_those_that_the_card_names() -> None:
    parser = argparse.ArgumentParser()
    ask_where(parser)
    ask_how(parser, 4, 0.3, 0.05)
    args = vars(parser.parse_args(["--data", "d", "--model", "m", "--seed", "2"]))
    assert args == {"data": Path("d"), "model": Path("m"), "epochs": 4, "dropout": 0.3, "rate": 0.05, "seed": 2}
    assert set(HOW) == set(args) - {"data", "model"}
