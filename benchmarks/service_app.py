"""The service as it is served, and beside it a route that reads a body and does nothing.

`python -m benchmarks.service_app SITE PORT WORKERS` serves it until it is told to stop.
"""

import os
import socket
import sys
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from uvicorn.supervisors import Multiprocess

from assistant.cli.serving import _config
from assistant.settings import Settings
from assistant.web import worker

NOTHING = b'{"read":true}'


def app() -> FastAPI:
    """Return the service with the route that does nothing."""
    made = worker.app()
    made.add_route("/noop", noop, methods=["POST"])
    return made


async def noop(request: Request) -> Response:
    """Read the body and say so: what a call costs before anything is audited."""
    await request.body()
    return Response(NOTHING, media_type="application/json")


def serve(site: Path, port: int, workers: int) -> None:
    """Serve on loopback as `declarant serve` does, with as many processes."""
    os.environ["DECLARANT_SITE"] = str(site)
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", port))
    held.listen(2048)
    config = _config(Settings.of(site), workers)
    config.app = "benchmarks.service_app:app"
    Multiprocess(config, sockets=[held]).run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
