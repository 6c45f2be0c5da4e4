"""Webhooks: signed, sent again until they are taken, and never into a private network."""

import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine
from standardwebhooks import Webhook, WebhookVerificationError

from assistant.storage.organisations import Organisations, make_organisation
from assistant.storage.sealing import Seal
from assistant.storage.webhooks import Deliveries, Standing, add_delivery
from assistant.work.addresses import NoTarget, checked, is_public, target_of
from assistant.work.webhooks import WAITS, Sender, new_secret
from tests.clock import Clock
from tests.work.receiver import Receiver, receiving

PAYLOAD = b'{"type":"batch.finished","data":{"id":"bat-1","total":2}}'
NAME = "erp.example.com"


class Site:
    """The webhooks of a site with one organisation, and a clock."""

    def __init__(self, database: Engine) -> None:
        self.clock = Clock()
        self.clock.now = datetime.now(UTC)
        self._database = database
        self.deliveries = Deliveries(database, 60, self.clock)
        self.organisations = Organisations(database, self.clock)
        self.seal = Seal(Fernet.generate_key())
        self.resolved: list[str] = []
        with database.begin() as connection:
            make_organisation(connection, "甲公司", self.clock.now, "test")
        self.secret = new_secret(self.organisations, self.seal, "甲公司", "test") or ""

    def add(self, url: str, subject: str = "bat-1") -> None:
        """Add a message."""
        with self._database.begin() as connection:
            add_delivery(connection, "甲公司", subject, url, PAYLOAD, self.clock.now)

    def sender(self, *addresses: str, private: bool = True, **told: Any) -> Sender:
        """Return a sender for whom every host has these addresses."""

        def resolve(host: str, port: int) -> list[str]:
            self.resolved.append(host)
            return list(addresses)

        return Sender(
            self.deliveries,
            self.organisations,
            self.seal,
            private=private,
            resolve=resolve,
            now=self.clock,
            **told,
        )

    def standing(self, subject: str = "bat-1") -> Standing:
        """Return how a message stands."""
        held = self.deliveries.standing(subject)
        assert held
        return held


@pytest.fixture
def site(database: Engine) -> Site:
    """Return a site on each kind of database."""
    return Site(database)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a receiver that fails once."""
    with receiving(Receiver(500, 204)) as held:
        yield held


def test_a_message_is_signed_and_sent_again_until_it_is_taken(
    site: Site, receiver: Receiver
) -> None:
    """The receiver's library verifies it; the second attempt has the same id and a new moment."""
    site.add(f"http://{NAME}:{receiver.port}/hooks?to=7")
    sender = site.sender("127.0.0.1")
    assert sender.step()
    assert not sender.step()
    assert site.standing()[:4] == ("waiting", 1, 500, "HTTP 500")
    site.clock.go_on(seconds=WAITS[0] + 1)
    assert sender.step()
    assert site.standing() == Standing("delivered", 2, 204, "", None)
    first, second = receiver.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    for got in receiver.got:
        assert Webhook(site.secret).verify(got.body, got.headers)["type"] == "batch.finished"
        assert (got.path, got.headers["Host"]) == ("/hooks?to=7", f"{NAME}:{receiver.port}")
    assert not sender.step()


def test_a_message_that_was_changed_or_is_old_does_not_verify(
    site: Site, receiver: Receiver
) -> None:
    """Another body, another id, another moment or another secret: the signature fits none."""
    site.add(f"http://{NAME}:{receiver.port}/")
    site.sender("127.0.0.1").step()
    got = receiver.got[0]
    old = str(int(got.headers["webhook-timestamp"]) - 600)
    for headers in ({"webhook-id": "msg-2"}, {"webhook-timestamp": old}):
        with pytest.raises(WebhookVerificationError):
            Webhook(site.secret).verify(got.body, {**got.headers, **headers})
    with pytest.raises(WebhookVerificationError):
        Webhook(site.secret).verify(got.body + b" ", got.headers)
    other = new_secret(site.organisations, site.seal, "甲公司", "test") or ""
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(got.body, got.headers)


def test_attempts_come_ever_more_slowly_and_end(site: Site) -> None:
    """A receiver that is never there is tried as often as there are waits, then given up."""
    site.add(f"http://{NAME}:9/")
    sender = site.sender("127.0.0.1", seconds=1)
    waited = []
    for _ in WAITS:
        assert sender.step()
        due = site.standing().due
        assert due
        waited.append(round((due - site.clock.now).total_seconds()))
        site.clock.now = due + timedelta(seconds=1)
    assert tuple(waited) == WAITS == tuple(sorted(WAITS))
    assert sender.step()
    assert site.standing().state == "failed"
    site.clock.go_on(days=2)
    assert not sender.step()


@pytest.mark.parametrize("status, state", [(410, "failed"), (302, "waiting"), (404, "waiting")])
def test_no_redirect_is_followed_and_gone_is_gone(site: Site, status: int, state: str) -> None:
    """A redirect is a refusal; a receiver that is gone is not tried again."""
    with receiving(Receiver(status)) as receiver:
        site.add(f"http://{NAME}:{receiver.port}/")
        assert site.sender("127.0.0.1").step()
        assert site.standing()[:3] == (state, 1, status)
        assert len(receiver.got) == 1


def test_a_name_that_leads_home_is_refused_when_it_is_sent(site: Site) -> None:
    """One private address among public ones is enough; nobody is called, and never will be."""
    with receiving(Receiver()) as receiver:
        for number, addresses in enumerate((["127.0.0.1"], ["93.184.215.14", "10.0.0.1"])):
            site.add(f"https://{NAME}:{receiver.port}/", f"bat-{number}")
            assert site.sender(*addresses, private=False).step()
            assert site.standing(f"bat-{number}").state == "failed"
        assert receiver.got == []


def test_the_address_that_was_looked_at_is_the_one_called(site: Site, receiver: Receiver) -> None:
    """A name is resolved once for a message: what it says a moment later changes nothing."""
    site.add(f"http://{NAME}:{receiver.port}/")
    site.sender("127.0.0.1").step()
    assert site.resolved == [NAME]
    assert len(receiver.got) == 1


def test_a_receiver_that_drips_is_cut(site: Site) -> None:
    """However slowly it answers, a worker waits no longer than it is told."""
    with receiving(Receiver()) as receiver:
        receiver.drips.set()
        site.add(f"http://{NAME}:{receiver.port}/")
        began = time.monotonic()
        assert site.sender("127.0.0.1", seconds=0.5).step()
        assert time.monotonic() - began < 5
        assert site.standing()[:2] == ("waiting", 1)


def test_a_certificate_must_be_the_hosts(site: Site, tmp_path: Path) -> None:
    """Over TLS the receiver proves its name, though the connection goes to an address."""
    file = _certificate(tmp_path, NAME)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    trusted = ssl.create_default_context(cafile=str(file))
    with receiving(Receiver(), context) as receiver:
        site.add(f"https://{NAME}:{receiver.port}/", "bat-1")
        assert site.sender("127.0.0.1", trusted=trusted).step()
        assert site.standing().state == "delivered"
        site.add(f"https://other.example.com:{receiver.port}/", "bat-2")
        assert site.sender("127.0.0.1", trusted=trusted).step()
        assert site.standing("bat-2").fault.startswith("TLS")
        assert len(receiver.got) == 1


def test_a_message_about_the_same_thing_is_added_once(site: Site) -> None:
    """A batch that is finished twice, by whatever accident, calls once."""
    for _ in range(2):
        site.add(f"http://{NAME}:9/")
    assert site.deliveries.claim()
    assert site.deliveries.claim() is None


def test_a_message_whose_worker_died_is_sent_by_another(site: Site, receiver: Receiver) -> None:
    """After the lease it is claimed again, with the same id."""
    site.add(f"http://{NAME}:{receiver.port}/")
    first = site.deliveries.claim()
    site.clock.go_on(seconds=61)
    second = site.deliveries.claim()
    assert first
    assert second
    assert first.id == second.id
    site.deliveries.delivered(first, 204)
    assert site.standing().state == "running"


PRIVATE = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
    "64:ff9b::a00:1", "2002:7f00:1::", "not an address",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    """Private, local, shared and wrapped addresses are known for what they are."""
    assert not is_public(address)
    target = target_of(f"https://{NAME}/")
    with pytest.raises(NoTarget):
        checked(target, lambda host, port: ["93.184.215.14", address])


def test_public_addresses_are_taken() -> None:
    """The first address of a host with none but public ones is the one to call."""
    target = target_of(f"https://{NAME}/hooks")
    assert checked(target, lambda host, port: ["93.184.215.14", "2606:4700::1"]) == "93.184.215.14"


def _certificate(folder: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName(
        [x509.DNSName(name), x509.IPAddress(ip_address("192.0.2.1"))]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "certificate.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
