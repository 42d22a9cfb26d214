"""The whole program on PostgreSQL as operators set it up: with a pool of connections, in several processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests import postgresql
from tests.serving.running import environment, free_port, running

PROGRAM = Path(sys.executable).with_name("readership")


def test_a_newsroom_is_made_and_served_on_postgresql(tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    with postgresql.server() as address:
        settings = {"DJANGO_SETTINGS_MODULE": "readership.config.settings", "READERSHIP_DATABASE": address}
        init = [str(PROGRAM), "init", "--no-input", "--name", "The Lantern", "--url", f"http://127.0.0.1:{port}"]
        subprocess.run(init, env=environment(home, port, **settings), check=True, stdout=subprocess.DEVNULL)

        with running(home, port=port, **settings) as server:
            front, ready = server.ask("/"), server.ask("/readyz")

    assert (front.status, ready.status) == (200, 200)
    assert "The Lantern" in front.body.decode()
