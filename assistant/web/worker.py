"""A worker process of the service: its app, made from the settings that its starter left it."""

import multiprocessing
import os
import signal
import threading
from pathlib import Path

from fastapi import FastAPI

from assistant import logs
from assistant.settings import Settings
from assistant.web.app import create_app


def app() -> FastAPI:
    """Return the service of the site named in the environment.

    Raises:
        pydantic.ValidationError: a setting is unknown, or has no allowed value.
    """
    logs.configure()
    _end_with_starter()
    settings = Settings.of()
    if settings.web.metrics_folder:
        sweep(settings.web.metrics_folder)
    return create_app(settings)


def sweep(folder: Path) -> None:
    """Forget what processes that are gone counted as going on now; their totals stay."""
    for file in folder.glob("gauge_live*_*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not _alive(int(number)):
            file.unlink(missing_ok=True)


def _end_with_starter() -> None:
    """Stop when the process that started this one is gone: the port would stay taken."""
    starter = multiprocessing.parent_process()
    if starter is None:
        return

    def wait() -> None:
        starter.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True, name="starter").start()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
