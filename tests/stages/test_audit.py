"""The audit reads finished files only, and notices whatever is wrong with them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from tests.stages.a_publication import a_publication, a_release, dimension, rounded_2026, suppressed_2025, table
from tests.stages.an_audit import FORM, KIND, PILLAR, REGION, a_table, an_edition, counted, files_of, rounded
from tests.templates import PUBLIC
from tweeluik.checks.audit.auditor import Audited, audit
from tweeluik.checks.audit.claims import Claim, Claims, Complement
from tweeluik.public.site import render_site
from tweeluik.record.cell import TOTAL, Rounded, Shown, Suppressed
from tweeluik.record.model import ReleasedTable

PAGE = "edities/2025/index.html"


@cache
def _site() -> dict[str, bytes]:
    return render_site(a_publication(), PUBLIC)


def site(**changed: Callable[[str], str]) -> dict[str, bytes]:
    """The rendered site; `page`, `csv` and `record` change the text of a file of edition 2025."""
    files = dict(_site())
    paths = {"page": PAGE, "csv": "edities/2025/soort.csv", "record": "edities/2025/release.json"}
    for name, change in changed.items():
        before = files[paths[name]].decode()
        after = change(before)
        assert before != after
        files[paths[name]] = after.encode()
    return files


def whats(audited: Audited) -> list[str]:
    return [problem.what for problem in audited.problems]


def test_the_rendered_site_passes() -> None:
    audited = audit(site(), Claims())
    assert audited.problems == ()
    assert audited.summary.editions == 3


# --- one change to a finished file ------------------------------------------------------------------------------------


def swapped(left: str, right: str) -> Callable[[str], str]:
    return lambda text: text.replace(left, "\0").replace(right, left).replace("\0", right)


def once(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1)


ROWS, TABLE, CHART = (
    "the rows differ from the public record",
    "the table differs from the public record",
    "a number in the chart is not in its table",
)
BAR, UNREADABLE = "a bar in the chart has another length than its number", "the public record cannot be read"

CHANGES = {
    "two values swapped in a csv": ("csv", swapped(",47,shown", ",116,shown"), ROWS),
    "a hidden value in a csv": ("csv", once(",,suppressed", ",3,suppressed"), ROWS),
    "another label in a csv": ("csv", once("Vrijwilligersorganisatie", "Vereniging"), ROWS),
    "a row too many in a csv": ("csv", lambda text: text + "x,X,_T,Totaal,1,shown\r\n", ROWS),
    "another text of a number in a table": ("page", once(r'(<td[^>]*><data value="47">)47', r"\g<1>48"), TABLE),
    "another number in a table": ("page", once(r'<td([^>]*)><data value="47">47', r'<td\1><data value="31">31'), TABLE),
    "another status in a table": ("page", once('data-status="suppressed"', 'data-status="shown"'), TABLE),
    "a number in a hidden cell": ("page", once('<td[^>]*><span class="niet-getoond">niet getoond</span>', '<td class="getal" data-status="suppressed">3'), TABLE),
    "another label in a table": ("page", once(r'<th scope="row">Werkgever', '<th scope="row">Werknemer'), TABLE),
    "a table too many": ("page", lambda text: text.replace("</main>", "<table><tr><td>3</td></tr></table></main>"), "the tables on the page are not those of the public record"),
    "a number for a hidden bar": ("page", once(r'(<text class="cijfer[^>]*>)niet getoond', r"\g<1>4"), CHART),
    "a hidden number in the description of a chart": ("page", once(r"(<desc[^>]*>[^<]*)niet getoond", r"\g<1>3"), CHART),
    "a bar of another length": ("page", once(r'(<rect class="balk[^>]* width=")[\d.]+%', r"\g<1>33.3%"), BAR),
    "another length for the band of what is hidden": ("page", once(r'(<rect class="band verborgen"[^>]* width=")[\d.]+%', r"\g<1>3.1%"), BAR),
    "another range for what is hidden": ("page", once(r'(niet getoond</span> <span class="bereik">\()[^)]+', r"\g<1>3–1"), TABLE),
    "a hidden number without its range": ("page", once(r'(niet getoond</span>) <span class="bereik">[^<]+</span>', r"\1"), TABLE),
    "a number in an attribute": ("page", lambda text: text.replace("</table>", '</table><p title="van wie 3"></p>', 1), "a number in an attribute is not in its table"),
    "a sentence with another figure": ("page", once(r'<data value="\d+">[\d.]+</data>', '<data value="3">3</data>'), "a figure is no number of a public record"),
    "a number in a sentence": ("page", once(r'(<ul class="punten">\s*<li>)', r"\g<1>Van 77 partners. "), "a number in a <li> is in no public record"),
    "another number in the record": ("record", once(r'"value": 116', '"value": 117'), ROWS),
    "half a record": ("record", lambda text: text[:-20], UNREADABLE),
    "an unknown status": ("record", once('"status": "shown"', '"status": "sure"'), UNREADABLE),
    "a hidden number in the record": ("record", once(r'"value": null', '"value": 3'), UNREADABLE),
    "a negative number": ("record", once(r'"value": 47', '"value": -47'), UNREADABLE),
    "two values of one cell": ("record", once(r'"value": 47', '"value": 3, "value": 47'), UNREADABLE),
    "a reason beside a cell": ("record", once(r'"value": 47', '"why": "small", "value": 47'), UNREADABLE),
    "another edition": ("record", once('"edition": "2025"', '"edition": "2024"'), UNREADABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_one_change_to_a_finished_file_is_noticed(name: str) -> None:
    file, change, what = CHANGES[name]
    audited = audit(site(**{file: change}), Claims())
    assert what in whats(audited)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_the_parts_of_a_long_drawing_are_on_one_scale(part: int) -> None:
    """Twice as long in one part only: each of them is in proportion by itself."""
    kinds = dimension("kind", [(f"k{at:02}", f"Soort {at}") for at in range(17)])
    values = [*(40 + 5 * at for at in range(16)), None, 1300]
    long = a_release("2025", tables=(table("soort", "Partners naar soort", "partners", (kinds,), values),))
    files = dict(render_site(a_publication(long), PUBLIC))
    assert BAR not in whats(audit(files, Claims()))
    before, *parts = re.split("(?=<svg [^>]*height=.[0-9]{3})", files[PAGE].decode())
    parts[part] = re.sub(r'(?<=width=")(?!100)[\d.]+(?=%)', lambda width: f"{float(width[0]) / 2:.1f}", parts[part])
    files[PAGE] = "".join((before, *parts)).encode()
    assert BAR in whats(audit(files, Claims()))


@pytest.mark.parametrize("path", ["edities/2025/release.json", "edities/2025/soort.csv", PAGE])
def test_a_missing_file_is_noticed(path: str) -> None:
    files = site()
    del files[path]
    assert audit(files, Claims()).problems


def test_a_csv_of_no_table_is_noticed() -> None:
    files = site() | {"edities/2025/extra.csv": b"kind,value\r\nx,3\r\n"}
    assert whats(audit(files, Claims())) == ["a table that is not in the public record"]


def test_no_message_holds_a_number_of_a_cell() -> None:
    audited = audit(site(page=once(r'<data value="47">47', '<data value="47">48')), Claims())
    assert not any(re.search(r"4[78]", str(problem)) for problem in audited.problems)


# --- negative controls on the numbers ---------------------------------------------------------------------------------

PARTNERS = [
    {"kind": kind, "region": region, "pillar": pillar}
    for kind, region, pillar, times in [
        ("a", "n", "1", 9), ("a", "z", "1 2", 8), ("b", "n", "2", 2), ("b", "z", "1", 6), ("c", "n", "1", 7), ("c", "z", "2", 9),
    ]
    for _ in range(times)
]  # fmt: skip
SIDES = (KIND, REGION)
TRUTH = counted(PARTNERS, SIDES)
HIDDEN = (("b", "n"), ("b", "z"), ("a", "n"), ("a", "z"))
PRIMARY = Claim("2025", "partners", (("kind", "b"), ("region", "n")), 0, low=0, high=5)


def a_small_edition(hidden: tuple[tuple[str, str], ...] = HIDDEN) -> ReleasedTable:
    return a_table(TRUTH, SIDES, hidden)


def test_the_pattern_with_its_secondaries_passes() -> None:
    files = files_of(an_edition(a_small_edition(), threshold=5))
    assert audit(files, Claims(((),), (PRIMARY,))).problems == ()


@pytest.mark.parametrize("shown", HIDDEN)
def test_showing_any_hidden_cell_is_noticed(shown: tuple[str, str]) -> None:
    files = files_of(an_edition(a_small_edition(tuple(each for each in HIDDEN if each != shown)), threshold=5))
    audited = audit(files, Claims(((),), (PRIMARY,)))
    assert "a reader can work out too much about the number of partners of kind b, region n" in whats(audited)
    assert audit(files, Claims()).problems


@pytest.mark.parametrize("codes", [codes for codes in TRUTH if codes not in HIDDEN])
@pytest.mark.parametrize("step", [-1, 1])
def test_one_wrong_number_in_all_files_is_noticed_when_it_cannot_be(codes: tuple[str, str], step: int) -> None:
    """Every shown cell stands in an equation whose other cells are shown, or in one with the same hidden cells."""
    table = a_small_edition()
    cells = {**table.cells, codes: Shown(TRUTH[codes] + step)}
    audited = audit(files_of(an_edition(replace(table, cells=cells), threshold=5)), Claims(((),), (PRIMARY,)))
    assert audited.problems


def test_a_small_number_of_partners_may_not_be_shown() -> None:
    small: dict[tuple[str, ...], int] = {("a",): 4, ("b",): 7, ("c",): 9, (TOTAL,): 20}
    assert whats(audit(files_of(an_edition(a_table(small, (KIND,)), threshold=5)), Claims())) == [
        "cell a shows a number below the threshold"
    ]


def test_a_small_number_may_be_that_of_named_partners() -> None:
    small: dict[tuple[str, ...], int] = {("a",): 2, ("b",): 7, ("c",): 9, (TOTAL,): 18}
    assert (
        audit(
            files_of(an_edition(a_table(small, (KIND,)), threshold=5, named=("Het Anker", "De Kade"))), Claims()
        ).problems
        == ()
    )


def test_a_number_at_the_threshold_and_a_zero_may_be_shown() -> None:
    small: dict[tuple[str, ...], int] = {("a",): 5, ("b",): 0, ("c",): 9, (TOTAL,): 14}
    assert audit(files_of(an_edition(a_table(small, (KIND,)), threshold=5)), Claims()).problems == ()


def test_a_cell_that_two_tables_hold_is_one() -> None:
    """Hidden in one table and shown in another, the cell is known."""
    margin = a_table(counted(PARTNERS, (KIND,)), (KIND,), id="kort")
    both = files_of(an_edition(a_table(TRUTH, SIDES, [("b", TOTAL), ("a", TOTAL)]), margin))
    assert any("differs from the same cell in another table" in what for what in whats(audit(both, Claims())))


def test_editions_do_not_share_unknowns() -> None:
    earlier = an_edition(a_small_edition(), edition="2024", threshold=5)
    audited = audit(files_of(earlier, an_edition(a_small_edition(), threshold=5)), Claims(((),), (PRIMARY,)))
    assert audited.problems == ()
    assert audited.summary.unknown == 8


# --- what attackers know ----------------------------------------------------------------------------------------------


def cell(*pairs: tuple[str, str]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return "2025", "partners", pairs


def outcome(claims: Claims) -> list[str]:
    return whats(audit(files_of(an_edition(a_small_edition(), threshold=5)), claims))


def test_an_insider_cannot_exclude_everybody_else() -> None:
    own = ((cell(("kind", "b"), ("region", "n")), 1),)
    assert outcome(Claims((own,), (replace(PRIMARY, low=1),))) == []


def test_an_insider_excludes_less_than_its_own() -> None:
    own = ((cell(("kind", "b"), ("region", "n")), 1),)
    assert len(outcome(Claims((own,), (PRIMARY,)))) == 1


def test_a_floor_of_a_cell_nobody_published_holds_for_the_wider_cells() -> None:
    own = ((cell(("kind", "b"), ("region", "n"), ("pillar", "2")), 1),)
    assert len(outcome(Claims((own,), (PRIMARY,)))) == 1


def test_what_everybody_knows_counts_for_every_attacker() -> None:
    assert len(outcome(Claims(((),), (PRIMARY,), known=((cell(("kind", "b"), ("region", "n")), 1),)))) == 1


def test_a_ceiling_counts_for_every_attacker() -> None:
    assert len(outcome(Claims(((),), (PRIMARY,), ceilings=((cell(("kind", "b"), ("region", "n")), 4),)))) == 1
    assert outcome(Claims(((),), (PRIMARY,), ceilings=((cell(("kind", "b"), ("region", "n")), 5),))) == []


def test_nobody_can_know_more_than_is_published() -> None:
    own = ((cell(("kind", "c"), ("region", "n")), 8),)
    assert outcome(Claims((own,))) == ["the published numbers, or what is claimed about them, contradict each other"]


def test_a_claim_about_a_shown_cell_fails() -> None:
    assert len(outcome(Claims(((),), (Claim("2025", "partners", (("kind", "c"),), 0, high=20),)))) == 1


@pytest.mark.parametrize(
    "claim",
    [
        Claim("2030", "partners", (), 0),
        Claim("2025", "partners", (), 3),
        Claim("2025", "partners", (("form", "g"),), 0),
    ],
)
def test_a_claim_about_nothing_fails(claim: Claim) -> None:
    assert outcome(Claims(((),), (claim,))) == ["a claim is about a cell or an attacker that is not there"]


def test_a_difference_of_two_cells_can_be_claimed() -> None:
    """That not all of kind b is in region z: at least one in the one but not in the other stays possible."""
    name = ("2025", "partners", (("kind", "b"), ("region", "not z")))
    rest = Complement(name, ((("kind", "b"),),), ((("kind", "b"), ("region", "z")),))
    claim = Claim(*name, 0, low=0, high=5)
    assert outcome(Claims(((),), (claim,), complements=(rest,))) == []
    assert len(outcome(Claims(((),), (replace(claim, high=9),), complements=(rest,)))) == 1


# --- the other relations ----------------------------------------------------------------------------------------------


def test_a_rounded_number_means_less_than_one_base_off() -> None:
    truth: dict[tuple[str, ...], int] = {("a",): 12, ("b",): 3, ("c",): 0, (TOTAL,): 15}
    files = files_of(an_edition(rounded(a_table(truth, (KIND,))), rounding_base=5, protection="rounding", threshold=5))
    name = (("kind", "b"),)
    assert audit(files, Claims(((),), (Claim("2025", "partners", name, 0, low=1, high=9, width=8),))).problems == ()
    assert audit(files, Claims(((),), (Claim("2025", "partners", name, 0, low=0),))).problems
    assert audit(files, Claims(((),), (Claim("2025", "partners", name, 0, high=10),))).problems


def test_rounded_numbers_that_cannot_add_up_are_noticed() -> None:
    table = a_table({("a",): 10, ("b",): 10, ("c",): 10, (TOTAL,): 60}, (KIND,))
    cells = {codes: Rounded(content.value) for codes, content in table.cells.items() if isinstance(content, Shown)}
    files = files_of(an_edition(replace(table, cells=cells), rounding_base=5, protection="rounding"))
    assert whats(audit(files, Claims())) == [
        "the published numbers, or what is claimed about them, contradict each other"
    ]


def test_whoever_is_not_in_a_category_is_in_another() -> None:
    """20 conversations, 17 not in pillar 2 and all but one of the other kinds are: so 17 of the 18 of kind a are not."""
    kinds = replace(KIND, partition=False)
    truth = counted(
        [{"kind": "a", "pillar": "1"}] * 17 + [{"kind": "a b", "pillar": "2"}] + [{"kind": "c", "pillar": "1 2"}] * 2,
        (kinds, PILLAR),
    )
    files = files_of(an_edition(a_table(truth, (kinds, PILLAR), [("a", "1"), ("a", "2")], counts="conversations")))
    assert whats(audit(files, Claims())) == [
        "a reader can work out too much about the number of conversations of kind a, pillar 2"
    ]


def test_overlapping_categories_must_overlap_when_there_are_few() -> None:
    """20 partners, 19 in pillar 1 and 18 of conversations' kind a: at least 17 in both."""
    kinds = replace(KIND, partition=False)
    truth = counted(
        [{"kind": "a", "pillar": "1"}] * 17 + [{"kind": "a b", "pillar": "2"}] + [{"kind": "c", "pillar": "1 2"}] * 2,
        (kinds, PILLAR),
    )
    files = files_of(
        an_edition(a_table(truth, (kinds, PILLAR), [("a", "1"), ("a", "2"), ("c", "2")], counts="conversations"))
    )
    asked = ("2025", "conversations", (("kind", "a"), ("pillar", "1")), 0)
    assert audit(files, Claims(((),), (Claim(*asked, low=17),))).problems == ()
    assert audit(files, Claims(((),), (Claim(*asked, low=16),))).problems


def test_a_conversation_with_a_kind_of_partner_needs_such_a_partner() -> None:
    kinds = replace(KIND, partition=False)
    partners = a_table({("a",): 9, ("b",): 1, ("c",): 2, (TOTAL,): 12}, (KIND,), [("b",), ("c",)])
    talks = a_table({("a",): 9, ("b",): 4, ("c",): 2, (TOTAL,): 12}, (kinds,), id="gesprekken", counts="conversations")
    asked = Claims(((),), (Claim("2025", "partners", (("kind", "b"),), 0, low=0),))
    assert audit(files_of(an_edition(partners)), asked).problems == ()
    assert audit(files_of(an_edition(partners, talks)), asked).problems


def test_forms_of_conversations_say_nothing_about_partners() -> None:
    partners = a_table({("a",): 9, ("b",): 1, ("c",): 2, (TOTAL,): 12}, (KIND,), [("b",), ("c",)])
    talks = a_table({("g",): 3, ("w",): 2, (TOTAL,): 5}, (FORM,), id="gesprekken", counts="conversations")
    asked = Claims(((),), (Claim("2025", "partners", (("kind", "b"),), 0, low=0, high=3),))
    assert audit(files_of(an_edition(partners, talks)), asked).problems == ()


def test_a_hidden_cell_alone_in_its_equation_is_noticed_without_any_claim() -> None:
    table = a_table(counted(PARTNERS, (KIND,)), (KIND,), [("b",)])
    assert whats(audit(files_of(an_edition(table)), Claims())) == [
        "a reader can work out too much about the number of partners of kind b"
    ]


def test_the_example_tables_are_of_both_methods() -> None:
    contents = [
        type(each)
        for one in (suppressed_2025(), rounded_2026())
        for table in one.tables
        for each in table.cells.values()
    ]
    assert {Shown, Suppressed, Rounded} == set(contents)


# --- spreadsheets -----------------------------------------------------------------------------------------------------

SHEETS = "edities/2025/tabellen.ods"


def with_sheet(change: Callable[[str], str]) -> dict[str, bytes]:
    """The site with another text in the content of a spreadsheet."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_site()[SHEETS])) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            before = old.read(name).decode()
            after = change(before) if name == "content.xml" else before
            assert name != "content.xml" or before != after
            new.writestr(name, after)
    return site() | {SHEETS: data.getvalue()}


SHEET_CHANGES = {
    "another number behind a cell": once('office:value="47"', 'office:value="48"'),
    "another text in a cell": once("<text:p>47</text:p>", "<text:p>48</text:p>"),
    "a number behind a hidden cell": once('office:value-type="string"(><text:p>niet getoond)', r'office:value="3"\1'),
    "a number in a title": once(
        r"(<table:table-row><table:table-cell )",
        r'<table:table-row><table:table-cell office:value="3"/></table:table-row>\1',
    ),
    "a table less": once('table:name="regio"', 'table:name="streek"'),
}


def test_the_spreadsheet_of_an_earlier_version_is_compared_with_its_own_record() -> None:
    """In a folder below that of the edition, whose tables are others by now."""
    other = with_sheet(SHEET_CHANGES["another number behind a cell"])[SHEETS]
    earlier = {
        f"edities/2025/versie-1/{path.rpartition('/')[2]}": data
        for path, data in site().items()
        if path.startswith("edities/2025/") and "versie-" not in path
    }
    assert [
        str(each.place)
        for each in audit(site() | earlier | {"edities/2025/versie-1/tabellen.ods": other}, Claims()).problems
    ] == ["edities/2025/versie-1/tabellen.ods"]


@pytest.mark.parametrize("name", SHEET_CHANGES)
def test_a_change_to_a_spreadsheet_is_noticed(name: str) -> None:
    assert whats(audit(with_sheet(SHEET_CHANGES[name]), Claims())) == ["the spreadsheet differs from the public record"]


def test_a_spreadsheet_that_cannot_be_read_is_noticed() -> None:
    files = site() | {SHEETS: b"PK"}
    assert whats(audit(files, Claims())) == ["the spreadsheet cannot be read"]
