"""People log in at their provider, and whatever it or a stranger makes up is refused."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey
from sqlalchemy import Engine

from assistant.access.caller import Refused
from assistant.access.openid import Begun, Person, Provider
from assistant.access.opening import Access
from assistant.settings import OpenIdSettings
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.users import NewUser
from tests.access.provider import CLIENT, CLIENT_SECRET, REDIRECT, SmallProvider, as_secret, serving
from tests.access.site import access_of, add_user
from tests.clock import Clock


@pytest.fixture
def provider() -> Iterator[SmallProvider]:
    """Return a provider on this machine."""
    with serving(SmallProvider()) as known:
        yield known


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    """Return a fresh database; what is tested here does not depend on its kind."""
    engine = open_engine(f"sqlite:///{tmp_path / 'site.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def site(database: Engine, provider: SmallProvider) -> Access:
    """Return the access of a site whose people log in at the provider."""
    return access_of(database, Clock(), _settings(provider))


def _settings(provider: SmallProvider, **more: object) -> OpenIdSettings:
    told = {
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "redirect": REDIRECT,
        "organisation": "甲公司",
    }
    return OpenIdSettings.model_validate(told | more)


def _door(site: Access) -> Provider:
    assert site.provider
    return site.provider


def _person(site: Access, provider: SmallProvider) -> Person:
    begun = _door(site).begin()
    return _door(site).finish(provider.log_in(begun.address), begun.cookie)


def _refused(work: Callable[[], object]) -> str:
    with pytest.raises(Refused) as told:
        work()
    assert told.value.code == "openid"
    assert told.value.says.zh
    return told.value.says.en


def test_somebody_logs_in_at_the_provider(site: Access, provider: SmallProvider) -> None:
    """Who was entered with the name the provider gives is let in, and known again by its subject."""
    made = site.users.add(NewUser("甲公司", "li.wei@acme.cn", "curator"), "cli")
    settings = _settings(provider)
    person = _person(site, provider)
    assert person == Person(provider.issuer, "subject-7", "li.wei@acme.cn")
    entered = site.entrance.by_provider(person, settings)
    assert entered.user == made
    provider.person["email"] = "renamed@acme.cn"
    again = site.entrance.by_provider(_person(site, provider), settings)
    assert again.user.id == made.id
    known = site.recogniser.recognise(None, again.cookie, "203.0.113.7")
    assert (known.organisation, set(known.roles)) == ("甲公司", {"curator"})


def test_each_log_in_has_state_nonce_and_verifier_of_its_own(site: Access) -> None:
    """Nothing that proves a log-in is used twice, and no secret of it stands in the address."""
    begun = [_door(site).begin() for _ in range(2)]
    asked = [parse_qs(urlsplit(each.address).query) for each in begun]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert "code_verifier" not in asked[0]
    assert CLIENT_SECRET not in begun[0].address
    assert asked[0]["state"][0] not in begun[0].cookie


def test_only_the_browser_that_began_is_let_in(site: Access, provider: SmallProvider) -> None:
    """Another browser's cookie, none, or a made-up one is refused before the code is used."""
    mine, other = _door(site).begin(), _door(site).begin()
    query = provider.log_in(mine.address)
    for cookie in (None, "", "made up", "é", other.cookie):
        _refused(lambda cookie=cookie: _door(site).finish(query, cookie))  # type: ignore[misc]
    _refused(lambda: _door(site).finish({"code": query["code"]}, mine.cookie))
    assert not provider.used
    assert _door(site).finish(query, mine.cookie)


def test_a_way_begun_long_ago_is_refused(
    site: Access, provider: SmallProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After ten minutes one begins anew."""
    begun = _door(site).begin()
    query = provider.log_in(begun.address)
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    assert "too long" in _refused(lambda: _door(site).finish(query, begun.cookie))


def test_a_code_is_no_good_to_who_stole_it(site: Access, provider: SmallProvider) -> None:
    """A code of one log-in brought into another fails at the verifier, and a used one fails."""
    victim, thief = _door(site).begin(), _door(site).begin()
    stolen = provider.log_in(victim.address)
    own = provider.log_in(thief.address)
    _refused(lambda: _door(site).finish(own | {"code": stolen["code"]}, thief.cookie))
    assert _door(site).finish(stolen, victim.cookie)
    _refused(lambda: _door(site).finish(stolen, victim.cookie))


LIES: dict[str, dict[str, object]] = {
    "another issuer": {"iss": "https://evil.example"},
    "another client": {"aud": "somebody else"},
    "for several, not authorised to us": {"aud": [CLIENT, "other"], "azp": "other"},
    "another nonce": {"nonce": "made up"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "no end": {"exp": None},
    "ended": {"exp": 1_700_000_000, "iat": 1_699_999_000},
    "not yet": {"nbf": 4_000_000_000},
    "another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_is_refused(site: Access, provider: SmallProvider, lie: str) -> None:
    """Each claim a token must have is looked at."""
    provider.claims = dict(LIES[lie])
    said = _refused(lambda: _person(site, provider))
    assert any(f"{kind}Error" in said for kind in ("InvalidClaim", "MissingClaim", "ExpiredToken"))


def test_a_token_signed_by_somebody_else_is_refused(site: Access, provider: SmallProvider) -> None:
    """Neither a strange key of the same name, nor the public key as a shared secret, nor none."""
    provider.signed_with = ECKey.generate_key("P-256", {"kid": "one"})
    assert "BadSignature" in _refused(lambda: _person(site, provider))
    provider.signed_with = as_secret(provider)
    for algorithm in ("HS256", "none"):
        provider.algorithm = algorithm
        assert "UnsupportedAlgorithm" in _refused(lambda: _person(site, provider))


def test_a_new_key_of_the_provider_is_fetched(site: Access, provider: SmallProvider) -> None:
    """When a token names a key we do not know, the keys are read anew; otherwise they are not."""
    _person(site, provider)
    _person(site, provider)
    assert provider.fetched.count("/keys") == 1
    provider.key = ECKey.generate_key("P-256", {"kid": "two"})
    assert _person(site, provider)
    assert provider.fetched.count("/keys") == 2
    assert provider.fetched.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_misnames_itself_is_refused(
    site: Access, provider: SmallProvider, told: dict[str, str]
) -> None:
    """Its document must name itself, and addresses that nobody can listen to."""
    provider.told = dict(told)
    _refused(_door(site).begin)


def test_an_issuer_in_the_answer_must_be_ours(site: Access, provider: SmallProvider) -> None:
    """An answer that another provider sent is not taken to ours."""
    begun = _door(site).begin()
    query = provider.log_in(begun.address) | {"iss": "https://evil.example"}
    _refused(lambda: _door(site).finish(query, begun.cookie))
    assert not provider.used


def test_a_person_who_declined_is_told_so(site: Access, provider: SmallProvider) -> None:
    """An answer without a code says that nobody was vouched for."""
    begun: Begun = _door(site).begin()
    state = provider.log_in(begun.address)["state"]
    query = {"error": "access_denied", "state": state}
    assert "vouch" in _refused(lambda: _door(site).finish(query, begun.cookie))


def test_an_address_that_was_not_verified_is_nobodys_name(
    site: Access, provider: SmallProvider
) -> None:
    """Whoever typed somebody else's address at the provider does not become that person."""
    site.users.add(NewUser("甲公司", "li.wei@acme.cn", "admin"), "cli")
    provider.person["email_verified"] = False
    person = _person(site, provider)
    assert person.name == ""
    with pytest.raises(Refused):
        site.entrance.by_provider(person, _settings(provider))


def test_strangers_get_in_only_where_that_is_wanted(site: Access, provider: SmallProvider) -> None:
    """By default who was not entered is refused; where new people are welcome they may ask."""
    person = _person(site, provider)
    with pytest.raises(Refused) as told:
        site.entrance.by_provider(person, _settings(provider))
    assert told.value.code == "not_entered"
    entered = site.entrance.by_provider(person, _settings(provider, new_people=True))
    assert (entered.user.organisation, entered.user.role) == ("甲公司", "asker")
    again = site.entrance.by_provider(person, _settings(provider))
    assert again.user.id == entered.user.id


def test_the_provider_opens_no_other_door(site: Access, provider: SmallProvider) -> None:
    """Nobody gets in as a person with a password, of another organisation, or disabled."""
    settings = _settings(provider, new_people=True)
    person = _person(site, provider)
    add_user(site, "li.wei@acme.cn")
    with pytest.raises(Refused):
        site.entrance.by_provider(person, settings)
    site.users.add(NewUser("乙公司", "other@acme.cn", "admin"), "cli")
    with pytest.raises(Refused):
        site.entrance.by_provider(person._replace(name="other@acme.cn"), settings)
    entered = site.entrance.by_provider(person._replace(name="new@acme.cn"), settings)
    site.users.disable(entered.user.name, "cli")
    with pytest.raises(Refused):
        site.entrance.by_provider(person, settings)


def test_a_provider_that_does_not_answer_is_told_so(site: Access, provider: SmallProvider) -> None:
    """Nobody gets a fault; everybody is told that the provider could not be heard."""
    settings = _settings(provider)
    away = settings.model_copy(update={"issuer": "http://127.0.0.1:9"})
    assert "ConnectError" in _refused(Provider(away, site.seal).begin)
    assert "https" in _refused(
        Provider(settings.model_copy(update={"issuer": "http://id.example.com"}), site.seal).begin
    )
