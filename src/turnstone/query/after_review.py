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

NEW: Final = "reviewed_with_names"
"""The table of what holds of them, like the view events_with_names."""

REVIEWED: Final = (EVENTS, PARTICIPANTS, NEW)
_NOBODY: Final = "'unreviewed' AS state, []::VARCHAR[] AS reviewers, NULL::TIMESTAMPTZ AS reviewed_at, '' AS note"


def held(events: str, participants: str) -> str:
    """The SQL of NEW, given the relations EVENTS and PARTICIPANTS."""
    return events_with_names(f"(SELECT * FROM {events} WHERE state <> 'rejected')", participants)


def views(events: str, reviewed: bool) -> dict[str, str]:
    """The SQL of each view, in the order in which they need each other. `events` is the quoted path of the table
    events; `reviewed` says whether the tables REVIEWED are there."""
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
        READY[0]: f"SELECT *, 'unreviewed' AS state FROM {CODED}{READY[0]} ANTI JOIN {EVENTS} USING (event_row) "
        f"UNION ALL BY NAME SELECT new.*, said.state FROM {NEW} new JOIN {EVENTS} said USING (event_row)",
    }
    for name in ("country_roles", "dyads"):
        found[name] = (
            f"SELECT * FROM {CODED}{name} ANTI JOIN {EVENTS} USING (event_row) "
            f"UNION ALL BY NAME SELECT * FROM ({view_sql(name, NEW)})"
        )
    return found | _one_a_day() | {"coverage": f"SELECT * FROM {CODED}coverage"}


def _one_a_day() -> dict[str, str]:
    """Of what a reviewed event is compared with, before or after its review, the one to keep is chosen again."""
    before = f"SELECT {WHO_DID_WHAT} FROM {CODED}{READY[0]} SEMI JOIN {EVENTS} USING (event_row)"
    compared = f"SELECT * FROM {READY[0]} SEMI JOIN compared_anew USING ({WHO_DID_WHAT})"
    return {
        "compared_anew": f"{before} UNION SELECT {WHO_DID_WHAT} FROM {NEW}",
        "events_compared_anew": compared,
        "one_a_day": f"SELECT * FROM {CODED}one_a_day ANTI JOIN compared_anew USING ({WHO_DID_WHAT}) "
        f"UNION ALL BY NAME SELECT * FROM ({view_sql('one_a_day', 'events_compared_anew')})",
    }


def touched(happening: bool) -> dict[str, str]:
    """The SQL of tables, in the order in which they need each other, that `marked_anew` reads; the last, `touched`, has
    the `event_row` of all events whose rows of `marked` a review can have changed: what was reviewed, what is compared
    with it, and, where there are stories, all reports of its happenings.
    """
    found = {
        "compared": f"SELECT event_row, article_id, event_id, quad, score, confidence, {WHO_DID_WHAT} "
        "FROM events_compared_anew",
        "kept_anew": f"""
            SELECT event_row, event_row IN (SELECT event_row FROM ({view_sql("one_a_day", "compared")})) AS kept
            FROM compared""",
    }
    if happening:
        found["shared_anew"] = _SHARED_ANEW
    rows = [f"SELECT event_row FROM {name}" for name in (EVENTS, *(name for name in found if name != "compared"))]
    return found | {"touched": " UNION ".join(rows)}


def marked_anew(name: str, source: str, happening: bool) -> str:
    """The SQL of `marked` after review for the events that are `touched`, given a relation of their rows as coded."""
    new = ["coalesce(kept_anew.kept, view.kept) AS kept"]
    new += ["coalesce(shared_anew.happening, view.happening) AS happening"] if happening else []
    return f"""
SELECT view.* REPLACE ({", ".join(new)})
FROM (SELECT * FROM {source} ANTI JOIN {EVENTS} USING (event_row)
      UNION ALL BY NAME SELECT *, true AS kept, NULL::BIGINT AS happening FROM ({view_sql(name, NEW)})) AS view
LEFT JOIN kept_anew USING (event_row)
{"LEFT JOIN shared_anew USING (event_row)" if happening else ""}"""


_SHARED_ANEW: Final = f"""
    WITH said AS (SELECT DISTINCT happening_id FROM links SEMI JOIN {EVENTS} USING (article_id, event_id)),
         linked AS (SELECT article_id, event_id, happening_id FROM links SEMI JOIN said USING (happening_id))
    SELECT event_row, min(event_row) OVER (PARTITION BY happening_id) AS happening
    FROM (SELECT event_row, article_id, event_id FROM {READY[0]}) JOIN linked USING (article_id, event_id)"""
