"""Score what pronouns, short names and descriptions of our own reports are taken to stand for.

    python evals/coreference.py [--half first|second] [--model FOLDER] [--wrong]

The gold (`evals/gold/coreference.tsv`) was annotated before any output was seen: every third person (and "I", whose
speaker is named) that stands for a person, state, body or group, every short name, and every description of somebody
named before. An answer is right where whom it names is whom the words it stands for name; of two ("both leaders") both
are wanted. Words that are answered but stand for nobody in the gold count against precision. The halves are a seeded
draw of the reports; errors are read in the first only.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from turnstone.analysis.model import PACKAGED, Model
from turnstone.errors import ReadingError
from turnstone.evaluation.formats.corpus import GoldReport
from turnstone.evaluation.formats.corpus import read as read_corpus
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Mention

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "evals/gold/coreference.tsv"
TEXTS = (ROOT / "corpus/long.txt", ROOT / "evals/gold/corpus_test.txt")
KINDS = ("pronoun", "name", "description")
SEED = 4
_THIRD = re.compile(
    r"(?i)\b(?:he|she|his|her|him|himself|herself|it|its|itself|they|their|them|themselves)\b"
)  # fmt: skip
# how the basis of an answer that refers back begins or goes on, by the kind of its words
_REFERS_BACK = {"name": ("short for ",), "description": (" spoken of before", " named before: ", "counterpart of ")}

Span = tuple[int, int]


@dataclass(frozen=True)
class Anaphor:
    """Words that stand for others of the same report; more than one span for two ("both leaders")."""

    start: int
    end: int
    kind: str
    stands_for: tuple[Span, ...]


@dataclass(frozen=True)
class GoldText:
    """A report and all that refers back in it."""

    report: GoldReport
    anaphors: tuple[Anaphor, ...]


def read_gold(path: Path = GOLD, texts: Iterable[Path] = TEXTS) -> list[GoldText]:
    """The annotated reports, in order; raises ReadingError where a report is not the text that was annotated."""
    reports: dict[str, GoldReport] = {}
    for one in texts:
        found, faults = read_corpus(one)
        if faults:
            raise ReadingError(f"{faults[0]}; mend the annotation")
        reports.update({report.id: report for report in found})
    anaphors: dict[str, list[Anaphor]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        report, span, words, kind, others = line.split("\t")
        start, end = _span(span)
        if report not in reports or reports[report].text[start:end] != words:
            raise ReadingError(f"{path}:{number}: {report} is not the text that was annotated; restore corpus and gold")
        stands_for = tuple(_span(other) for other in others.split(";"))
        anaphors.setdefault(report, []).append(Anaphor(start, end, kind, stands_for))
    return [GoldText(reports[name], tuple(found)) for name, found in anaphors.items()]


def _span(field: str) -> Span:
    start, end = field.split("-")
    return int(start), int(end)


def half(gold: Sequence[GoldText], which: str) -> list[GoldText]:
    """The first or the second half of the reports, by a seeded draw."""
    drawn = list(gold)
    random.Random(SEED).shuffle(drawn)
    return drawn[0::2] if which == "first" else drawn[1::2]


def answers(anaphor: Anaphor, text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of the anaphor's own words that say who is meant: by an entity, or by a name that is not there."""
    found = _closest((anaphor.start, anaphor.end), mentions)
    return [
        one
        for one in found
        if one.entity_id or (one.name and one.name.lower() not in text[one.start : one.end].lower())
    ]


def _closest(span: Span, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that share most with the words; several of the same words mean all of them."""

    def shared(one: Mention) -> float:
        return (min(span[1], one.end) - max(span[0], one.start)) / (max(span[1], one.end) - min(span[0], one.start))

    touching = [one for one in mentions if one.start < span[1] and span[0] < one.end]
    best = max(touching, key=shared, default=None)
    return (
        []
        if best is None or shared(best) < 0.5
        else [m for m in touching if (m.start, m.end) == (best.start, best.end)]
    )


def meanings(pipeline: Pipeline, span: Span, day: date, text: str, mentions: Sequence[Mention]) -> set[str]:
    """Every id and name by which turnstone may rightly call whom the annotated words name."""
    words = text[span[0] : span[1]]
    found = {words.lower()}
    ending = [one for one in mentions if span[0] <= one.start and one.end == span[1]]
    for mention in (*_closest(span, mentions), *ending):
        found |= {mention.entity_id, mention.name.lower()}
    state = pipeline.entities.state(words, day, "state", "adjective", "people", "capital", "seat")
    if state is not None:
        found.add(state[0].id)
    return found - {""}


def chain(gold: Sequence[Anaphor], span: Span) -> list[Span]:
    """The words that stand for the same as these, and these: to be linked to any of them is right."""

    def first(one: Span) -> Span:
        for _ in gold:
            known = next((a for a in gold if (a.start, a.end) == one and len(a.stands_for) == 1), None)
            if known is None or known.stands_for[0] == one:
                break
            one = known.stands_for[0]
        return one

    same = [(a.start, a.end) for a in gold if len(a.stands_for) == 1 and first((a.start, a.end)) == first(span)]
    return [first(span), *same]


def outcome(
    pipeline: Pipeline, anaphor: Anaphor, gold: Sequence[Anaphor], day: date, text: str, mentions: Sequence[Mention]
) -> str:
    """ "right", "wrong" or "no answer"."""
    given = answers(anaphor, text, mentions)
    if not given:
        return "no answer"
    own = (anaphor.start, anaphor.end)
    wanted = [
        set().union(*(meanings(pipeline, one, day, text, mentions) for one in chain(gold, span) if one != own))
        for span in anaphor.stands_for
    ]
    names = [{one.entity_id, one.name.lower()} - {""} for one in given]
    each_wanted = all(any(want & name for name in names) for want in wanted)
    each_given = all(any(want & name for want in wanted) for name in names)
    return "right" if each_wanted and each_given else "wrong"


def uncalled(gold: GoldText, mentions: Sequence[Mention]) -> list[tuple[str, Mention]]:
    """Answers, with their kind, for words that stand for nobody in the gold."""
    text = gold.report.text
    found = []
    for one in mentions:
        if not (one.entity_id or one.name) or any(a.start < one.end and one.start < a.end for a in gold.anaphors):
            continue
        words = text[one.start : one.end]
        if _THIRD.fullmatch(words):
            found.append(("pronoun", one))
        for kind, marks in _REFERS_BACK.items():
            if any(mark in one.basis for mark in marks) and one.name.lower() not in words.lower():
                found.append((kind, one))
    return found


def score(pipeline: Pipeline, gold: GoldText) -> tuple[Counter[tuple[str, str]], list[str]]:
    """How many anaphors of a kind had which outcome, and what went wrong in words."""
    report, day = gold.report, date.fromisoformat(gold.report.date)
    mentions = pipeline.code(Article(report.id, day, report.text)).resolved.mentions
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    for one in gold.anaphors:
        how = outcome(pipeline, one, gold.anaphors, day, report.text, mentions)
        counts[one.kind, how] += 1
        if how != "right":
            meant = " and ".join(repr(report.text[a:b]) for a, b in one.stands_for)
            got = "; ".join(f"{m.name!r} ({m.basis})" for m in _closest((one.start, one.end), mentions)) or "nothing"
            around = report.text[max(0, one.start - 60) : one.end + 40].replace("\n", " / ")
            wrong.append(
                f"{report.id} {one.kind} {report.text[one.start : one.end]!r} is {meant}, {how}: {got}: {around}"
            )
    for kind, mention in uncalled(gold, mentions):
        counts[kind, "uncalled"] += 1
        around = report.text[max(0, mention.start - 60) : mention.end + 40].replace("\n", " / ")
        wrong.append(f"{report.id} {kind}, uncalled: {mention.name!r} ({mention.basis}): {around}")
    return counts, wrong


def precision_recall(counts: Counter[tuple[str, str]], kinds: Sequence[str]) -> tuple[float | None, float | None]:
    """Of what was answered, and of what is in the gold, the per cent that is right."""
    right = sum(counts[kind, "right"] for kind in kinds)
    answered = right + sum(counts[kind, how] for kind in kinds for how in ("wrong", "uncalled"))
    gold = right + sum(counts[kind, how] for kind in kinds for how in ("wrong", "no answer"))
    return (100 * right / answered if answered else None, 100 * right / gold if gold else None)


def rows(counts: Counter[tuple[str, str]]) -> list[str]:
    """A line a kind, and one for all."""
    lines = [f"{'kind':<12}{'gold':>6}{'right':>7}{'wrong':>7}{'no answer':>11}{'uncalled':>10}{'P':>7}{'R':>7}"]
    for name, kinds in (*((kind, (kind,)) for kind in KINDS), ("all", KINDS)):
        got = {how: sum(counts[k, how] for k in kinds) for how in ("right", "wrong", "no answer", "uncalled")}
        gold = got["right"] + got["wrong"] + got["no answer"]
        scores = "".join(
            f"{value:>7.1f}" if value is not None else f"{'-':>7}" for value in precision_recall(counts, kinds)
        )
        lines.append(
            f"{name:<12}{gold:>6}{got['right']:>7}{got['wrong']:>7}{got['no answer']:>11}{got['uncalled']:>10}{scores}"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("first", "second"))
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--wrong", action="store_true", help="print what was not right")
    args = parser.parse_args()
    gold = read_gold()
    pipeline = Pipeline(model=Model(args.model))
    counts: Counter[tuple[str, str]] = Counter()
    for one in half(gold, args.half) if args.half else gold:
        found, wrong = score(pipeline, one)
        counts += found
        if args.wrong:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    print(*rows(counts), sep="\n")


if __name__ == "__main__":
    main()
