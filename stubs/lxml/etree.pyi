from collections.abc import Iterator
from pathlib import Path

class _ElementTree: ...

class _LogEntry:
    message: str

class _ErrorLog:
    def __iter__(self) -> Iterator[_LogEntry]: ...

class XMLSchema:
    error_log: _ErrorLog
    def __init__(self, tree: _ElementTree) -> None: ...
    def validate(self, tree: _ElementTree) -> bool: ...

def parse(source: Path) -> _ElementTree: ...
