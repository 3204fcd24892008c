"""The API as a page: every address, what it takes and what it gives, from the OpenAPI description."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from turnstone.web.navigation import Link
from turnstone.web.rendering import page

router = APIRouter()
LINKS: tuple[Link, ...] = ()


class Parameter(BaseModel):
    """A value that an address takes."""

    name: str
    where: str
    required: bool
    kind: str
    description: str


class Operation(BaseModel):
    """What can be asked of an address."""

    method: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    gives: str


@router.get("/api", include_in_schema=False)
def interface(request: Request) -> Response:
    """The addresses of the API."""
    return page(request, "interface.html", {"operations": operations(request.app.openapi())})


def operations(description: dict[str, Any]) -> list[Operation]:
    """The operations of an OpenAPI description, in its order."""
    return [
        Operation(
            method=method.upper(),
            path=path,
            summary=said.get("summary", ""),
            description=said.get("description", ""),
            parameters=[_parameter(one) for one in said.get("parameters", [])],
            gives=_gives(said),
        )
        for path, methods in description["paths"].items()
        for method, said in methods.items()
    ]


def _parameter(one: dict[str, Any]) -> Parameter:
    return Parameter(
        name=one["name"],
        where=one["in"],
        required=one.get("required", False),
        kind=_kind(one.get("schema", {})),
        description=one.get("description", ""),
    )


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"] if one.get("type") != "null")
    if schema.get("type") == "array":
        return f"{_kind(schema.get('items', {}))}, any number of times"
    return str(schema.get("format") or schema.get("type", ""))


def _gives(said: dict[str, Any]) -> str:
    contents = said.get("responses", {}).get("200", {}).get("content", {})
    return ", ".join(f"{kind}: {_kind(one.get('schema', {}))}".rstrip(": ") for kind, one in contents.items())
