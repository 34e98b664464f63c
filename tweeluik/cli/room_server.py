"""Who may enter the review room: whoever has its address, on this machine, for as long as the command runs.

The address holds a token of 256 bits that is made anew each time; every other address is as good as empty. Nothing is
written, and the browser is told to keep nothing (`preview_server.HEADERS`).
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Mapping

from tweeluik.cli.preview_server import Answer, PreviewServer

SITE = "site/"
"""Below the room: the very files that are to be published."""


class RoomAnswers:
    """The pages of the room, and the site as it will be, below one address."""

    def __init__(self, token: str, pages: Mapping[str, bytes], site: Mapping[str, bytes]) -> None:
        self._token = token
        self._files = {**pages, **{f"{SITE}{path}": data for path, data in site.items()}}

    def wait(self, seen: str, seconds: float) -> str:
        """Nothing ever changes here: make the room again to see a change."""
        threading.Event().wait(seconds)
        return seen

    def answer(self, path: str) -> Answer:
        """What stands below the right address."""
        token, slash, name = path.removeprefix("/").partition("/")
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return Answer(404, "a.txt", b"there is nothing here\n")
        if not slash:
            return Answer(301, "", b"", location=f"/{self._token}/")
        file = f"{name}index.html" if name.endswith("/") or not name else name
        if file not in self._files and f"{name}/index.html" in self._files:
            return Answer(301, "", b"", location=f"/{self._token}/{name}/")
        if file not in self._files:
            return Answer(404, "a.txt", b"there is nothing here\n")
        return Answer(200, file, self._files[file])

    def change(self, path: str, form: Mapping[str, str]) -> Answer:
        """In the room nothing can be changed."""
        del path, form
        return Answer(501, "a.txt", b"there is nothing to change here\n")


def serve_room(
    token: str, pages: Mapping[str, bytes], site: Mapping[str, bytes], *, port: int, say: Callable[[str], None]
) -> None:
    """Serve until Ctrl-C.

    Raises:
        WrongUsage: the port is taken.
    """
    with PreviewServer(RoomAnswers(token, pages, site), port) as server:
        say(f"http://127.0.0.1:{server.port}/{token}/ (confidential; Ctrl-C ends it)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("the review has ended")
