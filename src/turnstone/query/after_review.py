"""The views of a record after review: with what was corrected and added, without what was rejected.

Those of the coding may lie in files and be large. What was reviewed is small: it is taken out of them, and computed
anew.
"""

from __future__ import annotations

from typing import Final

from turnstone.query.views import READY, WHO_DID_WHAT, events_with_names, numbered, view_sql

CODED: Final = "coded_"
"""With it begins the name of a ready view of what was coded, whatever reviewers said of it."""

EVENTS: Final = "review_events"
PARTICIPANTS: Final = "review_participants"
"""The tables of what was reviewed, rejected events too; the former has `event_row` and what was said of each event."""

CORRECTED: Final = ("corrected_events", "corrected_participants")
"""Views like events and participants, after review."""

_NEW: Final = "reviewed_with_names"
_NOBODY: Final = "'unreviewed' AS state, []::VARCHAR[] AS reviewers, NULL::TIMESTAMPTZ AS reviewed_at, '' AS note"


def views(events: str, reviewed: bool) -> dict[str, str]:
    """The SQL of each view, in the order in which they need each other. `events` is the quoted path of the table
    events; `reviewed` says whether EVENTS and PARTICIPANTS are there."""
    if not reviewed:
        found = {CORRECTED[0]: f"SELECT *, {_NOBODY}, '' AS review FROM {numbered(events)}"}
        found[CORRECTED[1]] = "SELECT * FROM participants"
        found |= {name: f"SELECT * FROM {CODED}{name}" for name in READY}
        found[READY[0]] = f"SELECT *, 'unreviewed' AS state FROM {CODED}{READY[0]}"
        return found
    kept = f"(SELECT * FROM {EVENTS} WHERE state <> 'rejected')"
    key = "USING (article_id, event_id)"
    found = {
        CORRECTED[0]: f"SELECT *, {_NOBODY}, '' AS review FROM {numbered(events)} ANTI JOIN {EVENTS} USING (event_row) "
        f"UNION ALL BY NAME SELECT * FROM {kept}",
        CORRECTED[1]: f"SELECT * FROM participants ANTI JOIN {EVENTS} {key} "
        f"UNION ALL BY NAME SELECT * FROM {PARTICIPANTS} SEMI JOIN {kept} {key}",
        _NEW: events_with_names(kept, PARTICIPANTS),
        READY[0]: f"SELECT *, 'unreviewed' AS state FROM {CODED}{READY[0]} ANTI JOIN {EVENTS} USING (event_row) "
        f"UNION ALL BY NAME SELECT new.*, said.state FROM {_NEW} new JOIN {EVENTS} said USING (event_row)",
    }
    for name in ("country_roles", "dyads"):
        found[name] = (
            f"SELECT * FROM {CODED}{name} ANTI JOIN {EVENTS} USING (event_row) "
            f"UNION ALL BY NAME SELECT * FROM ({view_sql(name, _NEW)})"
        )
    return found | _one_a_day() | {"coverage": f"SELECT * FROM {CODED}coverage"}


def _one_a_day() -> dict[str, str]:
    """Of what a reviewed event is compared with, before or after its review, the one to keep is chosen again."""
    before = f"SELECT {WHO_DID_WHAT} FROM {CODED}{READY[0]} SEMI JOIN {EVENTS} USING (event_row)"
    compared = f"SELECT * FROM {READY[0]} SEMI JOIN compared_anew USING ({WHO_DID_WHAT})"
    return {
        "compared_anew": f"{before} UNION SELECT {WHO_DID_WHAT} FROM {_NEW}",
        "events_compared_anew": compared,
        "one_a_day": f"SELECT * FROM {CODED}one_a_day ANTI JOIN compared_anew USING ({WHO_DID_WHAT}) "
        f"UNION ALL BY NAME SELECT * FROM ({view_sql('one_a_day', 'events_compared_anew')})",
    }


def marked_anew(name: str, path: str, kept: bool, happening: bool) -> str:
    """The SQL of `marked` after review, given the quoted path of the file of a view with the marks of the coding: those
    of events that a review can have changed, or of events that stand with such, are found again.
    """
    new = (["coalesce(compared.kept, view.kept) AS kept"] if kept else []) + (
        ["coalesce(shared.happening, view.happening) AS happening"] if happening else []
    )
    return f"""
SELECT view.* {f"REPLACE ({', '.join(new)})" if new else ""}
FROM (SELECT * FROM read_parquet({path}) ANTI JOIN {EVENTS} USING (event_row)
      UNION ALL BY NAME SELECT * FROM ({view_sql(name, _NEW)})) AS view
{f"LEFT JOIN ({_KEPT_ANEW}) AS compared USING (event_row)" if kept else ""}
{f"LEFT JOIN ({_SHARED_ANEW}) AS shared USING (event_row)" if happening else ""}"""


_KEPT_ANEW: Final = f"""
    WITH anew AS MATERIALIZED (
        SELECT event_row, article_id, event_id, quad, score, confidence, {WHO_DID_WHAT} FROM events_compared_anew
    )
    SELECT event_row, event_row IN (SELECT event_row FROM ({view_sql("one_a_day", "anew")})) AS kept FROM anew"""

_SHARED_ANEW: Final = f"""
    WITH said AS (SELECT DISTINCT happening_id FROM links SEMI JOIN {EVENTS} USING (article_id, event_id)),
         linked AS (SELECT article_id, event_id, happening_id FROM links SEMI JOIN said USING (happening_id))
    SELECT event_row, min(event_row) OVER (PARTITION BY happening_id) AS happening
    FROM (SELECT event_row, article_id, event_id FROM {READY[0]}) JOIN linked USING (article_id, event_id)"""
