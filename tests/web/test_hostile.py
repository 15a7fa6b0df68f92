"""Posts, titles and addresses as an enemy would write them."""

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy.orm import Session, sessionmaker

from tests.story import tell_story
from tests.teller import Story, Teller
from tests.web.site import NOW, links, page, words

MARKUP = "</title></blockquote><script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover='x"
TURNED = "\u202e36 было\u202c\u2066\u200f"
LONG = "слово" * 400
ZALGO = "я" + "\u0301" * 200
HOSTILE = f"{MARKUP} {TURNED} {LONG} {ZALGO} \x1b[31m\x07"


@pytest.fixture
def hostile(sessions: sessionmaker[Session]) -> Story:
    """A claim against an official figure, hostile in every text that comes from outside."""
    with sessions.begin() as session:
        teller = Teller(session)
        teller.write_sources({
            "mod": {"title": HOSTILE, "party": "ru_mod", "side": "ru"},
            "rival": {"title": MARKUP, "side": "ua", "groups": [MARKUP, "a&state=x"], "health_reason": HOSTILE},
        })  # fmt: skip
        teller.write_event(HOSTILE, HOSTILE)
        at = teller.at(4, 10)
        teller.post("official", "mod", f"{HOSTILE} [[63{MARKUP}]] {HOSTILE}", at, url="javascript:alert(1)")
        teller.say("official", 0, "killed", 63, 63, part_quote=HOSTILE)
        given = {"url": "https://x.org/\"onclick='x'", "forwarded_from": MARKUP}
        teller.post("claim", "rival", f"{HOSTILE} [[400]] {HOSTILE}", at, **given)
        judged = {"verdict": "incompatible", "rule": "disjoint", "reason": HOSTILE}
        teller.say("claim", 0, "killed", 400, 400, speaker_quote=HOSTILE, **judged)
        teller.version("claim", f"[[500]] {MARKUP} {TURNED}", NOW, edited=True)
        teller.say("edited", 0, "killed", 500, 500, verdict="consistent", reason=HOSTILE)
        teller.alert("a-hostile", "claim", "official", reason=HOSTILE, part=HOSTILE, ratio=6.3, carried_by=("claim",))
        return teller.story


def pages(site: httpx.Client, story: Story) -> list[LexborHTMLParser]:
    posts = [f"/posts/{number}" for number in story.posts.values()]
    return [page(site, path) for path in ["/", f"/events/{story.event}", "/alerts/a-hostile", "/sources", *posts]]


def test_text_stays_text(site: httpx.Client, hostile: Story) -> None:
    for found in pages(site, hostile):
        assert not found.css("script, img, iframe, [onerror], [onmouseover], [onclick], [style]")
        assert "<script>alert(1)</script>" in words(found.css_first("main"))


def test_nothing_turns_hides_or_climbs(site: httpx.Client, hostile: Story) -> None:
    for found in pages(site, hostile):
        shown = found.html or ""
        assert not set("\u202e\u202c\u2066\u200f\x1b\x07") & set(shown)
        assert "\u0301" * 5 not in shown


def test_links_lead_to_the_web_or_to_pages_of_ours(site: httpx.Client, hostile: Story) -> None:
    for found in pages(site, hostile):
        assert all(link.startswith(("/", "#")) for link in links(found))


def test_a_hostile_group_can_be_chosen(site: httpx.Client, hostile: Story) -> None:
    chosen = [link for link in links(page(site, "/sources")) if "group=" in link]
    assert len(chosen) == 2
    for link in chosen:
        assert "No source is in this state" not in words(page(site, link).css_first("main"))


@pytest.mark.parametrize(
    "back", ["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:x", "", "/\n/x"]
)
def test_the_way_back_stays_here(site: httpx.Client, back: str) -> None:
    answer = site.get("/zone", params={"zone": "UTC", "back": back})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_chosen_zone_is_used_and_an_unknown_one_is_not(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        story = tell_story(session)
    path = f"/posts/{story.posts['stratcom1']}"
    assert "1 Jan 2023 14:00 UTC" in words(page(site, path))
    assert site.get("/zone", params={"zone": "Europe/Kyiv", "back": path}).headers["location"] == path
    assert "1 Jan 2023 16:00 EET" in words(page(site, path))
    site.get("/zone", params={"zone": "Mars/Olympus"})
    assert "1 Jan 2023 16:00 EET" in words(page(site, path))
