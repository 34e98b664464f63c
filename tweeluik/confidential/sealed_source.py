"""The source at rest: files of the source that are kept sealed as `<name>.age` and opened in memory only.

Who may open them stands in `content/recipients/source/`, one file per editor. A file is sealed to all of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tweeluik.confidential.keys import read_identities
from tweeluik.confidential.private import no_core_dumps, reason, replace_file, write_exclusively
from tweeluik.confidential.recipient import Recipient
from tweeluik.confidential.sealing import AgeRefused, seal, unseal
from tweeluik.problems import BuildFailed, OpeningFailed, Place, Problem, SealingFailed, WrongUsage

SUFFIX = ".age"
PATTERNS = ("*.yaml.age", "*/*.yaml.age", "conversations/*.csv.age")
SEALABLE = (".yaml", ".csv")


def find_sealed(content: Path) -> tuple[Path, ...]:
    """Every sealed file of the source, in the order of the names."""
    return tuple(sorted({each for pattern in PATTERNS for each in content.glob(pattern)}))


def open_source(content: Path, identities: Sequence[Path]) -> dict[str, bytes]:
    """The content of every sealed file, by its name below `content` without `.age`. Nothing is written.

    Raises:
        WrongUsage: there are sealed files and no identity.
        OpeningFailed: with every file that cannot be opened, or that stands there in clear too.
    """
    files = find_sealed(content)
    if not files:
        return {}
    no_core_dumps()
    secrets = [each.secret for each in read_identities(identities)]
    opened: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in files:
        name = file.relative_to(content).as_posix()
        if _plain(file).exists():
            problems.append(
                Problem(Place(name), "", "this file is there sealed and in clear", "remove the one that is out of date")
            )
        try:
            opened[name.removesuffix(SUFFIX)] = unseal(file.read_bytes(), secrets)
        except AgeRefused as error:
            problems.append(Problem(Place(name), "", str(error), "name the identity of one of its editors"))
        except OSError as error:
            problems.append(Problem(Place(name), "", f"cannot be read: {reason(error)}", "check who may read it"))
    if problems:
        raise OpeningFailed(tuple(problems))
    return opened


def seal_source(file: Path, recipients: Sequence[Recipient]) -> Path:
    """Seal a file of the source beside itself, and remove the file in clear once the sealed one is on the disk.

    Removing does not wipe: what was in clear on a disk or in a version history stays to be found there.

    Raises:
        WrongUsage: no file to seal, or no editors to seal it to.
        SealingFailed: it could not be sealed; the file is still there.
    """
    if file.suffix not in SEALABLE or not file.is_file() or file.is_symlink():
        raise WrongUsage(
            _problem(file, "this is no file of the source in clear", "name a .yaml or .csv file below content/")
        )
    target = file.with_name(file.name + SUFFIX)
    if target.exists():
        raise WrongUsage(_problem(target, "there is a sealed file already", "use `edit` to change it"))
    _write_sealed(target, _read(file), recipients)
    file.unlink()
    return target


def edit_source(
    file: Path, identities: Sequence[Path], recipients: Sequence[Recipient], *, run: Callable[[Path], None],
    find_problems: Callable[[bytes], tuple[Problem, ...]],
    again: Callable[[tuple[Problem, ...]], bool],
) -> bool:  # fmt: skip
    """Open a sealed file in a private temporary folder, let `run` change it, check it, seal it again, delete all.

    Args:
        file: The sealed file.
        identities: Of an editor.
        recipients: Everyone to seal it to.
        run: Starts an editor on the file in clear, and waits for it.
        find_problems: What is wrong with the new content; then nothing is sealed.
        again: Asks a person whether to correct the problems; otherwise the change is given up.

    Returns:
        Whether anything was changed.

    Raises:
        OpeningFailed: the file cannot be opened.
        SealingFailed: the new content has problems, or cannot be sealed.
    """
    no_core_dumps()
    before = _open(file, identities)
    with tempfile.TemporaryDirectory(prefix="tweeluik-", dir=_memory()) as folder:
        clear = Path(folder) / _plain(file).name
        write_exclusively(clear, before)
        after, problems = _edited(clear, before, run, find_problems)
        while problems and again(problems):
            after, problems = _edited(clear, before, run, find_problems)
    if problems:
        raise SealingFailed(problems)
    if after == before:
        return False
    _write_sealed(file, after, recipients)
    return True


def _edited(
    clear: Path, before: bytes, run: Callable[[Path], None], find_problems: Callable[[bytes], tuple[Problem, ...]]
) -> tuple[bytes, tuple[Problem, ...]]:
    run(clear)
    after = _read(clear)
    return after, find_problems(after) if after != before else ()


def _memory() -> str | None:
    """A folder in memory, where the system has one: what never was on a disk need not be wiped from it."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (TemporaryDirectory makes a private folder in it)


def _open(file: Path, identities: Sequence[Path]) -> bytes:
    try:
        return unseal(file.read_bytes(), [each.secret for each in read_identities(identities)])
    except AgeRefused as error:
        raise OpeningFailed(_problem(file, str(error), "name the identity of one of its editors")) from None
    except OSError as error:
        raise OpeningFailed(_problem(file, f"cannot be read: {reason(error)}", "check its name and place")) from None


def _write_sealed(target: Path, data: bytes, recipients: Sequence[Recipient]) -> None:
    if not recipients:
        hint = "add a file per editor to content/recipients/source/"
        raise WrongUsage(_problem(target, "there are no editors to seal this to", hint))
    try:
        replace_file(target, seal(data, [each.key for each in recipients]))
    except AgeRefused as error:
        raise SealingFailed(_problem(target, str(error), "check the editors' recipients")) from None
    except OSError as error:
        raise SealingFailed(
            _problem(target, f"cannot be written: {reason(error)}", "the file is what it was")
        ) from None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from None


def _unreadable(file: Path, error: OSError) -> BuildFailed:
    return SealingFailed(_problem(file, f"cannot be read: {reason(error)}", "nothing was changed"))


def _plain(file: Path) -> Path:
    return file.with_name(file.name.removesuffix(SUFFIX))


def _problem(file: Path, what: str, hint: str) -> Problem:
    return Problem(Place(file.name), "", what, hint)
