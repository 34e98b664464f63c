"""The sites that outside checkers look at, each made once in a process: of the example, and an invented one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from playwright.sync_api import Browser, Page

from tweeluik.pipeline.steps import make_site

ROOT = Path(__file__).parents[2]
OPENER = "tools/opener"
"""The folder of the page that opens a bundle."""

Scheme = Literal["light", "dark"]


@cache
def example() -> Mapping[str, bytes]:
    """The site of the example source."""
    return make_site(ROOT / "content", ROOT / "templates").files


def write(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files on disk."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def a_page(browser: Browser, *, width: int = 1280, scheme: Scheme = "light", **options: Any) -> Page:
    """A page in a context of its own."""
    return browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options).new_page()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log, as they are at that moment."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server of this machine that has the folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
