"""A process that does the background work of a site until it is ended.

`python -m tests.work.batch_worker SITE LEASE_SECONDS`
"""

import sys
import threading
from pathlib import Path

from assistant.settings import WebSettings
from assistant.storage.engine import open_engine
from assistant.storage.sealing import Seal
from assistant.work.background import Background, posts_of
from knowledge.library import shipped

if __name__ == "__main__":
    site, lease = Path(sys.argv[1]), float(sys.argv[2])
    engine = open_engine(f"sqlite:///{site / 'declarant.db'}")
    settings = WebSettings(lease_seconds=lease)
    held = Background(posts_of(engine, Seal.of(site), shipped, settings))
    sys.stdout.write("working\n")
    sys.stdout.flush()
    threading.Event().wait()
