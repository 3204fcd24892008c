"""Which events are reports of one happening, as `turnstone stories` has linked them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np

from turnstone.errors import StoreError
from turnstone.web.index.columns import Ints

LINKS = Path("stories") / "links.parquet"
FIRST_REPORTS = Path("stories") / "happenings.parquet"

_QUERY = """
with reports as (
    select e.file_row_number as no, any_value(l.happening_id) as happening
    from read_parquet($events, file_row_number = true) e
    left join read_parquet($links) l on l.article_id = e.article_id and l.event_id = e.event_id
    group by e.file_row_number
)
select case when happening is null then -1 else min(no) over (partition by happening) end as happening
from reports order by no
"""


def stories_mark(directory: Path) -> str:
    """Changes when the stories of a record do; empty where it has none."""
    try:
        found = (directory / LINKS).stat()
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"


def happenings_of(directory: Path, events: Path, count: int, scratch: Path) -> dict[str, Ints]:
    """The columns `happening`, the number of the first report of it, and `lead`, whether an event is that report.
    An event that nobody has linked is alone.
    """
    links = directory / LINKS
    if not links.exists():
        return {"happening": np.full(count, -1, "i4"), "lead": np.ones(count, "u1")}
    try:
        with closing(duckdb.connect()) as connection:
            connection.execute(
                f"set memory_limit = '1GB'; set temp_directory = '{str(scratch).replace(chr(39), chr(39) * 2)}'"
            )
            found = connection.execute(_QUERY, {"events": str(events), "links": str(links)}).fetchnumpy()
    except duckdb.Error as error:
        raise StoreError(f"{links}: cannot be read ({error}); run turnstone stories {directory} again") from error
    happening = np.asarray(found["happening"], "i4")
    return {"happening": happening, "lead": ((happening < 0) | (happening == np.arange(count))).astype("u1")}
