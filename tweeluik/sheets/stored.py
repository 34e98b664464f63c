"""The texts of the source as they stand on the disk, sealed or in clear."""

from __future__ import annotations

from pathlib import Path

from tweeluik.problems import SourceHasProblems
from tweeluik.source.inventory import SEALED, SourceFile, Unseal, find_files, read_text


class Stored:
    """Files of the source, by their names below the content folder."""

    def __init__(self, content: Path, unseal: Unseal | None) -> None:
        self._content = content
        self._unseal = unseal
        self._files = {file.name: file for file in find_files(content)[0]}
        self._texts: dict[str, str] = {}

    def file(self, name: str) -> SourceFile | None:
        """Where a file stands, if it does."""
        return self._files.get(name)

    def text(self, name: str) -> str | None:
        """Its text with line feeds; None when it is not there.

        Raises:
            SourceHasProblems: it cannot be read.
        """
        file = self._files.get(name)
        if file is None:
            return None
        if name not in self._texts:
            text, problems = read_text(file, self._unseal)
            if problems:
                raise SourceHasProblems(problems)
            self._texts[name] = text
        return self._texts[name]

    def free_name(self, folder: str) -> str:
        """A name below a folder of the source at which nothing stands, sealed or in clear."""
        names = (f"{folder}/import{'' if number == 1 else f'-{number}'}.yaml" for number in range(1, 10**6))
        return next(each for each in names if not any((self._content / (each + end)).exists() for end in ("", SEALED)))
