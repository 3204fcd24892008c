from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.object_store import object_store


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """What is in an object store that s3:// leads to meanwhile."""
    s3fs = pytest.importorskip("s3fs")
    with object_store() as (address, objects):
        for name, value in {
            "AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()
        yield objects
        s3fs.S3FileSystem.clear_instance_cache()
