"""Score whom "he", "she" and names of one word are taken to stand for, against the coreference of GUM.

    python evals/gum_persons.py --data DIR [--part dev|train] [--genres news,bio] [--model FOLDER] [--wrong]

DIR holds ud-gum. Each document is read as a report of the day it was made, by the whole pipeline. Asked are third
persons singular, and names of one word where GUM has the person's longer name elsewhere; of persons whom GUM names or
describes at all. Ours is right where it names somebody whom another of our mentions names at the head of one of GUM's
for that person. Neither part is in the training of what resolves them; errors were read in train only.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from turnstone.analysis.model import PACKAGED, Model
from turnstone.errors import ReadingError
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Mention

KINDS = ("pronoun", "name")
PRONOUNS = frozenset("he him his himself she her hers herself".split())
_REFERS = PRONOUNS | frozenset("it its they them their i me my we us our".split())
_ENTITY = re.compile(r"(\()?([^()]+)(\))?")
Span = tuple[int, int]


class Word(NamedTuple):
    """A word of GUM with its offsets in the text that is made of a document."""

    start: int
    end: int
    form: str
    upos: str
    entity: str


@dataclass
class Person:
    """The mentions of one person: head words of names and descriptions, pronouns, and names with their number of
    words."""

    heads: list[Span] = field(default_factory=list)
    pronouns: list[Span] = field(default_factory=list)
    names: list[tuple[Span, int]] = field(default_factory=list)

    def asked(self) -> Iterator[tuple[str, Span]]:
        """What is asked, by kind."""
        if self.heads:
            yield from (("pronoun", span) for span in self.pronouns)
            if any(words > 1 for _, words in self.names):
                yield from (("name", span) for span, words in self.names if words == 1)


@dataclass(frozen=True)
class GoldDocument:
    """A document as an article, and the persons in it."""

    article: Article
    persons: Sequence[Person]


def read_gold(path: Path, genres: Sequence[str] = ()) -> list[GoldDocument]:
    """The documents of a CoNLL-U file of GUM, of some genres or all. Raises ReadingError where it has none, or one has
    no day."""
    whole = path.read_text(encoding="utf-8")
    found = []
    for lines in re.split(r"(?m)^# newdoc id = ", whole)[1:]:
        name = lines.split("\n", 1)[0].strip()
        if genres and name.split("_")[1] not in genres:
            continue
        made = re.search(r"(?m)^# meta::dateCreated = (\d{4}-\d\d-\d\d)$", lines)
        if made is None:
            raise ReadingError(f"{path}, {name}: has no dateCreated; give the CoNLL-U of GUM")
        text, words = _words(lines)
        found.append(GoldDocument(Article(name, date.fromisoformat(made[1]), text), _persons(words)))
    if not found:
        raise ReadingError(f"{path}: has no document of {', '.join(genres) or 'any genre'}; give the CoNLL-U of GUM")
    return found


def _words(lines: str) -> tuple[str, list[Word]]:
    """The text of a document, paragraphs apart, and its words; those within a form ("he's") have their part of it."""
    text, words = "", []
    last_within, at, until = 0, 0, 0
    for line in lines.splitlines():
        if line.startswith("# newpar"):
            text = f"{text.rstrip()}\n\n" if text else ""
        elif not line.strip():
            last_within = 0
        columns = line.split("\t")
        if line.startswith("#") or len(columns) < 10 or "." in columns[0]:
            continue
        misc = dict(part.split("=", 1) for part in columns[9].split("|") if "=" in part)
        form, first, _, last = columns[1], *columns[0].partition("-")
        if not last and int(first) <= last_within:
            start, end = at, min(at + len(form), until)
        else:
            start, end = len(text), len(text) + len(form)
            text += form + ("" if misc.get("SpaceAfter") == "No" else " ")
        at, until = (start, end) if last else (end, until)
        if last:
            last_within = int(last)
        else:
            words.append(Word(start, end, form, columns[3], misc.get("Entity", "")))
    return text.rstrip(), words


def _persons(words: Sequence[Word]) -> list[Person]:
    persons: dict[str, Person] = {}
    begun: list[tuple[list[str], int]] = []
    for i, word in enumerate(words):
        for opens, fields, closes in _ENTITY.findall(word.entity):
            if opens:
                begun.append((fields.split("-"), i))
            if closes:
                of_group = [k for k, (known, _) in enumerate(begun) if known[0] == fields.split("-")[0]]
                (group, kind, *more), first = begun.pop(of_group[-1])
                if kind == "person":
                    _note(persons.setdefault(group, Person()), words[first : i + 1], more[3])
    return list(persons.values())


def _note(person: Person, words: Sequence[Word], heads: str) -> None:
    """Add a mention; `heads` are the numbers of its head words in it ("1,3")."""
    alone = words[0] if len(words) == 1 else None
    if alone is not None and alone.form.lower() in PRONOUNS:
        person.pronouns.append((alone.start, alone.end))
    elif alone is None or alone.upos != "PRON":
        person.heads.extend(words[int(n) - 1][:2] for n in heads.split(","))
        if all(word.upos == "PROPN" for word in words):
            person.names.append(((words[0].start, words[-1].end), len(words)))


def answer(kind: str, span: Span, text: str, mentions: Sequence[Mention]) -> Mention | None:
    """The mention of ours that says who is meant by some words; None where none does."""
    ours = [one for one in mentions if (one.start, one.end) == span]
    if kind == "pronoun":
        ours = [one for one in ours if one.name and one.name != text[span[0] : span[1]]]
    return ours[-1] if ours else None


def outcome(kind: str, span: Span, person: Person, text: str, mentions: Sequence[Mention]) -> str:
    """ "right", "wrong" or "no answer"."""
    given = answer(kind, span, text, mentions)
    if given is None:
        return "no answer"
    same = [
        one
        for one in mentions
        if (one.entity_id, one.name) == (given.entity_id, given.name)
        and (one.start, one.end) != span
        and text[one.start : one.end].lower() not in _REFERS
    ]
    others = [head for head in person.heads if head != span]
    return "right" if any(one.start < b and a < one.end for one in same for a, b in others) else "wrong"


def score(pipeline: Pipeline, gold: GoldDocument) -> tuple[Counter[tuple[str, str]], list[str]]:
    """How many words of a kind had which outcome, and what went wrong in words."""
    text, mentions = gold.article.text, pipeline.code(gold.article).resolved.mentions
    counts: Counter[tuple[str, str]] = Counter()
    faults = []
    for person in gold.persons:
        for kind, (start, end) in person.asked():
            how = outcome(kind, (start, end), person, text, mentions)
            counts[kind, how] += 1
            if how != "right":
                given, (a, b) = answer(kind, (start, end), text, mentions), person.heads[0]
                around = " ".join(
                    f"{text[max(0, start - 200) : start]}<<{text[start:end]}>>{text[end : end + 40]}".split()
                )
                said = repr(given.name) if given is not None else "nobody"
                faults.append(f"{gold.article.id} {kind}, {how}: {said}, is {text[a:b]!r}: {around}")
    return counts, faults


def precision_recall(
    counts: Counter[tuple[str, str]], kinds: Sequence[str] = KINDS
) -> tuple[float | None, float | None]:
    """Of what was answered, and of what was asked, the per cent that is right."""
    right, wrong, none = (sum(counts[kind, how] for kind in kinds) for how in ("right", "wrong", "no answer"))
    return (
        100 * right / (right + wrong) if right + wrong else None,
        100 * right / (right + wrong + none) if right + wrong + none else None,
    )


def rows(counts: Counter[tuple[str, str]]) -> list[str]:
    """A line a kind, and one for all."""
    lines = [f"{'kind':<9}{'right':>7}{'wrong':>7}{'no answer':>11}{'P':>7}{'R':>7}"]
    for name, kinds in (*((kind, (kind,)) for kind in KINDS), ("all", KINDS)):
        numbers = [sum(counts[kind, how] for kind in kinds) for how in ("right", "wrong", "no answer")]
        shares = ["-" if value is None else f"{value:.1f}" for value in precision_recall(counts, kinds)]
        lines.append(f"{name:<9}{numbers[0]:>7}{numbers[1]:>7}{numbers[2]:>11}{shares[0]:>7}{shares[1]:>7}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=["dev", "train"], default="dev")
    parser.add_argument(
        "--genres", default="", metavar="NAME,...", help="of GUM: news, bio, interview ...; without, all"
    )
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--wrong", action="store_true", help="print what was not right")
    args = parser.parse_args()
    gold = read_gold(args.data / f"ud-gum/{args.part}.conllu", list(filter(None, args.genres.split(","))))
    pipeline = Pipeline(model=Model(args.model))
    counts: Counter[tuple[str, str]] = Counter()
    for one in gold:
        found, wrong = score(pipeline, one)
        counts += found
        if args.wrong:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    print(*rows(counts), sep="\n")


if __name__ == "__main__":
    main()
