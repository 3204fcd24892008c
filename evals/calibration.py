"""Fit the confidence of events to how often they are right, on items or articles that nothing was trained on.

    python evals/calibration.py --data DIR --model FOLDER [--whole] [--set FILE ...] [--plot FILE.svg] [--write]

The model is one without a fitted confidence, as `training/export.py` and the scripts after it write it. An event is
right where the gold has one of its type at one of the words that tell it. Prints slope and offset, fitted on all, which
`--write` puts into the model's folder; and the expected calibration error on each half before and after a fit on the
other half.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path

import numpy as np

from turnstone.analysis.analyse import analyse
from turnstone.analysis.event_model import SHORT, WHOLE
from turnstone.analysis.model import Model

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
from annotated import overlap
from card import read_card, set_confidence, write_card
from corpus import GoldReport
from readings import read_annotated

BINS = 10


def judged(model: Model, reports: list[GoldReport], whole: bool) -> list[tuple[str, float, bool]]:
    """(report, confidence, right) of every event proposed, in whole articles or in all shorter reports."""
    found = []
    for report in reports:
        analysis = analyse(report.text, model)
        if analysis.is_whole_article is not whole:
            continue
        for p in analysis.proposals:
            token = analysis.tokens[p.trigger]
            name, confidence = p.types[0]
            right = any(
                e.event_type == name and any(overlap((token.start, token.end), span) for span in (e.trigger, *e.again))
                for e in report.events
            )
            found.append((report.id, confidence, right))
    return found


def logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-3, 1 - 1e-3)
    return np.log(p / (1 - p))


def fit(confidence: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and offset of the logit that make the outcomes likeliest (Newton's method)."""
    x = np.stack([logit(confidence), np.ones_like(confidence)], 1)
    weights = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (right - p))
    return float(weights[0]), float(weights[1])


def scaled(confidence: np.ndarray, slope: float, offset: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(slope * logit(confidence) + offset)))


def bins(confidence: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, events) of ten equal ranges of confidence, empty ones left out."""
    at = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        (float(confidence[at == k].mean()), float(right[at == k].mean()), int((at == k).sum()))
        for k in range(BINS)
        if (at == k).any()
    ]


def error(rows: list[tuple[float, float, int]]) -> float:
    """Expected calibration error: how far confidence and share right are apart, by events."""
    total = sum(n for _, _, n in rows)
    return sum(n * abs(one - other) for one, other, n in rows) / total


def plot(before: list[tuple[float, float, int]], after: list[tuple[float, float, int]]) -> str:
    """A reliability diagram as SVG: share right over confidence."""
    most = max(n for _, _, n in before + after)

    def dots(rows: list[tuple[float, float, int]], colour: str) -> str:
        return "".join(
            f'<circle cx="{60 + 300 * c:.1f}" cy="{340 - 300 * r:.1f}" r="{3 + 9 * (n / most) ** 0.5:.1f}" '
            f'fill="{colour}" fill-opacity="0.75"/>'
            for c, r, n in rows
        )

    ticks = "".join(
        f'<text x="{60 + 300 * t:.0f}" y="360" text-anchor="middle">{t:.1f}</text>'
        f'<text x="50" y="{344 - 300 * t:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" font-family="sans-serif" font-size="12">'
        '<rect width="400" height="400" fill="white"/><rect x="60" y="40" width="300" height="300" fill="none" '
        'stroke="#999"/><line x1="60" y1="340" x2="360" y2="40" stroke="#bbb" stroke-dasharray="4"/>'
        f"{ticks}{dots(before, '#c66')}{dots(after, '#27639b')}"
        '<text x="210" y="385" text-anchor="middle">confidence</text>'
        '<text x="20" y="190" text-anchor="middle" transform="rotate(-90 20 190)">share right</text>'
        '<text x="60" y="20" fill="#c66">as the network gives it</text>'
        '<text x="360" y="20" text-anchor="end" fill="#27639b">fitted</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", type=Path, nargs="+", help="annotated items or articles")
    parser.add_argument("--whole", action="store_true", help="of whole articles, not of short reports")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--write", action="store_true", help="put slope and offset into the model's folder")
    args = parser.parse_args()
    folder, names = Path(__file__).parent.parent / "corpus", ("items/dev.tsv", "items/dev_2.tsv")
    sets = args.set or [folder / name for name in (("articles/dev.tsv",) if args.whole else names)]
    reports = [report for path in sets for report in read_annotated(path, args.data)]
    rows = judged(Model(args.model), reports, args.whole)
    confidence = np.array([c for _, c, _ in rows], np.float64)
    right = np.array([r for _, _, r in rows], np.float64)
    half = np.array([zlib.crc32(ident.encode()) % 2 for ident, _, _ in rows])
    fitted = np.zeros_like(confidence)
    for one in (0, 1):
        fitted[half == one] = scaled(confidence[half == one], *fit(confidence[half != one], right[half != one]))
    slope, offset = fit(confidence, right)
    before, after = bins(confidence, right), bins(fitted, right)
    if args.write:
        set_confidence(args.model, WHOLE if args.whole else SHORT, round(slope, 3), round(offset, 3))
        write_card(args.model, read_card(args.model))
    if args.plot:
        args.plot.parent.mkdir(parents=True, exist_ok=True)
        args.plot.write_text(plot(before, after), encoding="utf-8")
    shown = {"events": len(rows), "slope": round(slope, 3), "offset": round(offset, 3)}
    errors = {"error before": round(error(before), 4), "error after": round(error(after), 4)}
    print(json.dumps(shown | errors | {"bins after": after}, indent=1))


if __name__ == "__main__":
    main()
