"""A folder of templates by Jinja2, for papers and for reviewers: the same text is compiled once in a process."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from types import CodeType

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_KEPT = 64
"""Templates as they were compiled: twice those that there are."""

_WRONG = (
    TemplateError, OSError, UnicodeDecodeError, LookupError, ArithmeticError, TypeError, ValueError, RecursionError,
    MemoryError,
)  # fmt: skip
"""What a template can do wrong: also to count with what is no number."""


class NotFilled(Exception):
    """The template is missing or wrong. It says nothing more: what was wrong may quote what it was given."""


def fill(folder: Path, name: str, words: Mapping[str, object], *, seen: Mapping[str, object], is_markup: bool) -> str:
    """The text of a template with its words.

    Args:
        folder: Where it is, with what it includes; read anew, since somebody may have changed it.
        name: Of its file.
        words: What it may use; any other word is an error.
        seen: What all templates see, also those that it takes macros from.
        is_markup: That every word is escaped; in plain text they stay as they are.

    Raises:
        NotFilled: it is not there, or cannot be filled in.
    """
    environment = _environment(is_markup=is_markup)
    environment.loader = _Folder(folder)
    environment.globals.update(seen)
    try:
        return environment.get_template(name).render(words)
    except _WRONG:
        raise NotFilled from None


def _environment(*, is_markup: bool) -> Environment:
    # What these say is confidential anyhow; but a template is no program, and runs none.
    return ImmutableSandboxedEnvironment(
        autoescape=is_markup,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class _Folder(FileSystemLoader):
    """As that of Jinja2, but what was compiled before is not compiled again."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002 (as Jinja2 calls it)
    ) -> Template:
        text, file, is_fresh = self.get_source(environment, name)
        code = _code(text, name, file, bool(environment.autoescape))
        return environment.template_class.from_code(environment, code, {} if globals is None else globals, is_fresh)


@lru_cache(maxsize=MOST_KEPT)
def _code(text: str, name: str, file: str, is_markup: bool) -> CodeType:
    """Of nothing but these: what a template is given comes when it is filled in."""
    return _environment(is_markup=is_markup).compile(text, name, file)
