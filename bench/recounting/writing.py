"""Sources by chance, written as an editor would: organisations that count and that do not, conversations, odd names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

KINDS = {
    "buurt": ("Buurt- & wijkorganisatie", "buurt- en wijkorganisaties"),
    "taal": ('Organisatie voor "taal" (1e en 2e)', "organisaties voor een 1e of 2e taal"),
    "sport": ("Sport- of jongerenorganisatie met een naam die over meer dan één regel van een grafiek gaat", None),
    "werk": ("2 of meer werkgevers samen", "verbanden van werkgevers"),
    "gemeente": ("Gemeente", None),
}
REGIONS = {"NL13": "Drenthe", "NL21": "Overijssel", "NL32": "Noord-Holland", "NL": "Landelijk"}
FORMS = {"gesprek": "Gesprek", "werkbezoek": "Werkbezoek", "rondetafel": "Rondetafelgesprek <open>"}
THEMES = {"1.1": "Kennis van de rechtsstaat", "1.2": "Vrij om te kiezen", "2.1": "Taal op het werk"}
MEASURES = {"1.1a": "1.1", "1.1b": "1.1", "1.2a": "1.2", "2.1a": "2.1"}
TABLES = (
    {"id": "soort", "title": "Partners naar soort en pijler", "counts": "partners", "rows": "kind",
     "columns": "pillar"},
    {"id": "regio", "title": "Partners naar regio", "counts": "partners", "rows": "region", "note": "Waar zij werken.",
     "notes": [{"code": "NL", "text": "In meer dan 1 provincie."}]},
    {"id": "thema", "title": "Partners naar thema", "counts": "partners", "rows": "theme"},
    {"id": "nieuw", "title": "Partners naar eerste jaar", "counts": "partners", "rows": "first_year"},
    {"id": "vorm", "title": "Gesprekken naar vorm", "counts": "conversations", "rows": "form"},
)  # fmt: skip


def write_source(content: Path, seed: int) -> tuple[int, ...]:
    """A source; the years of its editions, one that is suppressed or two that are rounded."""
    chance = Random(seed)
    years = (2025,) if seed % 2 == 0 else (2025, 2026)
    partners = [_partner(chance, at, years) for at in range(chance.randint(60, 140))]
    talks = [_talk(chance, partners, years) for _ in range(chance.randint(80, 300))]
    for path, value in {
        "report.yaml": _report(), "policy.yaml": _policy(), "agenda.yaml": _agenda(), "vocabulary.yaml": _vocabulary(),
        "partners/alle.yaml": partners, "conversations/alle.yaml": sorted(talks, key=lambda each: str(each["date"])),
        **{f"editions/{year}.yaml": _edition(year, rounded=len(years) > 1) for year in years},
    }.items():  # fmt: skip
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        # What is JSON is YAML too, but for days, which JSON has none of.
        text = json.dumps(value, ensure_ascii=False, indent=1)
        (content / path).write_text(_with_days(text), "utf-8")
    (content / "protection.key").write_text(f"{chance.getrandbits(256):064x}\n")
    return years


def _with_days(text: str) -> str:
    return re.sub(r'"<(\d{4}-\d\d-\d\d)>"', r"\1", text)


def _day(year: int, month: int, day: int) -> str:
    return f"<{year}-{month:02}-{day:02}>"


def _partner(chance: Random, at: int, years: Sequence[int]) -> dict[str, object]:
    kind = chance.choices([*KINDS], weights=[5, 3, 2, 2, 1])[0]
    first = chance.choice([2024, *years])
    work = [
        {"year": year, "measures": sorted(chance.sample([*MEASURES], chance.choice([1, 1, 2])))}
        for year in range(first, years[-1] + 1)
        if chance.random() < 0.9
    ]
    endorsed = chance.choices([_day(2024, 2, 1), _day(2025, 12, 31), _day(2026, 1, 1), None], weights=[12, 2, 2, 1])[0]
    return {
        "id": f"p-{at:06x}", "name": f"Verzonnen Verband Quibbel {at:03}x", "kind": kind,
        "region": chance.choices([*REGIONS], weights=[1, 2, 4, 3])[0], "traceable_to_persons": chance.random() < 0.06,
        **({} if endorsed is None else {"endorsed": endorsed}), **({"collaborations": work} if work else {}),
    }  # fmt: skip


def _talk(chance: Random, partners: list[dict[str, object]], years: Sequence[int]) -> dict[str, object]:
    context = chance.choices(["agenda", "society"], weights=[4, 1])[0]
    day = _day(chance.choice([2024, *years]), chance.randint(1, 12), chance.randint(1, 28))
    who = sorted({str(each["id"]) for each in chance.choices(partners, k=chance.choice([1, 1, 2, 3]))})
    told = {"measures": sorted(chance.sample([*MEASURES], 1))} if context == "agenda" else {}
    return {
        "date": day, "partners": who, "context": context, "form": chance.choices([*FORMS], weights=[6, 3, 1])[0],
        "subject": "integratie-en-samenleven", **told,
    }  # fmt: skip


def _report() -> object:
    return {
        "title": "Partners, nageteld", "publisher": "Ministerie van Verzinsels", "licence": "CC0-1.0",
        "contact": {"name": "Redactie", "email": "redactie@example.org"}, "base_url": "https://nageteld.example.org/",
    }  # fmt: skip


def _policy() -> object:
    numbers = {"threshold": 5, "p_percent": 10, "approvals": 0, "conversations_per_year": 1}
    return {key: {"value": value, "source": "verzonnen beleid"} for key, value in numbers.items()}


def _agenda() -> object:
    pillars = {"1": "Normen en waarden", "2": "Nieuwkomers aan het werk"}
    return {
        "pillars": [{"code": each, "label": label, "from": 2024, "until": 2029} for each, label in pillars.items()],
        "themes": [{"code": each, "pillar": each[0], "label": label} for each, label in THEMES.items()],
        "measures": [{"code": each, "theme": theme, "label": f"Maatregel {each}"} for each, theme in MEASURES.items()],
    }


def _vocabulary() -> object:
    kinds = [
        {"code": code, "label": label, **({} if plural is None else {"plural": plural}),
         **({"left_out": "(lokale) overheid"} if code == "gemeente" else {})}
        for code, (label, plural) in KINDS.items()
    ]  # fmt: skip
    regions, forms = ([{"code": code, "label": label} for code, label in each.items()] for each in (REGIONS, FORMS))
    return {"kinds": kinds, "regions": regions, "forms": forms}


def _edition(year: int, *, rounded: bool) -> object:
    return {
        "title": f"Partneroverzicht {year}", "population": "agenda-partners",
        "period": {"from": _day(year, 1, 1), "until": _day(year, 12, 31)}, "status": "final",
        "protection": "rounding" if rounded else "suppression", "due": _day(year + 1, 7, 1),
        "sent": _day(year + 1, 6, 30), "tables": TABLES,
    }  # fmt: skip
