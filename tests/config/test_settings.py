import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from config.settings import SettingsError, load_settings
from monitor.statements import Thresholds


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in [*os.environ]:
        if name.upper().startswith("COUNTERCLAIM_") or name in ("DATABASE_URL", "REDIS_URL"):
            monkeypatch.delenv(name)


def test_defaults_run_a_desk_on_one_machine():
    settings = load_settings()
    assert (settings.database_url, settings.redis_url, settings.web_host) == (None, None, "127.0.0.1")
    assert settings.thresholds.major_ratio == 2


def test_thresholds_are_those_that_the_rules_know():
    assert Thresholds(**load_settings().thresholds.model_dump()) == Thresholds()


def test_the_environment_is_read_by_name_and_by_prefix(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:pw@db/counterclaim")
    monkeypatch.setenv("COUNTERCLAIM_POLL_DEFAULT", "1m30s")
    monkeypatch.setenv("COUNTERCLAIM_ALLOW_NETWORKS", "127.0.0.1/32, fd00::/8")
    monkeypatch.setenv("COUNTERCLAIM_THRESHOLDS__MAJOR_RATIO", "3")
    settings = load_settings()
    assert settings.database_url.get_secret_value().endswith("@db/counterclaim")
    assert settings.poll_default == timedelta(seconds=90)
    assert settings.allow_networks == (ip_network("127.0.0.1/32"), ip_network("fd00::/8"))
    assert (settings.thresholds.major_ratio, settings.thresholds.notable_ratio) == (3, 1.25)


def test_what_is_given_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_WEB_PORT", "9000")
    assert load_settings(web_port=0).web_port == 0


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    assert load_settings().database_url is None


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("COUNTERCLAIM_DTA", "x", "COUNTERCLAIM_DTA: no such setting; did you mean COUNTERCLAIM_DATA?"),
        ("COUNTERCLAIM_THRESHOLDS__MAJR_RATIO", "2", "did you mean COUNTERCLAIM_THRESHOLDS__MAJOR_RATIO?"),
        ("COUNTERCLAIM_POLL_MAX", "1q", "COUNTERCLAIM_POLL_MAX: '1q' is no length of time"),
        ("COUNTERCLAIM_POLL_MIN", "4h", "poll_min, poll_default and poll_max"),
        ("COUNTERCLAIM_LEASE", "0", "COUNTERCLAIM_LEASE: must be longer than nothing"),
        ("COUNTERCLAIM_THRESHOLDS__MAJOR_RATIO", "0.5", "COUNTERCLAIM_THRESHOLDS__MAJOR_RATIO: Input should be"),
        ("COUNTERCLAIM_ALLOW_NETWORKS", "nowhere", "COUNTERCLAIM_ALLOW_NETWORKS: 'nowhere' does not appear"),
        ("COUNTERCLAIM_PREVIEW_BASE", "t.me", "COUNTERCLAIM_PREVIEW_BASE: must be an http or https address"),
        ("COUNTERCLAIM_TIME_ZONE", "Kyiv", "COUNTERCLAIM_TIME_ZONE: no such time zone: 'Kyiv'"),
        ("DATABASE_URL", "mysql://u:hunter2@db", "DATABASE_URL: must begin with postgresql://"),
        ("REDIS_URL", "amqp://q", "REDIS_URL: must begin with redis://"),
    ],
)
def test_a_wrong_variable_is_named(monkeypatch, name, value, message):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert message in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_all_wrong_variables_are_named_at_once(monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_WEB_PORT", "70000")
    monkeypatch.setenv("COUNTERCLAIM_TICK", "soon")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert {line.partition(":")[0] for line in str(caught.value).splitlines()} == {
        "COUNTERCLAIM_TICK", "COUNTERCLAIM_WEB_PORT",
    }  # fmt: skip


def test_secrets_do_not_show_in_print():
    settings = load_settings(database_url="postgresql://desk:hunter2@db/x", redis_url="redis://:hunter2@q/0")
    assert "hunter2" not in f"{settings!r} {settings}"


def test_the_contact_stands_in_the_user_agent():
    assert "desk@example.org" in load_settings(contact="desk@example.org").user_agent


def test_the_data_folder_is_absolute_also_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_DATA", raising=False)
    assert load_settings().data == tmp_path / "data"
    assert load_settings(data=Path("there")).data == tmp_path / "there"
