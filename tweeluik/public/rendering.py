"""Templates to bytes. The loader sees one folder, everything is escaped, and an unknown variable is an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.public import message, texts
from tweeluik.public.grid import Figure
from tweeluik.public.markdown import render_markdown
from tweeluik.words import dutch
from tweeluik.words.wording import LICENCES, STATUSES, multiples

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page has: its path below `site/`, its title, and a description of at most 160 characters."""

    path: str
    title: str
    description: str
    folder: str | None = None
    """Where a server has the site, for a page that is shown at any address."""

    @property
    def root(self) -> str:
        """The way from the page to `site/`."""
        return "../" * self.path.count("/") if self.folder is None else self.folder

    @property
    def address(self) -> str:
        """The path as a web server takes it, without the file's name."""
        return self.path.removesuffix("index.html")


class Renderer:
    """Renders templates; what is given `everywhere`, every template sees."""

    def __init__(self, templates: Path, **everywhere: object) -> None:
        self._environment = _environment(templates)
        self._environment.globals.update(everywhere)

    def page(self, template: str, shell: Shell, **context: object) -> bytes:
        """An HTML page."""
        return self._environment.get_template(template).render(page=shell, root=shell.root, **context).encode()

    def file(self, template: str, **context: object) -> bytes:
        """A file that is no page."""
        return self._environment.get_template(template).render(**context).encode()


def _environment(templates: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — 40 ms that `--help` need not pay

    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        number=dutch.number, day=dutch.day, iso=date.isoformat, plain=message.plain, markdown=render_markdown
    )
    environment.tests["figure"] = lambda part: isinstance(part, Figure)
    environment.globals.update(
        period=dutch.period, texts=texts, multiples=multiples, statuses=STATUSES, licences=LICENCES
    )
    return environment
