"""What the reports of a happening come to: its type, days and stage, and on how many sources' word it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from turnstone.stories.agencies import agency

Row = Mapping[str, Any]

STAGES: Final = ("happened", "historical", "future", "hypothetical", "negated")
"""What a happening is called by: the first of these that one of its reports says."""


@dataclass(frozen=True, slots=True)
class Sources:
    """`outlets` are the publishers, `names` the independent sources behind them as far as they have a name, and
    `independent` how many sources there are."""

    outlets: tuple[str, ...]
    names: tuple[str, ...]
    independent: int


def sources(articles: Iterable[Row]) -> Sources:
    """On whose word it stands. Copies of one text are one source, and so are texts of one agency or publisher. Each
    article has article_id, group_id, source and publisher."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            key = parent[key]
        return key

    names: dict[str, str] = {}
    credited: set[str] = set()
    outlets: set[str] = set()
    for row in articles:
        text = f"text {row['group_id']}"
        root(text)
        if row["publisher"]:
            outlets.add(row["publisher"])
        if row["source"]:
            name = f"name {row['source'].lower()}"
            names[name] = min(names.get(name, row["source"]), row["source"])
            if row["source"] != row["publisher"]:
                credited.add(names[name])
            one, other = sorted((root(text), root(name)))
            parent[other] = one
    roots = {root(key) for key in parent}

    # Outlets that printed one agency's text are named by the agency.
    def rank(name: str) -> tuple[bool, bool, str]:
        return agency(name) == "", name not in credited, name

    called: dict[str, list[str]] = {}
    for key, name in names.items():
        called.setdefault(root(key), []).append(name)
    shown = (min(its, key=rank) for its in called.values())
    return Sources(tuple(sorted(outlets)), tuple(sorted(shown)), len(roots))


def original(copies: Sequence[Row]) -> str:
    """The article that the others of a group are copies of: of the earliest day, there an agency's own, there the
    longest, there the first by id."""
    credited = {row["source"].lower() for row in copies if row["source"] and row["source"] != row["publisher"]}

    def rank(row: Row) -> tuple[Any, bool, int, str]:
        own = bool(agency(row["publisher"])) or row["publisher"].lower() in credited
        return row["published"], not own, -row["words"], row["article_id"]

    return str(min(copies, key=rank)["article_id"])


def event_type(links: Sequence[Row]) -> str:
    """The commonest type, of those that are as common the first."""
    counts = Counter(row["event_type"] for row in links)
    return str(max(links, key=lambda row: counts[row["event_type"]])["event_type"])


def status(links: Sequence[Row]) -> str:
    """How far it has come."""
    said = {row["status"] for row in links}
    return next(stage for stage in STAGES if stage in said)


def days(links: Sequence[Row]) -> tuple[Any, Any]:
    """Its first and last day: those that most reports give which say the day themselves; where none does, those of the
    first report that has it happen."""
    dated = [row for row in links if row["dated"]]
    if dated:
        counts = Counter((row["first_day"], row["last_day"]) for row in dated)
        row = max(dated, key=lambda one: counts[one["first_day"], one["last_day"]])
    else:
        stage = status(links)
        row = next(one for one in links if one["status"] == stage)
    return row["first_day"], row["last_day"]
