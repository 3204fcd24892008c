"""Whether a word costs more in a long article: made-up articles full of one thing, coded at growing lengths.

    python bench/length.py [--words 1000 2000 4000 8000] [--kinds quotations places] [--calls]

Codes an article of each kind and length in this process, on one thread, and prints a row of a Markdown table for each
kind: milliseconds of the processor a word at each length, without the network, whose work grows with the words alone;
and how many times the first of these the last is. Names, places and numbers differ from sentence to sentence.
`--calls` lists the functions that took longest, for each article; it slows them.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

_FIRST = "Anna Boris Carla Dmitri Elena Farid Grace Hassan Irina Jorge Karim Laura Marko Nadia Omar Petra".split()
_LAST = "Abel Brandt Costa Dorn Ewald Farkas Gruber Hoxha Ivanov Jansen Kovac Lindt Moreau Novak Ortiz Petrov".split()
_PLACES = (
    "Lyon Turin Bremen Ghent Porto Malaga Graz Brno Lublin Cluj Varna Izmir Basra Aleppo Mosul Herat Quetta Multan "
    "Surat Mysore Medan Cebu Davao Hue Busan Osaka Sapporo Darwin Perth Durban Kano Accra Tamale Bamako Fez Oran Sfax"
).split()
_VERBS = "criticised threatened met attacked praised sued visited warned accused arrested".split()


def sentences(kind: str) -> Iterator[str]:
    """Sentences of a kind, without end."""
    for n in count():
        name = f"{_FIRST[n % 16]} {_LAST[n * 7 // 16 % 16]}{chr(97 + n % 23)}{chr(97 + n // 23 % 23)}"
        other = f"{_FIRST[n * 5 % 16]} {_LAST[n * 3 % 16]}"
        place, verb = _PLACES[n % len(_PLACES)], _VERBS[n % len(_VERBS)]
        day = f"{1 + n % 28} {('March', 'April', 'May', 'June')[n % 4]} {2001 + n % 15}"
        yield {
            "names": f"{name} {verb} {other} before the court.",
            "places": f"Troops {verb} rebels in {place} and near {_PLACES[n * 7 % len(_PLACES)]}, France.",
            "quotations": f'"We will never leave the town of {place} to them," said {name}.',
            "alone": f'"The council of {place} has never given us any of the money it owes."',
            "sayings": f"He said that {other} {verb} the ministry and that the army would answer.",
            "dates": f"On {day} police {verb} the protesters, two days after the strike of {2001 + n % 15}.",
            "same": "Russian forces attacked Ukraine on Monday.",
            "commas": f"a {place} mill, a farm of {n} cows, old {verb} roads,",
            "lists": f"- {name}, {place};\n",
        }[kind]


KINDS = ("names", "places", "quotations", "alone", "sayings", "dates", "same", "commas", "lists")


def text_of(kind: str, words: int) -> str:
    """An article of a kind with so many words, or a few more; five sentences to a paragraph."""
    parts: list[str] = []
    length = 0
    for n, sentence in enumerate(sentences(kind), 1):
        parts += [sentence, " " if n % 5 or kind == "commas" else "\n\n"]
        length += len(sentence.split())
        if length >= words:
            return "".join(parts).strip()
    raise AssertionError("there is always another sentence")


class _Network:
    """The network, with the processor's time that it takes."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self.seconds = 0.0

    def run(self, *args: Any) -> Any:
        began = time.process_time()
        try:
            return self._network.run(*args)
        finally:
            self.seconds += time.process_time() - began


def main() -> None:
    """Codes all and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, nargs="+", default=[1_000, 2_000, 4_000, 8_000])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--calls", action="store_true")
    given = parser.parse_args()
    from turnstone.pipeline import Pipeline
    from turnstone.records import Article

    pipeline = Pipeline()
    network = _Network(pipeline.model._network)
    pipeline.model._network = network  # type: ignore[assignment]
    pipeline.code(Article("warm", date(2020, 5, 4), "Police arrested ten people in Lyon."))  # reads what is read late
    print(f"| kind | {' | '.join(f'{words:,} words' for words in given.words)} | grows |")
    print("|---" * (len(given.words) + 2) + "|")
    for kind in given.kinds:
        taken = []
        for words in given.words:
            article = Article("one", date(2020, 5, 4), text_of(kind, words))
            profile = cProfile.Profile(time.process_time) if given.calls else None
            network.seconds, began = 0.0, time.process_time()
            if profile:
                profile.runcall(pipeline.code, article)
                pstats.Stats(profile).sort_stats("tottime").print_stats(12)
            else:
                pipeline.code(article)
            taken.append((time.process_time() - began - network.seconds) * 1e3 / len(article.text.split()))
        row = " | ".join(f"{one:.3f}" for one in taken)
        print(f"| {kind} | {row} | {taken[-1] / taken[0]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
