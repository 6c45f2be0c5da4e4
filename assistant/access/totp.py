"""Codes of an authenticator app, which change every half minute (TOTP).

Source: RFC 6238.
"""

import unicodedata
from datetime import datetime

import pyotp

from assistant.access.hashes import same

SECONDS = 30
EITHER_SIDE = 1
"""Steps a clock may be off."""


def new_secret() -> str:
    """Return a fresh secret to be typed or scanned into an app."""
    return pyotp.random_base32()


def address_of(secret: str, name: str) -> str:
    """Return the `otpauth://` address that an app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="declarant")


def step_of(secret: str, code: str, moment: datetime, used: int) -> int | None:
    """Return the step whose code this is, or nothing where it is none of these minutes.

    Args:
        secret: that of the person.
        code: as typed; blanks and full-width digits do not matter.
        moment: now.
        used: the last step whose code was used; it and those before work no more.
    """
    typed = "".join(unicodedata.normalize("NFKC", code).split())
    current = int(moment.timestamp()) // SECONDS
    known = pyotp.TOTP(secret)
    near = range(current - EITHER_SIDE, current + EITHER_SIDE + 1)
    fitting = [step for step in near if same(known.generate_otp(step), typed)]
    return next((step for step in fitting if step > used), None)
