"""The source at rest: files of the source that are kept sealed as `<name>.age`, and opened in memory only.

Who may open them stands in `content/recipients/source/`, one file per editor. A file is sealed to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.padding import pad, unpad
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.sealing import AgeRefused, seal
from tweeluik.confidential.at_rest.kept import find_kept, keep, lay_out
from tweeluik.confidential.at_rest.workplace import private_folder
from tweeluik.disk.durable import create_file, reason
from tweeluik.disk.private import failing_as, replace_file, write_new_file
from tweeluik.problems import BuildFailed, OpeningFailed, Place, Problem, SealingFailed, SourceHasProblems, WrongUsage
from tweeluik.source.inventory import ANSWERS, KEY_FILE, SEALABLE, SEALED, SourceFile, find_files

CONFIDENTIAL_FOLDERS = ("partners", "conversations")
"""Where organisations stand: only sealed files, once the source has editors."""

MEMORY = re.compile(r"published/[^/]+/memory-[0-9]+\.json")
"""What `publish` keeps of who was behind a publication."""

FindProblems = Callable[[bytes, bytes], tuple[Problem, ...]]
"""From a file as it is sealed now and its new content: what would be wrong with the source."""


def is_confidential(name: str) -> bool:
    """Whether a file below the content folder is to be sealed, in a source that is kept sealed."""
    return (
        name in (KEY_FILE, ANSWERS)
        or name.partition("/")[0] in CONFIDENTIAL_FOLDERS
        or MEMORY.fullmatch(name) is not None
    )


def find_in_clear(content: Path) -> tuple[SourceFile, ...]:
    """Every confidential file of the source that is not sealed, and every memory from before it had editors."""
    files, _ = find_files(content)
    return tuple(
        file for file in (*files, *find_memories(content)) if is_confidential(file.name) and not file.is_sealed
    )


def find_memories(content: Path) -> tuple[SourceFile, ...]:
    """Every memory of a publication in clear: no file that a person edits, and to be sealed like one."""
    found = ((each.relative_to(content).as_posix(), each) for each in sorted(content.glob("published/*/memory-*.json")))
    return tuple(SourceFile(name, path) for name, path in found if MEMORY.fullmatch(name) and _is_plain(path))


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def find_file(content: Path, named: Path, more: Sequence[SourceFile] = ()) -> SourceFile:
    """The file of the source that a person names, from where they are or from the content folder, with or without .age.

    `more` are files that it may be too.

    Raises:
        WrongUsage: there is no such file, or it is a link.
    """
    named = named.with_name(named.name.removesuffix(SEALED)) if named.name else named
    asked = {(folder / named).absolute() for folder in (Path(), content)}
    for file in (*find_files(content)[0], *more):
        if file.path.absolute().with_name(Path(file.name).name) in asked and not file.path.is_symlink():
            return file
    raise WrongUsage(Problem(Place("content"), "", "there is no such file in the source", "name a file below content/"))


def seal_source(files: Sequence[SourceFile], recipients: Sequence[Recipient]) -> tuple[str, ...]:
    """Seal files of the source beside themselves; remove each in clear once the sealed one is on the disk.

    Removing does not wipe: what was in clear on a disk or in a version history stays to be found there.

    Returns:
        The names of the sealed files below the content folder.

    Raises:
        WrongUsage: a file that is sealed already or is none of those that can be, or no editors to seal to.
        SealingFailed: a file could not be sealed; it and those after it are still there.
    """
    for file in files:
        if file.is_sealed:
            raise WrongUsage(_problem(file, "the file is sealed already", "use `edit` to change it"))
        if not file.name.endswith(SEALABLE) and not MEMORY.fullmatch(file.name):
            raise WrongUsage(_problem(file, "such a file is never sealed", f"those are {', '.join(SEALABLE)}"))
        if _beside(file).exists():
            hint = "remove the one that is out of date"
            raise WrongUsage(_problem(file, "the file is there sealed and in clear", hint))
    for file in files:
        _write(file, write_new_file, _beside(file), _read(file), recipients)
        file.path.unlink()
    return tuple(file.name + SEALED for file in files)


@dataclass(frozen=True, slots=True)
class Person:
    """Who edits: starts an editor on files in clear and waits (`run`), is asked, and is told.

    `again` asks whether to correct problems; otherwise the change is given up. `tell` says where a text is kept.
    """

    run: Callable[[Sequence[Path]], None]
    again: Callable[[tuple[Problem, ...]], bool]
    tell: Callable[[str], None]


def edit_source(
    file: SourceFile, keyring: Keyring, recipients: Sequence[Recipient], *, person: Person,
    find_problems: FindProblems, where: Path | None = None,
) -> bool:  # fmt: skip
    """Open a sealed file in a private folder, let a person change it, check it, seal it again, delete all.

    What the person wrote and could not be sealed in its place is kept sealed beside it (`at_rest/kept.py`).

    Args:
        file: The sealed file.
        keyring: Of an editor.
        recipients: Everyone to seal it to.
        person: Who edits.
        find_problems: What is wrong with the new content; then nothing is sealed.
        where: The folder to make the private one in; by default in memory.

    Returns:
        Whether anything was changed.

    Raises:
        WrongUsage: the file is not sealed, or there are no editors to seal it to.
        OpeningFailed: the file cannot be opened.
        SourceHasProblems: the new content has problems.
        SealingFailed: the new content cannot be sealed, or another changed the file meanwhile.
    """
    if not file.is_sealed:
        raise WrongUsage(_problem(file, "the file is not sealed", "change it with any editor"))
    _need_editors(file, recipients)
    sealed = _read(file)
    before = _open(file, sealed, keyring)
    with private_folder(where) as folder:
        clear = folder / Path(file.name).name
        create_file(clear, before)
        kept = tuple(lay_out(find_kept(file.path), keyring, folder))
        known = (before, *(each.read_bytes() for _, each in kept))
        try:
            after = _work(
                file._replace(path=clear), [each for _, each in kept], person,
                lambda after: find_problems(sealed, after) if after != before else (),
            )  # fmt: skip
            if after == before:
                return False
            _refuse_changed(file, sealed)
            _write(file, replace_file, file.path, after, recipients)
        except BaseException:
            _keep(file, folder, known, recipients, person)
            raise
    for each, _ in kept:
        each.unlink()
    return True


def _work(
    clear: SourceFile, others: Sequence[Path], person: Person, find_problems: Callable[[bytes], tuple[Problem, ...]]
) -> bytes:
    """What the person made of the file in clear, with the others beside it, once it has no problems."""
    while True:
        person.run([clear.path, *others])
        after = _read(clear)
        problems = find_problems(after)
        if not problems:
            return after
        if not person.again(problems):
            raise SourceHasProblems(problems)


def _refuse_changed(file: SourceFile, sealed: bytes) -> None:
    if _read(file) != sealed:
        raise SealingFailed(_problem(file, "another changed this file meanwhile", "edit it again"))


def _keep(
    file: SourceFile, folder: Path, known: Sequence[bytes], recipients: Sequence[Recipient], person: Person
) -> None:
    """Keep what was written; nothing may hide the failure for which it is kept."""
    try:
        kept = keep(file.path, folder, known, recipients)
    except (AgeRefused, OSError, BuildFailed):
        person.tell("what you wrote could not be kept")
        return
    if kept:
        person.tell(f"what you wrote is kept, sealed, as {kept.name}; the next edit of this file shows it")


def _beside(file: SourceFile) -> Path:
    return file.path.with_name(file.path.name + SEALED)


def _open(file: SourceFile, sealed: bytes, keyring: Keyring) -> bytes:
    try:
        return unpad(keyring.open(sealed))
    except AgeRefused as error:
        raise OpeningFailed(_problem(file, str(error), "name the identity of one of its editors")) from None


def _write(
    file: SourceFile, write: Callable[[Path, bytes], None], target: Path, data: bytes, recipients: Sequence[Recipient]
) -> None:
    _need_editors(file, recipients)
    try:
        with failing_as(SealingFailed):
            write(target, seal(pad(data), [each.key for each in recipients]))
    except AgeRefused as error:
        raise SealingFailed(_problem(file, str(error), "check the editors' recipients")) from None
    except OSError as error:
        what = f"the sealed file cannot be written: {reason(error)}"
        raise SealingFailed(_problem(file, what, "everything is what it was")) from None


def _need_editors(file: SourceFile, recipients: Sequence[Recipient]) -> None:
    if not recipients:
        hint = "add a file per editor to content/recipients/source/"
        raise WrongUsage(_problem(file, "there are no editors to seal this to", hint))


def _read(file: SourceFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise SealingFailed(_problem(file, f"cannot be read: {reason(error)}", "nothing was changed")) from None


def _problem(file: SourceFile, what: str, hint: str) -> Problem:
    return Problem(Place(file.name + SEALED if file.is_sealed else file.name), "", what, hint)
