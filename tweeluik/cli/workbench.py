"""Mending from the preview: what a card offers beside its cure, and the page that shows a change before it is made.

Only whoever sees the terminal has the address with the token, below which the preview has buttons; lines of the source
stand on no other page. A change is made by a form of that very page, for exactly the lines that it showed.
"""

from __future__ import annotations

import hmac
import html
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from tweeluik.cli.preview_cards import Offer
from tweeluik.cli.preview_server import STYLE_PATH, Answer
from tweeluik.problems import BuildFailed, Problem
from tweeluik.words.messages import translate
from tweeluik.words.reviewing import in_html

if TYPE_CHECKING:
    from tweeluik.source.mending import Mending

PAGE = "-/herstel/"
"""Where the pages of changes stand, below the address with the token; the name of a file follows."""

OF = "van"
"""The field of the form with the digest of the change that the page shows."""


class Source(Protocol):
    """What a workbench may do with the source."""

    def offer(self, problems: Sequence[Problem]) -> Offer:
        """What can be said beside these problems."""

    def mend(self, file: str) -> Mending:
        """What would change in one file."""

    def write(self, mending: Mending) -> None:
        """Make the change; refuses when somebody else changed the file meanwhile."""


class Workbench:
    """The pages of changes, for whoever has the token."""

    def __init__(self, source: Source, token: str) -> None:
        self._source = source
        self.prefix = f"/-/{token}/"

    def is_ours(self, path: str) -> bool:
        """Whether a path begins with the token."""
        return hmac.compare_digest(path[: len(self.prefix)].encode(), self.prefix.encode())

    def file_of(self, path: str) -> str | None:
        """The file that a page of changes is about; None when a path is that of another page."""
        page = f"{self.prefix}{PAGE}"
        return path.removeprefix(page) if self.is_ours(path) and path.startswith(page) else None

    def offer(self, problems: Sequence[Problem]) -> Offer:
        """What can be said beside these problems; nothing where the source cannot even be looked through."""
        try:
            return self._source.offer(problems)
        except BuildFailed:
            return Offer()

    def show(self, file: str) -> Answer:
        """The page with what would change in a file."""
        return self._with_mending(file, lambda found: self._page(_change(file, found)))

    def change(self, file: str, form: Mapping[str, str]) -> Answer:
        """Make the change that the page showed, if it is that still."""

        def carry_out(found: Mending) -> Answer:
            if not hmac.compare_digest(digest_of(found).encode(), form.get(OF, "").encode()):
                return self._page(f"<p>{in_html('mending.changed')}</p>{_change(file, found)}", status=409)
            self._source.write(found)
            return Answer(303, "", b"", location=self.prefix)

        return self._with_mending(file, carry_out)

    def _with_mending(self, file: str, work: Callable[[Mending], Answer]) -> Answer:
        try:
            found = self._source.mend(file)
            if not found.texts:
                return self._page(f"<p>{in_html('mending.nothing')}</p>")
            return work(found)
        except BuildFailed as failure:
            return self._page(f"<ul>{''.join(map(_problem, failure.problems))}</ul>", status=409)

    def _page(self, body: str, status: int = 200) -> Answer:
        said = {each: in_html(f"mending.{each}") for each in ("title", "mark", "back")}
        page = _HTML.format(style=STYLE_PATH, body=body, to=self.prefix, **said)
        return Answer(status, "herstel.html", page.encode())


def digest_of(mending: Mending) -> str:
    """SHA-256 over what a change makes of the files."""
    parts = (f"{name}\0{mending.former[name]}\0{text}" for name, text in sorted(mending.texts.items()))
    return sha256("\0".join(parts).encode()).hexdigest()


_HTML = """<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; form-action 'self'">
<title>{title}</title>
<link rel="stylesheet" href="{style}">
</head>
<body id="herstel">
<main>
<p class="vertrouwelijk">{mark}</p>
<h1>{title}</h1>
{body}
<p><a href="{to}">{back}</a></p>
</main>
</body>
</html>
"""


def _change(file: str, mending: Mending) -> str:
    lines = "".join(
        f"<li><p><code>{html.escape(str(each.place))}</code> {html.escape(translate(each.problem.what, 'nl'))}</p>"
        f"<p>{in_html('mending.now', {'line': _line('del', each.before)})}</p>"
        f"<p>{in_html('mending.then', {'line': _line('ins', each.after)})}</p></li>"
        for each in mending.lines
    )
    count = len(mending.lines)
    named = {"file": f"<code>{html.escape(file)}</code>"}
    told = in_html("mending.one" if count == 1 else "mending.more", named, count=count)
    return (
        f"<p>{told}</p><ol>{lines}</ol>"
        f'<form method="post"><input type="hidden" name="{OF}" value="{digest_of(mending)}">'
        f"<button>{in_html('mending.do')}</button></form>"
    )


def _line(element: str, text: str) -> str:
    return f"<code><{element}>{html.escape(text.strip())}</{element}></code>"


def _problem(problem: Problem) -> str:
    told = f"{problem.place}: {translate(problem.what, 'nl')}"
    return f"<li>{html.escape(told)}</li>"
