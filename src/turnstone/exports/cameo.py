"""PLOVER's events as CAMEO has them: pairs of one source and one target, a code, actor codes; and what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product

from turnstone.errors import KnowledgeError
from turnstone.exports.codes import cameo_codes, countries, sectors
from turnstone.exports.events import Reported, Row
from turnstone.exports.loss import Loss
from turnstone.knowledge.codebook import Codebook

MOST_PAIRS = 999
_TOGETHER = frozenset({"AGREE", "SUPPORT", "COOPERATE"})
"""What several do with each other where no recipient is named (agree, sign, exchange), beside what the codebook calls
reciprocal."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A CAMEO code, its name, its quad class (GDELT's, 1 to 4, of the code's root) and its value on Goldstein's scale.
    `lost` says what of type and modes the code does not hold, as (what, value)."""

    code: str
    name: str
    quad: int
    goldstein: float
    lost: tuple[tuple[str, str], ...] = ()

    @property
    def base(self) -> str:
        return self.code[:3]

    @property
    def root(self) -> str:
        return self.code[:2]


class Crosswalk:
    """From PLOVER to CAMEO by a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._code = lru_cache(maxsize=4096)(self._coded)

    def code(self, event: Row, loss: Loss) -> Coded | None:
        """The code nearest to an event; None, counted in `loss`, where the codebook has none."""
        event_type, modes = event["event_type"], tuple(event["modes"])
        found = self._code(event_type, modes)
        if found is None:
            loss.add("event", " ".join((event_type, *modes)))
            return None
        for what, value in found.lost:
            loss.add(what, value, f"{found.code} {found.name}")
        return found

    def _coded(self, event_type: str, modes: tuple[str, ...]) -> Coded | None:
        try:
            code = self._codebook.cameo(event_type, modes)
            back = self._codebook.plover(code)
            known = cameo_codes()[code]
        except (KnowledgeError, KeyError):
            return None
        lost = []
        if back is None or back[0] != event_type:
            lost.append(("type", " ".join((event_type, *modes))))
        else:
            lost += [("mode", f"{event_type} {mode}") for mode in modes if mode != back[1]]
        root = self._codebook.cameo_table.roots[code[:2]]
        return Coded(code, known.name, root.quad, known.goldstein, tuple(lost))

    def pairs(self, reported: Reported, loss: Loss) -> list[tuple[Row | None, Row | None]]:
        """Who did it to whom, one pair of source and target for each row of a dyadic format. Of what is mutual (a
        meeting, an agreement, cooperation, fighting of two sides) and has actors only there is a pair in each
        direction, as CAMEO's coders write it. People without a name whom the codes do not tell apart ("five killed and
        nine hurt") are one there."""
        actors, recipients = _told_apart(reported.actors), _told_apart(reported.recipients)
        if len(actors) > 1 and not recipients and self._mutual(reported.event):
            found: list[tuple[Row | None, Row | None]] = list(permutations(actors, 2))
        else:
            found = list(product(actors or (None,), recipients or (None,)))
        if len(found) > MOST_PAIRS:
            loss.add("pairs", f"{len(found)} of one event", f"the first {MOST_PAIRS}")
        return found[:MOST_PAIRS]

    def _mutual(self, event: Row) -> bool:
        event_type = event["event_type"]
        known = self._codebook.types.get(event_type)
        if known is None:
            return False
        two_sided = known.reciprocal_when
        return event_type in _TOGETHER or self._codebook.reciprocal(event_type, event["modes"], two_sided)


def _told_apart(side: Sequence[Row]) -> list[Row]:
    found: dict[object, Row] = {}
    for number, row in enumerate(side):
        coded = row["country"] and not row["entity_id"]
        found.setdefault((row["country"], *row["sectors"]) if coded else number, row)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class ActorCode:
    """A participant in CAMEO's codes: `code` is all of it (USAGOV), `country` the state, `group` a known body (UNO,
    EEC), `types` the roles, the first three of which a code may have."""

    code: str
    country: str
    group: str
    types: tuple[str, ...]


_NOBODY = ActorCode("", "", "", ())


def actor_code(participant: Row | None, loss: Loss) -> ActorCode:
    """CAMEO's code of a participant; what it has no code for is counted."""
    if participant is None:
        return _NOBODY
    found, lost = _actor_code(participant["country"], tuple(participant["sectors"]))
    for what, value, becomes in lost:
        loss.add(what, value, becomes)
    return found


@lru_cache(maxsize=4096)
def _actor_code(country: str, held: tuple[str, ...]) -> tuple[ActorCode, tuple[tuple[str, str, str], ...]]:
    lost = []
    state, parts = "", []
    if country in sectors():
        body = sectors()[country].cameo
        parts = [body[at : at + 3] for at in range(0, len(body), 3)]
    elif country:
        known = countries().get(country)
        state = known.cameo if known else ""
        if not state:
            lost.append(("country", country, ""))
    types = parts[:1]
    for sector in held:
        row = sectors().get(sector)
        if row is None or not row.cameo:
            lost.append(("sector", sector, ""))
            continue
        if row.close:
            lost.append(("sector", sector, row.cameo))
        if row.cameo not in types:
            types.append(row.cameo)
    lost += [("sector", f"{one}, fourth or later role", "") for one in types[3:]]
    roles = types[:3] if not parts else types[1:3]
    code = "".join((state, *parts, *roles))
    return ActorCode(code, state, parts[-1] if len(parts) > 1 else "", tuple(types[:3])), tuple(lost)
