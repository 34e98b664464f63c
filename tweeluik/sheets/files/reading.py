"""A file that somebody chose -> its sheets, by what is in it and not by what it is called."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tweeluik.problems import Place, Problem, WrongUsage
from tweeluik.sheets.files.delimited import read_delimited
from tweeluik.sheets.files.model import Book, Unreadable
from tweeluik.sheets.files.ods import CONTENT, MANIFEST, MEDIA_TYPE, read_ods
from tweeluik.sheets.files.package import Package
from tweeluik.sheets.files.xlsx import CONTENT_TYPES, read_xlsx

MOST_BYTES = 64 * 1024 * 1024
"""Of a file that somebody chose; a list of thousands of organisations has a hundredth of it."""

_PACKED = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
"""How files of Excel before 2007 begin, and those of later ones that are kept with a password."""

_LOCKED = b":encryption-data"
"""Stands in the list of parts of an `.ods` with a password."""

_TEXTS = (".csv", ".txt", ".tsv", ".tab")
_OTHER = "save it as .xlsx, .ods or .csv"


def read_book(path: Path) -> Book:
    """All that the file holds.

    Raises:
        WrongUsage: it is not there, or of a kind that cannot be read.
        Unreadable: it is damaged, or holds more than a list can.
    """
    data = _bytes(path)
    try:
        return _read(data, path)
    except Unreadable as failure:
        raise Unreadable(failure.what, failure.hint, file=path.name) from None


def _read(data: bytes, path: Path) -> Book:
    if data.startswith(_OLD):
        raise _locked(path)
    if data.startswith(_PACKED):
        package = Package(data)
        if MANIFEST in package.names and _LOCKED in package.read(MANIFEST):
            raise _locked(path)
        if CONTENT_TYPES in package.names:
            return read_xlsx(package)
        if CONTENT in package.names and package.read("mimetype").startswith(MEDIA_TYPE):
            return read_ods(package)
        raise _refused(path, "not a kind of file that can be read", _OTHER)
    if data[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise _refused(path, "a web page or XML under another name", f"open it in a spreadsheet program; {_OTHER}")
    if path.suffix.lower() in _TEXTS:
        return read_delimited(data, path.stem)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".ods"):
        raise Unreadable("not a spreadsheet, or a damaged one", "open it in a spreadsheet program, and save it again")
    raise _refused(path, "not a kind of file that can be read", _OTHER)


def _bytes(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise _refused(path, "the file is not there", "look at its name") from None
    except OSError:
        raise _refused(path, "cannot be read", "look at who may read it, and close it elsewhere") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _refused(path, "not a file", "name a spreadsheet")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _refused(path, "a file far bigger than a list", "make a file of the list alone")
    return data


def _locked(path: Path) -> WrongUsage:
    hint = f"take the password off; {_OTHER}"
    return _refused(path, "a spreadsheet of an old kind, or one with a password", hint)


def _refused(path: Path, what: str, hint: str) -> WrongUsage:
    return WrongUsage(Problem(Place(path.name), "", what, hint))
