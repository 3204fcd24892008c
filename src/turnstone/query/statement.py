"""Whether a text is one SELECT over the tables: what is refused here is refused by DuckDB's own locks again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from turnstone.errors import QueryError

if TYPE_CHECKING:
    import duckdb

LONGEST = 100_000
_TABLE_FUNCTIONS = frozenset(("generate_series", "json_each", "json_tree", "range", "repeat", "unnest"))
_OUTSIDE = frozenset(
    "current_setting getenv getvariable in_search_path json_execute_serialized_sql nextval currval sleep_ms write_log "
    "current_query txid_current pg_get_viewdef version".split()
)
_CATALOGUES = ("duckdb_", "pg_", "pragma_", "sqlite_", "information_schema")
_SHOWN = frozenset(("__show_tables_expanded", '"tables"', "tables"))
_REMEDY = "a query is one SELECT over the tables and views that SHOW TABLES lists"


def check(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    """Whether a query asks which tables there are. Raises QueryError for what is not one SELECT, names a file, a
    setting or a catalogue, or calls a function that reads something other than the tables.
    """
    import duckdb

    if len(sql) > LONGEST:
        raise QueryError(f"the query has {len(sql):,} characters; {LONGEST:,} are the most: shorten it")
    try:
        statements = duckdb.extract_statements(sql)
    except (duckdb.Error, UnicodeEncodeError) as error:
        raise QueryError(f"the query cannot be read: {plain(error)}; mend the SQL") from error
    if len(statements) != 1:
        count = len(statements) or "no"
        raise QueryError(f"the query has {count} statements; give one SELECT")
    kind = statements[0].type.name
    if kind != "SELECT":
        pivot = "; PIVOT needs its values named: PIVOT ... ON column IN (...)" if kind == "MULTI" else ""
        raise QueryError(f"{kind} is not allowed, it is no plain SELECT; {_REMEDY}{pivot}")
    try:
        rows = connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()
    except duckdb.Error as error:
        raise QueryError(f"the query cannot be read: {plain(error)}; simplify the SQL") from error
    tree = json.loads(rows[0][0])
    if tree.get("error"):
        raise QueryError(f"the query cannot be read: {tree.get('error_message')}; mend the SQL")
    nodes = list(_nodes(tree))
    for node in nodes:
        _check_node(node)
    return any(node.get("type") == "SHOW_REF" for node in nodes)


def plain(error: Exception) -> str:
    """DuckDB's words in one line, without the picture of the place."""
    text = str(error).split("\n\nLINE ")[0].split("\nLINE ")[0]
    return " ".join(text.split()).rstrip(".;")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _check_node(node: dict[str, Any]) -> None:
    kind = node.get("type")
    if kind == "TABLE_FUNCTION":
        name = _name(node.get("function") or {})
        if name not in _TABLE_FUNCTIONS:
            raise QueryError(
                f"the table function {name} is not allowed: it does not read the record's tables; {_REMEDY}"
            )
    elif "function_name" in node:
        name = _name(node)
        if name in _OUTSIDE:
            raise QueryError(f"the function {name} is not allowed: it reads what is no part of the record; {_REMEDY}")
    elif kind == "SHOW_REF":
        if node.get("show_type") == "SHOW_SPECIAL" and node.get("table_name") not in _SHOWN:
            raise QueryError(f"SHOW is for tables only; {_REMEDY}")
    elif kind == "BASE_TABLE":
        _check_table(node)


def _check_table(node: dict[str, Any]) -> None:
    name = str(node.get("table_name", ""))
    above = [str(node.get(key) or "") for key in ("catalog_name", "schema_name")]
    if any(one not in ("", "main", "memory") for one in above) or name.lower().startswith(_CATALOGUES):
        raise QueryError(f"{'.'.join(filter(None, (*above, name)))} is no table of the record; {_REMEDY}")
    if any(sign in name for sign in "/\\:*?.~"):
        raise QueryError(f"{name!r} looks like a file, and files are neither read nor written; {_REMEDY}")


def _name(node: dict[str, Any]) -> str:
    path = (node.get("qualified_name") or {}).get("path") or [node.get("function_name", "")]
    return str(path[-1]).strip('"').lower()
