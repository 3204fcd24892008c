"""The ready views, as SQL over the tables of a record."""

from __future__ import annotations

from collections.abc import Callable

# `event_row` is the place of an event in the table events, from 0: what the views are joined by. Events that reviewers
# added have the numbers after those that were coded.

_NAMED = """
WITH named AS (
    SELECT article_id, event_id, role,
           list(name ORDER BY position) AS names,
           list(entity_id ORDER BY position) AS entity_ids,
           list(country ORDER BY position) AS countries,
           list(coalesce(sectors[1], '') ORDER BY position) AS sectors
    FROM {participants} GROUP BY ALL
), actor AS (SELECT * FROM named WHERE role = 'actor'), recipient AS (SELECT * FROM named WHERE role = 'recipient')
SELECT e.event_row, e.article_id, e.event_id, a.published, a.publisher, a.title,
       e.event_type, e.modes, e.contexts, e.quad, e.score, e.status, e.first_day, e.last_day, e.granularity,
       {sides},
       e.place_name, e.place_country, e.place_latitude, e.place_longitude, e.speaker_name, e.outlet,
       e.trigger_text, e.evidence_text, e.confidence
FROM {events} e
JOIN articles a ON a.id = e.article_id
LEFT JOIN actor ON (actor.article_id, actor.event_id) = (e.article_id, e.event_id)
LEFT JOIN recipient ON (recipient.article_id, recipient.event_id) = (e.article_id, e.event_id)
"""

_SIDE = """
       coalesce({role}.names[1], '') AS {role}, coalesce({role}.entity_ids[1], '') AS {role}_entity_id,
       coalesce({role}.countries[1], '') AS {role}_country, coalesce({role}.sectors[1], '') AS {role}_sector,
       coalesce({role}.names, []) AS {role}s, coalesce({role}.entity_ids, []) AS {role}_entity_ids,
       coalesce({role}.countries, []) AS {role}_countries, coalesce({role}.sectors, []) AS {role}_sectors"""


def events_with_names(events: str, participants: str) -> str:
    """The SQL of events with names, of a relation of events that has their `event_row`."""
    sides = ",".join(_SIDE.format(role=role) for role in ("actor", "recipient"))
    return _NAMED.format(sides=sides, events=events, participants=participants)


def numbered(events: str) -> str:
    """The table events, given its quoted path, with the `event_row` of each."""
    return (
        "(SELECT * EXCLUDE (file_row_number), file_row_number AS event_row "
        f"FROM read_parquet({events}, file_row_number = true))"
    )


_COUNTED = "event_row, article_id, event_id, first_day, last_day, event_type, quad, score, status, confidence"


def _country_roles(source: str) -> str:
    return f"""
SELECT {_COUNTED}, role, country, list_contains(others, country) AS both_roles FROM (
    SELECT {_COUNTED}, role, unnest(countries) AS country, others FROM (
        SELECT {_COUNTED}, unnest(['actor', 'recipient']) AS role,
               unnest([list_distinct(actor_countries), list_distinct(recipient_countries)]) AS countries,
               unnest([recipient_countries, actor_countries]) AS others
        FROM {source}
    )
) WHERE country <> ''"""


# A meeting, an agreement, cooperation and fighting of two sides have all who take part as actors.
_MUTUAL = "event_type IN ('AGREE', 'ASSAULT', 'CONSULT', 'COOPERATE', 'SUPPORT') AND len(recipients) = 0"


def _dyads(source: str) -> str:
    return f"""
SELECT {_COUNTED}, actor_country, recipient_country, mutual FROM (
    SELECT {_COUNTED}, actor_country, mutual, unnest(list_distinct(others)) AS recipient_country FROM (
        SELECT {_COUNTED}, unnest(list_distinct(actor_countries)) AS actor_country, {_MUTUAL} AS mutual,
               CASE WHEN {_MUTUAL} THEN actor_countries ELSE recipient_countries END AS others
        FROM {source}
    )
) WHERE actor_country <> '' AND recipient_country <> '' AND NOT (mutual AND actor_country = recipient_country)"""


WHO_DID_WHAT = "first_day, event_type, status, actor_country, actor_sector, recipient_country, recipient_sector"


def _one_a_day(source: str) -> str:
    # Nothing is known of who did what to whom: such events are not comparable, and each stands for itself.
    # Numbers are compared and grouped rather than texts, which is what this takes time for.
    return f"""
WITH reported AS (
    SELECT {WHO_DID_WHAT}, hash(article_id) AS report,
           CASE WHEN concat(actor_country, actor_sector, recipient_country, recipient_sector) = '' THEN event_row END
               AS alone,
           max({{'confidence': confidence, 'before': -event_row}}) AS best, count(*) AS events
    FROM {source} GROUP BY ALL
), kept AS (
    SELECT -max(best).before AS event_row, sum(events)::BIGINT AS events, count(*) AS reports
    FROM reported GROUP BY {WHO_DID_WHAT}, alone
)
SELECT event_row, article_id, event_id, first_day, event_type, quad, score, status, actor_country, actor_sector,
       recipient_country, recipient_sector, confidence, kept.events, kept.reports
FROM kept JOIN {source} USING (event_row)"""


def _coverage(_: str) -> str:
    # An input that is given again has a reason and no failure, and is no other article.
    return """
SELECT published AS day,
       count(*) FILTER (outcome <> 'failed') AS articles,
       count(*) FILTER (outcome <> 'failed' AND events > 0) AS articles_with_events,
       count(*) FILTER (outcome = 'failed') AS articles_failed
FROM ledger WHERE published IS NOT NULL AND (outcome = 'failed' OR reason = '') GROUP BY 1"""


_SQL: dict[str, Callable[[str], str]] = {
    "country_roles": _country_roles,
    "dyads": _dyads,
    "one_a_day": _one_a_day,
    "coverage": _coverage,
}
READY = ("events_with_names", *_SQL)
MARKED = ("country_roles", "dyads")
"""Views whose files have the columns of `marked` too, for panels."""
ORDER = {"one_a_day": "first_day, event_row", "coverage": "day"}
"""How the rows of a ready view lie in its file; those of the others lie as the events do, by day of publication."""


def view_sql(name: str, source: str) -> str:
    """The SQL of a ready view over a relation like events_with_names; of that view itself over the table events as it
    was coded, given its quoted path."""
    return events_with_names(numbered(source), "participants") if name == READY[0] else _SQL[name](source)


def marked(name: str, kept: bool, happening: bool, prefix: str = "") -> str:
    """The SQL of a view with what a panel may ask of each of its events: `kept`, whether the view one_a_day keeps it,
    and `happening`, the first event_row of its happening, null where nothing else reports that. The names of all views
    that are read begin with `prefix`.
    """
    return f"""
SELECT view.*, {"one_a_day.event_row IS NOT NULL" if kept else "true"} AS kept,
       {"shared.happening" if happening else "NULL::BIGINT"} AS happening
FROM {prefix}{name} AS view
{f"LEFT JOIN {prefix}one_a_day AS one_a_day USING (event_row)" if kept else ""}
{f"LEFT JOIN ({_SHARED.format(events=prefix + READY[0])}) AS shared USING (event_row)" if happening else ""}"""


_SHARED = """
    SELECT event_row, min(event_row) OVER (PARTITION BY happening_id) AS happening
    FROM (SELECT event_row, article_id, event_id FROM {events}) JOIN links USING (article_id, event_id)
    QUALIFY count(*) OVER (PARTITION BY happening_id) > 1"""
