"""Reference data over HTTP: permanent addresses, days, pages, tags."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from auditors.catalogue import catalogue
from knowledge.library import shipped

LISTS = ["/v1/rules", "/v1/codes", "/v1/codes/country", "/v1/fields", "/v1/sources", "/v1/problems"]
ONES = [
    "/v1/rules/CN-W001",
    "/v1/codes/trade_mode/0110",
    "/v1/fields/header.net_weight",
    "/v1/sources/cn-law-customs%2324",
    f"/v1/problems/{min(shipped().problems())}",
]


def got(client: TestClient, path: str, **query: Any) -> Any:
    """Return what a path answers with."""
    reply = client.get(path, params=query)
    assert reply.status_code == 200, reply.text
    return reply.json()


@pytest.mark.parametrize("path", LISTS)
def test_pages_together_are_the_list(client: TestClient, path: str) -> None:
    """Whoever follows the cursors sees every entry once, in the same order as on one page."""
    seen: list[Any] = []
    cursor = None
    for _ in range(200):
        query = {"limit": 17} | ({"cursor": cursor} if cursor else {})
        page = got(client, path, **query)
        assert len(page["items"]) <= 17
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == page["total"]
    assert seen[:200] == got(client, path, limit=200)["items"]
    assert len({str(each) for each in seen}) == len(seen)


def test_every_rule_is_listed(client: TestClient) -> None:
    """The list tells how many rules there are, and a filter leaves only those it names."""
    assert got(client, "/v1/rules")["total"] == len(catalogue())
    weights = got(client, "/v1/rules", family="W", severity="error", limit=200)["items"]
    assert weights
    assert {(each["family"], each["severity"]) for each in weights} == {("W", "error")}


@pytest.mark.parametrize("cursor", ["nonsense", "%%%", "e30", "é"])
def test_a_cursor_of_elsewhere_is_refused(client: TestClient, cursor: str) -> None:
    """A cursor that was not given is an invalid request."""
    reply = client.get("/v1/rules", params={"cursor": cursor})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")


def test_a_cursor_goes_with_its_filters(client: TestClient) -> None:
    """A cursor of one list is refused by another, and by the same one with other filters."""
    cursor = got(client, "/v1/rules", limit=1)["next"]
    assert client.get("/v1/rules", params={"cursor": cursor}).status_code == 200
    assert client.get("/v1/rules", params={"cursor": cursor, "family": "W"}).status_code == 422
    assert client.get("/v1/codes", params={"cursor": cursor}).status_code == 422


@pytest.mark.parametrize("path", [*LISTS, *ONES])
def test_what_the_caller_has_is_not_sent_again(client: TestClient, path: str) -> None:
    """The tag of an answer, given back, brings a 304 without a body; another tag the answer."""
    first = client.get(path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


@pytest.mark.parametrize("path", [path.rstrip("0123456789") + "-zzz" for path in ONES])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    """An address that leads nowhere is told as a problem."""
    reply = client.get(path)
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


def test_what_may_be_meant_is_told(client: TestClient) -> None:
    """A code nearly right is answered with those near it."""
    assert "CN-W021" in client.get("/v1/rules/CN-W21").json()["detail"]
    assert "trade_mode" in client.get("/v1/codes/trademode").json()["detail"]
    assert "header.net_weight" in client.get("/v1/fields/netweight").json()["detail"]


def test_a_rule_is_explained(client: TestClient) -> None:
    """A rule is shown with its page and what its articles say."""
    rule = got(client, "/v1/rules/cn-w001")
    assert "Wrong:" in rule["page"]
    assert all(each["digest"]["zh"] for each in rule["basis"])


def test_codes_are_those_of_a_day(client: TestClient) -> None:
    """A table as of a day holds the codes in force on it, and a part of a name finds them."""
    table = shipped().table("levy_mode")
    dated = next(
        (name, row)
        for name in shipped().tables()
        for row in shipped().table(name).rows
        if row.span.since and row.span.since.year > 1950
    )
    name, row = dated
    day = row.span.since
    assert day
    on = [
        each["code"]
        for each in got(client, f"/v1/codes/{name}", as_of=str(day), limit=200)["items"]
    ]
    assert row.code in on
    assert got(client, "/v1/codes/levy_mode")["total"] == len(table.rows)
    found = got(client, "/v1/codes/trade_mode", q="一般贸易")["items"]
    assert "0110" in [each["code"] for each in found]


@pytest.mark.parametrize("table", shipped().tables())
def test_no_row_is_lost_between_pages(client: TestClient, table: str) -> None:
    """Pages of one row each would not skip any: no two rows of a table stand at the same place."""
    rows: list[Any] = []
    cursor = None
    for _ in range(10):
        query = {"limit": 200} | ({"cursor": cursor} if cursor else {})
        page = got(client, f"/v1/codes/{table}", **query)
        rows, cursor = rows + page["items"], page["next"]
        if cursor is None:
            break
    places = [(each["code"], each["since"]) for each in rows]
    assert len(set(places)) == len(places) == len(shipped().table(table).rows)


def test_a_field_is_explained_by_its_own_name_where_it_is_the_only_one(client: TestClient) -> None:
    """A short name leads to the field, or to the choice where several have it."""
    assert got(client, "/v1/fields/gross_weight")["name"] == "header.gross_weight"
    assert got(client, "/v1/fields/header.net_weight")["means"]["zh"]


def test_an_article_is_shown_as_of_a_day(client: TestClient) -> None:
    """An article tells its days in force, and marks the words of a question."""
    held = got(client, "/v1/sources/cn-law-customs%2324", as_of="2026-11-21", q="如实申报的期限")
    assert held["in_force"]
    assert held["place"] == "24"
    assert held["since"]
    start, end = held["marks"]["digest_zh"]["sentence"]
    assert held["digest"]["zh"][start:end]
    assert held["marks"]["digest_zh"]["words"]


def test_what_is_law_instead_is_told(client: TestClient) -> None:
    """On a day an instrument is no longer law, what replaced it is named."""
    source = next(
        each
        for each in map(shipped().source, shipped().sources())
        if each and each.span.until and each.replaced_by and shipped().source(each.replaced_by[0])
    )
    held = got(client, f"/v1/sources/{source.id}", as_of="2026-11-21")
    assert not held["in_force"]
    assert held["instead"]


@pytest.mark.parametrize(
    "name",
    [
        "..%2F..%2Fsecret",
        "cn-law-customs@2001-01-01%2324",
        "cn-law-customs%239999",
        "%00",
        "a" * 201,
    ],
)
def test_no_address_leads_out_of_the_pack(client: TestClient, name: str) -> None:
    """Names that are paths, versions and articles that are not held lead nowhere."""
    assert client.get(f"/v1/sources/{name}").status_code in (404, 422)


def test_a_search_goes_on_page_by_page(client: TestClient) -> None:
    """Pages of a search follow each other without repeating, within the filters."""
    query = {"q": "申报期限", "kind": "source", "as_of": "2026-11-21"}
    whole = got(client, "/v1/search", limit=20, **query)
    first = got(client, "/v1/search", limit=10, **query)
    second = got(client, "/v1/search", limit=10, cursor=first["next"], **query)
    ids = [each["id"] for each in (*first["items"], *second["items"])]
    assert ids == [each["id"] for each in whole["items"]]
    assert len(set(ids)) == 20
    assert {each["kind"] for each in whole["items"]} == {"source"}
    assert first["total"] == whole["total"] > 20


def test_a_search_needs_words(client: TestClient) -> None:
    """Nothing to look for is an invalid request; words that are nowhere find nothing."""
    assert client.get("/v1/search").status_code == 422
    assert client.get("/v1/search", params={"q": ""}).status_code == 422
    assert got(client, "/v1/search", q="zzzzqqqq")["items"] == []


def test_problems_are_filtered(client: TestClient) -> None:
    """A topic and a rule leave the problems concerned."""
    topics = {each.topic for each in shipped().problems().values()}
    for topic in sorted(topics):
        held = got(client, "/v1/problems", topic=topic, limit=200)["items"]
        assert {each["topic"] for each in held} == {topic}
    ruled = next(each for each in shipped().problems().values() if each.rules)
    held = got(client, "/v1/problems", rule=ruled.rules[0], limit=200)["items"]
    assert ruled.id in [each["id"] for each in held]


def test_the_site_writes_nothing_else(site: Path, client: TestClient) -> None:
    """Reference data needs the database and the index alone."""
    got(client, "/v1/rules")
    known = {"declarant.db", "declarant.db-shm", "declarant.db-wal", "declarant.db.lock"}
    assert {file.name for file in site.iterdir()} <= known | {"index", "journal.key"}
