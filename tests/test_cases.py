"""Cases: what befalls a question nobody could answer, and what may not."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine, select

from knowledge.curation.cases import DONE, MOVES, STATES, Case, Event, Kind, Refused, after, folded
from knowledge.curation.store import FORGOTTEN, Asked, Cases, key_of
from knowledge.curation.tables import case_events, case_wordings
from knowledge.text import Text

START = datetime(2026, 11, 20, 1, tzinfo=UTC)
ASKED = Asked("出口 退税 怎么 办？", "zh", "local", "cli", "group-7", Text("没有依据", "No source"))
WAYS: dict[str, list[Kind]] = {
    "open": [],
    "drafted": ["drafted"],
    "reviewed": ["drafted", "reviewed"],
    "published": ["drafted", "reviewed", "published"],
    "closed": ["closed"],
}


def _events(*kinds: Kind) -> list[Event]:
    opened = {
        "organisation": "local",
        "lang": "zh",
        "reason": ["没有依据", "No source"],
        "nearest": ["p-1"],
    }
    actors = {"reviewed": "bo", "asked": "assistant"}
    first = Event("c-1", 1, START, "assistant", "opened", opened)
    rest = (
        Event("c-1", number, START + timedelta(hours=number), actors.get(kind, "an"), kind, {})
        for number, kind in enumerate(kinds, start=2)
    )
    return [first, *rest]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", DONE)
def test_a_case_moves_only_as_it_may(state: str, kind: Kind) -> None:
    """Every event in every state leads where the table says, or is refused in both languages."""
    case = folded(_events(*WAYS[state]))
    assert case.state == state
    event = Event("c-1", case.number + 1, START, "bo", kind, {})
    if kind == "asked":
        assert after(case, event).state == state
    elif case.state in MOVES.get(kind, {}):
        assert after(case, event).state == MOVES[kind][case.state]
    else:
        with pytest.raises(Refused) as refused:
            after(case, event)
        assert STATES[case.state].zh in refused.value.reason.zh
        assert DONE[kind].en in refused.value.reason.en


def test_from_every_state_a_case_can_reach_an_end() -> None:
    """No state is a trap: each leads to publication or to closing."""
    leads = {state: {led[state] for led in MOVES.values() if state in led} for state in STATES}
    for state in STATES:
        seen, left = {state}, [state]
        while left:
            new = leads[left.pop()] - seen
            seen |= new
            left += new
        assert {"published", "closed"} <= seen


def test_nobody_reviews_their_own_draft() -> None:
    """The reviewer is somebody else than the drafter; a new draft needs a new review."""
    drafted = folded(_events("drafted"))
    with pytest.raises(Refused, match="somebody else"):
        after(drafted, Event("c-1", 3, START, "an", "reviewed", {}))
    again = folded(_events("drafted", "reviewed", "returned", "drafted"))
    assert (again.state, again.drafter, again.reviewer) == ("drafted", "an", "")


def test_a_case_holds_what_its_events_told() -> None:
    """Folding keeps who drafted and reviewed, what was published, and how often it was asked for."""
    told = {"drafted": {"zh": "答"}, "published": {"entry": "export-refund"}}
    events = [
        event._replace(data=told.get(event.kind, event.data))
        for event in _events("asked", "drafted", "asked", "reviewed", "published")
    ]
    case = folded(events)
    assert case == Case(
        id="c-1",
        state="published",
        organisation="local",
        lang="zh",
        reason=Text("没有依据", "No source"),
        nearest=("p-1",),
        asked=3,
        opened=START,
        changed=START + timedelta(hours=6),
        number=6,
        draft={"zh": "答"},
        drafter="an",
        reviewer="bo",
        entry="export-refund",
    )


def test_events_without_a_beginning_are_no_case() -> None:
    """No events, or a first one that does not open, are a fault of ours."""
    with pytest.raises(ValueError, match="opened"):
        folded([])
    with pytest.raises(ValueError, match="restore"):
        folded(_events("drafted")[1:])


def test_the_same_words_open_one_case(database: Engine) -> None:
    """Asked again, however spaced and pointed, a question adds an event and no case."""
    cases = _cases(database)
    name = cases.open_case(ASKED)
    assert cases.open_case(ASKED._replace(wording="出口退税怎么办", chat="group-8")) == name
    assert name == f"c-{key_of(ASKED)[:10]}"
    assert [event.kind for event in cases.events(name)] == ["opened", "asked"]
    assert cases.case(name).asked == 2
    assert cases.wordings(name) == ("出口 退税 怎么 办？", "出口退税怎么办")


def test_organisations_do_not_share_cases(database: Engine) -> None:
    """The same words of another organisation are another case, listed apart."""
    cases = _cases(database)
    ours, theirs = cases.open_case(ASKED), cases.open_case(ASKED._replace(organisation="other"))
    assert ours != theirs
    assert [case.id for case in cases.cases("local")] == [ours]
    assert [case.id for case in cases.cases("other")] == [theirs]


def test_cases_asked_for_most_come_first(database: Engine) -> None:
    """The list begins with what is asked for most, then with what was opened first."""
    cases = _cases(database)
    ids = [cases.open_case(ASKED._replace(wording=each)) for each in ("一", "二", "三", "二")]
    assert [case.id for case in cases.cases("local")] == [ids[1], ids[0], ids[2]]


def test_two_questions_whose_hashes_begin_alike_are_two_cases(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the short id is taken by another question, a longer one is given."""
    keys = {"一": "a" * 10 + "b" * 22, "二": "a" * 10 + "c" * 22}
    monkeypatch.setattr("knowledge.curation.store.key_of", lambda asked: keys[asked.wording])
    cases = _cases(database)
    ids = [cases.open_case(ASKED._replace(wording=each)) for each in ("一", "二", "一", "二")]
    assert ids == ["c-" + "a" * 10, "c-" + "a" * 10 + "c" * 6] * 2


def test_a_curator_moves_a_case_only_from_what_they_saw(database: Engine) -> None:
    """An event goes on top of the last one seen; after another curator's it is refused."""
    cases = _cases(database)
    name = cases.open_case(ASKED)
    moved = cases.add(name, "drafted", "an", {"zh": "答"}, seen=1)
    assert (moved, moved.number, moved.state) == (cases.case(name), 2, "drafted")
    with pytest.raises(Refused, match="somebody else"):
        cases.add(name, "closed", "bo", {"why": "twice"}, seen=1)
    with pytest.raises(Refused, match="cannot publish"):
        cases.add(name, "published", "bo", {}, seen=2)
    with pytest.raises(KeyError):
        cases.add("c-none", "closed", "bo", {}, seen=1)
    assert [event.number for event in cases.events(name)] == [1, 2]


def test_threads_that_ask_together_lose_no_asking(database: Engine) -> None:
    """Many that ask the same at once are one case, with every asking numbered once."""
    cases = _cases(database)
    faults: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(4):
                cases.open_case(ASKED)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults
    (case,) = cases.cases("local")
    assert case.asked == 16
    numbers = [event.number for event in cases.events(case.id)]
    assert numbers[0] == 1
    assert all(second - first == 1 for first, second in pairwise(numbers))


def test_forgetting_a_chat_removes_its_wordings_alone(database: Engine) -> None:
    """What another chat asked too stays; a case nobody's words are left of is closed."""
    cases = _cases(database)
    shared = cases.open_case(ASKED)
    cases.open_case(ASKED._replace(chat="group-8"))
    own = cases.open_case(ASKED._replace(wording="只在本群问过"))
    assert cases.forget("local", "telegram", "group-7") == 0
    assert cases.forget("local", "cli", "group-7") == 2
    assert (cases.wordings(shared), cases.case(shared).state) == ((ASKED.wording,), "open")
    assert (cases.wordings(own), cases.case(own).state) == ((), "closed")
    assert cases.case(own).why == FORGOTTEN


def test_a_forgotten_case_opens_again_when_it_is_asked_for(database: Engine) -> None:
    """A case closed because it was forgotten is opened by the next asker; one closed by a person stays."""
    cases = _cases(database)
    forgotten = cases.open_case(ASKED)
    cases.forget("local", "cli", "group-7")
    assert cases.open_case(ASKED) == forgotten
    assert cases.case(forgotten).state == "open"
    settled = cases.add(
        forgotten, "closed", "an", {"why": "out of scope"}, cases.case(forgotten).number
    )
    cases.open_case(ASKED)
    assert cases.case(settled.id).state == "closed"


def test_events_hold_no_words_of_those_who_asked(database: Engine) -> None:
    """The words of askers stand in the table they can be removed from, and nowhere else."""
    cases = _cases(database)
    cases.open_case(ASKED)
    cases.open_case(ASKED._replace(chat="group-9"))
    with database.connect() as connection:
        events = connection.execute(select(case_events)).all()
        wordings = connection.execute(select(case_wordings.c.wording)).scalars().all()
    assert ASKED.wording not in repr(events)
    assert "group-" not in repr(events)
    assert wordings == [ASKED.wording] * 2


def _cases(database: Engine) -> Cases:
    return Cases(database, lambda: START)
