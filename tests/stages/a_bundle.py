"""A small edition for inspection, and the keys to seal and open its bundle, made on the spot."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.factories import HERE, a_collaboration, a_conversation, a_partner, a_source, a_table, an_edition
from tweeluik.confidential.age.identities import write_identity
from tweeluik.confidential.bundle.sealed import Sealed, write_bundle
from tweeluik.paper.theme import FOLDER
from tweeluik.selection.rules import Selection, select
from tweeluik.selection.tables import Table, tabulate
from tweeluik.source.records import Classification, Edition, Inspection, Parliament, Period, Source

TEMPLATES = Path(__file__).parents[2] / "templates" / "confidential"
DAY = date(2024, 12, 19)

PARTNERS = (
    a_partner("p-3f0c1a", name="Stichting Lindenbrug", aliases=("De Brug",), registration="90123457"),
    a_partner("p-7d2e9b", name="Vereniging Ærøsund & Co", kind="vereniging", umbrella="p-3f0c1a"),
    a_partner("p-a81c44", name="=Som(1;2) <b>#let</b>", collaborations=(a_collaboration(2025, "1.1a", "2.1a"),)),
    a_partner("p-c0ffee", name="Gemeente Verzonnen", kind="gemeente"),
    a_partner("p-d00d1e", name="Praktijk Eenpersoons", traceable_to_persons=True),
)
TALKS = (a_conversation(date(2025, 2, 1), "p-3f0c1a", "p-7d2e9b"), a_conversation(date(2025, 3, 1), "p-a81c44"))


def an_inspected_edition(**changes: Any) -> Edition:
    values: dict[str, Any] = {
        "classification": Classification("Vertrouwelijk", "veiligheid en privacy", date(2025, 2, 13), "de staatssecretaris", HERE),
        "inspection": Inspection(Period(DAY, date(2025, 2, 13)), "Centraal Informatiepunt Tweede Kamer", "leden", HERE),
        "parliament": Parliament("32 824", 447, None, HERE),
    }  # fmt: skip
    return an_edition(a_table("partners", "kind", "pillar"), **{**values, **changes})


def own_templates(root: Path) -> Path:
    """A copy of the templates of the papers, to be changed, with the theme where they look for it."""
    shutil.copytree(TEMPLATES.parent / FOLDER, root / FOLDER)
    return Path(shutil.copytree(TEMPLATES, root / TEMPLATES.name))


def names(folder: Path) -> list[str]:
    """What stands in a folder, sorted."""
    return sorted(each.name for each in folder.iterdir())


@dataclass(frozen=True)
class Desk:
    """A folder with sources, keys and a place to write."""

    root: Path
    source: Source
    selection: Selection
    tables: tuple[Table, ...]

    @property
    def content(self) -> Path:
        return self.root / "content"

    def key(self, role: str) -> Path:
        return self.root / "keys" / role

    def seal(self, into: str = "bundel", **options: Any) -> Sealed:
        return write_bundle(
            self.source, self.selection, self.tables, content=self.content,
            into=self.root / into, **{"today": DAY, "templates": TEMPLATES.parent, **options},
        )  # fmt: skip


def a_desk(root: Path, *roles: str, edition: Edition | None = None) -> Desk:
    """With roles: one recipient file each. Without: one recipient in the simple form, its key called `lezer`."""
    edition = edition or an_inspected_edition()
    source = replace(a_source(PARTNERS, TALKS), editions=(edition,))
    selection = select(source, edition)
    desk = Desk(root, source, selection, tabulate(source, selection))
    (desk.content / "recipients").mkdir(parents=True)
    (root / "keys").mkdir()
    for role in roles:
        recipient = write_identity(desk.key(role))
        (desk.content / "recipients" / f"{role}.txt").write_text(f"# holder: Houder van {role}\n{recipient}\n")
    if not roles:
        (desk.content / "recipients.txt").write_text(f"# Een lezer\n{write_identity(desk.key('lezer'))}\n")
    return desk
