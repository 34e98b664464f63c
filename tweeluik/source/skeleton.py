"""A source to begin with: that of nobody yet, or the example; and what editors want to find beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256

from tweeluik.source.codes import Codes
from tweeluik.source.inventory import KEY_FILE
from tweeluik.source.json_schema import schemas
from tweeluik.source.protection_key import EXAMPLE_KEY
from tweeluik.words.line_ends import GITATTRIBUTES, LEAVE_THEM

SCHEMAS = ".schemas"
_MODELINE = "# yaml-language-server: $schema={}"

_REPORT = """\
# Wie het overzicht uitgeeft. Verander wat tussen aanhalingstekens staat.
title: "Maatschappelijke partners in de Actieagenda Integratie"
publisher: "Naam van de organisatie die het overzicht uitgeeft"
contact: {name: "Naam van de redactie", email: "redactie@example.org"}
licence: CC0-1.0
# Vul in zodra u ze hebt, en haal het hekje weg; tot dan waarschuwt `check`.
# base_url: https://www.example.org/
# accessibility_statement: https://www.example.org/toegankelijkheid
# privacy_statement: https://www.example.org/privacy
"""

_TAKEN_OVER = ("policy.yaml", "agenda.yaml", "vocabulary.yaml", "pages/", "allowed_signers", "recipients.txt")
"""What a new source takes from the example: it is the same for every ministry, or a good place to begin."""

_AGENDA = """\
# De onderdelen van de Actieagenda. De pijlers bestaan; vervang de thema's en maatregelen door de echte.
"""

_EDITOR = """\
root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true

[*.{yaml,yml}]
indent_style = space
indent_size = 2
"""


def is_example(files: Mapping[str, bytes]) -> bool:
    """Whether these are the files of the example, by its key: in a clone somebody may have put an own source there."""
    return sha256(files.get(KEY_FILE, b"").strip()).hexdigest() == EXAMPLE_KEY


def of_example(example: Mapping[str, bytes], key: str) -> dict[str, bytes]:
    """The whole example, with a key of its own."""
    return _beside({**example, KEY_FILE: f"{key}\n".encode()})


def of_nobody(example: Mapping[str, bytes], key: str) -> dict[str, bytes]:
    """A source without organisations, conversations and editions; what every ministry has alike is there."""
    taken = {name: _without_mark(data) for name, data in example.items() if name.startswith(_TAKEN_OVER)}
    taken["agenda.yaml"] = _AGENDA.encode() + taken["agenda.yaml"]
    return _beside({**taken, "report.yaml": _REPORT.encode(), KEY_FILE: f"{key}\n".encode()})


def _without_mark(data: bytes) -> bytes:
    """Without what says that the example is invented: a remark, or the first paragraph of a page."""
    text = re.sub(r"^# Verzonnen voorbeeld(?:: hier|.*\n)", _first_word, data.decode(), flags=re.MULTILINE)
    return re.sub(r"^\*\*Dit is een voorbeeld\.\*\*(?:.+\n)+\n", "", text, flags=re.MULTILINE).encode()


def _first_word(found: re.Match[str]) -> str:
    """Of a remark that goes on with what holds for everybody: that is kept."""
    return "# Hier" if found[0].endswith("hier") else ""


def _beside(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, each with the line that tells an editor its schema, and the settings of editors."""
    told = {
        name: with_modeline(name, data.decode()).encode() if name.endswith(".yaml") else data
        for name, data in files.items()
    }
    return {
        **told,
        ".editorconfig": _EDITOR.encode(),
        GITATTRIBUTES: LEAVE_THEM.encode(),
        ".vscode/settings.json": _as_json(
            {"yaml.schemas": _by_file(), "editor.insertSpaces": True, "files.encoding": "utf8"}
        ),
        ".vscode/extensions.json": _as_json({"recommendations": ["redhat.vscode-yaml"]}),
    }


def with_modeline(name: str, text: str) -> str:
    """A file of the source with the line that tells an editor which schema it has; as it is when it has one."""
    if not name.endswith(".yaml") or name.startswith("published/") or _MODELINE.partition("{")[0] in text:
        return text
    folder, slash, _ = name.partition("/")
    kind = folder if slash else name.removesuffix(".yaml")
    up = "../" if slash else ""
    return f"{_MODELINE.format(f'{up}{SCHEMAS}/{kind}.schema.json')}\n{text}"


def schema_files(codes: Codes) -> dict[str, bytes]:
    """The schemas with the codes of a source, by the name of their file."""
    return {f"{kind}.schema.json": _as_json(schema) for kind, schema in sorted(schemas(codes).items())}


def _by_file() -> dict[str, list[str]]:
    """Which files an editor checks against which schema, also without their own line."""
    kinds = sorted(set(schemas()) - {"pages"})
    folders = {"partners", "conversations", "editions"}
    return {
        f"{SCHEMAS}/{kind}.schema.json": [f"{kind}/*.yaml" if kind in folders else f"{kind}.yaml"] for kind in kinds
    }


def _as_json(data: object) -> bytes:
    return f"{json.dumps(data, indent=2, ensure_ascii=False)}\n".encode()
