from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import ConfigurationError
from formflow.model.programme import Issuer
from formflow.settings import (
    DATABASE_VARIABLE,
    DEFAULT_TOML,
    Settings,
    home_from_environment,
    load_settings,
    parse_settings,
)


def test_what_init_writes_says_the_defaults() -> None:
    assert parse_settings(DEFAULT_TOML) == Settings()
    live = "\n".join(line.removeprefix("# ") for line in DEFAULT_TOML.splitlines() if " = " in line or "[" in line)
    everything = parse_settings(live.split("[issuer")[0])
    assert everything == Settings()


def test_every_setting_counts() -> None:
    settings = parse_settings(
        "[inbox]\nsettle_s = 1\nnetwork_settle_s = 2.5\nrescan_s = 3\nattachment_wait_s = 4\n"
        "[reading]\nmemory_mb = 512\ncpu_s = 5\nwall_s = 6\nmax_file_mb = 7\nscan_memory_mb = 2500\n"
        "convert_memory_mb = 800\nconvert_wall_s = 9\n"
        "[letters]\nofficial_fonts = false\n"
        '[log]\nformat = "json"\n[serve]\nlisten = "127.0.0.1:8642"\n'
        '[issuer."a-b"]\noffice = "部"\ncontact = "人"\ntelephone = "话"\naddress = "址"\n'
    )
    assert (settings.inbox.settle_s, settings.inbox.network_settle_s) == (1.0, 2.5)
    assert (settings.inbox.rescan_s, settings.inbox.attachment_wait_s) == (3.0, 4.0)
    reading = settings.reading
    assert (reading.memory_mb, reading.cpu_s, reading.wall_s, reading.max_file_mb) == (512, 5, 6, 7)
    assert reading.scan_memory_mb == 2500
    assert (reading.convert_memory_mb, reading.convert_wall_s) == (800, 9)
    assert settings.letters.official_fonts is False
    assert settings.log.format == "json"
    assert settings.serve.listen == "127.0.0.1:8642"
    signed = settings.issuer["a-b"].applied_to(Issuer("总工会", "x", "x", "x", "x"))
    assert signed == Issuer("总工会", office="部", address="址", telephone="话", contact="人")


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("[inbox]\nsettle_s = 3\nsetle_s = 3\n", ":3", "setle_s"),
        ("[inboxes]\n", ":1", "inboxes"),
        ("inbox = 3\n", ":1", "应是一节"),
        ("[inbox]\nsettle_s = -1\n", ":2", "-1"),
        ("[inbox]\nsettle_s = true\n", ":2", "True"),
        ("[inbox]\nsettle_s = inf\n", ":2", "inf"),
        ("[reading]\nmemory_mb = 1.5\n", ":2", "1.5"),
        ("[letters]\nofficial_fonts = 1\n", ":2", "1"),
        ('[log]\nformat = "xml"\n', ":2", "xml"),
        ('[issuer."a-b"]\noffice = 3\n', ":2", "3"),
        ('[issuer."a-b"]\n\noffce = "x"\n', ":3", "offce"),
        ("[inbox\n", ":1", "TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, place: str, part: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_settings(text, "formflow.toml")
    assert caught.value.message.startswith(f"formflow.toml{place}：")
    assert part in caught.value.message
    assert caught.value.remedy


def test_a_file_of_windows_notepad_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "formflow.toml").write_bytes(b"\xef\xbb\xbf[inbox]\r\nsettle_s = 9\r\n")
    assert load_settings(tmp_path).inbox.settle_s == 9
    (tmp_path / "formflow.toml").write_bytes("# 设置".encode("gbk"))
    with pytest.raises(ConfigurationError, match="不是 UTF-8"):
        load_settings(tmp_path)


def test_home_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMFLOW_HOME", "/srv/office")
    assert home_from_environment() == Path("/srv/office")
    monkeypatch.delenv("FORMFLOW_HOME")
    assert home_from_environment() == Path()


def test_a_register_may_be_a_database_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    (tmp_path / "formflow.toml").write_text(
        '[register]\nurl = "postgresql:///a"\n[worker]\nheartbeat_s = 2\nstalled_s = 7\n'
    )
    written = load_settings(tmp_path)
    assert (written.register.url, written.worker.heartbeat_s, written.worker.stalled_s) == ("postgresql:///a", 2.0, 7.0)
    monkeypatch.setenv(DATABASE_VARIABLE, "postgresql://u:secret@h/b")
    assert load_settings(tmp_path).register.url == "postgresql://u:secret@h/b"
    assert load_settings(tmp_path / "none").register.url == "postgresql://u:secret@h/b"
    assert "secret" not in repr(load_settings(tmp_path))


def test_counties_have_inboxes_of_their_own() -> None:
    text = '[inbox]\nat_once = 5\n[[inbox.counties]]\nname = "东县"\npath = "a"\n[[inbox.counties]]\nname = "西县"\npath = "b"\n'
    settings = parse_settings(text)
    assert settings.inbox.at_once == 5
    assert [(county.name, county.path) for county in settings.counties] == [("东县", "a"), ("西县", "b")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[inbox]\ncounties = 3\n", 2),
        ('[[inbox.counties]]\nname = "东县"\n', 1),
        ('[[inbox.counties]]\nname = "东/县"\npath = "a"\n', 1),
        ('[[inbox.counties]]\nname = "东县"\npath = "a"\nfolder = "b"\n', 4),
        ('[[inbox.counties]]\nname = "东县"\npath = "a"\n[[inbox.counties]]\nname = "东县"\npath = "b"\n', 1),
        ('[[inbox.counties]]\nname = "东县"\npath = "a"\n[[inbox.counties]]\nname = "西县"\npath = "a"\n', 1),
    ],
)
def test_inboxes_of_counties_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(ConfigurationError, match=f"formflow.toml:{line}："):
        parse_settings(text)
