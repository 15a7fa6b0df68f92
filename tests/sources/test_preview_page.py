"""Pages as they stand, without a network: what is read of them, and what they are when nothing can be read."""

from pathlib import Path

import pytest

from models.enums import Health
from monitor.sources.preview_page import is_shown, read_landing, read_page
from monitor.sources.preview_post import read_count, telegram_link
from monitor.values import RawPost
from tests.sources.preview_expected import EXPECTED

PAGE = (Path(__file__).parent / "pages" / "preview_channel.html").read_text("utf-8")
READ = {block.ids[0]: block for block in read_page(PAGE).blocks}


@pytest.mark.parametrize("post", EXPECTED, ids=lambda post: post.external_id)
def test_each_post_of_the_page_is_read_whole(post: RawPost) -> None:
    assert READ[int(post.external_id)].post == post


def test_no_post_is_made_up_or_lost() -> None:
    assert list(READ) == [*(int(post.external_id) for post in EXPECTED), 130]


def test_a_post_without_a_time_is_told_of_and_the_others_are_read() -> None:
    assert (READ[130].post, READ[130].reason) == (None, "without a time")


def test_the_page_tells_the_channel_and_that_it_goes_on() -> None:
    page = read_page(PAGE)
    assert (page.title, page.telegram_id, page.older) == ("Вестник степи ⚡️", 1234567890, True)


def test_a_page_without_a_link_back_is_the_last() -> None:
    assert not read_page(PAGE.replace('rel="prev"', 'rel="x"').replace("data-before", "data-x")).older


def history(inside: str) -> str:
    return f'<html><body><section class="tgme_channel_history js-message_history">{inside}</section></body></html>'


NONE_FOUND = '<div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div>'
STATES = [
    ("no posts", history(NONE_FOUND), Health.EMPTY, "no posts"),
    ("nothing at all in the history", history(""), Health.EMPTY, "no posts"),
    ("another class for a message", PAGE.replace("tgme_widget_message", "tgx_message"), Health.BROKEN, "form"),
    ("another class and another attribute", history('<div class="msg">63 killed</div>'), Health.BROKEN, "form"),
    ("no times", PAGE.replace("datetime=", "data-time="), Health.BROKEN, "17 posts on the page"),
    ("no ids", PAGE.replace('data-post="step_news/', 'data-post="'), Health.BROKEN, "without an id"),
    ("a captcha", "<html><body><form>Solve this captcha</form></body></html>", Health.BLOCKED, "captcha"),
    ("another site", "<html><body><h1>Welcome to nginx</h1></body></html>", Health.BROKEN, "no preview page"),
    ("no page", "gibberish", Health.BROKEN, "no preview page"),
]


@pytest.mark.parametrize(("html", "state", "reason"), [row[1:] for row in STATES], ids=[row[0] for row in STATES])
def test_a_page_without_posts_says_why(html: str, state: Health, reason: str) -> None:
    page = read_page(html)
    assert page.state is state
    assert reason in (page.reason or "")


def landing(title: str, extra: str) -> str:
    return f'<html><body><div class="tgme_page">{title}<div class="tgme_page_extra">{extra}</div></div></body></html>'


TITLE = '<div class="tgme_page_title"><span dir="auto">Rybar</span></div>'
LANDINGS = [
    ("nobody", landing("", ""), Health.NO_CHANNEL, "no public channel"),
    ("a title without more", landing(TITLE, ""), Health.NO_CHANNEL, "no public channel"),
    ("a closed channel", landing(TITLE, "1 240 300 subscribers"), Health.PREVIEW_CLOSED, "account is needed"),
    ("a channel of one", landing(TITLE, "1 subscriber"), Health.PREVIEW_CLOSED, "account is needed"),
    ("a group", landing(TITLE, "1 204 members, 37 online"), Health.NO_CHANNEL, "is a group"),
    ("a bot", landing(TITLE, "20 551 monthly users"), Health.NO_CHANNEL, "is a bot"),
    ("a person", landing(TITLE, "@rybar"), Health.NO_CHANNEL, "is a person"),
    ("a captcha", "<html>cf-challenge</html>", Health.BLOCKED, "captcha"),
    ("another site", "<html>It works!</html>", Health.BROKEN, "no preview page"),
]


@pytest.mark.parametrize(("html", "state", "reason"), [row[1:] for row in LANDINGS], ids=[row[0] for row in LANDINGS])
def test_a_landing_page_says_what_the_handle_is(html: str, state: Health, reason: str) -> None:
    found, told = read_landing(html, "rybar")
    assert found is state
    assert reason in told


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (PAGE, True),
        ('<div class="tgme_widget_message_error">Post not found</div>', False),
        ('<div class="tgme_widget_message_error">Please try again later</div>', None),
        (PAGE.replace("step_news/108", "step_news/208"), None),
        ("", None),
    ],
)
def test_a_single_post_is_there_or_gone_or_the_page_does_not_tell(html: str, shown: bool | None) -> None:
    assert is_shown(html, 108) is shown


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ("18.9M", 18_900_000), ("1.2K", 1200), ("1,2K", 1200), ("999", 999), ("0", 0), ("11 110 268", 11_110_268),
        ("1,234", 1234), ("2B", 2_000_000_000), (" 5 ", 5), ("", None), ("many", None), ("1.2.3K", None), ("-5", None),
    ],
)  # fmt: skip
def test_counts_are_read_as_they_are_shown(shown: str, count: int | None) -> None:
    assert read_count(shown) == count


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("https://t.me/rybar/555", ("rybar", "555")),
        ("https://t.me/s/rybar/555?single", ("rybar", "555")),
        ("//telegram.me/rybar", ("rybar", None)),
        ("https://t.me/c/1500/7", (None, None)),
        ("https://t.me/+AbC", (None, None)),
        ("https://t.me.example.org/rybar/5", (None, None)),
        ("javascript:alert(1)", (None, None)),
        ("", (None, None)),
    ],
)
def test_links_into_public_channels_are_told_from_others(href: str, found: tuple[str | None, str | None]) -> None:
    assert telegram_link(href) == found
