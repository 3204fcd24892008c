"""Train the table that says who takes part with everybody in view; the network and the graph of roles stay.

    python training/train_roles_together.py --data DIR --model src/turnstone/data/model \
        --items corpus/items/train_13.tsv ... [--held corpus/items/dev_2.tsv] [--readings FOLDER]

The graph of roles (`train_roles.py`) must not have learned from the items, or this would learn to believe it too much.
Five minutes on one thread, and fifteen more the first time, when the network reads the items. Writes
`roles_together.npy`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotated import UNSURE, event_at, overlap, wanted
from card import ask_where, write_trained
from corpus import GoldEvent, Span
from logistic import as_bytes, fit
from readings import Reading, readings
from turnstone.analysis.event_model import EventModel
from turnstone.analysis.looks import Look
from turnstone.analysis.model import Model
from turnstone.analysis.participation import cast
from turnstone.analysis.proposals import said_of_roles
from turnstone.analysis.roles_together import LIKELY, ROWS, Occasion, Together

NOBODY, ACTS, RECEIVES = 0, 1, 2
DROPOUT = 0.3
SURE = 0.4  # from which confidence on an event is coded


@dataclass(frozen=True)
class Asked:
    """An annotated event as it is proposed, with the phrases of its sentence and the rows of those that may take
    part."""

    look: Look
    event: Occasion
    gold: GoldEvent
    rows: list[NDArray[np.int64]]

    def spans(self) -> list[Span]:
        tokens = self.look.sentence.tokens
        return [(tokens[first].start, tokens[end - 1].end) for first, end in self.look.phrases.values()]

    def classes(self) -> list[int]:
        """What each of those phrases is; UNSURE of what is only a part of who takes part."""
        tokens = self.look.sentence.tokens
        heads = [(tokens[head].start, tokens[head].end) for head in self.look.phrases]
        roles = wanted(self.gold, heads, self.spans())[self.event.may_take_part()].tolist()
        return [UNSURE if UNSURE in one else ACTS if one[0] else RECEIVES if one[1] else NOBODY for one in roles]


def asked(read: Sequence[Reading], model: EventModel) -> Iterator[Asked]:
    for one in read:
        for look in one.looks(model):
            tokens, occasions = look.sentence.tokens, look.occasions()
            together = Together(tokens, look.phrases, look.named, occasions)
            for event in occasions:
                word = tokens[event.trigger]
                gold = event_at((word.start, word.end), one.report.events)
                if gold is not None and event.probability >= LIKELY and event.may_take_part():
                    yield Asked(look, event, gold, together.rows(event))


def table_of(known: Sequence[Asked], epochs: int, rate: float, seed: int) -> NDArray[np.int8]:
    """The table [ROWS, 3]: what speaks for a phrase that takes no part, that acts, that receives."""
    pairs = [(row, kind) for one in known for row, kind in zip(one.rows, one.classes(), strict=True) if kind != UNSURE]
    rows, kinds = [row for row, _ in pairs], np.array([kind for _, kind in pairs])
    weights = fit(rows, kinds, (ROWS, 3), epochs, DROPOUT, rate, seed)
    return as_bytes(weights)


def scores(model: EventModel | None, held: Sequence[Asked]) -> dict[str, float]:
    """Of the annotated events of the right type: F1 of actors and recipients, and the shares of events with all their
    actors, and with all on both sides, and nobody else, in per cent. Without a model by the first look alone."""
    c: Counter[str] = Counter()
    for one in held:
        if one.event.event_type != one.gold.event_type or one.event.probability < SURE:
            continue
        roles = one.event.roles.copy()
        if model is not None:
            may = one.event.may_take_part()
            roles[may] = said_of_roles(roles[may], model.roles_together(one.rows))
        of = dict(zip(one.look.phrases, one.spans(), strict=True))
        sides = cast(roles, one.event.ways, one.look.sentence.tokens, one.look.phrases)
        right = []
        for role, heads, gold in zip(
            ("actors", "recipients"), sides, (one.gold.actors, one.gold.recipients), strict=True
        ):
            got = [of[head] for head in heads]
            good = sum(any(overlap(span, other) for other in gold) for span in got)
            met = sum(any(overlap(span, other) for other in got) for span in gold)
            c.update({f"{role} good": good, f"{role} got": len(got), f"{role} met": met, f"{role} gold": len(gold)})
            right.append(good == len(got) and met == len(gold))
        c.update(events=1, right=right[0], both=all(right))
    shares = {"all actors right": 100 * c["right"] / c["events"], "both sides right": 100 * c["both"] / c["events"]}
    for role in ("actors", "recipients"):
        p, r = c[f"{role} good"] / max(c[f"{role} got"], 1), c[f"{role} met"] / c[f"{role} gold"]
        shares[role] = 200 * p * r / max(p + r, 1e-9)
    return {name: round(share, 2) for name, share in shares.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--items", type=Path, nargs="+", required=True, help="annotated items that no role has seen")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="items to score on, before and after")
    parser.add_argument("--readings", type=Path, help="folder that keeps what the network says, for another training")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    model = Model(args.model).event_model(0)
    known = list(asked(readings(args.items, args.data, args.model, args.readings), model))
    print(f"{len(known)} events with {sum(len(one.rows) for one in known)} phrases", flush=True)
    held = list(asked(readings(args.held, args.data, args.model, args.readings), model))
    if held:
        print("before", scores(None, held), flush=True)
    np.save(args.model / "roles_together.npy", table_of(known, args.epochs, args.rate, args.seed))
    write_trained(__file__, args, "roles together", ("items",), ("epochs", "rate", "seed"))
    if held:
        print("after", scores(Model(args.model).event_model(0), held), flush=True)


if __name__ == "__main__":
    main()
