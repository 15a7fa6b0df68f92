"""The pages in a real Chromium, at a desk and on a phone. CHROMIUM names another one."""

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from models.session import sessions_for
from monitor.delivery.digest_html import digest_html
from monitor.queries import digest
from tests.conftest import empty_tables
from tests.story import beat, tell_story, trouble
from tests.teller import Story, Teller
from tests.web.site import NOW

CHROMIUM = os.environ.get("CHROMIUM") or which("chromium") or which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
LONG = "б" * 900
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONTRAST = (Path(__file__).parent / "contrast.js").read_text()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install `chromium`, or name one in CHROMIUM"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def told(database_url: str) -> Iterator[Story]:
    """The story, an example, and a source and a post of one endless word."""
    with sessions_for(database_url).begin() as session:
        beat(session, NOW)
        trouble(session, NOW)
        tell_story(session, prefix="ex-", example=True)
        story = tell_story(session)
        teller = Teller(session, prefix="long-")
        teller.write_sources({"long": {"title": LONG, "groups": [LONG], "health_reason": LONG}})
        teller.write_event(LONG)
        teller.post("long", "long", f"{LONG} [[63]] {LONG}", NOW)
        teller.say("long", 0, "killed", 63, 63, verdict="consistent", reason=LONG, part_quote=LONG)
        teller.alert("long", "long", None, reason=LONG, kind="silence", verdict="no_official_figure", rule="silence")
        story.posts["long"] = teller.story.posts["long"]
    yield story
    empty_tables(database_url)


@pytest.fixture(params=SIZES)
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=SIZES[request.param], base_url=address)
    yield context
    context.close()


def paths(story: Story) -> list[str]:
    posts = [f"/posts/{story.posts[name]}" for name in ("svodka1", "echo2", "long")]
    alerts = ["/alerts/a-stratcom", "/alerts/a-revision", "/alerts/a-silence", "/alerts/long-long"]
    return [
        "/?period=all",
        f"/events/{story.event}",
        "/events/long-event-makiivka",
        *alerts,
        *posts,
        "/sources",
        "/alerts?state=any",
        "/record",
        "/totals",
        "/health",
    ]


def opened(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok, path


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_nothing_overflows_or_fades_and_the_console_stays_silent(
    browser: Browser, address: str, told: Story, size: str, scheme: str
) -> None:
    """Texts stand out from their ground by 4.5 to 1 at least, as WCAG 2.2 AA asks (1.4.3)."""
    said: list[str] = []
    with browser.new_context(viewport=SIZES[size], base_url=address, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("requestfailed", lambda request: said.append(request.url))
        for path in paths(told):
            opened(page, path)
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert page.evaluate(OVERFLOW) == 0, path
            assert page.evaluate(CONTRAST) == [], path
    assert said == []


def test_a_dark_screen_is_dark_and_paper_is_white(browser: Browser, address: str, told: Story) -> None:
    with browser.new_context(base_url=address, color_scheme="dark") as context:
        page = context.new_page()
        opened(page, f"/events/{told.event}")
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(19, 22, 25)"
        page.emulate_media(media="print")
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        assert page.evaluate(CONTRAST) == []
        assert not page.locator(".mast nav").is_visible()
        assert page.locator("details .statements").first.is_visible()


def test_the_chart_of_the_size_is_shown_and_its_labels_do_not_touch(context: BrowserContext, told: Story) -> None:
    page = context.new_page()
    opened(page, f"/events/{told.event}")
    charts = page.locator(".group").first.locator("svg.chart:visible")
    assert charts.count() == 1
    for labels in (".grid .moment", ".grid .number", ".line text"):
        boxes = [each.bounding_box() for each in charts.locator(labels).all()]
        assert not [pair for pair in pairwise(boxes) if touch(*pair)], labels
    size = charts.locator(".grid .number").first.evaluate("node => node.getBoundingClientRect().height")
    assert size >= 11


def touch(one: dict[str, float] | None, other: dict[str, float] | None) -> bool:
    assert one is not None
    assert other is not None
    beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    above = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
    return not beside and not above


def test_the_keyboard_reaches_the_content_first(browser: Browser, address: str, told: Story) -> None:
    page = browser.new_page(base_url=address)
    opened(page, "/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "24 hours"


def test_a_zone_is_chosen_where_one_reads(browser: Browser, address: str, told: Story) -> None:
    page = browser.new_page(base_url=address)
    opened(page, "/alerts/a-stratcom")
    page.get_by_label("Times in").select_option("Europe/Kyiv")
    page.get_by_role("button", name="Set").click()
    assert page.url.endswith("/alerts/a-stratcom")
    assert "1 Jan 2023 16:00 EET" in page.locator(".witness").first.inner_text()


def test_a_mail_fits_its_reader(context: BrowserContext, told: Story, database_url: str) -> None:
    with sessions_for(database_url)() as session:
        written = digest_html(digest(session, None, NOW))
    page = context.new_page()
    page.set_content(written)
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize(("ink", "found"), [("#767676", 0), ("#777777", 1)])
def test_the_measure_of_contrast_finds_pale_text(browser: Browser, ink: str, found: int) -> None:
    """WCAG's own borderline of grey on white."""
    page = browser.new_page()
    page.set_content(f'<p style="color:{ink}">63</p>')
    assert len(page.evaluate(CONTRAST)) == found
