"""The record of a corpus as Parquet tables in one directory."""

from turnstone.store.directory import Store, Tally
from turnstone.store.manifest import Run, code_digest, file_digest
from turnstone.store.schema import SCHEMAS, TABLES
from turnstone.store.views import batches, connect, manifest_of, read_table, table_path

__all__ = [
    "SCHEMAS",
    "TABLES",
    "Run",
    "Store",
    "Tally",
    "batches",
    "code_digest",
    "connect",
    "file_digest",
    "manifest_of",
    "read_table",
    "table_path",
]
