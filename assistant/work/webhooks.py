"""Webhooks: signed, sent, and sent again until they are taken or given up.

Source: Standard Webhooks 1.0.0.
"""

import base64
import secrets
import ssl
from collections.abc import Callable
from datetime import UTC, datetime

from standardwebhooks import Webhook

from assistant.storage.organisations import Organisations
from assistant.storage.sealing import Seal, Unsealable
from assistant.storage.webhooks import Deliveries, Delivery
from assistant.work.addresses import NoTarget, Resolve, checked, target_of
from assistant.work.sending import SECONDS, NotSent, post

WAITS = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds until a message that was not taken is sent again; after that it is given up."""
GONE = 410
"""What a receiver answers that wants no more of it."""
AGENT = "declarant-webhooks/1"
SECRET_BYTES = 32


class Sender:
    """Sends what is to be sent, one message at a time."""

    def __init__(
        self,
        deliveries: Deliveries,
        organisations: Organisations,
        seal: Seal,
        *,
        private: bool = False,
        seconds: float = SECONDS,
        resolve: Resolve | None = None,
        trusted: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Make a sender.

        Args:
            deliveries: of the site.
            organisations: of the site.
            seal: opens the secrets that messages are signed with.
            private: whether receivers may be of a private network.
            seconds: that a receiver may take.
            resolve: tells the addresses of a host; the system, by default.
            trusted: whose certificates are trusted; those the system trusts, by default.
            now: the clock.
        """
        self._deliveries = deliveries
        self._organisations = organisations
        self._seal = seal
        self._private = private
        self._seconds = seconds
        self._resolve = resolve
        self._trusted = trusted
        self._now = now

    def step(self) -> bool:
        """Send one message; whether there was one."""
        delivery = self._deliveries.claim()
        if delivery is None:
            return False
        try:
            self._settle(delivery, self._sent(delivery))
        except NoTarget as fault:
            self._again(delivery, None, fault.says.en, ever=fault.ever)
        except NotSent as fault:
            self._again(delivery, None, str(fault))
        except (Unsealable, LookupError) as fault:
            self._again(delivery, None, str(fault), ever=False)
        return True

    def _sent(self, delivery: Delivery) -> int:
        target = target_of(delivery.url, private=self._private)
        address = checked(target, self._resolve, private=self._private)
        headers = self._headers(delivery)
        return post(
            target,
            address,
            delivery.payload,
            headers,
            seconds=self._seconds,
            trusted=self._trusted,
        )

    def _settle(self, delivery: Delivery, status: int) -> None:
        if 200 <= status < 300:
            self._deliveries.delivered(delivery, status)
            return
        self._again(delivery, status, f"HTTP {status}", ever=status != GONE)

    def _again(
        self, delivery: Delivery, status: int | None, fault: str, *, ever: bool = True
    ) -> None:
        later = ever and delivery.attempts <= len(WAITS)
        wait = WAITS[delivery.attempts - 1] if later else None
        self._deliveries.failed(delivery, status, fault, wait)

    def _headers(self, delivery: Delivery) -> dict[str, str]:
        """The id tells a message from another, the moment an old one from a new one."""
        sealed = self._organisations.webhook_secret(delivery.organisation)
        if sealed is None:
            raise LookupError("the organisation has no secret to sign with")
        secret = self._seal.unseal(sealed).decode()
        moment = self._now()
        signature = Webhook(secret).sign(delivery.id, moment, delivery.payload.decode())
        return {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "webhook-id": delivery.id,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": signature,
        }


def new_secret(organisations: Organisations, seal: Seal, name: str, by: str) -> str | None:
    """Make the secret that webhooks of an organisation are signed with, and return it this once.

    The one before is good no longer. Nothing is returned where there is no such organisation.
    """
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"
    kept = organisations.keep_webhook_secret(name, seal.seal(secret.encode()), by)
    return secret if kept else None
