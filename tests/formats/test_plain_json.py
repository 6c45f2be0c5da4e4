"""Our own JSON: two roads to the same draft."""

import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.declaration import Declaration, Message
from auditors.formats.lines import Lines
from auditors.formats.plain_json import carefully, read_json, write_json
from auditors.formats.sound_json import ALIASES, FIGURES, UNSCREENED, at_once
from auditors.names import PARTS
from auditors.place import Oddity, Place
from auditors.screen import BLOCKS
from knowledge.library import shipped
from tests.formats.json_files import HOME, SAMPLE, header, noted, plain, slow
from tests.strategies import whole_drafts

DRAFTS = sorted([*HOME.glob("examples/*.json"), *HOME.glob("tests/drafts/*.json")])


@pytest.mark.parametrize("file", DRAFTS, ids=lambda file: file.stem)
def test_sound_files_take_the_quick_road(file: Path) -> None:
    """Every example is read at once, and the careful reader reads the same."""
    content = file.read_bytes()
    if "faulty" in file.stem:
        return
    sound = at_once(content)
    assert sound
    assert msgspec.structs.replace(sound.draft, message=Message()) == plain(
        carefully(content, shipped())
    )


@slow
@given(whole_drafts(shipped()))
def test_what_is_written_is_read_again(draft: Declaration) -> None:
    """A draft survives the way into our JSON and back, on both roads."""
    content = write_json(draft)
    wanted = msgspec.structs.replace(draft, schema="cn-dec/1")
    assert plain(read_json(content, shipped())) == wanted
    assert plain(carefully(content, shipped())) == wanted
    assert write_json(read_json(content, shipped()).draft) == content
    assert read_json(content, shipped()).draft.message.unknown == ()


@slow
@given(whole_drafts(shipped()), st.randoms(use_true_random=False), st.data())
def test_both_roads_agree(draft: Declaration, chance: random.Random, data: st.DataObject) -> None:
    """However a sound draft is laid out, a quick reading is what the careful one gives."""
    raw = _shuffled(json.loads(write_json(draft)), chance)
    layout: dict[str, Any] = {
        "ensure_ascii": data.draw(st.booleans()),
        "indent": data.draw(st.sampled_from([None, 2, "\t"])),
        "separators": data.draw(st.sampled_from([None, (",", ":")])),
    }
    content = json.dumps(raw, **layout).encode()
    sound = at_once(content)
    if sound:
        assert msgspec.structs.replace(sound.draft, message=Message()) == plain(
            carefully(content, shipped())
        )
    assert plain(read_json(content, shipped())) == msgspec.structs.replace(draft, schema="cn-dec/1")


def _shuffled(raw: Any, chance: random.Random) -> Any:
    """Fields in another order, some numbers without quotes, and nulls where nothing stands."""
    if isinstance(raw, list):
        return [_shuffled(each, chance) for each in raw]
    if not isinstance(raw, dict):
        return raw
    pairs = [(name, _shuffled(each, chance)) for name, each in raw.items()]
    pairs = [(name, _bare(each) if name in WHOLE else each) for name, each in pairs]
    if "bill_no" not in raw and "ie_flag" in raw:
        pairs.append(("bill_no", None))
    chance.shuffle(pairs)
    return dict(pairs)


WHOLE = {"net_weight", "qty", "total"}


def _bare(value: str) -> Any:
    return int(value) if value.isdigit() else value


@slow
@given(st.binary(max_size=60), st.integers(0, len(SAMPLE)), st.integers(0, 8))
def test_a_mutated_file_is_read_alike(put: bytes, at: int, dropped: int) -> None:
    """A sound file with a piece changed: where the quick road takes it, the careful one agrees."""
    content = SAMPLE[:at] + put + SAMPLE[at + dropped :]
    sound = at_once(content)
    if sound is None:
        return
    careful = carefully(content, shipped())
    assert not careful.draft.message.unreadable
    assert not careful.draft.message.untidy
    assert _without_blanks(sound.draft) == _without_blanks(careful.draft)


def _without_blanks(draft: Declaration) -> Any:
    """The draft as plain data, a blank text as nothing: that is how the screen takes it."""
    kept = msgspec.structs.replace(draft, message=Message())
    return _filled(msgspec.to_builtins(kept, enc_hook=str))


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        held = {name: _filled(each) for name, each in value.items()}
        return {name: each for name, each in held.items() if each not in (None, "")}
    if isinstance(value, list | tuple):
        return [_filled(each) for each in value]
    return value.strip() and value if isinstance(value, str) else value


def test_the_blocks_that_no_screen_looks_at_are_known() -> None:
    """The quick road looks for blanks wherever the screen does not."""
    unscreened = set(Declaration.__struct_fields__) - set(BLOCKS)
    assert unscreened == {*UNSCREENED, "schema", "message", "extras"}
    assert {"container_weight", "permit_qty", "exchange_rates", "total"} <= FIGURES
    numbers = {
        field.name
        for block in shipped().fields.values()
        for field in block.fields.values()
        if field.kind in {"number", "numbers"}
    }
    assert numbers <= FIGURES
    held = {
        name
        for name in PARTS
        for field in shipped().fields[name].fields.values()
        if field.kind == "number"
    }
    assert held <= {"items", "containers"}


def test_a_field_may_stand_in_a_group() -> None:
    """Charges and promises may be grouped; reports then point into the group."""
    content = header('"fee": {"mark": "3", "rate": 820}, "promise": {"royalty": "1"}')
    sound = at_once(content)
    assert sound
    careful = carefully(content, shipped())
    assert sound.draft == plain(careful)
    assert sound.pointers == careful.stood.pointers
    assert sound.pointers[Place("header", 0, "fee_rate")] == "/header/fee/rate"
    assert sound.draft.header.royalty_flag == "1"
    line = Lines(read_json(content, shipped()), shipped().fields).find(
        Place("header", 0, "fee_rate")
    )
    assert line
    assert line.text[line.column - 1 :].startswith("820")


@pytest.mark.parametrize("name", ALIASES)
def test_every_field_of_a_group_is_read(name: str) -> None:
    """Both roads know each alias."""
    group, inner = ALIASES[name]
    content = header(f'"{group}": {{"{inner}": "1"}}')
    sound = at_once(content)
    assert sound
    assert str(getattr(sound.draft.header, name)) == "1"
    assert sound.draft == plain(carefully(content, shipped()))


def test_a_field_written_both_ways_is_noted() -> None:
    """The group counts, and the other value is told."""
    content = header('"fee": {"mark": "3"}, "fee_mark": "1"')
    assert at_once(content) is None
    assert read_json(content, shipped()).draft.header.fee_mark == "3"
    assert noted(content, "repeated") == [Oddity(Place("header", 0, "fee_mark"), "1")]
    one_blank = header('"fee": {"mark": null}, "fee_mark": "1"')
    assert read_json(one_blank, shipped()).draft.header.fee_mark == "1"
    assert not noted(header('"fee": null, "insurance": {}'), "unknown")
    assert [odd.found for odd in noted(header('"fee": {"what": 1}'), "unknown")] == ["fee"]
    assert [odd.found for odd in noted(header('"fee": "820"'), "unknown")] == ["fee"]
