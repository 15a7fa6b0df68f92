"""How claims fared against official figures of their own time, and where those went afterwards."""

from datetime import datetime

import pytest

from monitor.statements import Statement, Thresholds
from monitor.verdicts import judge
from monitor.verdicts.record import Fared, fared
from tests.saying import at, bench, event, post, say


def mod(moment: datetime, number: str, **given) -> Statement:
    return say(post("mod", moment), number, **given)


def claim(moment: datetime, number: str, source: str = "blog", **given) -> Statement:
    return say(post(source, moment), number, **given)


SITUATIONS = {
    "the official side came nearer": ([mod(at(1), "63"), mod(at(4), "89")], claim(at(2), "400"), "6.3 towards"),
    "it went away": ([mod(at(1), "63"), mod(at(4), "60")], claim(at(2), "400"), "6.3 away"),
    "it met the claim in the end": ([mod(at(1), "63"), mod(at(4), "89")], claim(at(2), "89"), "1.4 towards"),
    "it stayed": ([mod(at(1), "63")], claim(at(2), "400"), "6.3 stayed"),
    "they met from the first": ([mod(at(1), "63")], claim(at(2), "63"), "consistent"),
    "a claim before the first official figure": ([mod(at(3), "63")], claim(at(1), "400"), "6.3 stayed"),
    "a first count that was only too early": ([mod(at(3), "63")], claim(at(1), "3"), "consistent"),
    "no official figure": ([], claim(at(1), "3"), "not compared"),
    "a zero": ([mod(at(1), "0")], claim(at(2), "12"), "no factor stayed"),
    "below, when the higher one was known": ([mod(at(1), "63")], claim(at(2), "20"), "3.1 stayed"),
}


@pytest.mark.parametrize("what", SITUATIONS)
def test_how_a_claim_fared(what: str) -> None:
    officials, said, expected = SITUATIONS[what]
    assert words(told(said, *officials)) == expected


def told(said: Statement, *others: Statement) -> Fared:
    judgement = judge(event(said, *others), bench(), at(30))
    judged = next(each for each in judgement.statements if each.statement.id == said.id)
    return fared(judged, judgement, Thresholds())


def words(found: Fared) -> str:
    if not found.at_odds:
        return "not compared" if found.at_odds is None else "consistent"
    factor = "no factor" if found.odds is None else f"{found.odds:.1f}"
    return f"{factor} {found.turned or 'stayed'}"


def test_official_figures_and_retellings_have_no_record() -> None:
    official = mod(at(1), "63")
    assert told(official) == Fared()
    assert told(claim(at(3), "<400", "wire", by="ua_stratcom"), official, claim(at(2), "~400", "stratcom")) == Fared()
