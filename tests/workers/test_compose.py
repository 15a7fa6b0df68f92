"""The compose file and the Dockerfile, as far as parsing them can tell: no Docker engine is needed."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from config.settings import load_settings
from monitor.supervisor import commands

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def words(service: dict) -> list[str]:
    command = service.get("command", [])
    return command if isinstance(command, list) else shlex.split(command)


def queues(command: list[str]) -> set[str]:
    return set(command[command.index("-Q") + 1].split(",")) if "-Q" in command else set()


def test_there_is_a_service_for_each_part() -> None:
    parts = {"migrate", "web", "beat", "worker", "fetcher", "telegram", "accounts", "join", "postgres", "redis"}
    assert set(SERVICES) == parts


def test_services_and_up_consume_the_same_queues_in_the_same_pools() -> None:
    here = [command for stage in commands(load_settings(), 8000) for command in stage.values()]
    pools = [{(queue, line[line.index("-P") + 1]) for line in lines for queue in queues(line)}
             for lines in (here, [words(service) for service in SERVICES.values()])]  # fmt: skip
    assert (
        pools[0]
        == pools[1]
        == {
            ("tick", "threads"),
            ("fetch", "threads"),
            ("telegram", "threads"),
            ("process", "prefork"),
            ("join", "prefork"),
        }
    )


@pytest.mark.parametrize("name", [name for name in SERVICES if "build" in SERVICES[name]])
def test_each_service_of_ours_runs_a_command_that_the_image_has(name: str) -> None:
    command = words(SERVICES[name]) or re.findall(r'"([^"]+)"', DOCKERFILE.rpartition("CMD")[2])
    assert command[0] in {"counterclaim", "celery", "uvicorn"}


def test_the_store_is_migrated_before_anything_works_on_it() -> None:
    assert words(SERVICES["migrate"]) == ["counterclaim", "migrate", "--first-start"]
    for name in ("web", "beat", "worker", "fetcher", "telegram", "accounts", "join"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_only_one_process_schedules_and_one_joins() -> None:
    assert [name for name in SERVICES if "beat" in words(SERVICES[name])] == ["beat"]
    assert [words(SERVICES[name])[-2] for name in SERVICES if queues(words(SERVICES[name])) == {"join"}] == ["1"]


def test_data_outlives_the_containers_and_the_queue_a_killed_broker() -> None:
    assert all(service["volumes"][0].split(":")[0] in COMPOSE["volumes"] for service in
               (SERVICES["postgres"], SERVICES["redis"]))  # fmt: skip
    assert "--appendonly yes" in SERVICES["redis"]["command"]
    assert "noeviction" in SERVICES["redis"]["command"]
    assert "C.UTF-8" in SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_secrets_come_from_the_environment_alone() -> None:
    given = [line for line in (ROOT / "docker-compose.yml").read_text().splitlines() if "PASSWORD:" in line]
    assert given
    assert all(":?set" in line for line in given)


def test_the_settings_of_the_compose_file_are_settings() -> None:
    known = {f"COUNTERCLAIM_{name.upper()}" for name in type(load_settings()).model_fields}
    assert {name for name in SERVICES["web"]["environment"] if name.startswith("COUNTERCLAIM_")} <= known


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert re.search(r"^USER counterclaim$", DOCKERFILE, re.MULTILINE)
    assert all("python:3.11-slim" in line for line in DOCKERFILE.splitlines() if line.startswith("FROM"))


def test_the_image_has_every_package_that_is_built() -> None:
    copied = set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))
    assert copied == {"monitor", "workers", "models", "config"}
