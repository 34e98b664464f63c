"""Kinds of text that name something else in the source: a code that is defined, and what refers to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tweeluik.source.nodes import Node, Scalar
from tweeluik.source.reading import Doubled, Reading, Reference
from tweeluik.source.schema import Schema
from tweeluik.source.texts import CODE, Written, read_text, report_contacts

LINE_DIGEST = "line-[0-9a-f]{24}"
"""Stands for a line of the exclusion list: a digest with a key that only the holders of the list have."""


@dataclass(frozen=True, slots=True)
class Defines:
    """A code that others may refer to. `once`: the same code may not be defined again."""

    defines: str
    once: bool = True
    form: Written = CODE

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The code."""
        code = self.form.read(node, path, reading)
        if code is None:
            reading.unsure.add(self.defines)
            return None
        report_contacts(code, node.place, path, reading)
        earlier = reading.define(self.defines, code, node.place)
        if earlier is not None and self.once:
            reading.doubled.append(Doubled(self.defines, node.place, path, earlier))
        return code

    def schema(self) -> Schema:
        """A text with the code's form."""
        return self.form.schema()

    def words(self) -> str:
        """The form."""
        return self.form.words()


@dataclass(frozen=True, slots=True)
class Refers:
    """A code that is defined elsewhere; whether it is, is asked when every file has been read."""

    target: str

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The code."""
        code = read_text(node, path, reading)
        if code is not None:
            reading.references.append(Reference(self.target, code, node.place, path))
        return code

    def schema(self) -> Schema:
        """One of the codes of the source, which stand apart: a schema of no source in particular takes any text."""
        return {"$ref": f"#/$defs/{self.target}-code"}

    def words(self) -> str:
        """What it refers to."""
        return f"{'an' if self.target == 'edition' else 'a'} {self.target} of this source"


@dataclass(frozen=True, slots=True)
class PartnerOrLine:
    """The id of an organisation, or what stands for a line of the exclusion list."""

    def read(self, node: Node, path: str, reading: Reading) -> str | None:
        """The id or the digest."""
        if isinstance(node, Scalar) and node.kind == "text" and re.fullmatch(LINE_DIGEST, node.text):
            return node.text
        return Refers("partner").read(node, path, reading)

    def schema(self) -> Schema:
        """Any text: a schema knows one file, not the others."""
        return Refers("partner").schema()

    def words(self) -> str:
        """What it refers to."""
        return "a partner of this source, or a line of the exclusion list (`line-…`)"
