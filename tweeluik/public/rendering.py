"""Templates to bytes, in a sandbox.

They see each other and what they are given; everything is escaped, and an unknown variable is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from traceback import walk_tb
from types import MappingProxyType
from typing import TYPE_CHECKING

from tweeluik.paper.theme import Theme
from tweeluik.problems import SourceHasProblems
from tweeluik.public import message, texts
from tweeluik.public.elsewhere import CHECKED, forbids_the_rest, leads_out
from tweeluik.public.figure import Figure
from tweeluik.public.markdown import render_markdown
from tweeluik.public.templates import Compiled, Templates
from tweeluik.public.words import words
from tweeluik.record.model import Publication
from tweeluik.words import dutch
from tweeluik.words.wording import LICENCES, multiples

if TYPE_CHECKING:
    from jinja2.bccache import BytecodeCache

    from tweeluik.public.sandbox import Sandbox


_LEAST = 10
"""Letters by which a place in a template is found."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page has: its path below `site/`, its title, and a description of at most 160 characters."""

    path: str
    title: str
    description: str
    folder: str | None = None
    """Where a server has the site, for a page that is shown at any address."""
    card: str = "stijl/kaart"
    """The picture beside a link to it, below `site/` and without its ending."""

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

    def __init__(self, templates: Templates, theme: Theme | None = None, **everywhere: object) -> None:
        self._templates, self._theme = templates, theme
        self._environment = _environment(templates)
        self._environment.globals.update(everywhere, theme=theme)

    @property
    def theme(self) -> Theme:
        """The theme, of a renderer of a whole site."""
        if self._theme is None:
            raise ValueError("a renderer without a theme")
        return self._theme

    def page(self, template: str, shell: Shell, **context: object) -> bytes:
        """An HTML page.

        Raises:
            SourceHasProblems: the template is wrong.
        """
        return self.file(template, page=shell, root=shell.root, **context)

    def file(self, template: str, **context: object) -> bytes:
        """A file that is no page.

        Raises:
            SourceHasProblems: as `page`.
        """
        try:
            with self._environment.measured():
                text = self._environment.get_template(template).render(**context)
        except Exception as error:
            found = _wrong(self._templates, template, error)
            if found is None:
                raise
            raise found from None
        self._refuse_what_leads_out(template, text)
        return text.encode()

    def _refuse_what_leads_out(self, template: str, text: str) -> None:
        if not template.endswith(CHECKED):
            return
        publication = self._environment.globals.get("publication")
        found = leads_out(text, publication.base_url if isinstance(publication, Publication) else None)
        if found is not None:
            raise self._templates.wrong(*_written(self._templates, template, found), "leads out of the site by itself")
        if "<html" in text and not forbids_the_rest(text):
            raise self._templates.wrong(template, 0, "a page that does not forbid to fetch anything from elsewhere")


def _environment(templates: Templates) -> Sandbox:
    from jinja2 import FunctionLoader, StrictUndefined  # noqa: PLC0415 — 40 ms that `--help` need not pay

    from tweeluik.public.sandbox import Sandbox  # noqa: PLC0415

    def load(name: str) -> tuple[str, str, None] | None:
        return (templates.texts[name], templates.file(name), None) if name in templates.texts else None

    environment = Sandbox(
        loader=FunctionLoader(load),
        bytecode_cache=_kept(templates.compiled),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.know_filters({
        "number": dutch.number, "day": dutch.day, "iso": date.isoformat, "plain": message.plain,
        "markdown": render_markdown,
    })  # fmt: skip
    environment.tests["figure"] = lambda part: isinstance(part, Figure)
    environment.globals.update(period=dutch.period, texts=_TEXTS, multiples=multiples, licences=LICENCES, words=words)
    return environment


def _kept(compiled: Compiled) -> BytecodeCache:
    """What templates were compiled into, by their names; of use as long as the text of a template is the same."""
    from jinja2.bccache import Bucket, BytecodeCache  # noqa: PLC0415

    class Kept(BytecodeCache):
        def get_cache_key(self, name: str, filename: str | None = None) -> str:
            return f"{name}\0{filename}"

        def load_bytecode(self, bucket: Bucket) -> None:
            known = compiled.get(bucket.key)
            if known is not None:
                bucket.bytecode_from_string(known)

        def dump_bytecode(self, bucket: Bucket) -> None:
            compiled[bucket.key] = bucket.bytecode_to_string()

    return Kept()


_TEXTS = MappingProxyType({
    name: value for name, value in vars(texts).items() if getattr(value, "__module__", texts.__name__) == texts.__name__
    and not name.startswith("_") and (callable(value) or isinstance(value, str))
})  # fmt: skip
"""The words themselves, and not the module: what that imports is no business of a template."""


def _wrong(templates: Templates, asked: str, error: Exception) -> SourceHasProblems | None:
    """What is the matter with a template, quoting nothing of it or of its data; None when the error is not its own."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError  # noqa: PLC0415
    from jinja2.exceptions import SecurityError  # noqa: PLC0415

    from tweeluik.public.sandbox import DoesTooMuch  # noqa: PLC0415

    if isinstance(error, TemplateSyntaxError):
        return templates.wrong(error.name or asked, error.lineno, "not as a template is written: a spelling error")
    place = _innermost(templates, error)
    if isinstance(error, TemplateNotFound) and place is None:
        return templates.wrong(asked, 0, "the template is not there")
    if place is None:
        return None
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        (TemplateNotFound, "asks for a template that is not there"),
        (SecurityError, "asks for what a template may not reach"),
        (UndefinedError, "asks for a name that is not there"),
        ((DoesTooMuch, MemoryError), "does more than any page needs: a loop or a text without end"),
    )
    what = next((told for kind, told in kinds if isinstance(error, kind)), "cannot be worked out")
    return templates.wrong(*place, what)


def _written(templates: Templates, asked: str, found: str) -> tuple[str, int]:
    """The template and the line that say this, or its beginning where the rest was filled in."""
    for end in range(len(found), _LEAST, -1):
        for name in dict.fromkeys((asked, *sorted(templates.texts))):
            before, said, _ = templates.texts.get(name, "").partition(found[:end])
            if said:
                return name, before.count("\n") + 1
    return asked, 0


def _innermost(templates: Templates, error: Exception) -> tuple[str, int] | None:
    """The template and the line in which it went wrong."""
    names = {templates.file(name): name for name in templates.texts}
    frames = ((names.get(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__))
    return next(((name, line) for name, line in reversed([*frames]) if name is not None), None)
