"""Score the record of whole newspaper articles against annotations made without sight of output.

    python evals/whole_articles.py --data DIR [--set evals/gold/articles.tsv] [--model FOLDER] [--wrong]
    python evals/whole_articles.py --data DIR --agreement

DIR holds polnear, for articles that are kept without their texts. An event of ours is right where its trigger is one of
the words that tell an annotated event of that type, here or again; that event is then found, once. Of the events found:
who acts and receives, by who is meant and not by the words, the speaker on whose word it is told, its day where the
text tells one, its place, modes and contexts; its status also where we have another type.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from real_items import count_names, share
from turnstone.analysis.model import PACKAGED, Model
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Event, Participant, Place, Record

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import articles as article_files
from annotated import overlap, shares_name
from corpus import CorpusError, GoldEvent, GoldReport, Span
from sheets import Sheet, Who, is_sheet, sheets_of
from whereabouts import days_of

_SHORT = frozenset("he him his she her they them their it its i me my we us our who".split())


@dataclass(frozen=True)
class Party:
    """Who is meant, and with which words."""

    span: Span
    words: str
    name: str
    country: str

    def is_named(self) -> bool:
        return self.name.split()[-1][0].isupper()


def same_party(gold: Party, ours: Party) -> bool:
    """Whether ours names who is meant, or has the same words and says of no other country: "the government". Pronouns
    have to be resolved."""
    if shares_name(gold.name, ours.name):
        return True
    if not overlap(gold.span, ours.span) or ours.words.lower() in _SHORT:
        return False
    return not gold.is_named() or (bool(gold.country) and gold.country == ours.country)


def gold_parties(report: GoldReport, spans: Sequence[Span], meant: Sequence[str]) -> list[Party]:
    found = []
    for (start, end), one in zip(spans, meant, strict=True):
        name, _, code = one.rpartition("/")
        words = report.text[start:end]
        found.append(Party((start, end), words, words if name in ("", "group") else name, code.replace("-", "")))
    return found


def our_parties(text: str, given: Sequence[Participant]) -> list[Party]:
    return [Party((p.start, p.end), text[p.start : p.end], p.name, p.country) for p in given]


def met(gold: Sequence[Party], ours: Sequence[Party]) -> tuple[int, int]:
    """How many of ours are right, and how many of the annotated are among ours."""
    right = sum(any(same_party(one, other) for one in gold) for other in ours)
    return right, sum(any(same_party(one, other) for other in ours) for one in gold)


def found_by(gold: Sequence[GoldEvent], ours: Sequence[Event]) -> list[tuple[GoldEvent, Event]]:
    """Pairs of an annotated event and the first of ours that tells it: one of its type before one of another."""
    pairs: list[tuple[GoldEvent, Event]] = []
    for right_type in (True, False):
        for event in ours:
            if any(event is one for _, one in pairs):
                continue
            trigger = (event.trigger.start, event.trigger.end)
            left = (one for one in gold if not any(one is known for known, _ in pairs))
            for one in left:
                same = (event.event_type == one.event_type) is right_type
                if same and any(overlap(trigger, span) for span in (one.trigger, *one.again)):
                    pairs.append((one, event))
                    break
    return pairs


def tally(report: GoldReport, who: Sequence[Who], record: Record, c: Counter[str]) -> list[str]:
    """Add one article to the counts; returns in words what was wrong."""
    text, ours, wrong = report.text, record.coded.events, []
    pairs = found_by(report.events, ours)
    of = dict(zip(map(id, report.events), who, strict=True))
    c.update({"articles": 1, "type gold": len(report.events), "type guess": len(ours)})
    for side, countries in (("gold", [key for e in report.events for key in _keys(e, report, of[id(e)])]),
                            ("guess", [key for e in ours for key in _our_keys(e)])):  # fmt: skip
        c[f"both {side}"] += len(countries)
    for one, event in pairs:
        meant = of[id(one)]
        c.update(matched=1, status=one.status == event.status)
        if one.event_type != event.event_type:
            wrong.append(f"type {event.event_type} for {one.event_type}: {_around(text, event)}")
            continue
        c["type hit"] += 1
        c["both hit"] += (Counter(_keys(one, report, meant)) & Counter(_our_keys(event))).total()
        sides = (
            ("actors", one.actors, meant.actors, event.actors),
            ("recipients", one.recipients, meant.recipients, event.recipients),
        )
        for role, spans, names, given in sides:
            gold, got = gold_parties(report, spans, names), our_parties(text, given)
            right, among = met(gold, got)
            c.update(
                {f"{role} right": right, f"{role} among": among, f"{role} guess": len(got), f"{role} gold": len(gold)}
            )
            if right < len(got) or among < len(gold):
                wanted, told = [p.name for p in gold], [p.name for p in got]
                wrong.append(f"{role} {told} for {wanted}: {_around(text, event)}")
        count_names(c, "modes", one.modes, event.modes)
        count_names(c, "contexts", one.contexts, event.contexts)
        c.update(spoken=1, speaker=_right_speaker(record, event, meant))
        if (told_day := days_of(meant.days)) is not None:
            c.update(dated=1, day=(event.first_day, event.last_day) == told_day)
        if meant.place:
            wanted_place, given_place = meant.place != "-", event.place is not None
            right_place = event.place is not None and _right_place(
                _names_of(record, event.place), event.place, meant.place
            )
            c.update({"place right": right_place, "place guess": given_place, "place gold": wanted_place})
    told = {id(event) for _, event in pairs}
    wrong += [f"made up {e.event_type} {e.status}: {_around(text, e)}" for e in ours if id(e) not in told]
    known = {id(one) for one, _ in pairs}
    wrong += [
        f"missed {e.event_type} {e.status}: {text[max(0, e.trigger[0] - 120) : e.trigger[0]]!r}"
        f"<<{text[e.trigger[0] : e.trigger[1]]}>>{text[e.trigger[1] : e.trigger[1] + 60]!r}"
        for e in report.events if id(e) not in known
    ]  # fmt: skip
    return [f"{report.id} {line}" for line in wrong]


def _keys(event: GoldEvent, report: GoldReport, who: Who) -> list[tuple[str, str]]:
    countries = {party.country for party in gold_parties(report, event.actors, who.actors)} - {""}
    return [(event.event_type, country) for country in countries or {""}]


def _our_keys(event: Event) -> list[tuple[str, str]]:
    return [(event.event_type, country) for country in {a.country for a in event.actors} - {""} or {""}]


def _right_speaker(record: Record, event: Event, who: Who) -> bool:
    """Nobody where the article vouches; else whom the annotation names."""
    said = record.coded.attributions[event.attribution] if event.attribution >= 0 else None
    name = who.speaker.rpartition("/")[0]
    if said is None or said.speaker is None:
        return not name and said is None
    return bool(name) and shares_name(name, said.speaker.name)


def _names_of(record: Record, place: Place) -> list[str]:
    """Its name, and its words where they name it: not those of who takes part, nor of a town for its state."""
    words = record.article.text[place.start : place.end]
    return [place.name, words] if place in record.resolved.places else [place.name]


def _right_place(names: Sequence[str], ours: Place, meant: str) -> bool:
    """Whether ours is named as the place that is meant, and not in another state."""
    name, _, code = meant.rpartition("/")
    if code not in ("-", ours.country, "") and ours.country:
        return False
    return any(shares_name(name, one) for one in names)


def _around(text: str, event: Event) -> str:
    start, end = event.trigger.start, event.trigger.end
    return f"{text[max(0, start - 120) : start]!r}<<{text[start:end]}>>{text[end : end + 60]!r}"


def f1(right: int, among: int, guess: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent; `right` of `guess`, `among` of `gold`."""
    p, r = right / max(guess, 1), among / max(gold, 1)
    return {"P": round(100 * p, 1), "R": round(100 * r, 1), "F1": round(200 * p * r / max(p + r, 1e-9), 2)}


def shares(c: Counter[str]) -> dict[str, float | None]:
    """F1 and shares in per cent, by name."""
    found = scores(c)
    pairs = {name: found[name]["F1"] for name in ("type", "type and country", "actors", "recipients")}
    pairs |= {name: found[name]["F1"] for name in ("place", "modes", "contexts")}
    return pairs | {name: found[name] for name in ("speaker", "status", "day")}


def scores(c: Counter[str]) -> dict[str, Any]:
    return {
        "articles": c["articles"],
        "events": c["type gold"],
        "type": f1(c["type hit"], c["type hit"], c["type guess"], c["type gold"]),
        "type and country": f1(c["both hit"], c["both hit"], c["both guess"], c["both gold"]),
        **{role: f1(c[f"{role} right"], c[f"{role} among"], c[f"{role} guess"], c[f"{role} gold"])
           for role in ("actors", "recipients")},
        "speaker": share(c["speaker"], c["spoken"]),
        "status": share(c["status"], c["matched"]),
        "day": share(c["day"], c["dated"]),
        "place": f1(c["place right"], c["place right"], c["place guess"], c["place gold"]),
        **{name: f1(c[f"{name} hit"], c[f"{name} hit"], c[f"{name} guess"], c[f"{name} gold"])
           for name in ("modes", "contexts")},
    }  # fmt: skip


def count(pipeline: Pipeline, annotated: Path, data: Path) -> tuple[Counter[str], list[str]]:
    """The counts of an annotated file, and what was wrong in words; `data` has the texts that the file lacks."""
    c: Counter[str] = Counter()
    wrong: list[str] = []
    for sheet in annotated_with_who(annotated, data):
        article = Article(sheet.report.id, date.fromisoformat(sheet.report.date), sheet.report.text)
        wrong += tally(sheet.report, sheet.who, pipeline.code(article), c)
    return c, wrong


def annotated_with_who(path: Path, data: Path) -> list[Sheet]:
    """Sheets; or articles kept without their texts, and who is meant in them from the file beside. Raises
    CorpusError."""
    if is_sheet(path):
        return sheets_of(path)
    beside = path.with_name(f"{path.stem}_who.tsv")
    known = article_files.read_who(beside)
    reports = article_files.read_articles(path, data)
    try:
        return [Sheet(one, tuple(known[one.id, e.trigger[0]] for e in one.events)) for one in reports]
    except KeyError as error:
        raise CorpusError(f"{beside}: lacks the event {error}; it belongs to {path.name}") from error


def agreement(one: Sequence[GoldReport], other: Sequence[GoldReport]) -> dict[str, float | None]:
    """How far two annotations of the same articles agree, in per cent: F1 of events, wherever they are told; of those
    that both have, type and status; and F1 of who takes part, by words, where both chose the same trigger."""
    first = {report.id: report.events for report in one}
    c: Counter[str] = Counter()
    for report in other:
        left = list(report.events)
        c["events"] += len(first[report.id]) + len(left)
        for event in first[report.id]:
            told = (event.trigger, *event.again)
            same = next((e for e in left if any(overlap(a, b) for a in told for b in (e.trigger, *e.again))), None)
            if same is None:
                continue
            left.remove(same)
            c.update(both=1, type=event.event_type == same.event_type, status=event.status == same.status)
            if event.trigger == same.trigger:
                for role in ("actors", "recipients"):
                    ours, theirs = getattr(event, role), getattr(same, role)
                    c[f"{role} met"] += 2 * sum(any(overlap(a, b) for b in theirs) for a in ours)
                    c[role] += len(ours) + len(theirs)
    found = {"events": share(2 * c["both"], c["events"])}
    found |= {name: share(c[name], c["both"]) for name in ("type", "status")}
    return found | {role: share(c[f"{role} met"], c[role]) for role in ("actors", "recipients")}


def main() -> None:
    root = Path(__file__).parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="what has the texts of articles that are kept without them")
    parser.add_argument("--set", type=Path, default=root / "evals/gold/articles.tsv")
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--wrong", action="store_true", help="print what was missed and what was made up")
    parser.add_argument("--agreement", action="store_true", help="compare the two annotations of some articles instead")
    args = parser.parse_args()
    if args.data is None and args.set.suffix == ".tsv":
        parser.error(f"--data is needed for the texts of {args.set}")
    if args.agreement:
        twice = [
            article_files.read_articles(args.set.with_name(f"{args.set.stem}{which}.tsv"), args.data)
            for which in ("", "_second")
        ]
        print(json.dumps(agreement(*twice), indent=1))
        return
    try:
        c, wrong = count(Pipeline(model=Model(args.model)), args.set, args.data or Path())
    except CorpusError as error:
        sys.exit(str(error))
    if args.wrong:
        print(*wrong, sep="\n")
    print(json.dumps(scores(c), indent=1))


if __name__ == "__main__":
    main()
