"""Score the packaged int8 model on the visible development sets, through the code that users run.

    python evals/measure.py --data DIR [--model FOLDER] [--only parse,names,mentions,attributions] [--out scores.json]

DIR holds ud-ewt, ner and polnear as `training/README.md` lists them. Parse: gold tokens, one sentence at a time,
punctuation and subtypes counted. Names: exact PER, ORG and LOC spans, by the model on gold tokens (`names`) and by the
whole pipeline on the sentence's text (`mentions`). Attributions: token F1 over our words of the raw articles.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

from turnstone.analysis.analyse import analyse, parse
from turnstone.analysis.decode import tags_to_spans
from turnstone.analysis.labels import NAMES
from turnstone.analysis.model import PACKAGED, Model

ROLES = ("source", "cue", "content")


def f1(hit: int, gold: int, guess: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent."""
    p, r = hit / max(guess, 1), hit / max(gold, 1)
    return {"P": round(100 * p, 2), "R": round(100 * r, 2), "F1": round(200 * p * r / max(p + r, 1e-9), 2)}


def blocks(path: Path) -> list[list[list[str]]]:
    """The token rows of each sentence of a CoNLL file."""
    rows = [
        [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    ]
    return [[row for row in block if row[0].isdigit()] for block in rows if block]


def score_parse(model: Model, path: Path) -> dict[str, float]:
    count: Counter[str] = Counter()
    for rows in blocks(path):
        for row, word in zip(rows, parse([row[1] for row in rows], model), strict=True):
            head = int(row[6]) == word.head + 1
            count.update(words=1, UAS=head, LAS=head and row[7] == word.relation, UPOS=row[3] == word.upos)
    return {k: round(100 * count[k] / count["words"], 2) for k in ("UAS", "LAS", "UPOS")}


def gold_names(rows: list[list[str]]) -> set[tuple[int, int, str]]:
    return set(tags_to_spans([NAMES.index(row[2]) if row[2] in NAMES else 0 for row in rows], NAMES))


def score_names(model: Model, path: Path) -> dict[str, float]:
    hit = gold = guess = 0
    for rows in blocks(path):
        found = set(tags_to_spans(model.name_tags([model.run([row[1] for row in rows]).names])[0], NAMES))
        want = gold_names(rows)
        hit, gold, guess = hit + len(found & want), gold + len(want), guess + len(found)
    return f1(hit, gold, guess)


def score_mentions(path: Path) -> dict[str, float]:
    from turnstone.pipeline import Pipeline
    from turnstone.records import Article

    pipeline = Pipeline()
    hit = gold = guess = 0
    for rows in blocks(path):
        text = " ".join(row[1] for row in rows)
        starts = [sum(len(row[1]) + 1 for row in rows[:i]) for i in range(len(rows))]
        want = {(starts[a], starts[b - 1] + len(rows[b - 1][1]), kind) for a, b, kind in gold_names(rows)}
        article = Article("x", date(2010, 1, 1), text)
        mentions = pipeline.resolve(article, analyse(text, pipeline.model)).mentions
        kinds = {"GPE": "LOC"}
        found = {(m.start, m.end, kinds.get(m.kind, m.kind)) for m in mentions if m.kind != "OTHER"}
        hit, gold, guess = hit + len(found & want), gold + len(want), guess + len(found)
    return f1(hit, gold, guess)


def gold_attributions(path: Path) -> dict[str, list[tuple[int, int]]]:
    out: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"^T\d+\t(Source|Cue|Content) ([\d ;]+)\t", line)
        if match:
            out[match[1].lower()] += [(int(p.split()[0]), int(p.split()[1])) for p in match[2].split(";")]
    return out


def score_attributions(model: Model, folder: Path) -> dict[str, dict[str, float]]:
    count: Counter[str] = Counter()
    for text_path in sorted((folder / "text").glob("*.txt")):
        matches = list((folder / "attributions").glob(f"{text_path.stem}*.ann"))
        if not matches:
            continue
        analysis = analyse(text_path.read_text(encoding="utf-8"), model)
        want = gold_attributions(matches[0])
        for role in ROLES:
            got = [(s.start, s.end) for q in analysis.quotations for s in getattr(q, role)]
            for token in analysis.tokens:
                g = any(token.start < e and token.end > s for s, e in got)
                w = any(token.start < e and token.end > s for s, e in want[role])
                count.update({f"{role} hit": g and w, f"{role} gold": w, f"{role} guess": g})
    return {role: f1(count[f"{role} hit"], count[f"{role} gold"], count[f"{role} guess"]) for role in ROLES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--only", default="parse,names,mentions,attributions")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    model = Model(args.model)
    only = args.only.split(",")
    scores: dict[str, object] = {}
    if "parse" in only:
        scores["EWT dev, gold tokens"] = score_parse(model, args.data / "ud-ewt/dev.conllu")
    if "names" in only:
        scores["UNER EWT dev, gold tokens (in the training)"] = score_names(model, args.data / "ner/uner-ewt-dev.iob2")
    if "mentions" in only:
        scores["UNER EWT dev, pipeline (in the training)"] = score_mentions(args.data / "ner/uner-ewt-dev.iob2")
    if "attributions" in only:
        scores["PolNeAR dev, token F1"] = score_attributions(model, args.data / "polnear/dev")
    text = json.dumps(scores, indent=1)
    print(text)
    if args.out:
        args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
