from datetime import UTC, datetime

import pytest

from models.enums import Lang
from monitor.errors import BadInputError
from monitor.posts import parse_post_line
from monitor.values import RawPost

WHOLE = (
    '{"source": "rybar", "id": "7", "published": "2023-01-02T12:10:00+03:00", "text": "a", "lang": "ru", '
    '"edited": "2023-01-02T13:00:00+03:00", "deleted": true, "url": "https://t.me/rybar/7", '
    '"forwarded_from": "svodki", "reply_to": 5, "views": 10, "forwards": 0, "mood": ["grim"]}'
)


def test_every_key_of_a_line_is_kept():
    line = parse_post_line(WHOLE)
    assert line.source == "rybar"
    assert line.post == RawPost(
        external_id="7", published=datetime(2023, 1, 2, 9, 10, tzinfo=UTC), text="a", lang=Lang.RU, edited=True,
        edited_at=datetime(2023, 1, 2, 10, tzinfo=UTC), deleted=True, url="https://t.me/rybar/7",
        forwarded_from="svodki", reply_to="5", views=10, forwards=0, extra={"mood": ["grim"]},
    )  # fmt: skip


def test_a_bare_line_needs_an_id_and_a_text_alone():
    line = parse_post_line(b'{"id": 12, "text": ""}', bare=True)
    assert (line.source, line.post.external_id, line.post.published) == (None, "12", None)


def test_a_post_without_a_time_says_so_with_null():
    assert parse_post_line('{"source": "a", "id": "1", "text": "", "published": null}').post.published is None


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("2023-01-01", datetime(2023, 1, 1, tzinfo=UTC)),
        ("2023-01-01T10:00", datetime(2023, 1, 1, 10, tzinfo=UTC)),
        ("2023-01-01T10:00:00Z", datetime(2023, 1, 1, 10, tzinfo=UTC)),
    ],
)
def test_a_time_without_an_offset_is_utc(time, read):
    assert parse_post_line(f'{{"id": "1", "text": "", "published": "{time}"}}', bare=True).post.published == read


def test_half_a_character_becomes_one_whole_one_so_that_offsets_stay():
    assert parse_post_line('{"id": "1", "text": "a\\ud83db"}', bare=True).post.text == "a\ufffdb"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "1", "text": "a"', "is no JSON"),
        ("[1]", "is no JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": "1", "text": "a", "x": ' + "[" * 60 + "]" * 60 + "}", "nested too deeply"),
        ('{"id": "1", "text": "a", "views": NaN}', "NaN is no number"),
        ('{"id": "1", "text": "a", "views": ' + "9" * 5000 + "}", "is no JSON that can be read"),
        (b'{"id": "1", "text": "\xff"}', "is not UTF-8 text"),
        ('{"text": "a"}', "lacks the key id"),
        ('{"id": "1"}', "lacks the key text"),
        ('{"id": "", "text": "a"}', "id: must not be empty"),
        ('{"id": true, "text": "a"}', "id: must be text, but is true or false"),
        ('{"id": "1", "text": null}', "text: must be text, but is null"),
        ('{"id": "1", "text": ["a"]}', "text: must be text, but is a list"),
        ('{"id": "1", "text": "a", "lang": "de"}', "lang: 'de' is none of ru, uk, en"),
        ('{"id": "1", "text": "a", "published": "yesterday"}', "published: 'yesterday' is no time"),
        ('{"id": "1", "text": "a", "published": "0001-01-01T00:00:00+14:00"}', "is no time"),
        ('{"id": "1", "text": "a", "views": -1}', "views: must be a count"),
        ('{"id": "1", "text": "a", "views": 1.5}', "views: must be a count, but is a number"),
        ('{"id": "1", "text": "a", "deleted": "yes"}', "deleted: must be true or false, but is text"),
    ],
)
def test_a_malformed_line_says_what_is_wrong(line, reason):
    with pytest.raises(BadInputError, match=reason):
        parse_post_line(line, bare=True)


@pytest.mark.parametrize("key", ["source", "published"])
def test_a_line_to_be_stored_needs_its_source_and_its_time(key):
    given = {"source": '"a"', "id": '"1"', "text": '"a"', "published": "null"}
    del given[key]
    line = "{" + ", ".join(f'"{name}": {value}' for name, value in given.items()) + "}"
    with pytest.raises(BadInputError, match=f"lacks the key {key}"):
        parse_post_line(line)
