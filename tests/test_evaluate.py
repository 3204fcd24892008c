"""turnstone evaluate as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.store.samples import article, record
from turnstone.cli import app
from turnstone.cli.evaluate import Layer
from turnstone.evaluation import LAYERS, evaluate
from turnstone.store.json_lines import as_line


def run(*arguments: object) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found.exit_code, found.stdout, found.stderr


def written(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Three articles, one event in each."""
    return written(tmp_path / "gold.jsonl", *(as_line(record(article(key))) for key in "123"))


@pytest.fixture
def predicted(tmp_path: Path) -> Path:
    """The first article with another type, the second as it is, another one beside them."""
    first = as_line(record(article("1"))).replace('"AGREE"', '"CONSULT"')
    return written(tmp_path / "predicted.jsonl", first, *(as_line(record(article(key))) for key in "24"))


def test_every_layer_can_be_asked_for() -> None:
    assert [one.value for one in Layer] == list(LAYERS)


def test_scores_confusions_and_what_is_missing(gold: Path, predicted: Path) -> None:
    status, out, err = run(gold, predicted, "--layer", "events")
    assert (status, err) == (0, "")
    assert out.startswith(f"events: {predicted}") and "3 articles, matched by id" in " ".join(out.split())
    assert "1 of the gold missing in the prediction, counted as missed: 3" in out
    assert "1 of the prediction not in the gold, left out" in out
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert any(row.startswith("trigger 100.0 [") and row.endswith("] 2 3 2") for row in rows)
    assert any(row.startswith("trigger and type 50.0 [") and row.endswith("] 1 3 2") for row in rows)
    assert " ".join(out.split()).count("AGREE CONSULT 1") == 1


def test_json(gold: Path, predicted: Path) -> None:
    status, out, err = run(gold, predicted, "--layer", "events", "--json", "--samples", 50, "--seed", 3)
    found = json.loads(out)
    assert (status, found["missing"], found["left_out"], found["unit"], found["units"]) == (0, ["3"], 1, "article", 3)
    assert (found["samples"], found["seed"]) == (50, 3) and "1 of the gold missing" in err
    (trigger,) = [one for one in found["measures"] if (one["name"], one["label"]) == ("trigger", "")]
    assert trigger["scores"]["precision"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert trigger["counts"] == {"found": 2, "gold": 3, "predicted": 2}
    assert found["confusions"]["type"][0] == {"gold": "AGREE", "predicted": "-", "count": 1}


def test_no_samples_no_intervals(gold: Path) -> None:
    _, out, _ = run(gold, gold, "--layer", "events", "--samples", 0)
    assert "[" not in out and "100.0" in out


def test_the_same_seed_gives_the_same_intervals(gold: Path, predicted: Path) -> None:
    first = evaluate(gold, predicted, "events", 200, 7)
    assert evaluate(gold, predicted, "events", 200, 7) == first
    assert first.measure("trigger").scores["F1"].value == 0.8
    with pytest.raises(KeyError):
        first.measure("triggers")


@pytest.mark.parametrize("layer", ["mentions", "attributions", "events", "dates", "places"])
def test_json_lines_against_themselves(gold: Path, layer: str) -> None:
    for one in evaluate(gold, gold, layer, samples=0).measures:
        assert {score.value for score in one.scores.values()} <= {1.0, None}


def test_parse(tmp_path: Path) -> None:
    words = "1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_", "2\tup\tup\tADV\t_\t_\t1\tadvmod\t_\t_", ""
    gold = written(tmp_path / "gold.conllu", "# sent_id = 1", *words, "# sent_id = 2", *words)
    guess = written(tmp_path / "out.conllu", "# sent_id = 2", *(one.replace("advmod", "obl") for one in words))
    status, out, _ = run(gold, guess, "--layer", "parse")
    assert status == 0 and "LAS accuracy 25.0 [0.0, 50.0] 1 4" in " ".join(out.split())
    assert " ".join(out.split()).count("advmod obl 1") == 1


def test_pairs(tmp_path: Path) -> None:
    row = "{}\t<s>A</s> met <t>B</t>\t{}".format
    gold = written(tmp_path / "gold.tsv", "sentence_id\tmarked_sentence\tgold_root", row(1, "CONSULT"), row(2, "AID"))
    guess = written(
        tmp_path / "out.tsv",
        "sentence_id\tmarked_sentence\tgold_root\tevent_type",
        row(1, "CONSULT\tCONSULT"),
        row(2, "AID\tAGREE"),
    )
    status, out, _ = run(gold, guess, "--layer", "pairs")
    assert status == 0 and "2 sentences, matched by words" in " ".join(out.split())
    assert "class accuracy 50.0 [" in " ".join(out.split())


@pytest.mark.parametrize(
    ("layer", "text", "reason"),
    [
        ("parse", "1\tGo\n", "gold:1: the line has 2 columns; give CoNLL-U"),
        ("mentions", "1\tAda\tX\n", "gold:1: the tag 'X' is not O"),
        ("attributions", "{}\n", "gold:1: the contract is None"),
        ("events", "## r\nText.\n", "gold:1: header must be"),
        ("pairs", "sentence\n", "gold:1: the columns are sentence"),
        ("dates", "[\n", "gold:1: not JSON"),
        ("places", "<articles>\n<a></articles>", "gold:2: not XML"),
        ("parse", "\n", "nothing in it to score by"),
    ],
)
def test_bad_gold_is_told_with_file_line_reason_and_remedy(
    tmp_path: Path, gold: Path, layer: str, text: str, reason: str
) -> None:
    bad = tmp_path / "gold"
    bad.write_text(text, encoding="utf-8")
    status, out, err = run(bad, bad, "--layer", layer)
    assert (status, out) == (1, "")
    assert reason in err and "; " in err and err.startswith("turnstone: ")


def test_a_file_that_is_not_there(tmp_path: Path, gold: Path) -> None:
    for layer in LAYERS:
        status, _, err = run(tmp_path / "none", gold, "--layer", layer)
        assert status == 1 and f"{tmp_path / 'none'}: cannot be read" in err, layer


def test_an_unknown_layer_is_a_wrong_call(gold: Path) -> None:
    assert run(gold, gold, "--layer", "weather")[0] == 2
    assert run(gold, gold)[0] == 2
