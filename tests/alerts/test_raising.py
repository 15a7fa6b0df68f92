"""From a judgement to alerts: keys, ids, fingerprints, carriers, and the line of the contract."""

from datetime import timedelta

import pytest

from models.enums import AlertKind, AlertState
from monitor.alerts import alert_line, alerts_of, endings_of
from monitor.statements import Alert, Member, PostRef, Statement
from tests.saying import at, edited, post, say
from tests.verdicts.judged import judged

CLAIM = say(post("stratcom", at(1), id=1), "~400")
MOD = say(post("mod", at(2), id=2), "63")
REVISED = say(post("mod", at(4), id=4), "89")
KEYS = {
    "id", "kind", "verdict", "severity", "rule", "state", "to_check", "opened", "updated", "measure", "object", "side",
    "part", "claim", "official", "series", "claims", "event", "ratio", "reason", "carried_by",
}  # fmt: skip
CLAIM_KEYS = {"post", "url", "published", "speaker", "measure", "object", "quote", "low", "high", "bound", "modifier"}


def raised(*said: Statement | Member) -> list[Alert]:
    return alerts_of(judged(*said))


def only(kind: AlertKind, *said: Statement | Member) -> Alert:
    found = [alert for alert in raised(*said) if alert.kind is kind]
    assert len(found) == 1
    return found[0]


def line(alert: Alert) -> dict[str, object]:
    return alert_line(alert, public_id=alert.id, state=AlertState.OPEN, opened=at(2), updated=at(4))


def test_a_contradiction_is_known_by_event_group_and_speaker() -> None:
    alert = only(AlertKind.CONTRADICTION, CLAIM, MOD)
    assert alert.key == "contradiction|e1|killed|military|ru||ua_stratcom"
    assert alert.since == at(2)


def test_a_revision_updates_the_same_alert() -> None:
    before, after = only(AlertKind.CONTRADICTION, CLAIM, MOD), only(AlertKind.CONTRADICTION, CLAIM, MOD, REVISED)
    assert (before.key, before.id) == (after.key, after.id)
    assert before.fingerprint != after.fingerprint


def test_an_edit_updates_the_same_alert() -> None:
    told = post("svodki", at(1))
    old, new = edited(told, at(3))
    before = only(AlertKind.CONTRADICTION, MOD, say(told, "500"))
    after = only(AlertKind.CONTRADICTION, MOD, say(old, "500"), say(new, "~300"))
    assert before.key == after.key
    assert before.fingerprint != after.fingerprint


def test_another_carrier_is_no_news() -> None:
    copy = Member(say(post("repost", at(1, 2), id=9), "~400"), 0.9, (), copy_of=CLAIM.post.ref)
    before, after = only(AlertKind.CONTRADICTION, CLAIM, MOD), only(AlertKind.CONTRADICTION, CLAIM, copy, MOD)
    assert before.fingerprint == after.fingerprint
    assert (before.carried_by, after.carried_by) == ((), (PostRef("repost", "9"),))


def test_a_revision_has_the_new_figure_as_claim_and_the_replaced_one_as_official() -> None:
    alert = only(AlertKind.REVISION, MOD, REVISED)
    assert alert.official is not None
    assert (alert.claim.statement, alert.official.statement) == (REVISED, MOD)
    assert [each.statement for each in alert.series] == [MOD, REVISED]
    assert alert.severity is None


def test_a_silence_has_its_newest_claim_and_no_official_figure() -> None:
    other = say(post("blog", at(1, 5)), "500")
    alert = only(AlertKind.SILENCE, CLAIM, other)
    assert alert.claim.statement == other
    assert alert.official is None
    assert [each.statement for each in alert.claims] == [other, CLAIM]


def test_two_parties_at_odds_are_one_alert_of_the_later_one() -> None:
    lower = say(post("dpr", at(3)), "12")
    alert = only(AlertKind.PARTIES, MOD, lower)
    assert alert.claim.statement == lower
    assert alert.key.endswith("|ru_dpr")


@pytest.mark.parametrize("kind", [AlertKind.CONTRADICTION, AlertKind.REVISION])
def test_the_line_has_the_keys_of_the_contract(kind: AlertKind) -> None:
    told = line(only(kind, CLAIM, MOD, REVISED))
    assert set(told) == KEYS
    assert set(told["claim"]) == CLAIM_KEYS  # type: ignore[call-overload]
    official = (CLAIM_KEYS - {"speaker"}) | {"party", "relayed", "provisional"}
    assert set(told["official"]) == official  # type: ignore[call-overload]


def test_the_line_says_who_said_what() -> None:
    told = line(only(AlertKind.CONTRADICTION, CLAIM, MOD))
    assert told["claim"]["speaker"] == {"key": "ua_stratcom", "name": "ua stratcom"}  # type: ignore[index]
    assert told["official"]["party"] == "ru_mod"  # type: ignore[index]
    assert (told["claim"]["low"], told["official"]["low"], told["ratio"]) == (400, 63, 5.71)  # type: ignore[index]
    assert told["opened"] == at(2).isoformat()


def test_a_channel_that_nobody_lists_has_no_key() -> None:
    told = line(only(AlertKind.CONTRADICTION, say(post("blog", at(1)), "400"), MOD))
    assert told["claim"]["speaker"] == {"key": None, "name": "blog"}  # type: ignore[index]


def test_why_a_key_contradicts_nothing_is_told_by_the_speakers_newest_figure() -> None:
    corrected = say(post("stratcom", at(3)), "63")
    endings = endings_of(judged(CLAIM, MOD, corrected))
    assert "they meet" in endings[only(AlertKind.CONTRADICTION, CLAIM, MOD).key]


def test_why_a_silence_ended_is_told_by_the_figure_that_came() -> None:
    silence = only(AlertKind.SILENCE, CLAIM)
    assert endings_of(judged(CLAIM, MOD))[silence.key.replace("|person|", "|military|")] == (
        'ru mod gave a figure: "63".'
    )


def test_the_fingerprint_does_not_know_the_event() -> None:
    moved = say(post("stratcom", at(1) + timedelta(), id=1), "~400")
    assert (
        only(AlertKind.CONTRADICTION, moved, MOD).fingerprint == only(AlertKind.CONTRADICTION, CLAIM, MOD).fingerprint
    )
