"""A strike on a dormitory as nine channels tell it, with every kind of finding. The wording is composed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.enums import AlertState, Health
from models.tables import Heartbeat, Source, SpeakerRow
from tests.teller import Story, Teller

SPEAKERS = (
    ("ru_mod", "Russian Ministry of Defence", "ru", True),
    ("ru_dpr", "DPR office", "ru", True),
    ("ua_stratcom", "StratCom of the Armed Forces of Ukraine", "ua", True),
    ("girkin", "Igor Girkin", "ru", False),
)
CHANNELS: dict[str, dict[str, Any]] = {
    "mod_russia": {"title": "Минобороны России", "party": "ru_mod", "side": "ru"},
    "dnr_office": {"title": "Представительство ДНР", "party": "ru_dpr", "side": "ru"},
    "stratcom": {"title": "СтратКом ЗСУ", "party": "ua_stratcom", "side": "ua", "lang": "uk"},
    "rybar": {"title": "Рыбарь", "side": "ru", "groups": ["bloggers"]},
    "strelkov": {"title": "Стрелков", "speaker": "girkin", "side": "ru", "groups": ["bloggers"]},
    "sladkov": {"title": "Сладков", "side": "ru", "groups": ["bloggers"]},
    "svodka": {"title": "Сводка дня", "side": "ru"},
    "wire": {"title": "News wire", "side": "other", "lang": "en", "kind": "feed", "groups": ["news"]},
    "echo": {"title": "Эхо степи", "side": "ru"},
}
ABOUT = {"bound": "about", "modifier": "about"}
MORE_THAN = {"bound": "at_least", "modifier": "more_than", "object": "person"}
BOUND_REASON = "300 / 15 = 20.0, at least 3 times and 10 above 'more than 15'"
RYBAR_REASON = "100 / 15 = 6.7, at least 3 times and 10 above 'more than 15'"


def tell_story(session: Session, *, prefix: str = "", example: bool = False, shift: timedelta = timedelta()) -> Story:
    teller = Teller(session, prefix=prefix, example=example, shift=shift)
    for number, (key, name, side, party) in enumerate(SPEAKERS, 1_000):
        session.merge(SpeakerRow(id=number, key=key, name=name, side=side, party=party, aliases={}))
    teller.write_sources(CHANNELS)
    teller.write_event("Strike on a dormitory in Makiivka")
    _first_day(teller)
    _second_day(teller)
    _retellings(teller)
    _later(teller)
    _alerts(teller)
    return teller.story


def beat(session: Session, at: datetime) -> None:
    session.add(Heartbeat(name="tick", at=at))
    session.flush()


def trouble(session: Session, now: datetime) -> None:
    """Live sources in every state."""
    read = {"health": Health.OK, "last_success_at": now}
    states: dict[str, dict[str, Any]] = {
        "general_staff": {"title": "Генеральний штаб ЗСУ", "party": "ua_general_staff", **read},
        "quiet_blog": {"title": "Тихий блог", "health": Health.QUIET, "last_success_at": now - timedelta(minutes=4)},
        "late_wire": {
            "title": "Late wire",
            "health": Health.OK,
            "last_success_at": now - timedelta(hours=5),
            "lang": "en",
        },
        "closed": {"title": "Закрытый канал", "health": Health.PREVIEW_CLOSED, "health_reason": "no preview is shown"},
        "gate": {"title": "Gate blog", "health": Health.BLOCKED, "health_reason": "answered 429, wait of 40 min"},
        "fresh": {"title": "Нове джерело", "lang": "uk"},
        "paused": {"title": "На паузе", "enabled": False},
    }
    for key, given in states.items():
        defaults: dict[str, Any] = {
            "kind": "preview", "address": key, "host": "t.me", "lang": "ru", "next_poll_at": now + timedelta(minutes=3),
            "groups": ["bloggers"], "health_since": now - timedelta(hours=6),
            "failures": 3 * ("health_reason" in given),
        }  # fmt: skip
        session.add(Source(key=key, **defaults | given))
    session.flush()


def _first_day(teller: Teller) -> None:
    at = teller.at
    teller.post(
        "dpr", "dnr_office", "Обстрел Макеевки, шесть ракет. Предварительно, ранены [[более 15]] человек.", at(1, 5)
    )
    teller.say(
        "dpr15", 0, "wounded", 15, None, **MORE_THAN, provisional=True, reason="in force for wounded, a lower bound"
    )
    teller.post(
        "sladkov1", "sladkov", "Макеевка. Сам пока знаю о [[двух-трёх]] погибших бойцах, слухов больше.", at(1, 10)
    )
    why = "said before the first official figure of 2 January (63), below it"
    teller.say("sladkov", 0, "killed", 2, 3, bound="range", verdict="outdated", reason=why)
    text = "У Макіївці уражено гуртожиток. Загинуло [[близько 400]] військових, ще [[близько 300]] поранено."
    teller.post("stratcom1", "stratcom", text, at(1, 14))
    given: dict[str, Any] = ABOUT | {"verdict": "incompatible", "rule": "disjoint", "ratio": 360 / 89}
    teller.say("stratcom400", 0, "killed", 400, 400, **given, reason="nearest ends 360 and 89: 360 / 89 = 4.0")
    given = ABOUT | {"verdict": "divergent", "rule": "lower_bound", "ratio": 20}
    teller.say("stratcom300", 1, "wounded", 300, 300, **given, reason=BOUND_REASON)
    teller.post(
        "svodka1", "svodka", "Макеевка: по нашим данным, под завалами погибли [[500]] мобилизованных.", at(1, 17, 30)
    )
    teller.say("svodka500", 0, "killed", 500, 500)
    teller.post("echo1", "echo", "Макеевка: по нашим данным, под завалами погибли 500 мобилизованных.", at(1, 17, 45))


def _second_day(teller: Teller) -> None:
    at = teller.at
    teller.post("girkin1", "strelkov", "Окончательных цифр нет, но счёт убитым и раненым идёт на [[сотни]].", at(2, 8))
    why = "killed and wounded together are not compared with killed"
    teller.say("girkin_both", 0, "casualties", 200, 999, bound="vague", verdict="not_comparable", reason=why)
    teller.post("rybar1", "rybar", "По Макеевке: ранения получили [[более 100]] человек, завалы разбирают.", at(2, 9))
    given: dict[str, Any] = MORE_THAN | {"verdict": "divergent", "rule": "lower_bound", "ratio": 100 / 15}
    teller.say("rybar100", 0, "wounded", 100, None, **given, reason=RYBAR_REASON)
    text = "Удар [[шестью]] снарядами HIMARS. [[Два]] сбиты. От [[четырёх]] попаданий погибли [[63]] военнослужащих."
    teller.post("mod1", "mod_russia", text, at(2, 13))
    for place, (measure, value) in enumerate((("launched", 6), ("intercepted", 2), ("hit", 4))):
        teller.say(f"mod_{measure}", place, measure, value, value, object="rocket", reason="in force")
    teller.say("mod63", 3, "killed", 63, 63, reason="in force from 2 January to 4 January")


def _retellings(teller: Teller) -> None:
    at = teller.at
    text = (
        "Igor Girkin said the death toll was in the [[hundreds]]. Sources close to the DPR spoke of [[dozens]] of dead."
    )
    teller.post("wire1", "wire", text, at(2, 17, 30))
    given: dict[str, Any] = {
        "bound": "vague",
        "speaker_quote": "Igor Girkin",
        "speaker_key": "girkin",
        "ratio": 200 / 89,
    }
    given |= {"verdict": "incompatible", "rule": "disjoint", "reason": "nearest ends 200 and 89: 200 / 89 = 2.2"}
    teller.say("girkin_dead", 0, "killed", 200, 999, **given)
    given = {"bound": "vague", "speaker_quote": "Sources close to the DPR", "verdict": "consistent"}
    teller.say("dozens", 1, "killed", 20, 99, **given, reason="20–99 holds 89")
    teller.post("wire2", "wire", "Kyiv claims [[up to 400]] Russian soldiers were killed.", at(2, 18))
    given = {"bound": "at_most", "modifier": "up_to", "speaker_quote": "Kyiv", "speaker_key": "ua_stratcom"}
    given |= {"verdict": "divergent", "rule": "anchors", "ratio": 400 / 89, "reason": "a retelling of 'about 400'"}
    teller.say("upto400", 0, "killed", None, 400, **given, carried_by=teller.story.statements["stratcom400"])


def _later(teller: Teller) -> None:
    at = teller.at
    teller.post("echo2", "echo", "Под Макеевкой потерян [[41]] грузовик.", at(2, 19), deleted_at=at(3, 6))
    teller.say("trucks", 0, "destroyed", 41, 41, object="vehicle", reason="no official figure of this kind")
    teller.post("mod2", "mod_russia", "При разборе завалов число погибших товарищей возросло до [[89]].", at(3, 22))
    given: dict[str, Any] = {"verdict": "official_revision", "rule": "revision", "reason": "in force"}
    teller.say("mod89", 0, "killed", 89, 89, object="person", **given)
    text = "Макеевка: под завалами погибли [[около 300]] мобилизованных, ранее писали о 500."
    teller.version("svodka1", text, at(4, 7), edited=True)
    given = ABOUT | {"verdict": "incompatible", "rule": "disjoint", "ratio": 270 / 89}
    teller.say("svodka300", 0, "killed", 300, 300, **given, reason="nearest ends 270 and 89: 270 / 89 = 3.0")


def _alerts(teller: Teller) -> None:
    at, second = teller.at, teller.at(2, 13, 1)
    for name, claim, low, carrier in (("stratcom", "stratcom400", 360, "wire2"), ("svodka", "svodka300", 270, "echo1")):
        why = f"nearest ends {low} and 89: {low} / 89 = {low / 89:.1f}"
        teller.alert(f"a-{name}", claim, "mod89", ratio=low / 89, reason=why, carried_by=(carrier,), opened=second)
    teller.alert("a-girkin", "girkin_dead", "mod89", ratio=200 / 89, reason="nearest ends 200 and 89: 200 / 89 = 2.2")
    bound: dict[str, Any] = {"verdict": "divergent", "rule": "lower_bound", "severity": "notable"}
    teller.alert("a-wounded", "stratcom300", "dpr15", **bound, ratio=20, reason=BOUND_REASON)
    teller.alert("a-rybar", "rybar100", "dpr15", **bound, ratio=100 / 15, reason=RYBAR_REASON, to_check=True)
    given: dict[str, Any] = {"kind": "revision", "verdict": "official_revision", "rule": "revision", "severity": None}
    given |= {"ratio": 89 / 63, "series": ("mod63", "mod89"), "opened": at(3, 22, 1)}
    teller.alert("a-revision", "mod89", "mod63", **given, reason="the ministry moved from 63 to 89")
    given = {"kind": "silence", "verdict": "no_official_figure", "rule": "silence", "severity": None}
    given |= {"claims": ("svodka500", "stratcom400"), "opened": at(1, 17, 31), "updated": second}
    given |= {"state": AlertState.CLOSED, "closed_at": second, "closed_reason": "an official figure arrived"}
    teller.alert("a-silence", "stratcom400", None, **given, reason="none seen; official channels last read at 12:58")
