"""turnstone serve"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from turnstone.cli.options import note, told
from turnstone.errors import TurnstoneError


def serve(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", show_default=False, help="A record directory; it may be empty yet.")
    ],
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; other than loopback needs --token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, metavar="N", help="The port.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            "--token", metavar="WORD", show_default=False, envvar="TURNSTONE_TOKEN",
            help="What every visitor must bring, at least 16 characters; 'new' makes one.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="NAME", show_default=False,
            help="Another name this machine is called by in the address; may be given several times.",
        ),
    ] = None,
    compare: Annotated[
        list[Path] | None,
        typer.Option(
            "--compare", metavar="DIR", show_default=False,
            help="Another record, which the page on runs can compare with this one; may be given several times.",
        ),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache", metavar="DIR", show_default=False,
            help="Where the index of the record goes; beside the record if not given.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Show a record in the browser: the workbench. It listens on this machine only, unless told otherwise, and prints
    its address.
    """
    with told():
        if token == "new":
            token = secrets.token_urlsafe(24)
        if token is not None and (len(token) < 16 or not token.isascii() or not token.isprintable() or " " in token):
            raise typer.BadParameter(
                "a token has at least 16 letters, digits or signs and no space", param_hint="--token"
            )
        _run(directory, host, port, token or "", name or [], cache, compare or [])


def _run(
    directory: Path, host: str, port: int, token: str, names: list[str], cache: Path | None, compare: list[Path]
) -> None:
    import socket

    import uvicorn

    from turnstone.web.app import create
    from turnstone.web.settings import WebSettings

    settings = WebSettings(host=host, port=port, token=token, names=tuple(names), cache=cache, compare=tuple(compare))
    if not settings.is_loopback and not token:
        raise TurnstoneError(
            f"{host} can be reached from other machines, which needs a token; give --token new, or leave out --host"
        )
    if directory.exists() and not directory.is_dir():
        raise TurnstoneError(f"{directory}: is a file; give the directory of a record, or one to be made")
    # Before uvicorn does, which would end without saying more than the number of the error.
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise TurnstoneError(
                f"{host}:{port}: cannot listen there ({error.strerror or error}); give another --port"
            ) from error
    note(f"turnstone: {directory} at {settings.address}{f'?token={token}' if token else ''}  (Ctrl+C ends it)")
    server = uvicorn.Server(
        uvicorn.Config(
            create(directory, settings), host=host, port=port, log_level="warning", server_header=False, ws="none",
            proxy_headers=False,
        )
    )  # fmt: skip
    server.run()
