"""This GitHub by command, with people, Karla and google/fonts in it, until Ctrl-C.

python -m tests.github --port 4100 --state .state-github
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import shutil
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from tests.github import event
from tests.github.record import RECORD
from tests.github.seed import CALLBACK, Seeded
from tests.github.serving import LOOPBACK, config

SETTINGS = "settings.env"


def main(arguments: list[str]) -> int:
    """Serve until stopped; 1 where something was asked that GitHub does not describe."""
    options = _parser().parse_args(arguments)
    folder = Path(options.state).resolve() / "github"
    if folder.exists() and not (folder / SETTINGS).exists():
        print(f"{folder} is not a folder of this GitHub. Choose another: --state FOLDER")
        return 1
    if folder.exists():  # what people said is in memory only: repositories without it mislead
        shutil.rmtree(folder)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, options.port))
        except OSError:
            print(f"Port {options.port} is taken. Choose another: --port {options.port + 1}")
            return 1
        port = listener.getsockname()[1]
        world = Seeded(folder, url=f"http://{LOOPBACK}:{port}")
        world.bot.callback_urls = tuple(options.callback or [CALLBACK])
        world.bot.webhook_url = options.webhook
        settings = folder / SETTINGS
        _write(settings, world.settings())
        print(_words(world, settings), flush=True)
        if options.webhook:
            event.ping(world, world.bot)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config(world)).run([listener])
    for line in (*RECORD.table(), *RECORD.violations):
        print(line)
    return 1 if RECORD.violations else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.github", description=__doc__)
    parser.add_argument("--port", type=int, default=4100)
    parser.add_argument("--state", default=".state-github", help="folder; emptied at the start")
    parser.add_argument("--webhook", default="", help="where messages go")
    parser.add_argument("--callback", action="append", help=f"sign-in address ({CALLBACK})")
    return parser


def _write(file: Path, settings: dict[str, str]) -> None:
    """Settings as a file that a shell can read; only its owner may."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in settings.items()]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write("\n".join(lines) + "\n")


def _words(world: Seeded, settings: Path) -> str:
    return f"""\
This is a stand-in for GitHub at {world.url}. It forgets everything when it stops.

  People          ada, grace (engineers), kim (may write to googlefonts/karla), eve (nobody)
  Repositories    {world.url}/google/fonts  {world.url}/googlefonts/karla
                  {world.url}/google/family-pr
  Family PR       . {settings}  and start it in the same shell
  git             git clone {world.url}/googlefonts/karla.git
  Merge by hand   curl -d '{{"login": "grace"}}' {world.url}/-/issues/google/fonts/1/merge
  A bad day       curl -d '{{"kind": "after", "method": "POST", "path": "/pulls$"}}' \\
                      {world.url}/-/faults
  What was asked  curl {world.url}/-/record

Stop it with Ctrl-C."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
