"""What the tables of a record hold, asked past the workbench: what its screens ought to show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb

TABLES = ("articles", "events", "participants", "attributions", "ledger")


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event by its ids, and the addresses of what is shown of it."""

    article: str
    id: str

    @property
    def page(self) -> str:
        return "/event?" + urlencode({"article": self.article, "id": self.id})

    @property
    def report(self) -> str:
        return "/article?" + urlencode({"id": self.article, "event": self.id})

    @property
    def asked(self) -> str:
        """What a review takes to show it."""
        return urlencode({"article": self.article, "event": self.id})


class CodedTables:
    """The Parquet files of a record, each a view of its name. They are read anew for every question."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._tables = duckdb.connect()
        self._tables.execute("set threads = 1")
        for name in TABLES:
            file = str(directory / f"{name}.parquet").replace("'", "''")
            self._tables.execute(f"create view {name} as select * from '{file}'")

    def rows(self, query: str, *values: object) -> list[Any]:
        return self._tables.execute(query, list(values)).fetchall()

    def one(self, query: str, *values: object) -> Any:
        """The only value of the only row."""
        ((value,),) = self.rows(query, *values)
        return value

    @property
    def runs(self) -> set[str]:
        """What identifies the codings of the record's articles."""
        return {run for (run,) in self.rows("select distinct run from articles")}

    @property
    def happenings(self) -> Path | None:
        """The file of happenings, if the reports were linked."""
        path = self.directory / "stories" / "happenings.parquet"
        return path if path.exists() else None

    def varied(self) -> list[CodedEvent]:
        """Events that differ as much as those of the record do: of many types and statuses, and the longest of all."""
        many = self.rows(
            "select distinct on (event_type, status) article_id, event_id from events "
            "order by event_type, status, md5(article_id || event_id)"
        )
        of_it = "from participants p where p.article_id = e.article_id and p.event_id = e.event_id"
        longest = (
            "length(evidence_text)", "length(place_name)", "length(speaker_name)", "len(modes)",
            f"(select max(length(name)) {of_it})", f"(select count(*) {of_it})",
        )  # fmt: skip
        extremes = [
            self.rows(f"select article_id, event_id from events e order by {most} desc nulls last, 1, 2 limit 1")
            for most in longest
        ]
        found = [row for rows in extremes for row in rows] + many[:: max(1, len(many) // 10)][:10]
        return [CodedEvent(article, event) for article, event in dict.fromkeys(found)]

    def busiest(self) -> CodedEvent:
        """The first event of the article with the most events."""
        ((article, event),) = self.rows(
            "select article_id, arg_min(event_id, trigger_start) from events group by 1 "
            "order by count(*) desc, article_id limit 1"
        )
        return CodedEvent(article, event)

    def pairs(self, most: int) -> list[tuple[str, str]]:
        """The pairs of countries with the most events between them."""
        return self.rows(
            "select least(a.country, r.country), greatest(a.country, r.country) "
            "from participants a join participants r using (article_id, event_id) "
            "where a.role = 'actor' and r.role = 'recipient' and a.country <> '' and r.country <> '' "
            "and a.country <> r.country group by all "
            "order by count(distinct (article_id, event_id)) desc, 1, 2 limit ?",
            most,
        )

    def word(self) -> str:
        """A word of some length that many sentences have."""
        words = "select unnest(string_split_regex(lower(evidence_text), '[^a-z]+')) word from events"
        return str(
            self.one(
                f"select word from ({words}) where length(word) between 6 and 12 group by 1 "
                "order by count(*) desc, 1 limit 1"
            )
        )
