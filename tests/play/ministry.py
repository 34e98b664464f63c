"""A ministry that keeps its source through the years: every kind of event changes it as an editor would.

What an event does is a function of its own, which also tells, for the manual, what the editor writes down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

START = Path(__file__).parent / "content"
DAY = timedelta(days=1)
Record = dict[str, Any]

EDITION = {
    "population": "agenda-partners",
    "status": "concept",
    "protection": "rounding",
    "tables": [
        {"id": "soort", "title": "Partners naar soort organisatie", "counts": "partners", "rows": "kind"},
        {"id": "regio", "title": "Partners naar regio", "counts": "partners", "rows": "region"},
        {"id": "gesprekken", "title": "Gesprekken naar vorm", "counts": "conversations", "rows": "form"},
    ],
}
FORMS = ("gesprek", "gesprek", "werkbezoek", "telefonisch")


class Ministry:
    """The source as its editors have it, and the folder in which they keep it."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.partners: list[Record] = _read("partners/begin.yaml")
        self.vocabulary: Record = _read("vocabulary.yaml")
        self.agenda: Record = _read("agenda.yaml")
        self.report: Record = _read("report.yaml")
        self.editions: dict[str, Record] = {}
        self.talks: list[Record] = []
        self._others = {
            name: (START / name).read_bytes() for name in ("policy.yaml", "protection.key", "pages/over.md")
        }

    def write(self) -> None:
        """The whole source, in the place of the one before; what was published stands beside it and stays."""
        files = {
            "partners/alle.yaml": self.partners, "vocabulary.yaml": self.vocabulary, "agenda.yaml": self.agenda,
            "report.yaml": self.report, "conversations/alle.yaml": self.talks,
        }  # fmt: skip
        files |= {f"editions/{id_}.yaml": edition for id_, edition in self.editions.items()}
        for folder in ("partners", "conversations", "editions", "pages"):
            (self.content / folder).mkdir(parents=True, exist_ok=True)
        for old in (self.content / "editions").iterdir():
            old.unlink()
        for name, data in files.items():
            if data:
                (self.content / name).write_text(_yaml(data), "utf-8")
        for name, raw in self._others.items():
            (self.content / name).write_bytes(raw)

    def partner(self, id_: str) -> Record:
        return next(each for each in self.partners if each["id"] == id_)

    def items(self, list_: str) -> list[Record]:
        found: list[Record] = (self.vocabulary | self.agenda)[list_]
        return found

    def item(self, list_: str, code: str) -> Record:
        return next(each for each in self.items(list_) if each["code"] == code)

    def at_work(self, year: int) -> Iterator[tuple[Record, Record]]:
        """Who works together in a year, with that work."""
        for partner in self.partners:
            for work in partner.get("collaborations", ()):
                if work["year"] == year:
                    yield partner, work


def _read(name: str) -> Any:
    return yaml.load((START / name).read_text("utf-8"), yaml.CSafeLoader)  # noqa: TID251 - the play's own file


def _yaml(data: object) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)


def inline(data: object) -> str:
    """A record on one line, as it may stand in the source."""
    return (
        f"`{yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000).strip()}`"
    )


# --- organisations ----------------------------------------------------------------------------------------------------


def join(ministry: Ministry, record: Record) -> str:
    ministry.partners.append({"traceable_to_persons": False, **record})
    return f"een nieuwe organisatie in `partners/`: {inline({k: record[k] for k in ('id', 'name', 'kind', 'region')})}"


def change(ministry: Ministry, what: Record) -> str:
    """What is otherwise from the day after `until`."""
    new = {key: value for key, value in what.items() if key not in ("id", "ids", "until")}
    was: Record = {}
    for id_ in what.get("ids", [what.get("id")]):
        partner = ministry.partner(id_)
        was = {"until": what["until"], **{key: partner.get(key, "none") for key in new}}
        partner.update(new)
        for key in [key for key, value in new.items() if value is None]:
            del partner[key]
        partner.setdefault("before", []).append(was)
    now = ", ".join(f"`{key}` weghalen" if value is None else inline({key: value}).replace("{", "").replace("}", "")
                    for key, value in new.items())  # fmt: skip
    return f"{now}; bij `before`: {inline(was)}"


def before(ministry: Ministry, what: Record) -> str:
    entry = {key: value for key, value in what.items() if key != "id"}
    ministry.partner(what["id"]).setdefault("before", []).append(entry)
    return f"bij `before`: {inline(entry)}"


def undo(ministry: Ministry, what: Record) -> str:
    del ministry.partner(what["id"])["before"]
    return "de regel bij `before` weghalen"


def endorse(ministry: Ministry, what: Record) -> str:
    partner = ministry.partner(what["id"])
    periods = partner.get("endorsed")
    partner["endorsed"] = [*periods, {"from": what["from"]}] if periods else what["from"]
    return inline({"endorsed": partner["endorsed"]}).replace("`{", "`").replace("}`", "`")


def withdraw(ministry: Ministry, what: Record) -> str:
    partner = ministry.partner(what["id"])
    since = partner["endorsed"]
    periods = since if isinstance(since, list) else [{"from": since}]
    partner["endorsed"] = [*periods[:-1], {**periods[-1], "until": what["until"]}]
    return f"`endorsed: {inline(partner['endorsed'])[1:]}"


def end(ministry: Ministry, what: Record) -> str:
    partner = ministry.partner(what["id"])
    told = {"ended": what["day"]} | ({"successor": what["successor"]} if "successor" in what else {})
    partner.update(told)
    return ", ".join(f"`{key}: {_plain(value)}`" for key, value in told.items())


def successor(ministry: Ministry, what: Record) -> str:
    ministry.partner(what["id"])["successor"] = what["successor"]
    return f"`successor: {what['successor']}`"


def consent(ministry: Ministry, what: Record) -> str:
    entry = {"edition": what["edition"], "consent": what["day"]}
    ministry.partner(what["id"]).setdefault("named_in", []).append(entry)
    return f"bij `named_in`: {inline(entry)}"


def unconsent(ministry: Ministry, what: Record) -> str:
    (entry,) = (each for each in ministry.partner(what["id"])["named_in"] if each["edition"] == what["edition"])
    entry["withdrawn"] = what["day"]
    return f"bij `named_in`: `withdrawn: {what['day']}`"


def work(ministry: Ministry, what: Record) -> str:
    """Everybody goes on with what they did last year, with the codes of this year."""
    year, codes = what["year"], what.get("measures", {})
    for partner, last in list(ministry.at_work(year - 1)):
        if "ended" not in partner:
            measures = sorted({codes.get(each, each) for each in last["measures"]})
            mine = [each for each in partner["collaborations"] if each["year"] != year]
            partner["collaborations"] = [*mine, {"year": year, "measures": measures}]
    return f"bij elke partner een regel `{{year: {year}, measures: […]}}`"


def _plain(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


# --- conversations ----------------------------------------------------------------------------------------------------


def talks(ministry: Ministry, what: Record) -> str:
    """One conversation with everybody who is there on the day, spread over the days."""
    first, days = what["from"], (what["until"] - what["from"]).days + 1
    for n, (partner, doing) in enumerate(list(ministry.at_work(first.year))):
        day = first + DAY * (n * 7 % days)
        if partner.get("ended", day) >= day:
            ministry.talks.append(_talk(day, partner["id"], FORMS[n % len(FORMS)], doing["measures"][:1]))
    return "gesprekken in `conversations/`"


def late(ministry: Ministry, what: Record) -> str:
    there = [each for each in ministry.at_work(what["date"].year) if "ended" not in each[0]]
    for partner, doing in there[: what["number"]]:
        ministry.talks.append(_talk(what["date"], partner["id"], what["form"], doing["measures"][:1]))
    return f"{what['number']} gesprekken van {what['date']}"


def talk(ministry: Ministry, what: Record) -> str:
    ministry.talks.append({**_talk(what["date"], "", what["form"], what["measures"]), "partners": what["partners"]})
    return f"een gesprek: {inline({'date': what['date'], 'partners': what['partners']})}"


def untalk(ministry: Ministry, day: date) -> str:
    ministry.talks = [each for each in ministry.talks if each["date"] != day]
    return "het gesprek weghalen"


def _talk(day: date, partner: str, form: str, measures: list[str]) -> Record:
    return {
        "date": day, "partners": [partner], "context": "agenda", "form": form, "measures": measures,
        "subject": "integratie-en-samenleven",
    }  # fmt: skip


# --- codes and labels -------------------------------------------------------------------------------------------------

FILE = {"kinds": "vocabulary.yaml", "regions": "vocabulary.yaml", "forms": "vocabulary.yaml"}


def relabel(ministry: Ministry, what: Record) -> str:
    item = ministry.item(what["list"], what["code"])
    was = {"until": what["until"], "label": item["label"]}
    item.update(label=what["label"], before=[*item.get("before", ()), was])
    return f"in `{FILE.get(what['list'], 'agenda.yaml')}`: `label: {what['label']}, before: [{inline(was)[1:-1]}]`"


def recode(ministry: Ministry, what: Record) -> str:
    """From a year on other codes continue these."""
    list_, first = what["list"], what["from"]
    years = {"from": first} | ({"until": what["until"]} if "until" in what else {})
    for code in what["codes"]:
        old = ministry.item(list_, code)
        old.update(({} if list_ in FILE else {"from": old.get("from", 2025)}) | {"until": first - 1})
    codes = what["codes"] if len(what["codes"]) > 1 else what["codes"][0]
    new = [{**item, **years, "replaces": codes} for item in what["into"]]
    ministry.items(list_).extend(deepcopy(new))
    told = " en ".join(inline({key: item[key] for key in ("code", "from", "replaces")}) for item in new)
    return f"in `{FILE.get(list_, 'agenda.yaml')}`: `until: {first - 1}` bij {' en '.join(what['codes'])}, en {told}"


def new(ministry: Ministry, what: Record) -> str:
    item = {key: value for key, value in what.items() if key != "list"}
    ministry.items(what["list"]).append(item)
    return f"in `agenda.yaml`: {inline({'code': item['code'], 'replaces': item['replaces']})}"


def extend(ministry: Ministry, what: Record) -> str:
    ministry.item(what["list"], what["code"])["until"] = what["until"]
    return f"in `agenda.yaml`: `until: {what['until']}` bij pijler {what['code']}"


# --- editions ---------------------------------------------------------------------------------------------------------


def edition(ministry: Ministry, what: Record) -> str:
    id_ = what["id"]
    known = ministry.editions.get(id_)
    if known is None:
        year = int(id_[:4])
        period = {"from": date(year, 1, 1), "until": date(year, 12, 31)}
        known = {
            "title": f"Partneroverzicht {year}",
            "period": period,
            "due": date(year + 1, 7, 1),
            **deepcopy(EDITION),
        }
        known |= {key: value for key, value in what.items() if key != "id"}
        ministry.editions[id_] = known
        return f"`editions/{id_}.yaml`, met `status: concept` en `as_of: {what['as_of']}`"
    known["as_of"] = what["as_of"]
    return f"in `editions/{id_}.yaml`: `as_of: {what['as_of']}`"


def drop(ministry: Ministry, id_: str) -> str:
    del ministry.editions[id_]
    return f"`editions/{id_}.yaml` weghalen"


def final(ministry: Ministry, id_: str) -> str:
    ministry.editions[id_]["status"] = "final"
    del ministry.editions[id_]["as_of"]
    return f"in `editions/{id_}.yaml`: `status: final`, zonder `as_of`"


def correct(ministry: Ministry, what: Record) -> str:
    entry = {key: value for key, value in what.items() if key != "id"}
    ministry.editions[what["id"]].setdefault("corrections", []).append(entry)
    return f"in `editions/{what['id']}.yaml`, bij `corrections`: {inline(entry)}"


def report(ministry: Ministry, what: Record) -> str:
    ministry.report.update(what)
    return f"in `report.yaml`: {', '.join(f'`{key}: {value}`' for key, value in what.items())}"


OPERATIONS: dict[str, Callable[[Ministry, Any], str]] = {
    each.__name__: each
    for each in (
        join, change, before, undo, endorse, withdraw, end, successor, consent, unconsent, work, talks, late, untalk,
        talk, relabel, recode, new, extend, edition, drop, final, correct, report,
    )
}  # fmt: skip
"""What an event may do to the source, by the word that the script has for it."""

PUBLISH = {"publish": (), "provisional": ("--provisional",)}
"""What an event may do with the source: the command `publish`, and its options."""
