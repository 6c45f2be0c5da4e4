"""Sentences taken from entries and passages, each with its citations."""

from assistant.extracting import from_entry, from_passages
from tests.turns import passage_of, shelf_of, turn_of

ENTRY = {
    "id": "cn-days",
    "kind": "problem",
    "zh": "短答：14日内申报。[cn-law#24, cn-rule#1]\n\n步骤：\n1. 先看进境日。\n2. 再看假日（待核实）。[cn-law#9]",
    "en": "Short answer: Within 14 days. [cn-law#24]\n\nSteps:\n1. Look at the day of entry.",
    "status": "unverified",
}


def test_an_entry_is_said_line_by_line() -> None:
    """Headings and marks are left out; each line leans on its places and on the entry."""
    turn, shelf = turn_of("几天", [ENTRY])
    said = from_entry(turn.hits[0].passage, turn, shelf)
    assert [each.text for each in said] == [
        "14日内申报。", "1. 先看进境日。", "2. 再看假日（待核实）。",
    ]  # fmt: skip
    assert [each.cites for each in said] == [
        ("cn-law#24", "cn-rule#1", "cn-days"), ("cn-days",), ("cn-law#9", "cn-days"),
    ]  # fmt: skip


def test_an_entry_is_said_in_english() -> None:
    """The English text of an entry is its English answer."""
    turn, shelf = turn_of("how long", [ENTRY], lang="en")
    said = from_entry(turn.hits[0].passage, turn, shelf)
    assert said[0].text == "Within 14 days."


def test_a_long_passage_gives_the_sentences_that_bear_on_the_question() -> None:
    """Of a long article only what is asked for is taken, and no more than a chat bears."""
    other = "海关可以查验货物并由收发货人到场负责搬移拆封。" * 20
    long = {"id": "cn-law#24", "zh": f"{other}滞报金按日征收计税价格的千分之零点五。{other}"}
    turn, _ = turn_of("滞报金按日收多少", [long])
    (said,) = from_passages(turn.hits, "滞报金按日收多少", "zh")
    assert "千分之零点五" in said.text
    assert len(said.text) < 400


def test_what_nobody_has_confirmed_is_marked_once() -> None:
    """A passage not confirmed says so, also where its text says so already."""
    marked = {"id": "cn-law#1", "zh": "十四日内申报（待核实）", "status": "unverified"}
    bare = {"id": "cn-law#2", "zh": "十五日内缴税", "status": "unverified"}
    turn, _ = turn_of("几天", [marked, bare])
    assert [each.text.count("待核实") for each in from_passages(turn.hits, "几天", "zh")] == [1, 1]


def test_the_same_is_not_said_twice() -> None:
    """Passages that say the same of the same place give one sentence."""
    turn, _ = turn_of("几天", [{"id": "cn-law#24"}, {"id": "cn-law#24"}])
    assert len(from_passages(turn.hits, "几天", "zh")) == 1


def test_a_passage_in_one_language_is_said_in_it() -> None:
    """Imported law is in Chinese alone and is told so to an English question."""
    passage = passage_of({"id": "cn-law#24", "zh": "十四日内申报"})
    turn, _ = turn_of("how many days", [], lang="en")
    hit = turn_of("x", [{"id": "cn-law#24", "zh": "十四日内申报"}])[0].hits[0]
    (said,) = from_passages([hit], turn.question.text, "en")
    assert "十四日内申报" in said.text
    assert shelf_of([passage]).passages["cn-law#24"].text.zh == "十四日内申报"
