"""`content/` -> Source: every file is read, every problem is found, and only then is there a source."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tweeluik.problems import Problem, SourceHasProblems
from tweeluik.source import fields
from tweeluik.source.codes import Codes, codes_of
from tweeluik.source.consistency import CHECKS
from tweeluik.source.inventory import (
    ANSWERS,
    JUDGEMENTS,
    KEY_FILE,
    NOT_THERE,
    WORDING,
    SourceFile,
    Unseal,
    find_files,
    read_text,
)
from tweeluik.source.loading import Loading, Parsed
from tweeluik.source.organisations import organisations_are_judged
from tweeluik.source.reading import Reading
from tweeluik.source.records import Judgement, Partner, Shell, Source
from tweeluik.source.wording import one_text_a_year


def read_source(content: Path, *, unseal: Unseal | None = None, known: Parsed | None = None) -> Source:
    """The source below `content`; `unseal` opens the files that are kept sealed, in memory.

    `known` is filled with what was parsed; a file whose text is still the same is not parsed again.

    A source says the same sealed or in clear: also in the places of its records and problems.

    Raises:
        SourceHasProblems: with every problem of every file, sorted by place.
    """
    return _checked(content, unseal, (*CHECKS, organisations_are_judged), known=known)


def read_unjudged(content: Path, *, unseal: Unseal | None = None) -> Source:
    """The same for whoever is about to judge: questions about organisations may be open.

    Raises:
        SourceHasProblems: with every other problem of every file, sorted by place.
    """
    return _checked(content, unseal, CHECKS)


def read_changed(content: Path, changes: Mapping[str, str], *, unseal: Unseal | None = None) -> Source:
    """The source as it would be with other texts for some of its files, new ones among them; nothing is written.

    Raises:
        SourceHasProblems: with every problem that it would have.
    """
    return _checked(content, unseal, (*CHECKS, organisations_are_judged), changes)


def read_organisations(content: Path, *, unseal: Unseal | None = None) -> Organisations:
    """What can be read of the organisations and the judgements about them, whatever is wrong elsewhere."""
    reading = _load(content, unseal).reading
    partners = tuple(found.record for found in reading.all(Partner))
    judgements = tuple(found.record for found in reading.all(Judgement))
    return Organisations(partners, judgements, tuple(sorted(set(reading.problems))))


def read_texts(content: Path, *, unseal: Unseal | None = None) -> dict[str, str]:
    """What every file of the source says that can be read, by its name.

    Raises:
        SourceHasProblems: the content folder is not there.
    """
    files, problems = find_files(content)
    if any(each.what == NOT_THERE.what for each in problems):
        raise SourceHasProblems(problems)
    read = ((file.name, *read_text(file, unseal)) for file in files)
    return {name: text for name, text, wrong in read if not wrong}


def read_codes(content: Path, *, names: bool, unseal: Unseal | None = None) -> Codes:
    """The codes of a source and what people call them, whatever else is wrong; with `names` of organisations."""
    return codes_of(_load(content, unseal).reading, names=names)


def codes_in(content: Path, files: Mapping[str, bytes]) -> Codes:
    """The same of a source that is still to be written to a folder, with the names of organisations."""
    texts = {name: data.decode() for name, data in files.items() if name.endswith((".yaml", ".csv"))}
    return codes_of(_load(content, None, texts).reading, names=True)


class Organisations(NamedTuple):
    """What could be read, and the problems of what could not."""

    partners: tuple[Partner, ...]
    judgements: tuple[Judgement, ...]
    problems: tuple[Problem, ...]


def _checked(
    content: Path,
    unseal: Unseal | None,
    checks: Iterable[Callable[[Reading], Iterable[Problem]]],
    changes: Mapping[str, str] = MappingProxyType({}),
    known: Parsed | None = None,
) -> Source:
    loading = _load(content, unseal, changes, known)
    reading = loading.reading
    for check in checks:
        reading.problems += check(reading)
    if reading.problems:
        raise SourceHasProblems(tuple(set(reading.problems)))
    return loading.source()


def _load(
    content: Path, unseal: Unseal | None, changes: Mapping[str, str] = MappingProxyType({}),
    known: Parsed | None = None,
) -> Loading:  # fmt: skip
    found, problems = find_files(content)
    new = (SourceFile(name, content / name) for name in changes.keys() - {file.name for file in found})
    files = (*found, *new)
    loading = Loading(problems, unseal, changes, known)
    # report.yaml comes first: its address is the only one that a page may hold.
    for file in sorted(files, key=lambda each: (each.name != fields.REPORT.name, each.name)):
        if file.name != ANSWERS:
            loading.read(file)
    return loading


def is_public_only(content: Path) -> bool:
    """Whether nothing is there any more that an edition is made from: no organisations, conversations or codes."""
    confidential = ("partners/", "conversations/", "agenda.yaml", "vocabulary.yaml", JUDGEMENTS, KEY_FILE)
    return not any(file.name.startswith(confidential) for file in find_files(content, ())[0])


def find_unpublished(content: Path, published: Container[str]) -> tuple[str, ...]:
    """The ids of editions that have a file and are not among the `published` ones."""
    names = (file.name for file in find_files(content, ())[0] if file.name.startswith("editions/"))
    return tuple(edition for name in names if (edition := Path(name).stem) not in published)


def read_shell(content: Path) -> Shell:
    """Who publishes, and the running text: all that a site of published editions needs beside their records.

    Raises:
        SourceHasProblems: with every problem of these files.
    """
    files, problems = find_files(content, (fields.REPORT.name,))
    loading = Loading(problems, None)
    for file in files:
        if file.name in (fields.REPORT.name, WORDING):
            loading.read(file)
    loading.reading.problems += one_text_a_year(loading.reading)
    for file in files:
        if file.name.startswith("pages/"):
            loading.read(file)
    if loading.reading.problems:
        raise SourceHasProblems(tuple(set(loading.reading.problems)))
    return loading.shell()
