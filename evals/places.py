"""Toponyms put on the map, against GeoVirus: how many of its places are within 161 km, and the median error.

    python evals/places.py --data DIR [--out scores.json]

DIR holds geo/GeoVirus.xml. The whole pipeline reads each article; a gold place counts as found where a place of ours
shares a character with it. Two shares: of the gold places that we put on the map, and of all gold places, where one we
do not have is wrong. The articles are in two halves by their order: the rules were written with the first in view, the
second was looked at when they were finished. Last come the costs in seconds of the processor: of resolution against
the model, and of loading.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from turnstone.analysis.analyse import analyse
from turnstone.evaluation.documents import Located, Text
from turnstone.evaluation.formats import geovirus
from turnstone.evaluation.layers.places import NEAR_KM, kilometres
from turnstone.evaluation.matching import one_to_one, overlap
from turnstone.knowledge.gazetteer import load_gazetteer
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Place


def distances(gold: Sequence[Located], places: Sequence[Place], text: str) -> list[float | None]:
    """For each gold place the kilometres to ours, None where we have none there."""
    known = Text(text)
    ours = [
        Located(known.span(one.start, one.end), one.geonames_id, (one.latitude, one.longitude))
        for one in places
        if one.latitude is not None and one.longitude is not None
    ]
    found: list[float | None] = [None] * len(gold)
    partners = one_to_one(
        gold, ours, lambda one, other: one.span == other.span, lambda one, other: overlap((one.span,), (other.span,))
    )
    for i, j in partners:
        here, there = gold[i].point, ours[j].point
        if here is not None and there is not None:
            found[i] = kilometres(here, there)
    return found


def gold_articles(path: Path) -> list[tuple[str, Sequence[Located]]]:
    """Each article of GeoVirus: its text and its places."""
    texts = [one.findtext("text", "") for one in ElementTree.parse(path).getroot().iter("article")]
    return list(zip(texts, (document.values for document in geovirus.read(path).documents), strict=True))


def measure(pipeline: Pipeline, path: Path) -> dict[str, float]:
    """The scores over all articles."""
    every = [
        distances(gold, pipeline.resolve(_article(text), analyse(text, pipeline.model)).places, text)
        for text, gold in gold_articles(path)
    ]
    return scores([one for article in every for one in article])


def _article(text: str) -> Article:
    return Article("x", date(2010, 1, 1), text)  # no place depends on the day


def scores(found: Sequence[float | None]) -> dict[str, float]:
    """Shares in per cent, the median in kilometres."""
    mapped = [one for one in found if one is not None]
    near = sum(one <= NEAR_KM for one in mapped)
    return {
        "gold places": len(found),
        "on our map": len(mapped),
        "within 161 km": near,
        "within 161 km, % of those on our map": round(100 * near / max(len(mapped), 1), 1),
        "within 161 km, % of all": round(100 * near / max(len(found), 1), 1),
        "median km of those on our map": round(statistics.median(mapped), 1) if mapped else 0.0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    began = time.process_time()
    load_gazetteer().lookup("Paris")
    loading = time.process_time() - began
    articles = gold_articles(args.data / "geo" / "GeoVirus.xml")
    pipeline = Pipeline()
    by_article, model, resolving = [], 0.0, 0.0
    for text, gold in articles:
        began = time.process_time()
        analysis = analyse(text, pipeline.model)
        analysed = time.process_time()
        resolved = pipeline.resolve(_article(text), analysis)
        model, resolving = model + analysed - began, resolving + time.process_time() - analysed
        by_article.append(distances(gold, resolved.places, text))
    half = (len(by_article) + 1) // 2
    report: dict[str, object] = {
        name: scores([one for article in part for one in article])
        for name, part in (("first half", by_article[:half]), ("second half", by_article[half:]), ("all", by_article))
    }
    report["cost"] = {
        "model, ms an article": round(1000 * model / len(articles), 1),
        "resolution, ms an article": round(1000 * resolving / len(articles), 1),
        "resolution, % of the model": round(100 * resolving / model, 1),
        "loading the gazetteer, with its first look-up, s": round(loading, 2),
    }
    text = json.dumps(report, indent=1)
    print(text)
    if args.out:
        args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
