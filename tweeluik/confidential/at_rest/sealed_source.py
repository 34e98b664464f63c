"""The source at rest: files of the source that are kept sealed as `<name>.age`, and opened in memory only.

Who may open them stands in `content/recipients/source/`, one file per editor. A file is sealed to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.sealing import AgeRefused, seal
from tweeluik.confidential.at_rest.workplace import private_folder
from tweeluik.disk.durable import create_file, reason
from tweeluik.disk.private import failing_as, replace_file, write_new_file
from tweeluik.problems import OpeningFailed, Place, Problem, SealingFailed, SourceHasProblems, WrongUsage
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
    """Every confidential file of the source that is not sealed."""
    files, _ = find_files(content)
    return tuple(file for file in files if is_confidential(file.name) and not file.is_sealed)


def find_file(content: Path, named: Path) -> SourceFile:
    """The file of the source that a person names, from where they are or from the content folder, with or without .age.

    Raises:
        WrongUsage: there is no such file, or it is a link.
    """
    named = named.with_name(named.name.removesuffix(SEALED)) if named.name else named
    asked = {(folder / named).absolute() for folder in (Path(), content)}
    for file in find_files(content)[0]:
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
        if not file.name.endswith(SEALABLE):
            raise WrongUsage(_problem(file, "such a file is never sealed", f"those are {', '.join(SEALABLE)}"))
        if _beside(file).exists():
            hint = "remove the one that is out of date"
            raise WrongUsage(_problem(file, "the file is there sealed and in clear", hint))
    for file in files:
        _write(file, write_new_file, _beside(file), _read(file), recipients)
        file.path.unlink()
    return tuple(file.name + SEALED for file in files)


def edit_source(
    file: SourceFile, keyring: Keyring, recipients: Sequence[Recipient], *, run: Callable[[Path], None],
    find_problems: FindProblems, again: Callable[[tuple[Problem, ...]], bool], where: Path | None = None,
) -> bool:  # fmt: skip
    """Open a sealed file in a private folder, let `run` change it, check it, seal it again, delete all.

    Args:
        file: The sealed file.
        keyring: Of an editor.
        recipients: Everyone to seal it to.
        run: Starts an editor on the file in clear, and waits for it.
        find_problems: What is wrong with the new content; then nothing is sealed.
        again: Asks a person whether to correct the problems; otherwise the change is given up.
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
    sealed = _read(file)
    before = _open(file, sealed, keyring)
    with private_folder(where) as folder:
        clear = folder / Path(file.name).name
        create_file(clear, before)
        while True:
            run(clear)
            after = _read(file._replace(path=clear))
            problems = find_problems(sealed, after) if after != before else ()
            if not problems or not again(problems):
                break
    if problems:
        raise SourceHasProblems(problems)
    if after == before:
        return False
    if _read(file) != sealed:
        hint = "edit it again; your change was dropped"
        raise SealingFailed(_problem(file, "another changed this file meanwhile", hint))
    _write(file, replace_file, file.path, after, recipients)
    return True


def _beside(file: SourceFile) -> Path:
    return file.path.with_name(file.path.name + SEALED)


def _open(file: SourceFile, sealed: bytes, keyring: Keyring) -> bytes:
    try:
        return keyring.open(sealed)
    except AgeRefused as error:
        raise OpeningFailed(_problem(file, str(error), "name the identity of one of its editors")) from None


def _write(
    file: SourceFile, write: Callable[[Path, bytes], None], target: Path, data: bytes, recipients: Sequence[Recipient]
) -> None:
    if not recipients:
        hint = "add a file per editor to content/recipients/source/"
        raise WrongUsage(_problem(file, "there are no editors to seal this to", hint))
    try:
        with failing_as(SealingFailed):
            write(target, seal(data, [each.key for each in recipients]))
    except AgeRefused as error:
        raise SealingFailed(_problem(file, str(error), "check the editors' recipients")) from None
    except OSError as error:
        what = f"the sealed file cannot be written: {reason(error)}"
        raise SealingFailed(_problem(file, what, "everything is what it was")) from None


def _read(file: SourceFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise SealingFailed(_problem(file, f"cannot be read: {reason(error)}", "nothing was changed")) from None


def _problem(file: SourceFile, what: str, hint: str) -> Problem:
    return Problem(Place(file.name + SEALED if file.is_sealed else file.name), "", what, hint)
