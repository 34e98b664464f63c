"""`content/` -> Source: every file is read, every problem is found, and only then is there a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from tweeluik.problems import Place, Problem, SourceHasProblems
from tweeluik.source import fields
from tweeluik.source.agenda import complete
from tweeluik.source.codes import Codes, codes_of
from tweeluik.source.consistency import CHECKS
from tweeluik.source.contacts import ANY_ADDRESS, find_contacts
from tweeluik.source.csv_columns import read_columns
from tweeluik.source.csv_rows import read_csv
from tweeluik.source.drafts import AgendaDrafts
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
    required_meant_by,
)
from tweeluik.source.nodes import Listing, Node
from tweeluik.source.organisations import organisations_are_judged
from tweeluik.source.pages import read_page
from tweeluik.source.reader import read_yaml
from tweeluik.source.records import (
    Collaboration,
    Conversation,
    Edition,
    Former,
    Judgement,
    Page,
    Partner,
    Phrase,
    Policy,
    Report,
    Shell,
    Source,
    Term,
    Vocabulary,
)
from tweeluik.source.schema import Reading, Shape, doubt
from tweeluik.source.texts import FILE_NAME
from tweeluik.source.wording import one_text_a_year
from tweeluik.words.reserved import is_reserved

R = TypeVar("R")

_SINGLE: dict[str, Shape[object]] = {
    shape.name: shape for shape in (fields.REPORT, fields.POLICY, fields.AGENDA, fields.VOCABULARY)
}
_LISTS: dict[str, Shape[object]] = {
    "partners": fields.PARTNER,
    "conversations": fields.CONVERSATION,
    JUDGEMENTS: fields.JUDGEMENT,
    WORDING: fields.PHRASE,
}


EXAMPLE_PUBLISHER = "Ministerie van Voorbeeldzaken"
EXAMPLE_KEY = "4db2291aa489e92b4d027384f75877539d5ba5be54a83e99aa4235e0c93659f0"
"""The SHA-256 of the key that is shipped with the example; who publishes the example may use it, and nobody else."""

MAKE_A_KEY = (
    "python -c \"import pathlib, secrets; pathlib.Path('content/protection.key').write_text(secrets.token_hex(32))\""
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Per file its text and what that was parsed into, for whoever reads a source time and again.

    `nodes`: with what is wrong in them. `lists`: of a file with a list, all that its records say.
    """

    nodes: dict[str, tuple[str, Node | None, tuple[Problem, ...]]] = field(default_factory=dict)
    lists: dict[str, tuple[str, Reading]] = field(default_factory=dict)


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
    if NOT_THERE in problems:
        raise SourceHasProblems(NOT_THERE)
    read = ((file.name, *read_text(file, unseal)) for file in files)
    return {name: text for name, text, wrong in read if not wrong}


def read_codes(content: Path, *, names: bool, unseal: Unseal | None = None) -> Codes:
    """The codes of a source and what people call them, whatever else is wrong; with `names` of organisations."""
    return codes_of(_load(content, unseal).reading, names=names)


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
) -> _Loading:  # fmt: skip
    found, problems = find_files(content)
    new = (SourceFile(name, content / name) for name in changes.keys() - {file.name for file in found})
    files = (*found, *new)
    loading = _Loading(problems, unseal, changes, known)
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
    loading = _Loading(problems, None)
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


def _of_another_kind(text: str, name: str) -> Problem | None:
    """A table in a file of YAML, or the other way round."""
    first = text.lstrip().partition("\n")[0]
    if name.endswith(".csv") and re.match(r"- |-?\s*\w+: ", first):
        return Problem(Place(name, 1, 1), "", "YAML in a file for a table", "end its name in .yaml")
    heads = {each.strip(' "') for each in re.split("[,;\t]", first)}
    if name.startswith("conversations/") and name.endswith(".yaml") and {"date", "partners"} <= heads:
        return Problem(Place(name, 1, 1), "", "a table in a file of YAML", "end its name in .csv")
    return None


class _Loading:
    """What one run has read."""

    def __init__(
        self, problems: tuple[Problem, ...], unseal: Unseal | None, changes: Mapping[str, str] = MappingProxyType({}),
        known: Parsed | None = None,
    ) -> None:  # fmt: skip
        self.reading = Reading(list(problems))
        self._unseal = unseal
        self._changes = changes
        self._known = Parsed() if known is None else known
        self._is_kept = known is not None
        for name, shape in _SINGLE.items():
            if any(name in (each.place.file, required_meant_by(each.place.file)) for each in problems):
                doubt(shape, self.reading)
        for folder, shape in _LISTS.items():
            if any(each.place.file.startswith(f"{folder}/") for each in problems):
                doubt(shape, self.reading)
        self._single: dict[str, object] = {}
        self._editions: list[Edition] = []
        self._pages: list[Page] = []
        self._key: str | None = None

    def read(self, file: SourceFile) -> None:
        """Read one file as what its name says it is."""
        folder, slash, name = file.name.partition("/")
        changed = self._changes.get(file.name)
        text, problems = (changed, ()) if changed is not None else read_text(file, self._unseal)
        self.reading.problems += problems
        if problems:
            self._doubt(file)
        elif file.name == KEY_FILE:
            self._key = self._protection_key(text, file)
        elif file.name in (JUDGEMENTS, WORDING):
            self._list(text, file, "")
        elif not slash:
            node = self._node(text, file)
            self._single[file.name] = None if node is None else _SINGLE[file.name].read(node, "", self.reading)
        else:
            by_folder: dict[str, Callable[[str, SourceFile, str], None]] = {
                "partners": self._list, "conversations": self._list, "editions": self._edition, "pages": self._page,
            }  # fmt: skip
            by_folder[folder](text, file, name.rpartition(".")[0])

    def shell(self) -> Shell:
        """Its public part, when nothing was wrong."""
        pages = tuple(sorted(self._pages, key=lambda each: (each.order, each.slug)))
        return Shell(self._one(Report, "report.yaml"), pages, Place("."), tuple(self._all(Phrase)))

    def source(self) -> Source:
        """The source, when nothing was wrong."""
        return Source(
            report=self._one(Report, "report.yaml"),
            policy=self._one(Policy, "policy.yaml"),
            agenda=complete(self._one(AgendaDrafts, "agenda.yaml")),
            vocabulary=_sorted_vocabulary(self._one(Vocabulary, "vocabulary.yaml")),
            partners=tuple(sorted(map(_sorted_partner, self._all(Partner)), key=lambda each: each.id)),
            conversations=tuple(sorted(map(_sorted_conversation, self._all(Conversation)), key=_conversation_order)),
            editions=tuple(sorted(self._editions, key=lambda each: each.id)),
            pages=tuple(sorted(self._pages, key=lambda each: (each.order, each.slug))),
            place=Place("."),
            judgements=tuple(sorted(self._all(Judgement), key=lambda each: each.place)),
            wording=tuple(sorted(self._all(Phrase), key=lambda each: (each.key, each.first))),
            protection_key=self._key,
        )

    def _one(self, kind: type[R], name: str) -> R:
        found = self._single[name]
        assert isinstance(found, kind)  # noqa: S101 - its shape made it, and nothing was wrong
        return found

    def _all(self, kind: type[R]) -> Iterator[R]:
        return (found.record for found in self.reading.all(kind))

    # --- one file -----------------------------------------------------------------------------------------------------

    def _node(self, text: str, file: SourceFile) -> Node | None:
        known = self._known.nodes
        if file.name not in known or known[file.name][0] != text:
            is_csv = file.name.endswith(".csv")
            if (other := _of_another_kind(text, file.name)) is not None:
                self.reading.problems.append(other)
                self._doubt(file)
                return None
            parsed = read_csv(text, file.name, fields.CONVERSATION) if is_csv else read_yaml(text, file.name)
            known[file.name] = (text, *parsed)
        _, node, problems = known[file.name]
        self.reading.problems += problems
        if node is None:
            self._doubt(file)
        return node

    def _doubt(self, file: SourceFile) -> None:
        folder = file.name.partition("/")[0]
        if folder == "editions":
            self.reading.define("edition", Path(file.name).stem, Place(file.name))
        shape = _SINGLE.get(file.name) or _LISTS.get(folder)
        if shape is not None:
            doubt(shape, self.reading)

    def _list(self, text: str, file: SourceFile, _stem: str) -> None:
        """What a file says by itself can be kept; what it says again after another file has to be told there."""
        if not self._is_kept:
            self._records(text, file)
            return
        known = self._known.lists.get(file.name)
        if known is None or known[0] != text:
            known = self._known.lists[file.name] = (text, self._alone(text, file))
        if not self.reading.join(known[1]):
            self._records(text, file)

    def _alone(self, text: str, file: SourceFile) -> Reading:
        """A file as if there were no other."""
        together, self.reading = self.reading, Reading()
        try:
            self._records(text, file)
            return self.reading
        finally:
            self.reading = together

    def _records(self, text: str, file: SourceFile) -> None:
        if file.name.endswith(".csv") and read_columns(text, file.name, fields.CONVERSATION, self.reading):
            return
        node = self._node(text, file)
        if node is None:
            return
        shape = _LISTS[file.name.partition("/")[0]]
        if isinstance(node, Listing):
            if not node.items and not file.name.endswith(".csv"):
                self.reading.report(node.place, "", "an empty list", "fill it, or remove the file")
            for position, item in enumerate(node.items):
                shape.read(item, f"[{position}]", self.reading)
        else:
            shape.read(node, "", self.reading)

    def _edition(self, text: str, file: SourceFile, stem: str) -> None:
        self._check_name(file, stem)
        self.reading.define("edition", stem, Place(file.name))
        node = self._node(text, file)
        if node is None:
            return
        edition = fields.EDITION.read(node, "", self.reading)
        if isinstance(edition, Edition):
            self._editions.append(replace(edition, id=stem))

    def _page(self, text: str, file: SourceFile, stem: str) -> None:
        self._check_name(file, stem)
        report = self._single.get("report.yaml")
        # While nobody knows the one address that may stand in a page, nothing is said of any.
        mailbox = report.contact.email if isinstance(report, Report) else ANY_ADDRESS
        page = read_page(text, file.name, stem, mailbox, self.reading)
        if page is not None:
            self._pages.append(page)

    def _check_name(self, file: SourceFile, stem: str) -> None:
        if not re.fullmatch(FILE_NAME.pattern, stem):
            self.reading.report(Place(file.name), "", "a file name that cannot become an address", FILE_NAME.form)
        elif any(True for text in (stem, stem.replace("-", " ")) for _ in find_contacts(text)):
            # The name is not told: it would be in the message.
            folder = file.name.partition("/")[0]
            self.reading.report(Place(folder), "", "a file name with something of a person in it", "rename the file")
        elif is_reserved(stem):
            self.reading.report(Place(file.name), "", "a name that Windows keeps for itself", "choose another")

    def _protection_key(self, text: str, file: SourceFile) -> str | None:
        if not re.fullmatch("[0-9a-f]{64}", text.strip()):
            self.reading.report(Place(file.name), "", "not a key", "64 hexadecimal digits in small letters")
            return None
        report = self._single.get("report.yaml")
        of_example = isinstance(report, Report) and report.publisher == EXAMPLE_PUBLISHER
        if not of_example and sha256(text.strip().encode()).hexdigest() == EXAMPLE_KEY:
            what = "the key of the example, which everyone has: with it readers repeat every choice of protection"
            self.reading.report(Place(file.name), "", what, f"make one of your own, once: {MAKE_A_KEY}")
        return text.strip()


# --- nothing may follow from the order of files or lists --------------------------------------------------------------


def _sorted_vocabulary(vocabulary: Vocabulary) -> Vocabulary:
    def in_order(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        told = (replace(term, replaces=tuple(sorted(term.replaces))) for term in terms)
        return tuple(sorted(told, key=lambda term: term.code))

    kinds, regions, forms = map(in_order, (vocabulary.kinds, vocabulary.regions, vocabulary.forms))
    return replace(vocabulary, kinds=kinds, regions=regions, forms=forms)


def _sorted_partner(partner: Partner) -> Partner:
    lists = {
        "aliases": tuple(sorted(partner.aliases)),
        "endorsed": tuple(sorted(partner.endorsed, key=lambda each: each.start)),
        "before": tuple(sorted(map(_sorted_former, partner.before), key=lambda each: each.until)),
        "successors": tuple(sorted(partner.successors)),
        "collaborations": tuple(sorted(map(_sorted_collaboration, partner.collaborations), key=lambda each: each.year)),
        "named_in": tuple(sorted(partner.named_in, key=lambda each: each.edition)),
    }
    is_sorted = all(getattr(partner, name) == each for name, each in lists.items())
    return partner if is_sorted else replace(partner, **lists)  # type: ignore[arg-type] # each of its own type


def _sorted_former(former: Former) -> Former:
    return former if former.aliases is None else replace(former, aliases=tuple(sorted(former.aliases)))


def _sorted_collaboration(each: Collaboration) -> Collaboration:
    measures = tuple(sorted(each.measures))
    return each if measures == each.measures else replace(each, measures=measures)


def _sorted_conversation(conversation: Conversation) -> Conversation:
    partners, measures = tuple(sorted(conversation.partners)), tuple(sorted(conversation.measures))
    if (partners, measures) == (conversation.partners, conversation.measures):
        return conversation
    return replace(conversation, partners=partners, measures=measures)


def _conversation_order(conversation: Conversation) -> tuple[object, ...]:
    each = conversation
    return each.date, each.partners, each.context, each.form, each.subject, each.measures, each.place
