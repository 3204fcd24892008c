"""A prediction against a gold file, layer by layer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from turnstone.errors import ReadingError
from turnstone.evaluation.comparison import Comparison
from turnstone.evaluation.documents import Collection, V
from turnstone.evaluation.formats import choice
from turnstone.evaluation.layers import attributions, dates, events, mentions, pairs, parse, places
from turnstone.evaluation.matching import Matched, match
from turnstone.evaluation.report import Report
from turnstone.evaluation.scores import measured

LAYERS: Final = ("parse", "mentions", "attributions", "events", "pairs", "dates", "places")
SAMPLES: Final = 1000


def evaluate(gold: Path, predicted: Path, layer: str, samples: int = SAMPLES, seed: int = 0) -> Report:
    """The scores of what was predicted against what is right. Both files are read as the layer's formats go
    (docs/commands.md); intervals come from `samples` draws of articles or sentences, and there are none with 0.

    Raises ReadingError, with file, line, reason and remedy, for what cannot be read or does not belong together.
    """

    def run(
        read: Callable[[Path], Collection[V]],
        compare: Callable[[Matched[V]], Comparison],
        read_predicted: Callable[[Path], Collection[V]] | None = None,
        unit: str = "",
    ) -> Report:
        right, given = read(gold), (read_predicted or read)(predicted)
        if not right.documents:
            raise ReadingError(f"{gold}: there is nothing in it to score by; give a gold file with annotations")
        matched = match(right, given)
        found = compare(matched)
        return Report(
            layer,
            str(gold),
            str(predicted),
            unit or right.unit,
            len(found.units),
            matched.by,
            matched.missing,
            matched.left_out,
            tuple(dict.fromkeys((*right.notes, *found.notes))),
            samples,
            seed,
            measured(found.units, found.wanted, samples, seed),
            found.ranked(),
        )

    match layer:
        case "parse":
            return run(choice.parses, parse.compare)
        case "mentions":
            return run(choice.mentions, mentions.compare)
        case "attributions":
            return run(choice.attributions, attributions.compare)
        case "events":
            return run(choice.events, events.compare)
        case "pairs":
            return run(choice.gold_pairs, pairs.compare, choice.predicted_pairs, unit="sentence")
        case "dates":
            return run(choice.dates, dates.compare)
        case "places":
            return run(choice.places, places.compare)
    raise ValueError(f"{layer!r} is no layer; give one of {', '.join(LAYERS)}")
