"""Which files the source consists of. A file that nobody reads is reported: its editor believes that it counts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tweeluik.problems import Place, Problem
from tweeluik.source.recoding import decode_otherwise
from tweeluik.source.suggest import closest

REQUIRED = ("report.yaml", "policy.yaml", "agenda.yaml", "vocabulary.yaml")
FOLDERS = {"partners": (".yaml",), "conversations": (".yaml", ".csv"), "editions": (".yaml",), "pages": (".md",)}
KEY_FILE = "protection.key"
JUDGEMENTS = "judgements.yaml"
WORDING = "wording.yaml"
ANSWERS = "import.map.yaml"
"""What words in spreadsheets mean: read by the import, and by nothing that is made of the source."""

_MARK = b"\xef\xbb\xbf"
"""In front of a file in UTF-8, from some editors."""

SEALED = ".age"
"""Behind the name of a file of the source that is kept sealed."""

SEALABLE = (".yaml", ".csv", KEY_FILE)
"""How the names end of files that may be kept sealed; pages are public."""

Unseal = Callable[[bytes], bytes]
"""What is inside a sealed file, in memory. Raises `CannotUnseal`."""

NOT_THERE = Problem(
    Place("."), "", "the content folder is not there", "name it with --content, or make one with `init`"
)


def not_there(content: Path) -> Problem:
    """What is said of a folder that is none."""
    return replace(NOT_THERE, hint="name the folder, not a file in it") if content.is_file() else NOT_THERE


NO_SOURCE = "no source in this folder"
_ENOUGH = 3
"""So many of the files that every source has make a folder one."""

_OF_OTHERS = re.compile(
    r"(published|recipients|approvals)(/.*)?|recipients\.txt|exceptions\.yaml|allowed_signers|exclusions\.age"
)
"""Read by other parts of the program, each by its own rules."""

_NOBODYS = re.compile(
    r"(.*/)?(\.[^/]*|[^/]*~|#[^/]*#|~\$[^/]*|[^/]*\.(bak|orig|swp|tmp)|Thumbs\.db|desktop\.ini|README[^/]*|LICEN[CS]E[^/]*)",
    re.IGNORECASE,
)
"""Left behind by editors and file managers, or written for people."""


_COPY = re.compile(
    r"[ _-](?:kopie|copy|backup)\b|\(\d+\)\.\w+$|\(.*(?:conflict|kopie|copy).*\)|/(?:kopie van|copy of) ", re.IGNORECASE
)
"""In a file name: what Windows, OneDrive, Dropbox and people call a second copy."""

COPIED = ("partners", "conversations")
"""Where the name of a file says nothing of what is in it, so that a copy would count beside the original."""


PUT_BACK = "put it back, or take the one that `init` makes as an example"


class CannotUnseal(Exception):
    """A sealed file does not open; the message says why in general terms, without keys or values."""


class SourceFile(NamedTuple):
    """A file of the source: its name below the content folder (with '/', sealed or not the same), and where it is."""

    name: str
    path: Path

    @property
    def is_sealed(self) -> bool:
        """Whether what is on the disk must be unsealed first."""
        return self.path.name.endswith(SEALED)


def find_files(content: Path, required: Sequence[str] = REQUIRED) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """The files to read, sorted by name, and what is wrong with what else is there or `required` and is not."""
    if not content.is_dir():
        return (), (not_there(content),)
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for file in sorted(_walk(content, problems)):
        read_as = file.name.removesuffix(SEALED) if _may_be_sealed(file.name) else file.name
        if _COPY.search(read_as) and read_as.partition("/")[0] in COPIED:
            hint = "keep one of the two; if both are needed, give this one a name of its own"
            problems.append(Problem(Place(file.name), "", "a file that is called a copy of another", hint))
        elif read_as in (*REQUIRED, KEY_FILE, JUDGEMENTS, WORDING, ANSWERS) or _belongs(read_as):
            files.append(SourceFile(read_as, file.path))
        elif not _NOBODYS.fullmatch(file.name):
            problems.append(Problem(Place(file.name), "", "a file that is not read", _cure(file.name)))
    names = {file.name for file in files}
    in_clear = {file.name for file in files if not file.is_sealed}
    twice = {file for file in files if file.is_sealed and file.name in in_clear}
    problems += (_in_clear_too(file) for file in twice)
    if not files and tuple(required) == REQUIRED and (cure := _elsewhere(content, problems)) is not None:
        return (), (Problem(Place("."), "", NO_SOURCE, cure),)
    meant = {required_meant_by(each.place.file) for each in problems if "/" not in each.place.file}
    missing = (name for name in required if name not in names | meant)
    problems += (Problem(Place(name), "", "the file is missing", PUT_BACK) for name in missing)
    return tuple(file for file in files if file not in twice), tuple(problems)


def _elsewhere(content: Path, problems: Sequence[Problem]) -> str | None:
    """Where the source is, of a folder that holds none of its files; None when they are there under another name."""
    if any(required_meant_by(each.place.file) for each in problems if "/" not in each.place.file):
        return None
    if _is_source(Path(os.path.realpath(content)).parent):
        return "name the folder above it with --content"
    if any(_is_source(Path(each)) for each in _entries(content, "", []) if each.is_dir()):
        return "name with --content the folder in it that holds report.yaml"
    return "name the folder that holds report.yaml with --content, or make one with `init`"


def _is_source(folder: Path) -> bool:
    return sum((folder / name).is_file() for name in REQUIRED) >= _ENOUGH


def _walk(content: Path, problems: list[Problem]) -> Iterator[SourceFile]:
    root = os.path.realpath(content)
    pending = [(content, "")]
    while pending:
        folder, prefix = pending.pop()
        for entry in _entries(folder, prefix, problems):
            name = f"{prefix}/{entry.name}" if prefix else entry.name
            if _OF_OTHERS.fullmatch(name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not _NOBODYS.fullmatch(name):
                    pending.append((Path(entry), name))
            elif (wrong := _wrong(entry, root)) is not None:
                problems.append(Problem(Place(name), "", wrong, "put the file itself here"))
            else:
                yield SourceFile(name, Path(entry))


def _wrong(entry: os.DirEntry[str], root: str) -> str | None:
    if entry.is_symlink() and not os.path.realpath(entry).startswith(root + os.sep):
        return "a link out of the content folder"
    return None if os.path.isfile(entry) else "not a file"  # noqa: PTH113 - a loop of links is no file, not a failure


def _entries(folder: Path, name: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        problems.append(_unreadable(name or "."))
        return []


def _unreadable(name: str) -> Problem:
    return Problem(Place(name), "", "cannot be read", "look at who may read it")


def _belongs(name: str) -> bool:
    folder, _slash, file = name.partition("/")
    return "/" not in file and not _NOBODYS.fullmatch(name) and file.endswith(FOLDERS.get(folder, ()))


def _may_be_sealed(name: str) -> bool:
    return name.endswith(tuple(each + SEALED for each in SEALABLE))


def _in_clear_too(file: SourceFile) -> Problem:
    hint = "remove the one that is out of date"
    return Problem(Place(file.name + SEALED), "", "the file is there sealed and in clear", hint)


def _cure(name: str) -> str:
    name = name.removesuffix(SEALED)
    folder, slash, _file = name.partition("/")
    if (cure := _cure_of_ending(name, folder)) is not None:
        return cure
    meant = _folder_meant_by(_stem(folder))
    if meant is not None and meant != folder:
        return f"did you mean the folder '{meant}'?"
    required = None if slash else required_meant_by(name) or _without_ending(name)
    if required is not None:
        return f"did you mean '{required}'?"
    if name.endswith((".xlsx", ".xls", ".ods", ".csv")):
        return "use the command import"
    if folder in FOLDERS:
        return f"{folder} are files that end in {' or '.join(FOLDERS[folder])}, without folders below"
    return "move it to the folder where it belongs, or remove it"


def _without_ending(name: str) -> str | None:
    """The file that is meant by a name to which Notepad added an ending."""
    meant = name.removesuffix(".txt")
    return meant if meant in _WITHOUT_ENDING and meant != name else None


def _cure_of_ending(name: str, folder: str) -> str | None:
    ends = FOLDERS.get(folder, (".yaml",))
    if name.endswith((".yml", ".yaml.txt", ".yaml.yaml")):
        return "end its name in .yaml"
    is_shouted = name.lower().endswith(ends) and not name.endswith(ends)
    return "write the end of its name in small letters" if is_shouted else None


def _folder_meant_by(name: str) -> str | None:
    return _FOLDERS_OF.get(name.casefold()) or closest(name, FOLDERS, alike=_ALIKE)


def required_meant_by(name: str) -> str | None:
    """The file that every source has, of which this is another way to write its name."""
    stem = closest(_stem(name.removesuffix(SEALED)), map(_stem, REQUIRED), alike=_ALIKE)
    return None if stem is None else f"{stem}.yaml"


def _stem(name: str) -> str:
    return re.sub(r"(\.(yaml|yml|txt))+$", "", name)


_ALIKE = 0.85
_WITHOUT_ENDING = (KEY_FILE, "allowed_signers", JUDGEMENTS, WORDING, ANSWERS, "exceptions.yaml")
"""Behind their names Notepad puts one."""

_FOLDERS_OF = {
    "organisaties": "partners", "gesprekken": "conversations", "edities": "editions", "paginas": "pages",
    "pagina's": "pages",
}  # fmt: skip


NOT_UTF_8 = "not UTF-8"

_BY_THEIR_BEGINNING = (
    b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"\x1f\x8b", b"\x89PNG",
    b"\xff\xd8\xff",
)  # fmt: skip
"""What files begin with that are no text, whatever their name says: of Excel and Word, of today and of before 2007, PDF
and pictures."""

_BRING_IN = {".csv": "open it in the spreadsheet program and save it as CSV, or use the command import"}


def read_text(file: SourceFile, unseal: Unseal | None = None) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file in UTF-8, with or without a byte order mark; line ends become line feeds."""
    try:
        data = file.path.read_bytes()
        if file.is_sealed:
            data = _unsealed(data, unseal)
    except OSError:
        return "", (_unreadable(file.name + SEALED if file.is_sealed else file.name),)
    except CannotUnseal as error:
        hint = "name the identity of one of its editors with --identity"
        return "", (Problem(Place(file.name + SEALED), "", str(error), hint),)
    if data.startswith(_BY_THEIR_BEGINNING):
        hint = _BRING_IN.get(Path(file.name).suffix, "save it as plain text")
        return "", (Problem(Place(file.name), "", "a document of another program", hint),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        place = Place(file.name, before.count(b"\n") + 1, column)
        return "", (Problem(place, "", NOT_UTF_8, "save the file as UTF-8"),)
    return _with_line_feeds(text), ()


def read_otherwise(file: SourceFile, unseal: Unseal | None = None) -> str | None:
    """The text of a file that is no UTF-8, in the way in which it was most likely saved; None where nobody can tell."""
    try:
        data = file.path.read_bytes()
        text = decode_otherwise(_unsealed(data, unseal) if file.is_sealed else data)
    except (OSError, CannotUnseal):
        return None
    return None if text is None else _with_line_feeds(text)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unsealed(data: bytes, unseal: Unseal | None) -> bytes:
    if unseal is None:
        raise CannotUnseal("the file is sealed")
    return unseal(data)


def as_bytes(text: str, former: bytes) -> bytes:
    """A text as a file that had these bytes would hold it: with its line ends, and the mark in front."""
    data = text.encode()
    if b"\r\n" in former:
        data = data.replace(b"\n", b"\r\n")
    return _MARK + data if former.startswith(_MARK) else data
