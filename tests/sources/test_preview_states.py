"""What a poll makes of a far end that does not give the posts."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from models.enums import Health, SourceKind
from monitor.errors import BadInputError
from monitor.sources.preview import PreviewCollector
from monitor.values import Limits, Target
from tests.servers.preview_server import Fault, Kind, PreviewServer, World
from tests.sources.preview_polls import Polls, ids


@pytest.fixture
def polls() -> Iterator[Polls]:
    world = World()
    world.channel("rybar", title="Rybar & co", telegram_id=1234567890)
    for number in range(1, 31):
        world.post("rybar", f"{number} killed")
    with PreviewServer(world) as server:
        yield Polls.of(server)


def test_a_good_poll_brings_the_posts_the_title_and_the_channel(polls: Polls) -> None:
    batch = polls.poll()
    assert (batch.state, batch.title, batch.telegram_id) == (Health.OK, "Rybar & co", 1234567890)
    assert (batch.problems, polls.haul.trouble) == ((), None)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Kind.CLOSED, Health.PREVIEW_CLOSED), (Kind.GROUP, Health.NO_CHANNEL), (Kind.PERSON, Health.NO_CHANNEL),
        (Kind.BOT, Health.NO_CHANNEL),
    ],
)  # fmt: skip
def test_a_redirect_is_explained_by_the_landing_page_and_keeps_the_cursor(
    polls: Polls, kind: Kind, state: Health
) -> None:
    polls.poll()
    before = polls.cursor
    polls.world.turn("rybar", kind)
    batch = polls.poll()
    assert (batch.state, batch.posts, polls.cursor) == (state, (), before)
    assert polls.server.asked[-2:] == ["/s/rybar", "/rybar"]


def test_a_handle_that_nobody_has_is_no_channel(polls: Polls) -> None:
    polls.world.remove("rybar")
    assert polls.poll().state is Health.NO_CHANNEL


def test_a_channel_without_posts_is_empty(polls: Polls) -> None:
    polls.world.channel("rybar")
    batch = polls.poll()
    assert (batch.state, batch.posts) == (Health.EMPTY, ())


def renamed(old: str, new: str) -> Callable[[str], str]:
    return lambda page: page.replace(old, new)


FORMS = [
    ("messages", renamed("tgme_widget_message", "tgx_message")),
    ("texts", renamed("tgme_widget_message_text", "tgx_text")),
    ("times", renamed("datetime=", "data-when=")),
    ("ids", renamed("data-post=", "data-message=")),
    ("everything", renamed("tgme", "tgx")),
]


@pytest.mark.parametrize("garble", [row[1] for row in FORMS], ids=[row[0] for row in FORMS])
def test_a_page_in_another_form_is_an_alarm_and_not_silence(polls: Polls, garble: Callable[[str], str]) -> None:
    polls.poll()
    before = polls.cursor
    polls.world.fail("rybar", Fault(garble=garble))
    batch = polls.poll()
    assert (batch.state, batch.posts, batch.vanished, polls.cursor) == (Health.BROKEN, (), (), before)


def test_lost_texts_are_noticed_on_a_short_page_of_a_channel_that_had_some(polls: Polls) -> None:
    polls.world.delete("rybar", *range(6, 31))
    polls.poll()
    polls.world.fail("rybar", Fault(garble=renamed("tgme_widget_message_text", "tgx_text")))
    assert polls.poll().state is Health.BROKEN


def test_a_full_page_of_pictures_alone_is_an_alarm(polls: Polls) -> None:
    polls.world.channel("rybar")
    for _ in range(20):
        polls.world.post("rybar", media="photo")
    batch = polls.poll()
    assert (batch.state, "without any text" in (batch.reason or "")) == (Health.BROKEN, True)


def test_a_few_pictures_alone_are_posts(polls: Polls) -> None:
    polls.world.channel("rybar")
    for _ in range(5):
        polls.world.post("rybar", media="photo")
    assert ids(polls.poll()) == [1, 2, 3, 4, 5]


ANSWERS = [
    ("too many requests", Fault(429, {"Retry-After": "120"}), Health.BLOCKED, 120),
    ("forbidden", Fault(403), Health.BLOCKED, None),
    ("unavailable", Fault(503, {"Retry-After": "60"}), Health.UNREACHABLE, 60),
    ("bad gateway", Fault(502), Health.UNREACHABLE, None),
    ("an empty body", Fault(200), Health.UNREACHABLE, None),
    ("a body that breaks off", Fault(cut=True), Health.UNREACHABLE, None),
]


@pytest.mark.parametrize(("fault", "health", "wait"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_an_answer_without_a_page_is_the_trouble_of_the_poll(
    polls: Polls, fault: Fault, health: Health, wait: int | None
) -> None:
    polls.world.fail("rybar", fault)
    batch, trouble = polls.poll(), polls.haul.trouble
    assert trouble is not None
    told = None if wait is None else polls.now + timedelta(seconds=wait)
    assert (trouble.health, trouble.retry_after, batch.posts, polls.cursor) == (health, told, (), {})


def test_a_captcha_is_a_block(polls: Polls) -> None:
    polls.world.fail("rybar", Fault(body="<html><body>Please solve the captcha</body></html>"))
    batch = polls.poll()
    assert (batch.state, polls.cursor) == (Health.BLOCKED, {})


def test_a_far_end_that_is_not_there_is_unreachable(polls: Polls) -> None:
    polls.limits = Limits(preview_base="http://127.0.0.1:9")
    polls.poll()
    assert polls.haul.trouble is not None
    assert polls.haul.trouble.health is Health.UNREACHABLE


def test_a_handle_that_moved_for_good_is_followed_and_told_of(polls: Polls) -> None:
    polls.world.channel("old_name")
    polls.world.fail("old_name", Fault(301, {"Location": "/s/rybar"}))
    target = Target("rybar", SourceKind.PREVIEW, "old_name")
    collector = PreviewCollector(polls.limits)
    with polls.client() as client:
        haul = collector.fetch(target, {}, client, polls.now)
    assert haul.moved_to == "https://t.me/rybar"
    assert len(collector.parse(target, {}, haul.fetched).posts) == 30


@pytest.mark.parametrize(
    "given",
    ["rybar", "@rybar", " rybar ", "t.me/rybar", "https://t.me/rybar", "http://t.me/s/rybar/", "t.me/s/rybar/123",
     "https://t.me/rybar/123?single", "https://telegram.me/rybar", "tg://resolve?domain=rybar", "https://rybar.t.me/"],
)  # fmt: skip
def test_all_ways_to_name_a_channel_are_one_address(given: str) -> None:
    assert PreviewCollector(Limits()).address(given) == "rybar"


@pytest.mark.parametrize("given", ["", "@", "https://t.me/+AbCdEf", "t.me/joinchat/AbC", "https://example.org/rybar"])
def test_what_names_no_public_channel_is_refused(given: str) -> None:
    with pytest.raises(BadInputError):
        PreviewCollector(Limits()).address(given)


def test_all_channels_share_the_host_of_the_preview_pages() -> None:
    collector = PreviewCollector(Limits(preview_base="http://127.0.0.1:8080"))
    assert collector.host(Target("rybar", SourceKind.PREVIEW, "rybar")) == "127.0.0.1:8080"
