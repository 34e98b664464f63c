from collections.abc import Iterator
from pathlib import Path

class _Element: ...

class _ElementTree:
    def iter(self, tag: str) -> Iterator[_Element]: ...

class _LogEntry:
    message: str

class _ErrorLog:
    def __iter__(self) -> Iterator[_LogEntry]: ...

class XMLSchema:
    error_log: _ErrorLog
    def __init__(self, tree: _ElementTree) -> None: ...
    def validate(self, tree: _ElementTree | _Element) -> bool: ...

def parse(source: Path) -> _ElementTree: ...
