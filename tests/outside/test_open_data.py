"""Outside readers of the open data: a CSVW validator on every CSV, and SHACL on the catalogue."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.outside.sites import example
from tests.stages.a_publication import a_publication, a_site
from tests.templates import PUBLIC
from tweeluik.public.site import render_site

SHAPES = Path(__file__).parent / "shapes" / "dcat-ap-nl.ttl"


@cache
def site(name: str) -> Mapping[str, bytes]:
    """The site of the example source, or one with what the example happens not to have."""
    if name == "example":
        return example()
    return a_site() if name == "invented" else render_site(a_publication(base_url=None), PUBLIC)


every_site = pytest.mark.parametrize("name", ["example", "invented", "no address"])


# --- CSVW -------------------------------------------------------------------------------------------------------------


def described(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Every description of a CSV, on disk beside what it describes."""
    for path, data in files.items():
        if path.endswith((".csv", ".csv-metadata.json")):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return sorted(folder.rglob("*.csv-metadata.json"))


def is_valid(description: Path) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", UserWarning)  # with these the validator keeps its findings
        from csvw import CSVW  # noqa: PLC0415 — its dependencies warn when they are imported

        try:
            return bool(CSVW(str(description), validate=True).is_valid)
        except ValueError:  # a row whose key was there before
            return False


@every_site
def test_every_csv_is_valid_by_its_description(name: str, tmp_path: Path) -> None:
    found = described(site(name), tmp_path)
    assert {f"{each}-metadata.json" for each in tmp_path.rglob("*.csv")} == {str(each) for each in found}
    assert [str(each.relative_to(tmp_path)) for each in found if not is_valid(each)] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(b",23,shown", b",-23,shown"), (b",23,shown", b",23,visible"), (b",23,shown", b",veel,shown"), (b",1,", b",2,")],
)
def test_a_csv_with_a_mistake_is_not_valid(right: bytes, wrong: bytes, tmp_path: Path) -> None:
    description = next(each for each in described(site("invented"), tmp_path) if each.parts[-2:-1] == ("2025",)
                       and each.name.startswith("soort."))  # fmt: skip
    file = description.with_name("soort.csv")
    assert is_valid(description)
    file.write_bytes(file.read_bytes().replace(right, wrong, 1))
    assert not is_valid(description)


# --- DCAT -------------------------------------------------------------------------------------------------------------


def judge(catalogue: dict[str, Any]) -> tuple[bool, str]:
    """Whether the catalogue is as the shapes ask, and what is said when it is not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyshacl  # noqa: PLC0415 — its dependencies warn when they are imported
        from rdflib import Graph  # noqa: PLC0415

        graph = Graph().parse(data=json.dumps(catalogue), format="json-ld", publicID="https://example.org/")
        conforms, _, said = pyshacl.validate(graph, shacl_graph=str(SHAPES), advanced=False)
    return bool(conforms), said


@every_site
def test_the_catalogue_is_as_the_shapes_ask(name: str) -> None:
    conforms, said = judge(json.loads(site(name)["data.jsonld"]))
    assert conforms, said


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("dcat:Catalog", "dct:license"),
        ("dcat:Catalog", "dcat:contactPoint"),
        ("dcat:DatasetSeries", "dct:title"),
        ("dcat:Dataset", "dct:identifier"),
        ("dcat:Dataset", "dct:accessRights"),
        ("dcat:Dataset", "dcat:theme"),
        ("dcat:Distribution", "dcat:accessURL"),
        ("dcat:Dataset", "foaf:page"),
        ("dcat:Distribution", "dcat:downloadURL"),
        ("foaf:Agent", "foaf:name"),
        ("vcard:Kind", "vcard:hasEmail"),
    ],
)
def test_a_catalogue_that_lacks_something_is_not_as_asked(kind: str, key: str) -> None:
    catalogue = json.loads(site("invented")["data.jsonld"])
    del next(each for each in catalogue["@graph"] if each["@type"] == kind)[key]
    conforms, said = judge(catalogue)
    assert not conforms
    assert key.split(":")[1] in said


@pytest.mark.parametrize("kind", ["dct:LinguisticSystem", "dct:LicenseDocument", "dct:Standard", "skos:Concept"])
def test_an_address_of_the_wrong_kind_is_not_as_asked(kind: str) -> None:
    catalogue = json.loads(site("invented")["data.jsonld"])
    next(each for each in catalogue["@graph"] if each["@type"] == kind)["@type"] = "foaf:Agent"
    assert not judge(catalogue)[0]


def test_a_checksum_without_its_value_is_not_as_asked() -> None:
    catalogue = json.loads(site("invented")["data.jsonld"])
    file = next(each for each in catalogue["@graph"] if each["@type"] == "dcat:Distribution")
    del file["spdx:checksum"]["spdx:checksumValue"]
    assert not judge(catalogue)[0]
