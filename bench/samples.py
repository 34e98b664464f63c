"""What readers subtract over everything ever published: each kind of attack, on a small source of its own.

A sample is a history that `publishing.py` publishes step by step; all its organisations are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bench.histories import ground, name_of
from bench.publishing import Step

Raw = dict[str, Any]


def partners(*groups: tuple[int, Raw]) -> list[Raw]:
    """So many organisations of each sort."""
    made: list[Raw] = []
    for number, traits in groups:
        for _ in range(number):
            usual = {"kind": "k0", "region": "r0", "traceable_to_persons": False, "endorsed": date(2025, 1, 2)}
            worked = {"collaborations": [{"year": 2025, "measures": ["1.1a"]}]}
            made.append({"id": f"p-{len(made):03}", "name": name_of(len(made)), **usual, **worked, **traits})
    return made


def in_years(*years: int, measures: Sequence[str] = ("1.1a",)) -> Raw:
    return {"collaborations": [{"year": year, "measures": list(measures)} for year in years]}


def an_edition(
    *tables: str, year: int = 2025, until: int | None = None, method: str = "suppression", **more: object
) -> Raw:
    """Tables as "kind" or "region theme"; conversations as "conversations form"."""
    specs = []
    for n, words in enumerate(each.split() for each in tables):
        counts = "conversations" if words[0] == "conversations" else "partners"
        names = [word for word in words if word != "conversations"]
        columns = {"columns": names[1]} if names[1:] else {}
        specs.append({"id": f"t{n}", "title": f"Tabel {n}", "counts": counts, "rows": names[0], **columns})
    period = {"from": date(year, 1, 1), "until": date(until or year, 12, 31)}
    usual = {"title": f"Overzicht {year}", "population": "agenda-partners", "period": period, "status": "final"}
    return {**usual, "protection": method, "tables": specs, **more}


def steps(
    records: Iterable[Raw], editions: Mapping[str, Raw], *, kinds: int = 5, talks: Sequence[Raw] = ()
) -> list[Step]:
    """Publish editions in their order, over a source that does not change."""
    names = [f"k{n}" for n in range(kinds)], ["r0", "r1"]
    files = ground(*names, threshold=5, seed=1) | {"partners/all.yaml": list(records)}
    files |= {"conversations/all.yaml": list(talks)} if talks else {}
    first, *rest = editions.items()
    # Conversations must lie within the editions that are there.
    named = {f"editions/{name}.yaml": held for name, held in editions.items()} if talks else {}
    start = Step({**files, **named, f"editions/{first[0]}.yaml": first[1]}, first[0])
    return [start, *(Step({f"editions/{name}.yaml": held}, name) for name, held in rest)]


FIVE_KINDS = partners(*((number, {"kind": f"k{n}"}) for n, number in enumerate((3, 7, 7, 8, 9))))
STOOD_STILL = partners(
    *((number, {"kind": f"k{n}", **in_years(2025, 2026)}) for n, number in enumerate((3, 7, 7, 8, 9)))
)


def a_talk(year: int, partner: str, form: str, n: int) -> Raw:
    """A conversation with one organisation; `n` gives its day."""
    told = {"context": "agenda", "form": form, "measures": ["1.1a"], "subject": "integratie-en-samenleven"}
    return {"date": date(year, 1 + n % 12, 1 + n), "partners": [partner], **told}


def one_year_four_times() -> list[Step]:
    """Each hides another pair: what one hides another shows."""
    return steps(FIVE_KINDS, {name: an_edition("kind") for name in ("2025", "2025-b", "2025-c", "2025-d")})


def one_year_hidden_and_rounded() -> list[Step]:
    """A window around what the other hides."""
    return steps(FIVE_KINDS, {"2025": an_edition("kind"), "2025-b": an_edition("kind", method="rounding")})


def one_year_rounded_and_hidden() -> list[Step]:
    """The window is out when the other hides what is in it."""
    return steps(FIVE_KINDS, {"2025": an_edition("kind", method="rounding"), "2025-b": an_edition("kind")})


def one_with_nearly_all_conversations() -> list[Step]:
    """No rounding leaves ten percent of doubt about a number that is as large as that of one organisation."""
    one, *others = (str(each["id"]) for each in FIVE_KINDS)
    often = (
        {**a_talk(2025, one, "gesprek", n), "measures": [measure]}
        for n in range(1, 26) for measure in ("1.1a", "1.1b", "1.2a")
    )  # fmt: skip
    talks = [*often, *(a_talk(2025, each, "werkbezoek", 1 + n % 12) for n, each in enumerate(others[:19]))]
    return steps(FIVE_KINDS, {"2025": an_edition("conversations form", method="rounding")}, talks=talks)


def a_rounded_year_that_hides_and_is_corrected() -> list[Step]:
    """The same, and then somebody was found whom no edition counts: what is hidden stays so."""
    first = one_year_hidden_and_rounded()
    correction = {"version": 2, "date": date(2027, 2, 1), "note": "Een organisatie ontbrak."}
    more = [*FIVE_KINDS, {**FIVE_KINDS[-1], "id": "p-900", "name": name_of(900)}]
    corrected = an_edition("kind", method="rounding", corrections=[correction])
    return [*first, Step({"partners/all.yaml": more, "editions/2025-b.yaml": corrected}, "2025-b")]


def halves_hidden_and_rounded() -> list[Step]:
    """Nobody came or went between them: what one asks of a number that it hides no window of the other leaves."""
    records = partners((8, {}), (4, in_years(2025, measures=("2.1a",))))
    halves = {
        "2025-1": an_edition("theme"),
        "2025-2": an_edition("theme", method="rounding"),
    }
    for (_, held), (start, until) in zip(halves.items(), ((1, 6), (7, 12)), strict=True):
        held["period"] = {"from": date(2025, start, 1), "until": date(2025, until, 30 if until == 6 else 31)}
    return steps(records, halves)


def kinds_under_other_codes(key: str) -> list[Step]:
    """Nobody came or went, and from 2026 every kind has another code: what one year hides the other shows."""
    sizes = (3, 7, 8, 9, 10)
    records = partners(*((number, {"kind": f"k{n}", **in_years(2025, 2026)}) for n, number in enumerate(sizes)))
    first, second = steps(records, {"2025": an_edition("kind"), "2026": an_edition("kind", year=2026)})
    words = first.files["vocabulary.yaml"]
    old = [{**each, "until": 2025} for each in words["kinds"]]
    new = [
        {"code": f"n{n}", "label": f"Groep {n}", "from": 2026, "replaces": [each["code"]]} for n, each in enumerate(old)
    ]
    files = {**first.files, "vocabulary.yaml": {**words, "kinds": old + new}, "protection.key": f"{key * 64}\n"}
    return [Step(files, "2025"), second]


def kinds_of_which_only_conversations_tell() -> list[Step]:
    """Twelve organisations, four kinds that each had talks: below a threshold of ten each kind has one to nine."""
    records = partners(*((3, {"kind": f"k{n}", **in_years(2025, measures=(f"1.{1 + n % 2}a",))}) for n in range(4)))
    talks = [a_talk(2025, f"p-{n % 12:03}", "gesprek", n % 20) for n in range(120)]
    of_2025 = {"2025": an_edition("theme", "conversations kind")}
    (made,) = steps(records, of_2025, kinds=4, talks=sorted(talks, key=lambda each: str(each["date"])))
    policy = {**made.files["policy.yaml"], "threshold": {"value": 10, "source": "proef"}}
    return [Step({**made.files, "policy.yaml": policy}, "2025")]


def everybody_by_name_and_nobody_of_a_kind() -> list[Step]:
    """All are named, none is of the third kind: so there were no conversations with that kind either, round or not."""
    named = {"named_in": [{"edition": "2025", "consent": date(2025, 2, 1)}]}
    records = partners((7, {"kind": "k0", **named}), (6, {"kind": "k1", **named}))
    talks = [a_talk(2025, f"p-{n % 13:03}", "gesprek", n % 20) for n in range(33)]
    tables = ("kind", "conversations kind", "conversations kind form")
    of_2025 = {"2025": an_edition(*tables, method="rounding")}
    return steps(records, of_2025, kinds=3, talks=sorted(talks, key=lambda each: str(each["date"])))


def kinds_two_by_two() -> list[Step]:
    """Nobody sat with two of four kinds, which three editions take together otherwise: four talks are all with one."""
    records = partners((1, {"kind": "k0"}), *((8, {"kind": f"k{n}"}) for n in (1, 2, 3)))
    talks = [a_talk(2025, "p-000", "gesprek", n) for n in range(4)]
    talks += [a_talk(2025, f"p-{1 + n % 24:03}", "gesprek", n % 20) for n in range(72)]
    by_two = {"2025": ("01", "23"), "2025-b": ("02", "13"), "2025-c": ("03", "12")}
    editions = {
        name: an_edition(
            "conversations kind",
            merge=[
                {"dimension": "kind", "codes": [f"k{n}" for n in pair], "label": f"Soort {pair[0]} en {pair[1]}"}
                for pair in pairs
            ],
        )
        for name, pairs in by_two.items()
    }
    return steps(records, editions, kinds=4, talks=sorted(talks, key=lambda each: str(each["date"])))


def two_years_and_their_sum(order: Sequence[str] = ("2025", "2026", "2025-2026")) -> list[Step]:
    """13 - 9 = 4 visits, all with one organisation."""
    records = partners((12, in_years(2025, 2026)))
    talks = [a_talk(year, f"p-{n % 12:03}", "gesprek", n) for year in (2025, 2026) for n in range(20)]
    talks += [a_talk(2025, "p-000", "werkbezoek", n) for n in range(4)]
    talks += [a_talk(2026, f"p-{n:03}", "werkbezoek", n) for n in range(9)]
    of_forms = "conversations form"
    editions = {
        "2025": an_edition(of_forms),
        "2026": an_edition(of_forms, year=2026),
        "2025-2026": an_edition(of_forms, until=2026),
    }
    in_order = {name: editions[name] for name in order}
    return steps(records, in_order, talks=sorted(talks, key=lambda each: str(each["date"])))


def two_rounded_years_and_their_sum() -> list[Step]:
    """4 visits of one organisation, 31 of another: of 35 in both years at least 1 + 31 are left, which is near."""
    records = partners((12, in_years(2025, 2026)))
    talks = [a_talk(2025, "p-000", "gesprek", n) for n in range(4)]
    talks += [a_talk(2026, "p-001", "gesprek", n % 20) for n in range(31)]
    of_forms = "conversations form"
    editions = {
        "2025": an_edition("kind", of_forms, method="rounding"),
        "2026": an_edition("kind", of_forms, year=2026, method="rounding"),
        "2025-2026": an_edition("kind", of_forms, until=2026, method="rounding"),
    }
    return steps(records, editions, kinds=3, talks=sorted(talks, key=lambda each: str(each["date"])))


def a_pillar_less_its_theme() -> list[Step]:
    """28 in pillar 1, 27 in its theme 1.1 of another table: one is in the pillar by another theme only."""
    records = partners(
        (19, {}),
        (8, in_years(2025, measures=("1.1a", "1.2a"))),
        (1, in_years(2025, measures=("1.2a",))),
        (9, in_years(2025, measures=("2.1a",))),
    )
    return steps(records, {"2025": an_edition("pillar", "theme")})


def three_categories_that_overlap() -> list[Step]:
    """15 + 10 + 6 of 30: exactly one is in more than one theme."""
    records = partners(
        (14, {}),
        (1, in_years(2025, measures=("1.1a", "1.2a"))),
        (9, in_years(2025, measures=("1.2a",))),
        (6, in_years(2025, measures=("2.1a",))),
    )
    return steps(records, {"2025": an_edition("theme")})


def a_name_that_was_withdrawn() -> list[Step]:
    """Version 1 names one of 8; version 2 shows 5, of which everybody still knows one."""
    records = partners((8, {}), (9, {"kind": "k1"}), (12, {"kind": "k2"}))
    records[0]["named_in"] = [{"edition": "2025", "consent": date(2025, 2, 1)}]
    first = steps(records, {"2025": an_edition("kind")}, kinds=3)
    later = [dict(each) for each in records]
    later[0]["named_in"] = [{"edition": "2025", "consent": date(2025, 2, 1), "withdrawn": date(2026, 2, 1)}]
    for each in later[5:8]:
        del each["endorsed"]
    correction = {"version": 2, "date": date(2026, 9, 2), "note": "Drie organisaties stonden er ten onrechte in."}
    files = {"partners/all.yaml": later, "editions/2025.yaml": an_edition("kind", corrections=[correction])}
    return [*first, Step(files, "2025")]


def kinds_that_do_not_change() -> list[Step]:
    """Rounded to 0, 0, 0 and 5 over four years: a reader who sees that nothing changed knows that it is 1 to 4."""
    numbers, every = (3, 9, 2, 12, 18, 4, 5, 23), in_years(2025, 2026, 2027, 2028)
    records = partners(*((number, {"kind": f"k{n}", **every}) for n, number in enumerate(numbers)))
    editions = {str(year): an_edition("kind", year=year, method="rounding") for year in range(2025, 2029)}
    return steps(records, editions, kinds=8)


def the_first_of_a_kind() -> list[Step]:
    """One came of a kind that nobody was of, and tables by kind and first year: it may have been of another before."""
    records = partners(
        (14, in_years(2025, 2026)), (7, {"kind": "k1", **in_years(2025, 2026)}), (1, {"kind": "k2", **in_years(2026)})
    )
    editions = {"2025": an_edition("kind"), "2026": an_edition("kind", "kind first_year", year=2026)}
    return steps(records, editions, kinds=3)


def who_left_by_first_year() -> list[Step]:
    """ "Partner since 2025" in 2026, beside all of 2025: who is not there any more."""
    stayed, left, new = (28, in_years(2025, 2026)), (2, in_years(2025)), (9, in_years(2026))
    others = (20, {"kind": "k1", **in_years(2025, 2026)})
    editions = {"2025": an_edition("kind"), "2026": an_edition("first_year", year=2026)}
    return steps(partners(stayed, left, new, others), editions, kinds=2)


def a_correction_beside_a_later_edition() -> list[Step]:
    """Version 2 of 2025 must not show what 2026 helped to hide, and the other way round."""
    first = steps(STOOD_STILL, {"2025": an_edition("kind"), "2026": an_edition("kind", year=2026)})
    correction = {"version": 2, "date": date(2027, 2, 1), "note": "Een organisatie ontbrak."}
    more = [*STOOD_STILL, {**STOOD_STILL[-1], "id": "p-900", "name": name_of(900), **in_years(2025)}]
    files = {"partners/all.yaml": more, "editions/2025.yaml": an_edition("kind", corrections=[correction])}
    return [*first, Step(files, "2025")]


def all_of_a_region_in_one_theme() -> list[Step]:
    """Twelve of region r0, all in theme 1.1: who knows one of them to be there knows its theme."""
    records = partners((12, {}), (17, {"region": "r1", **in_years(2025, measures=("1.2a",))}))
    return steps(records, {"2025": an_edition("region theme")})


def a_triangle_of_tables(method: str = "suppression") -> list[Step]:
    """Nobody or nine and more wherever two sides cross; no table crosses all three, which leaves three in one place."""
    since = {2025: in_years(2025, 2026), 2026: in_years(2026)}
    sorts = ((3, 0, 0, 2025), (9, 0, 0, 2026), (9, 0, 1, 2025), (9, 1, 0, 2025))
    records = partners(*((n, {"kind": f"k{kind}", "region": f"r{region}", **since[y]}) for n, kind, region, y in sorts))
    tables = ("kind region", "kind first_year", "region first_year")
    return steps(records, {"2026": an_edition(*tables, year=2026, method=method)}, kinds=2)


def a_concept_that_was_online() -> list[Step]:
    """9 of 14, then with one more 10 of 15: the two subtract to one organisation."""
    records = partners((9, {}), (5, {"kind": "k1"}))
    concept = an_edition("kind", status="concept", as_of=date(2025, 10, 1))
    first = steps(records, {"2025": concept}, kinds=2)[0]
    more = [*records, {**records[0], "id": "p-900", "name": name_of(900)}]
    final = Step({"partners/all.yaml": more, "editions/2025.yaml": an_edition("kind")}, "2025")
    return [Step(first.files, "2025", ("--provisional",)), final]


def few_organisations_and_a_high_threshold() -> list[Step]:
    """Nineteen, of whom ten make enough, in many tables by rounding."""
    sorts = [({"kind": f"k{n % 4}", "region": f"r{n % 2}"}, ("1.1a", "1.1b", "1.2a", "2.1a")[n % 4]) for n in range(19)]
    records = partners(*((1, {**traits, **in_years(2025, measures=(measure,))}) for traits, measure in sorts))
    talks = [a_talk(2025, f"p-{n % 19:03}", "gesprek" if n % 3 else "werkbezoek", n % 27) for n in range(60)]
    tables = ("kind pillar", "region", "theme", "conversations form", "conversations kind form")
    in_order = sorted(talks, key=lambda each: str(each["date"]))
    made = steps(records, {"2025": an_edition(*tables, method="rounding")}, kinds=4, talks=in_order)
    policy = ground([], [], threshold=10, seed=1)["policy.yaml"]
    return [Step({**made[0].files, "policy.yaml": policy}, "2025")]


def a_successor_in_between() -> list[Step]:
    """Seven in both halves of a year; one of them was succeeded in between, and everybody in the field knows it."""
    records = partners(
        (7, in_years(2025, measures=("1.1a",))),
        (1, {"kind": "k1", "collaborations": [{"year": 2026, "measures": ["2.1a"]}]}),
        (4, in_years(2025, measures=("2.1a",))),
        (9, in_years(2025, measures=("1.2a",))),
    )
    records[6] |= {"ended": date(2025, 9, 1), "successor": "p-007"}
    half = an_edition("measure", method="rounding")
    half["period"] = {"from": date(2025, 1, 1), "until": date(2025, 6, 30)}
    return steps(records, {"2025-1": half, "2025": an_edition("measure", method="rounding")})


def members_that_left_their_umbrella(method: str) -> list[Step]:
    """Six of a kind, of one umbrella in 2025, each by itself in 2026: who asks about 2025 counts them as one."""
    every = in_years(2025, 2026)
    records = partners((6, every), (9, {"kind": "k1", **every}), (12, {"kind": "k2", **every}))
    for each in records[1:6]:
        each["before"] = [{"until": date(2025, 12, 31), "umbrella": records[0]["id"]}]
    editions = {str(year): an_edition("kind", year=year, method=method) for year in (2025, 2026)}
    return steps(records, editions, kinds=3)


def under_keys(*keys: str | None, later: Iterable[Raw] = ()) -> list[Step]:
    """Kinds that stand still, rounded in two years; whoever was found `later`, and a key of protection per year."""
    every = in_years(2025, 2026)
    records = partners(*((number, {"kind": f"k{n}", **every}) for n, number in enumerate((3, 9, 12))))
    editions = {str(year): an_edition("kind", year=year, method="rounding") for year in (2025, 2026)}
    first, second = steps(records, editions, kinds=3)
    then = {**second.files, "partners/all.yaml": [*records, *later]}
    made = zip((first, replace(second, files=then)), keys, strict=True)
    return [replace(step, files=_with_key(step.files, key)) for step, key in made]


def _with_key(files: Mapping[str, Any], key: str | None) -> Raw:
    others = {name: held for name, held in files.items() if name != "protection.key"}
    return others if key is None else {**others, "protection.key": f"{key}\n"}


def another_key() -> list[Step]:
    """A set that two keys round apart lies where both windows meet."""
    return under_keys("a" * 64, "b" * 64)


LATE = {"id": "p-900", "name": name_of(900), "kind": "k2", "region": "r0", "traceable_to_persons": False}
LATE |= {"endorsed": date(2025, 1, 2), **in_years(2025, 2026)}

SAMPLES: dict[str, Callable[[], list[Step]]] = {
    each.__name__.replace("_", " "): each
    for each in (
        one_year_four_times, one_year_hidden_and_rounded, one_year_rounded_and_hidden, two_years_and_their_sum,
        a_pillar_less_its_theme, three_categories_that_overlap, a_name_that_was_withdrawn, kinds_that_do_not_change,
        the_first_of_a_kind, who_left_by_first_year,
        a_correction_beside_a_later_edition, all_of_a_region_in_one_theme, a_triangle_of_tables,
        a_concept_that_was_online, few_organisations_and_a_high_threshold, a_successor_in_between, another_key,
        a_rounded_year_that_hides_and_is_corrected, halves_hidden_and_rounded, one_with_nearly_all_conversations,
    )
}  # fmt: skip
"""Every sample by its name."""
