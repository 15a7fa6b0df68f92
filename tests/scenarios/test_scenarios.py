"""Worked cases through the whole pipeline: the alerts that are open at the end, and no others, in whatever order."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings
from config.sources import known_with, load_sources
from monitor.pipeline.replaying import Case, case_of, replay
from monitor.pipeline.setup import Setup
from monitor.posts import parse_post_line
from monitor.queries import alerts
from tests.conftest import empty_tables
from tests.scenarios.scoring import Line, score

FOLDER = Path(__file__).parent
CASES = sorted(path.parent.name for path in FOLDER.glob("*/expected.yaml"))
SCORED = sorted(path.parent.name for path in FOLDER.glob("*/expected.jsonl"))
SIGNS = {"at_least": ">=", "more_than": ">", "up_to": "<", "less_than": "<", "almost": "<~", "about": "~", "none": ""}


def case_from(name: str, *, shuffle: int | None = None, deliveries: int = 1) -> Case:
    lines = [parse_post_line(line) for line in (FOLDER / name / "posts.jsonl").read_bytes().splitlines()] * deliveries
    return case_of(known_with(load_sources(FOLDER / name / "sources.yaml")), lines, until=None, shuffle=shuffle)


def replayed(
    name: str, sessions: sessionmaker[Session], shuffle: int | None = None, deliveries: int = 1
) -> list[dict[str, Any]]:
    case = case_from(name, shuffle=shuffle, deliveries=deliveries)
    replay(case, Setup(sessions, Settings(), now=lambda: case.now))
    with sessions() as session:
        return alerts(session)


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_to_the_alerts_that_the_rules_ask_for(name: str, sessions: sessionmaker[Session]) -> None:
    expected = yaml.safe_load((FOLDER / name / "expected.yaml").read_text(encoding="utf-8"))
    assert told(replayed(name, sessions)) == sorted(map(wanted, expected))


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_to_the_same_lines_in_any_order(
    name: str, sessions: sessionmaker[Session], database_url: str
) -> None:
    in_order = replayed(name, sessions)
    empty_tables(database_url)
    assert replayed(name, sessions, shuffle=7) == in_order


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_to_the_same_alerts_when_each_post_is_joined_as_it_comes(
    name: str, seed: int | None, sessions: sessionmaker[Session]
) -> None:
    expected = yaml.safe_load((FOLDER / name / "expected.yaml").read_text(encoding="utf-8"))
    assert told(joined_one_by_one(name, sessions, shuffle=seed)) == sorted(map(wanted, expected))


def joined_one_by_one(name: str, sessions: sessionmaker[Session], shuffle: int | None) -> list[dict[str, Any]]:
    case = case_from(name, shuffle=shuffle)
    setup = Setup(sessions, Settings(), now=lambda: case.now)
    replay(replace(case, posts=()), setup)
    for line in case.posts:
        replay(replace(case, posts=(line,)), setup)
    with sessions() as session:
        return alerts(session)


@pytest.mark.parametrize("name", SCORED)
def test_a_scenario_raises_what_the_rules_ask_for_and_nothing_false(
    name: str, sessions: sessionmaker[Session], database_url: str
) -> None:
    raised = replayed(name, sessions)
    found = score(asked_of(name), raised)
    assert (found.missed, found.false, found.severities) == ((), (), [])
    empty_tables(database_url)
    assert replayed(name, sessions, shuffle=5, deliveries=2) == raised


@pytest.mark.parametrize("name", ["belgorod_square", "druzhkivka_arena"])
def test_a_scenario_comes_to_the_same_alerts_when_each_post_is_joined_as_it_comes(
    name: str, sessions: sessionmaker[Session], database_url: str
) -> None:
    """A count without its place finds it; an alert that ends twice at one standing clock holds nothing up."""
    at_once = told(replayed(name, sessions))
    empty_tables(database_url)
    assert told(joined_one_by_one(name, sessions, shuffle=3)) == at_once


@pytest.mark.soak
@pytest.mark.parametrize("name", [*CASES, *SCORED])
def test_twenty_orders_of_arrival_come_to_the_same_lines(
    name: str, sessions: sessionmaker[Session], database_url: str
) -> None:
    in_order = replayed(name, sessions)
    for seed in range(1, 21):
        empty_tables(database_url)
        assert replayed(name, sessions, shuffle=seed, deliveries=1 + seed % 2) == in_order


def asked_of(name: str) -> list[Line]:
    return [json.loads(line) for line in (FOLDER / name / "expected.jsonl").read_bytes().splitlines()]


def told(lines: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(
        " ".join(
            [
                line["kind"], line["rule"], str(line["severity"]), line["measure"], str(line["part"]),
                post(line["claim"]["post"]), number(line["claim"]),
                "none" if line["official"] is None else f"{line['official']['party']} {number(line['official'])}",
                *map(post, line["carried_by"]), *(["to check"] if line["to_check"] else []),
            ]
        )
        for line in lines
    )  # fmt: skip


def wanted(each: dict[str, Any]) -> str:
    official = "none" if each["official"] is None else " ".join(map(str, each["official"]))
    return " ".join(
        [
            each["kind"], each["rule"], str(each["severity"]), each["measure"], str(each.get("part")),
            *map(str, each["claim"]), official, *each.get("carried_by", ()),
            *(["to check"] if each.get("to_check") else []),
        ]
    )  # fmt: skip


def post(ref: dict[str, str]) -> str:
    return f"{ref['source']}/{ref['id']}"


def number(figure: dict[str, Any]) -> str:
    """As the tests write numbers: ~400, >15, 200-999."""
    low, high = figure["low"], figure["high"]
    if low is not None and high is not None and low != high:
        return f"{low}-{high}"
    return f"{SIGNS[figure['modifier']]}{high if low is None else low}"
