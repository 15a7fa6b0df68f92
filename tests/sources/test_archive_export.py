"""Telegram Desktop's result.json: of one chat, and of an account with all its chats."""

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.enums import Health, MediaType
from monitor.sources.archive_entries import Chat
from monitor.sources.archive_export import is_export, read_export
from monitor.sources.archive_message import read_message
from monitor.values import Media, RawPost
from tests.sources.archive_polls import Reading, line

CHANNEL = Chat(1234567890, "Степь", "public_channel")
NOON = datetime(2023, 1, 1, 12, tzinfo=UTC)
BASE: dict[str, Any] = {
    "id": 7, "type": "message", "date": "2023-01-01T15:00:00", "date_unixtime": "1672574400", "from": "Степь",
    "from_id": "channel1234567890", "text": "Погибли 63 человека.",
    "text_entities": [{"type": "plain", "text": "Погибли"}],
}  # fmt: skip


def read(chat: Chat = CHANNEL, **given: Any) -> RawPost:
    return read_message(chat, {**BASE, **given}).post


def test_a_message_is_a_post_with_what_is_not_read_kept() -> None:
    assert read(via_bot="@x") == RawPost(
        "7", NOON, "Погибли 63 человека.", url="https://t.me/c/1234567890/7",
        extra={"from": "Степь", "from_id": "channel1234567890", "via_bot": "@x"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "links"),
    [
        ("", "", None),
        ("Погибли\n63", "Погибли\n63", None),
        (["Погибли ", {"type": "bold", "text": "63"}, " человека."], "Погибли 63 человека.", None),
        ([{"type": "text_link", "text": "тут", "href": "https://a.b/"}], "тут", ["https://a.b/"]),
        (["a", {"type": "custom_emoji", "text": "⚡️", "document_id": "x"}], "a⚡️", None),
        ([], "", None),
    ],
)
def test_a_text_is_text_or_a_list_of_pieces(text: object, expected: str, links: list[str] | None) -> None:
    post = read(text=text)
    assert (post.text, post.extra.get("links")) == (expected, links)


TIMES: list[tuple[str, dict[str, Any], datetime | None]] = [
    ("seconds win over local time", {}, NOON),
    ("local time alone is taken as UTC", {"date_unixtime": None, "date": "2023-01-01T12:00:00"}, NOON),
    ("no time at all", {"date_unixtime": None, "date": None}, None),
]


@pytest.mark.parametrize(("given", "expected"), [row[1:] for row in TIMES], ids=[row[0] for row in TIMES])
def test_the_time_of_a_message(given: Mapping[str, Any], expected: datetime | None) -> None:
    assert read(**given).published == expected


@pytest.mark.parametrize(
    ("given", "edited_at"),
    [
        ({"edited": "2023-01-01T15:00:00", "edited_unixtime": "1672574400"}, NOON),
        ({"edited": "1970-01-01T00:00:00"}, None),
        ({"edited_unixtime": "0"}, None),
        ({}, None),
    ],
)
def test_an_edit_is_one_with_a_time(given: dict[str, Any], edited_at: datetime | None) -> None:
    post = read(**given)
    assert (post.edited, post.edited_at) == (edited_at is not None, edited_at)


def test_forwards_replies_and_signatures_are_read() -> None:
    post = read(forwarded_from="Сводки", reply_to_message_id=5, author="Иван")
    assert (post.forwarded_from, post.reply_to, post.author) == ("Сводки", "5", "Иван")
    assert read(reply_to_message_id=5, reply_to_peer_id="channel9").reply_to is None


def test_in_a_group_the_author_is_who_wrote() -> None:
    assert read(Chat(5, "Чат", "public_supergroup"), **{"from": "Пётр"}).author == "Пётр"


def test_a_service_message_says_what_happened() -> None:
    post = read(type="service", action="pin_message", message_id=6, text="")
    assert (post.service, post.text, post.extra["action"]) == (True, "", "pin_message")


NOT_INCLUDED = "(File not included. Change data exporting settings to download.)"
MEDIA: list[tuple[dict[str, Any], list[Media]]] = [
    ({"photo": "photos/photo_1@01.jpg", "photo_file_size": 10}, [Media(MediaType.PHOTO, "photo_1@01.jpg", 10)]),
    ({"photo": NOT_INCLUDED}, [Media(MediaType.PHOTO)]),
    ({"file": "files/a.pdf", "mime_type": "application/pdf"}, [Media(MediaType.DOCUMENT, "a.pdf")]),
    ({"file": NOT_INCLUDED, "file_name": "b.mp4", "media_type": "video_file"}, [Media(MediaType.VIDEO, "b.mp4")]),
    ({"file": "v.ogg", "media_type": "voice_message"}, [Media(MediaType.VOICE, "v.ogg")]),
    ({"file": "v.mp4", "media_type": "video_message"}, [Media(MediaType.ROUND_VIDEO, "v.mp4")]),
    ({"file": "v.mp4", "media_type": "animation"}, [Media(MediaType.ANIMATION, "v.mp4")]),
    ({"file": "s.webp", "media_type": "sticker"}, [Media(MediaType.STICKER, "s.webp")]),
    ({"file": "m.mp3", "media_type": "audio_file"}, [Media(MediaType.AUDIO, "m.mp3")]),
    ({"poll": {"question": "Сколько?", "answers": []}}, [Media(MediaType.POLL, "Сколько?")]),
    ({"location_information": {"latitude": 1.5}}, [Media(MediaType.LOCATION)]),
    ({"contact_information": {}}, [Media(MediaType.CONTACT)]),
]


@pytest.mark.parametrize(("given", "media"), MEDIA)
def test_media_are_told_by_type_name_and_size(given: dict[str, Any], media: list[Media]) -> None:
    assert list(read(**given).media) == media


def message(number: int, **given: Any) -> dict[str, Any]:
    return {**BASE, "id": number, "text": ["Погибли ", {"type": "bold", "text": str(number)}], **given}


def chat(count: int, first: int = 1, **given: Any) -> dict[str, Any]:
    messages = [message(number) for number in range(first, first + count)]
    return {"name": "Степь", "type": "public_channel", "id": 1234567890, "messages": messages, **given}


def account(*chats: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "about": "Here is the data you requested.", "personal_information": {"user_id": 1, "bio": "messages: ["},
        "contacts": {"list": [{"first_name": "Иван"}]}, "frequent_contacts": {"list": [[], {"messages": [1]}]},
        "chats": {"about": "This page lists all chats", "list": list(chats)},
        "left_chats": {"list": [chat(1, 900, id=5)]},
    }  # fmt: skip


FORMS = [("indented", 1), ("on one line", None)]


@pytest.fixture(params=[(form, window) for form in FORMS for window in (2_000, 10**6)], ids=str)
def export(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Nothing may depend on how the document is laid out, or on where a window ends."""
    (_, indent), window = request.param

    def written(document: object) -> Reading:
        path = tmp_path / "result.json"
        path.write_bytes(gzip.compress(json.dumps(document, ensure_ascii=False, indent=indent).encode()))
        return Reading(path, window)

    return written


def test_a_channel_is_read_whole_with_its_name_and_id(export: Any) -> None:
    reading = export(chat(50))
    last = reading.to_the_end()
    assert reading.ids == [str(number) for number in range(1, 51)]
    assert [post.text for post in reading.posts] == [f"Погибли {number}" for number in range(1, 51)]
    assert (last.state, last.title, last.telegram_id) == (Health.OK, "Степь", 1234567890)
    assert last.problems == ()


def test_the_chats_of_an_account_keep_their_messages_apart(export: Any) -> None:
    reading = export(account(chat(10), chat(10, id=77, name="Другой")))
    last = reading.to_the_end()
    expected = [f"{number}/{each}" for number in (1234567890, 77) for each in range(1, 11)]
    assert reading.ids == [*expected, "5/900"]
    assert (last.state, last.title, last.telegram_id) == (Health.OK, None, None)


def test_what_is_no_chat_may_be_longer_than_a_window(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    contacts = [{"first_name": "Иван", "phones": [[number, None, {}]]} for number in range(1000)]
    path.write_text(json.dumps({**account(chat(3)), "frequent_contacts": {"list": contacts}}))
    reading = Reading(path, 2_000)
    assert reading.to_the_end().state is Health.OK
    assert len(reading.ids) == 4


def test_a_reply_is_to_a_message_of_the_same_chat(export: Any) -> None:
    reading = export(account(chat(0, messages=[message(9, reply_to_message_id=8)])))
    reading.to_the_end()
    assert reading.posts[0].reply_to == "1234567890/8"


def test_a_message_that_cannot_be_read_is_told_of_and_the_others_go_in(export: Any) -> None:
    messages = [message(1), message(2, date_unixtime="soon"), "what", message(4, text=7), message(5)]
    reading = export(chat(0, messages=messages))
    last = reading.to_the_end()
    assert reading.ids == ["1", "5"]
    assert [problem.place for problem in last.problems] == [
        "message 2 of Степь", "message None of Степь", "message 4 of Степь"
    ]  # fmt: skip


def test_an_export_without_messages_is_empty(export: Any) -> None:
    assert export(chat(0)).to_the_end().state is Health.EMPTY


@pytest.mark.parametrize("indent", [1, None])
def test_a_document_that_breaks_off_gives_what_came_before(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "result.json"
    text = json.dumps(chat(50), indent=indent)
    path.write_text(text[: len(text) // 2])
    reading = Reading(path, 2_000)
    last = reading.to_the_end()
    assert last.state is Health.BROKEN
    assert 20 < len(reading.posts) < 30


def test_a_document_that_is_damaged_in_the_middle_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat(50)).replace('"id": 25', '"id": @'))
    reading = Reading(path, 2_000)
    last = reading.to_the_end()
    assert last.state is Health.BROKEN
    assert "is no JSON" in (last.reason or "")
    assert reading.ids == [str(number) for number in range(1, 25)]


def test_an_export_made_again_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat(5)))
    reading = Reading(path)
    reading.to_the_end()
    path.write_text(json.dumps(chat(7)))
    reading.to_the_end()
    assert reading.ids == ["1", "2", "3", "4", "5", "1", "2", "3", "4", "5", "6", "7"]


BEGINNINGS = [
    (json.dumps(chat(1), indent=1), True),
    (json.dumps(chat(1)), True),
    ("\ufeff" + json.dumps(account(chat(1)), indent=1), True),
    (line(1), False),
    (line(1).strip(), False),
    (line(1, messages="[x]") + line(2), False),
    ("{broken\n" + line(2), False),
    ("{broken\n" + line(2, messages=[]), False),
    ("", False),
    ("[]", False),
]


@pytest.mark.parametrize(("text", "expected"), BEGINNINGS)
def test_the_content_tells_an_export_from_lines(text: str, expected: bool) -> None:
    assert is_export(text.encode()) is expected


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*BASE, "name", "messages", "chats", "list", "photo", "poll", "edited"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(document=st.dictionaries(st.sampled_from(["id", "name", "type", "messages", "chats", "list", "x"]), JSONS))
def test_any_document_ends_in_a_chunk(document: dict[str, Any]) -> None:
    data = json.dumps(document).encode()
    chunk = read_export(data, {}, end=True, longest=1000)
    assert chunk.fault is None
    assert chunk.consumed == len(data)


@settings(deadline=None)
@given(data=st.binary(max_size=100), state=st.sampled_from([{}, {"levels": ["document", "messages"], "header": {}}]))
def test_any_bytes_end_in_a_chunk(data: bytes, state: dict[str, Any]) -> None:
    assert 0 <= read_export(data, state, end=True, longest=1000).consumed <= len(data)


@settings(max_examples=30, deadline=None)
@given(window=st.integers(700, 3000))
def test_windows_of_any_size_give_the_same(window: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("export") / "result.json"
    path.write_text(json.dumps(account(chat(9), chat(4, id=3)), ensure_ascii=False))
    reading = Reading(path, window)
    assert reading.to_the_end().state is Health.OK
    assert len(reading.ids) == 14


def test_what_the_store_cannot_hold_does_not_reach_it() -> None:
    deep = json.dumps(message(2, x=[])).replace("[]", "[" * 100 + "]" * 100)
    data = f'{{"messages": [{json.dumps(message(1, x=float("nan")))}, {deep}, {json.dumps(message(3))}]}}'
    chunk = read_export(data.encode(), {}, end=True, longest=10**6)
    assert [entry.post.external_id for entry in chunk.entries] == ["1", "3"]
    assert chunk.entries[0].post.extra["x"] is None
    assert [problem.reason for problem in chunk.problems] == ["is nested too deeply"]


def test_a_message_nested_without_end_is_a_fault() -> None:
    chunk = read_export(b'{"messages": [' + b"[" * 200_000, {}, end=True, longest=10**6)
    assert chunk.fault is not None
