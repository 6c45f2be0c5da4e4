"""Where a site's data lie: one folder, by default in the data folder of the user."""

from pathlib import Path

import platformdirs


def default_site() -> Path:
    """Return the folder of the data of a user who names none."""
    return platformdirs.user_data_path("declarant", appauthor=False)
