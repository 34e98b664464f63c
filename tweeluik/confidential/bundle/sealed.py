"""The sealed bundle of an edition: one file per numbered copy and one for the archive, the opener, and one receipt.

Everything is made and checked in memory, copy by copy, in a private folder that takes its name when all is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from tweeluik import __version__
from tweeluik.confidential.age import signature
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.recipients import read_recipients
from tweeluik.confidential.age.sealing import AgeRefused, seal_stream
from tweeluik.confidential.age.watched import Readable
from tweeluik.confidential.bundle.archive import render_metadata
from tweeluik.confidential.bundle.container import Packed, Unsound
from tweeluik.confidential.bundle.copies import Copy, deal
from tweeluik.confidential.bundle.data_files import HINGE, render_data
from tweeluik.confidential.bundle.documents import LETTER, Issue, render_documents
from tweeluik.confidential.bundle.dossier import Dossier, compose_dossier
from tweeluik.confidential.bundle.inventory import (
    CHECKSUMS,
    KIND,
    MANIFEST,
    SCHEMA,
    SIGNATURE,
    Holder,
    Inventory,
    checksums,
    list_members,
)  # fmt: skip
from tweeluik.confidential.bundle.letter import render_letter
from tweeluik.confidential.bundle.letters import refuse_without_letters
from tweeluik.confidential.bundle.opener import OPENER, read_opener
from tweeluik.confidential.bundle.receipt import Receipt, find_receipts, name_of, render_receipt, series_of
from tweeluik.confidential.bundle.register import NAME as REGISTER
from tweeluik.confidential.bundle.register import blank
from tweeluik.confidential.bundle.signing import sign, unlocked
from tweeluik.confidential.bundle.stated import Covered
from tweeluik.disk.durable import NewFile, create_file, creating, reason
from tweeluik.disk.private import (  # fmt: skip
    failing_as,
    new_folder,
    no_core_dumps,
    refuse_public_folder,
    refuse_used_folder,
)
from tweeluik.problems import Place, Problem, SealingFailed, WrongUsage
from tweeluik.record.hinge import serialise
from tweeluik.selection.hinge import openings_of
from tweeluik.selection.rules import Selection
from tweeluik.selection.secret import secret_of
from tweeluik.selection.tables import Table
from tweeluik.source.records import Source

TEMPLATES = "confidential"

SOURCE_PATTERNS = ("*.yaml", "*.yaml.age", "partners/**/*", "conversations/**/*", "editions/**/*", "pages/**/*")
"""What the digest of the source covers: never recipients, keys, the exclusion list or what was published."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written: names of files, and lines for the terminal."""

    files: tuple[str, ...]
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """What all copies share."""

    dossier: Dossier
    shared: Mapping[str, bytes]
    source_sha256: str
    issue: Issue
    templates: Path
    signer: signature.Unlocked | None


def write_bundle(
    source: Source, selection: Selection, tables: tuple[Table, ...], *, content: Path, templates: Path, into: Path,
    copies: int = 1, signer: Path | None = None, supersedes: Path | None = None, today: date | None = None,
) -> Sealed:  # fmt: skip
    """Seal an edition into `into`, a new or empty folder.

    Args:
        source: Everything.
        selection: Who and what the edition is about.
        tables: Its true tables.
        content: The folder of the source, for the recipients and the digest.
        templates: The folder of the templates; those in its folder `confidential` are used.
        into: Where the sealed files and receipts go.
        copies: How many numbered copies, besides the archive's.
        signer: A private ssh key to sign with.
        supersedes: The folder of the earlier bundle of this edition.
        today: The day that the bundle bears, and on which recipients must be valid; the clock's when absent.

    Raises:
        WrongUsage: the folder lies in a public place; the number of copies cannot be.
        SealingFailed: for every other reason. Nothing was left behind.
    """
    no_core_dumps()
    refuse_public_folder(into, content, templates)
    with failing_as(SealingFailed):
        refuse_used_folder(into)
    templates = templates / TEMPLATES
    day = today or date.today()  # noqa: DTZ011 (the edge: the officer's own calendar)
    todo = deal(read_recipients(content, today=day), copies)
    dossier = compose_dossier(source, selection, tables)
    refuse_without_letters(selection)
    issue = Issue(day, *_succession(supersedes, dossier.edition), tuple((each.mark, each.roles) for each in todo))
    hinge = serialise(openings_of(selection.edition, tables, secret_of(source)))
    letter = render_letter(source, dossier, issue=issue, templates=templates)
    shared = {**render_data(dossier), HINGE: hinge, LETTER: letter}
    try:
        with failing_as(SealingFailed), unlocked(signer) as key, new_folder(into) as scratch:
            parts = Content(dossier, shared, source_digest(content), issue, templates, key)
            covered = tuple(_seal_copy(parts, copy, scratch) for copy in todo)
            _write_receipt(parts, todo, covered, scratch)
    except OSError as error:
        raise _failed(
            f"the bundle cannot be written: {reason(error)}",
            "make room, or choose another folder; nothing was left behind",
        ) from None
    return Sealed(tuple(sorted(each.name for each in into.iterdir())), _summary(todo, parts))


def _seal_copy(parts: Content, copy: Copy, folder: Path) -> Covered:
    """Write one sealed file; what the receipt says of it."""
    digest = write_sealed(compose_container(parts, copy), copy.recipients, folder / copy.name)
    holders = tuple((each.role, each.fingerprint) for each in copy.recipients)
    return Covered(copy.name, digest, holders)


def write_sealed(container: Readable, recipients: Sequence[Recipient], target: Path) -> str:
    """Write a container, sealed to these, as a new file, piece by piece; its SHA-256.

    Raises:
        SealingFailed: age cannot seal to them.
        OSError: the disk is full, or did not keep what was written.
    """
    with creating(target) as file:
        sealed = _Hashed(file)
        try:
            seal_stream(container, sealed, [each.key for each in recipients])
        except AgeRefused as error:
            raise _failed(str(error), "check the recipients") from None
    return sealed.digest


class _Hashed:
    """A sealed file as it is written, and its digest."""

    def __init__(self, file: NewFile) -> None:
        self._file = file
        self._sha256 = sha256()

    def write(self, data: bytes | memoryview, /) -> None:
        """The next bytes."""
        self._sha256.update(data)
        self._file.write(data)

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was written."""
        return self._sha256.hexdigest()


def _write_receipt(parts: Content, todo: tuple[Copy, ...], covered: tuple[Covered, ...], folder: Path) -> None:
    """Write the opener, the receipt of all that was sealed, and the signature over that."""
    opener = read_opener(parts.templates)
    edition, issue = parts.dossier.edition, parts.issue
    receipt = Receipt(
        series_of(edition),
        issue.sequence,
        issue.day,
        covered,
        sha256(opener).hexdigest(),
        issue.supersedes,
    )
    text = render_receipt(receipt, marks=[each.mark for each in todo], templates=parts.templates)
    name = name_of(issue.sequence)
    create_file(folder / OPENER, opener)
    create_file(folder / name, text)
    if parts.signer:
        create_file(folder / f"{name}{signature.SUFFIX}", sign(text, parts.signer, signature.RECEIPT_NAMESPACE))


def compose_container(parts: Content, copy: Copy) -> Readable:
    """The plaintext of one copy, to be read once: the same bytes for the same source, copy and day."""
    papers = render_documents(parts.dossier, mark=copy.mark, issue=parts.issue, templates=parts.templates)
    members = {**parts.shared, **papers, REGISTER: blank(copy.number)}
    if not copy.number:
        members |= render_metadata(parts.dossier, parts.issue, members, parts.templates)
    inventory = _inventory(parts, copy, members)
    members |= {MANIFEST: inventory.serialise(), CHECKSUMS: checksums(inventory)}
    if parts.signer:
        members[SIGNATURE] = sign(members[MANIFEST], parts.signer, signature.MANIFEST_NAMESPACE)
    try:
        return Packed(members)
    except Unsound as error:
        raise _failed(f"the container cannot be made: {error}", "give the tables of this edition plain ids") from None


def _inventory(parts: Content, copy: Copy, members: Mapping[str, bytes]) -> Inventory:
    dossier, issue = parts.dossier, parts.issue
    return Inventory(
        kind=KIND, schema=SCHEMA, edition=dossier.edition, version=dossier.version, sequence=issue.sequence,
        supersedes=issue.supersedes, tool=f"tweeluik {__version__}", source_sha256=parts.source_sha256,
        created=issue.day.isoformat(), marking=dossier.marking, classified_until=dossier.classified_until.isoformat(),
        decided_by=dossier.decided_by, inspection_from=dossier.inspection_from.isoformat(),
        inspection_until=dossier.inspection_until.isoformat(), location=dossier.location, audience=dossier.audience,
        copy=copy.number, copies=copy.copies,
        recipients=tuple(Holder(each.role, each.holder, each.fingerprint) for each in copy.recipients),
        files=list_members(members),
    )  # fmt: skip


def source_digest(content: Path) -> str:
    """SHA-256 over the names and digests of the files of the source, in the order of their names."""
    files = {each for pattern in SOURCE_PATTERNS for each in content.glob(pattern) if each.is_file()}
    lines = (
        f"{sha256(each.read_bytes()).hexdigest()}  {each.relative_to(content).as_posix()}\n"
        for each in sorted(files, key=lambda file: file.relative_to(content).as_posix())
        if not any(part.startswith(".") for part in each.relative_to(content).parts)
    )
    return sha256("".join(lines).encode()).hexdigest()


def _succession(earlier: Path | None, edition: str) -> tuple[int, tuple[str, ...]]:
    """The sequence number of this bundle, and the digests of the sealed files that it supersedes."""
    if earlier is None:
        return 1, ()
    hint = "name the folder of the earlier bundle, with its receipts"
    try:
        found = tuple(each.said for each in find_receipts(earlier, edition))
    except OSError as error:
        raise WrongUsage(Problem(Place("supersedes"), "", f"a receipt cannot be read: {reason(error)}", hint)) from None
    if not found:
        raise WrongUsage(Problem(Place("supersedes"), "", "there is no receipt of this edition in that folder", hint))
    latest = max(each.sequence for each in found)
    replaced = {copy.sha256 for each in found if each.sequence == latest for copy in each.copies}
    return latest + 1, tuple(sorted(replaced))


def _summary(todo: tuple[Copy, ...], parts: Content) -> tuple[str, ...]:
    roles = ("; ".join(f"{each.role} {each.fingerprint}" for each in copy.recipients) for copy in todo)
    lines = tuple(f"{copy.name}: {copy.mark.lower()}, sealed to {to}" for copy, to in zip(todo, roles, strict=True))
    return (*lines, f"sequence number {parts.issue.sequence}, {'signed' if parts.signer else 'not signed'}")


def _failed(what: str, hint: str) -> SealingFailed:
    return SealingFailed(Problem(Place("bundle"), "", what, hint))
