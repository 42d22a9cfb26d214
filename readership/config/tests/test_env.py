"""Settings come from the environment, and say by name what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from readership.config import env, secret
from readership.config.sqlite_library import is_safe_in_wal


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "KEPT", {})
    monkeypatch.delenv("READERSHIP_X", raising=False)
    monkeypatch.delenv("READERSHIP_SECRET_KEY", raising=False)


def test_the_environment_wins_over_what_init_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.env"
    file.write_text("# a comment=no setting\nREADERSHIP_X=kept = with a sign\nnonsense\n")
    env.load(file)

    assert env.text("READERSHIP_X") == "kept = with a sign"
    monkeypatch.setenv("READERSHIP_X", "given")
    assert env.text("READERSHIP_X") == "given"


def test_a_secret_may_be_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("hush\n")
    monkeypatch.setenv("READERSHIP_X_FILE", str(tmp_path / "secret"))

    assert env.text("READERSHIP_X") == "hush"


def test_what_is_missing_or_wrong_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="READERSHIP_X is not set"):
        env.text("READERSHIP_X")
    monkeypatch.setenv("READERSHIP_X", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="READERSHIP_X must be yes or no, not “perhaps”"):
        env.flag("READERSHIP_X")
    with pytest.raises(ImproperlyConfigured, match="READERSHIP_X must be a whole number"):
        env.number("READERSHIP_X", 1)
    with pytest.raises(ImproperlyConfigured, match="READERSHIP_DATABASE must look like"):
        env.postgres("mysql://x")


def test_an_address_of_postgresql_is_read() -> None:
    database = env.postgres("postgres://us%40er:p%2Fw@db.example:5433/news")

    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"], database["NAME"]) == (
        "us@er",
        "p/w",
        "db.example",
        "5433",
        "news",
    )


def test_a_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = secret.key(tmp_path)

    assert secret.key(tmp_path) == first
    assert len(first) > 60
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True),
    ],
)  # fmt: skip
def test_e1_the_versions_with_the_wal_reset_bug_are_known(version: tuple[int, ...], is_safe: bool) -> None:
    assert is_safe_in_wal(version) is is_safe
