"""New texts for files of the source -> the disk, sealed where the source is kept sealed, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tweeluik.confidential.age.keyring import Keyring
from tweeluik.confidential.age.padding import pad
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.age.sealing import AgeRefused, seal
from tweeluik.confidential.at_rest.sealed_source import is_confidential
from tweeluik.disk.loose import Change, replace_together
from tweeluik.problems import Place, Problem, SealingFailed, WrongUsage
from tweeluik.source.inventory import SEALED, SourceFile, as_bytes, find_files, read_text


def write_source(
    content: Path, texts: Mapping[str, str], former: Mapping[str, str | None], *, keyring: Keyring,
    recipients: Sequence[Recipient], beside: Mapping[Path, bytes],
) -> tuple[str, ...]:  # fmt: skip
    """Write files of the source, and others beside them, in one go.

    Args:
        content: the content folder.
        texts: the new texts, by names below the content folder.
        former: what those files said when the new texts were made; None: they were not there.
        keyring: opens those that are sealed.
        recipients: the editors; when there are any, what is confidential is sealed to them.
        beside: new private files elsewhere, with their contents.

    Returns:
        The names of the files of the source as they are called on the disk.

    Raises:
        WrongUsage: somebody else changed a file meanwhile.
        SealingFailed: a file cannot be sealed; nothing was changed.
        CannotWrite: the system refused; nothing was changed.
    """
    there = {file.name: file for file in find_files(content)[0]}
    changes = []
    for name, text in sorted(texts.items()):
        file = there.get(name)
        if (None if file is None else read_text(file, keyring.unseal)[0]) != former[name]:
            hint = "start again; nothing was changed"
            raise WrongUsage(Problem(Place(name), "", "somebody else changed this file meanwhile", hint))
        changes.append(_change(content, name, text, file, keyring=keyring, recipients=recipients))
    changes += [Change(path, None, data, is_private=True) for path, data in sorted(beside.items())]
    replace_together(content, changes)
    return tuple(each.path.relative_to(content).as_posix() for each in changes[: len(texts)])


def _change(
    content: Path, name: str, text: str, file: SourceFile | None, *, keyring: Keyring, recipients: Sequence[Recipient]
) -> Change:
    is_sealed = file.is_sealed if file is not None else bool(recipients) and is_confidential(name)
    path = file.path if file is not None else content / (name + SEALED if is_sealed else name)
    former = None if file is None else path.read_bytes()
    if not is_sealed:
        return Change(path, former, as_bytes(text, former or b""))
    if not recipients:
        hint = "add a file per editor to content/recipients/source/"
        raise SealingFailed(Problem(Place(name), "", "there are no editors to seal this to", hint))
    data = as_bytes(text, b"" if former is None else keyring.unseal(former))
    try:
        return Change(path, former, seal(pad(data), [each.key for each in recipients]), is_private=True)
    except AgeRefused as error:
        raise SealingFailed(Problem(Place(name), "", str(error), "check the editors' recipients")) from None
