"""What is measured on each gold set of `floors.json`: the packaged model and code, scored in per cent.

A measure gets the pipeline and the paths of its set in the order of `floors.json`, and returns its scores by name, None
where there was nothing to count. Raises ReadingError or CorpusError for gold that cannot be read.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import actor_countries
import coreference
import event_places
import gum_dates
import gum_persons
import happenings
import measure
import mention_countries
import places
import real_items
import whole_articles
import wire_copies
from turnstone.errors import ReadingError
from turnstone.evaluation import Report, evaluate
from turnstone.evaluation.formats.corpus import GoldReport
from turnstone.evaluation.formats.corpus import read as read_corpus
from turnstone.evaluation.report import NOTHING
from turnstone.pipeline import Pipeline
from turnstone.records import Article
from turnstone.store.json_lines import as_line

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import items as item_files
from judged_places import Judged, judged_items, judged_reports

Scores = Mapping[str, float | None]


class Packaged:
    """The pipeline that all measures share; the model is loaded when the first of them asks for it."""

    @cached_property
    def pipeline(self) -> Pipeline:
        return Pipeline()

    @cached_property
    def by_its_clause(self) -> Pipeline:
        """The same, but that events have only the places that their own clauses tell."""
        return Pipeline(real_items.BY_ITS_CLAUSE, model=self.pipeline.model)


Measure = Callable[[Packaged, Sequence[Path]], Scores]


def parse(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (path,) = paths
    scores = measure.score_parse(packaged.pipeline.model, path)
    return {f"ewt-{name.lower()}": scores[name] for name in ("LAS", "UAS", "UPOS")}


def attributions(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (folder,) = paths
    scores = measure.score_attributions(packaged.pipeline.model, folder)
    return {f"polnear-{role}": scores[role]["F1"] for role in measure.ROLES}


def counted(packaged: Packaged, annotated: Path, texts: Path, countries: real_items.Countries | None) -> Counter[str]:
    """What `real_items` counts on a set of annotated items."""
    c: Counter[str] = Counter()
    for report in item_files.read_items(annotated, item_files.load_items(texts)):
        real_items.tally(packaged.by_its_clause, report, countries, c)
    return c


def items(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    annotated, countries_of, texts = paths
    c = counted(packaged, annotated, texts, real_items.gold_countries(countries_of))
    return {
        "items-type": measure.f1(c["type hit"], c["type gold"], c["type guess"])["F1"],
        "items-type-and-country": measure.f1(c["both hit"], c["both gold"], c["both guess"])["F1"],
        "items-status": real_items.share(c["status"], c["matched"]),
    }


def more_items(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """The same of eight times as many items, how many of those without an event yield none, and where events were, with
    which modes and contexts."""
    annotated, countries_of, texts = paths
    c = counted(packaged, annotated, texts, real_items.gold_countries(countries_of))
    return {
        "items-more-type": measure.f1(c["type hit"], c["type gold"], c["type guess"])["F1"],
        "items-more-type-and-country": measure.f1(c["both hit"], c["both gold"], c["both guess"])["F1"],
        "items-more-status": real_items.share(c["status"], c["matched"]),
        "items-more-kept-quiet": real_items.share(c["quiet"], c["empty"]),
        "items-more-place": measure.f1(c["place hit"], c["place gold"], c["place guess"])["F1"],
        "items-more-modes": measure.f1(c["modes hit"], c["modes gold"], c["modes guess"])["F1"],
        "items-more-contexts": measure.f1(c["contexts hit"], c["contexts gold"], c["contexts guess"])["F1"],
    }


def quiet(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Sport, arts and science: how many of the items without a political event yield none."""
    annotated, texts = paths
    c = counted(packaged, annotated, texts, None)
    return {"quiet-kept-quiet": real_items.share(c["quiet"], c["empty"])}


def located(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (path,) = paths
    scores = places.measure(packaged.pipeline, path)
    return {
        "places-of-mapped": scores["within 161 km, % of those on our map"],
        "places-of-all": scores["within 161 km, % of all"],
    }


def placed(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Where events of real items were, wherever the item tells it."""
    gold, texts = paths
    return by_judges("event-places", packaged, judged_items(gold, texts.parent.parent))


def placed_at_random(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """The same of items drawn from all that have an event."""
    gold, texts = paths
    return by_judges("event-places-random", packaged, judged_items(gold, texts.parent.parent))


def placed_in_articles(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Where events of whole articles were."""
    articles, _, polnear = paths
    return by_judges("event-places-articles", packaged, judged_reports(articles, polnear.parent.parent))


def placed_in_world(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """The same of whole reports of ours."""
    reports, _ = paths
    return by_judges("event-places-world", packaged, judged_reports(reports, reports.parent))


def by_judges(name: str, packaged: Packaged, gold: Iterable[Judged]) -> Scores:
    found = event_places.shares(event_places.count(packaged.pipeline, gold))
    return {f"{name}-{measure.replace(' ', '-')}": share for measure, share in found.items() if "recall" not in measure}


def actors(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Political actors of real items with the right country: of all, and in the worst year."""
    annotated, texts = paths
    counted: dict[int, list[Counter[str]]] = {}
    for item in actor_countries.read_gold(annotated, item_files.load_items(texts)):
        counts, _ = actor_countries.score(packaged.pipeline, item)
        counted.setdefault(item.published.year, []).append(counts)
    whole = sum((c for group in counted.values() for c in group), Counter())
    worst = min(actor_countries.shares(counted).values(), default=None)
    return {
        "actors-country": real_items.share(whole["right"], whole.total()),
        "actors-country-worst-year": None if worst is None else round(worst, 2),
    }


def unread_actors(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """The same of the items whose errors nobody has read, without their few actors a year."""
    scores = actors(packaged, paths)
    return {"actors-unread-country": scores["actors-country"]}


def mentioned(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Persons, organisations and places of real items: of the countries told, and of the mentions that have one."""
    annotated, texts = paths
    whole: mention_countries.Counts = Counter()
    for item in mention_countries.read_gold(annotated, item_files.load_items(texts)):
        whole += mention_countries.score(packaged.pipeline, item)[0]
    precision, recall = mention_countries.precision_recall(mention_countries.total(whole))
    return {"mentions-country-precision": precision, "mentions-country-recall": recall}


def referring(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Pronouns, short names and descriptions of our reports that stand for the right ones."""
    (path,) = paths
    whole: Counter[tuple[str, str]] = Counter()
    for one in coreference.read_gold(path):
        whole += coreference.score(packaged.pipeline, one)[0]
    precision, recall = coreference.precision_recall(whole, coreference.KINDS)
    return {"coreference-precision": precision, "coreference-recall": recall}


def events(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    (path,) = paths
    reports, faults = read_corpus(path)
    if faults:
        raise ReadingError(f"{faults[0]}; mend the annotation")
    with TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        with predicted.open("w", encoding="utf-8") as file:
            for one in reports:
                file.write(as_line(packaged.pipeline.code(Article(one.id, day(path, one), one.text))) + "\n")
        return event_scores(evaluate(path, predicted, "events", samples=0))


def day(path: Path, report: GoldReport) -> date:
    try:
        return date.fromisoformat(report.date)
    except ValueError as error:
        raise ReadingError(f"{path}, report {report.id}: {error}; mend its date") from error


def event_scores(report: Report) -> Scores:
    """What the floors are about, in per cent, from the scores of the events of the corpus."""

    def per_cent(name: str, score: str) -> float | None:
        value = report.measure(name).scores[score].value
        return None if value is None else round(100 * value, 2)

    return {
        "corpus-trigger-and-type": per_cent("trigger and type", "F1"),
        "corpus-type-macro": type_macro(report),
        "corpus-status": per_cent("status", "accuracy"),
        "corpus-actors": per_cent("actors", "F1"),
        "corpus-recipients": per_cent("recipients", "F1"),
        "corpus-modes": per_cent("modes", "F1"),
        "corpus-contexts": per_cent("contexts", "F1"),
    }


def type_macro(report: Report) -> float | None:
    """Mean F1 in per cent of the types of events whose trigger was found, whatever became of the others; over the types
    that gold or prediction has there."""
    right = Counter({one.label: one.counts["found"] for one in report.measures if one.label})
    gold, got = Counter(right), Counter(right)
    for one in report.confusions.get("type", ()):
        if NOTHING not in (one.gold, one.predicted):
            gold[one.gold] += one.count
            got[one.predicted] += one.count
    each = [2 * right[name] / (gold[name] + got[name]) for name in gold | got]
    return round(100 * sum(each) / len(each), 2) if each else None


def dates(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Dated expressions: the share of lines whose first and last day are found, or that nothing is found for "-"."""
    (path,) = paths
    right = lines = 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for (published, sentence), group in groupby(rows, key=lambda row: (row["published"], row["sentence"])):
        try:
            found = packaged.pipeline.code(Article(path.name, date.fromisoformat(published), sentence)).resolved.dates
        except ValueError as error:
            raise ReadingError(f"{path}, {sentence!r}: {error}; mend its date") from error
        at = 0
        for row in group:
            lines += 1
            if row["expression"] == "-":
                right += not found
                continue
            at = sentence.index(row["expression"], at)
            end = at + len(row["expression"])
            days = [(m.first_day.isoformat(), m.last_day.isoformat()) for m in found if m.start < end and at < m.end]
            right += days == [(row["first_day"], row["last_day"])]
            at = end
    return {"dates-value": round(100 * right / lines, 2) if lines else None}


def marked_dates(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Dates that GUM marks: of the exact ones, those with the right days."""
    (path,) = paths
    whole: Counter[tuple[str, str]] = Counter()
    for one in gum_dates.read_gold(path):
        whole += gum_dates.score(packaged.pipeline, one)[0]
    exact = sum(whole["exact", how] for how in gum_dates.OUTCOMES)
    return {"gum-dates-value": gum_dates.share(whole["exact", "right"], exact)}


def persons(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Whom pronouns and names of one word stand for in GUM."""
    (path,) = paths
    counts: Counter[tuple[str, str]] = Counter()
    for document in gum_persons.read_gold(path):
        counts += gum_persons.score(packaged.pipeline, document)[0]
    precision, recall = gum_persons.precision_recall(counts)
    return {"gum-persons-precision": precision, "gum-persons-recall": recall}


def articles(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Whole articles: their events, who takes part, on whose word and whether it has happened."""
    annotated, folder = paths[0], paths[-1]
    c, _ = whole_articles.count(packaged.pipeline, annotated, folder.parent.parent)
    found = whole_articles.shares(c)
    return {f"{annotated.stem}-{name.replace(' ', '-')}": score for name, score in found.items()}


def copies(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Edited wire copies found, and no lookalikes."""
    path, _ = paths
    return wire_copies.score(wire_copies.pairs(path), "both", shown=False)


def joined(packaged: Packaged, paths: Sequence[Path]) -> Scores:
    """Reports of one happening, among real items that were read in pools. Over all of them: over those in which an
    event was found, a coder that finds more would fall by what it finds beside what it joins."""
    path, _, texts = paths
    gold = happenings.items(path)
    with TemporaryDirectory() as folder:
        record = happenings.coded(packaged.pipeline, gold, item_files.load_items(texts), Path(folder))
        scores = happenings.measure(happenings.found_in(record, gold), gold)["all items"]
    name = path.stem.replace("_", "-")
    return {f"{name}-b-cubed": scores["F1"], f"{name}-pairs": scores["pairs F1"]}


MEASURING: Mapping[str, Measure] = {
    "ewt": parse,
    "polnear": attributions,
    "items": items,
    "items-more": more_items,
    "quiet": quiet,
    "places": located,
    "event-places": placed,
    "event-places-random": placed_at_random,
    "event-places-articles": placed_in_articles,
    "event-places-world": placed_in_world,
    "actors": actors,
    "actors-unread": unread_actors,
    "mentions": mentioned,
    "coreference": referring,
    "dates": dates,
    "gum-dates": marked_dates,
    "gum-persons": persons,
    "articles": articles,
    "world": articles,
    "copies": copies,
    "happenings": joined,
    "happenings-second": joined,
    "corpus": events,
}
