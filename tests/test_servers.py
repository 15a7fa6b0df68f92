"""Which servers a command finds, and who may hold a data folder."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.settings import load_settings
from monitor.servers import FolderHeldError, Urls, hold, publish, published, servers, withdraw

HOLDER = """
import sys
from pathlib import Path
from monitor.servers import hold
with hold(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held_by_another(tmp_path: Path, request: pytest.FixtureRequest):
    arguments = [sys.executable, "-c", HOLDER, tmp_path, request.param]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.communicate("")


@pytest.mark.parametrize("held_by_another", ["counterclaim up"], indirect=True)
def test_a_second_process_is_told_who_holds_the_folder(tmp_path: Path, held_by_another: int) -> None:
    with pytest.raises(FolderHeldError, match=rf"process {held_by_another} \(`counterclaim up`, since"):
        hold(tmp_path, "counterclaim up").__enter__()


@pytest.mark.parametrize("held_by_another", ["counterclaim up"], indirect=True)
def test_a_command_talks_to_the_servers_of_the_running_up(tmp_path: Path, held_by_another: int) -> None:
    publish(tmp_path, Urls("postgresql://there", "redis://there"))
    with servers(load_settings(data=tmp_path), "counterclaim digest") as urls:
        assert urls == Urls("postgresql://there", "redis://there")
    assert (tmp_path / "servers.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("held_by_another", ["counterclaim import-posts"], indirect=True)
def test_another_command_on_the_folder_is_named_at_once(tmp_path: Path, held_by_another: int) -> None:
    with (
        pytest.raises(FolderHeldError, match="counterclaim import-posts"),
        servers(load_settings(data=tmp_path), "counterclaim digest"),
    ):
        pass


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    with hold(tmp_path, "first"):
        pass
    with hold(tmp_path, "second"):
        assert json.loads((tmp_path / "lock").read_text())["what"] == "second"


def test_a_command_alone_starts_postgresql_for_as_long_as_it_runs(tmp_path: Path) -> None:
    with servers(load_settings(data=tmp_path), "counterclaim digest") as urls:
        with psycopg.connect(urls.database) as connection:
            assert connection.execute("select current_database()").fetchone() == ("counterclaim",)
        assert urls.redis is None
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(urls.database, connect_timeout=2)


def test_given_servers_win(tmp_path: Path) -> None:
    given = load_settings(data=tmp_path, database_url="postgresql://db.example/x", redis_url="redis://mq.example")
    with servers(given, "counterclaim digest", broker=True) as urls:
        assert urls == Urls("postgresql://db.example/x", "redis://mq.example")
    assert not list(tmp_path.iterdir())


def test_what_was_withdrawn_is_not_found(tmp_path: Path) -> None:
    publish(tmp_path, Urls("postgresql://there"))
    withdraw(tmp_path)
    with hold(tmp_path, "counterclaim digest"):
        assert published(tmp_path) is None
