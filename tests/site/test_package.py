"""What leaves with the pages: a data package that its standard accepts, and words for search engines."""

from __future__ import annotations

import csv
import json
from io import StringIO
from zipfile import ZipFile

import pytest
import yaml
from lxml import html

from helpers import __version__
from helpers.files import ROOT
from helpers.site import data_page, jobs, package, pages
from helpers.tables import contract, editions, load
from tests.site.test_index import site, store  # noqa: F401 - a fixture


def written(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / "data/datapackage.json"


def test_codes_stand_behind_what_they_are_of():
    table = 'geography,value,unit,x\nWorld,3,billion people,"a,b"\nAfrica,2,million,c\nIraq,,percent,\nLDCs,1,,d\n'
    fields = [{"name": name} for name in ("geography", "value", "unit", "x")]
    content, more = package.coded(table, fields)
    assert content.decode().splitlines() == [
        "geography,geography_m49,value,unit,unit_base,unit_multiplier,x",
        'World,001,3,billion people,people,9,"a,b"',
        "Africa,,2,million,,6,c",
        "Iraq,368,,percent,percent,0,",
        "LDCs,199,1,,,,d",
    ]
    assert [field["name"] for field in more] == content.decode().splitlines()[0].split(",")
    assert package.coded("a,b\n1,2\n", fields[:2]) == (b"a,b\n1,2\n", fields[:2])


def test_codes_are_those_of_the_published_groups():
    groups = yaml.safe_load((editions.DATA / "published/geographies.yaml").read_text("utf-8"))
    coded = {name: about["m49"] for name, about in groups.items() if "m49" in about}
    known = package._m49()
    assert coded and coded.items() <= known.items()
    assert not set(groups) - set(coded) & set(known), "ITU's own regions are not those of the M49"
    assert all(len(code) == 3 and code.isdigit() for code in known.values())


@pytest.mark.slow
def test_the_exported_package_is_a_data_package(tmp_path):
    from frictionless import Package

    edition = editions.edition()
    path = written(tmp_path, package.tables(edition))
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    said = json.loads(path.read_text("utf-8"))
    assert {"licenses", "contributors", "keywords", "homepage", "created", "sources"} <= set(said)
    assert said["homepage"] == edition.about["link"] and said["sources"][0]["title"] == edition.cited
    rows = csv.DictReader(StringIO((tmp_path / "data/observations.csv").read_text("utf-8")))
    coded = {(row["geography"], row["geography_m49"]) for row in rows}
    assert ("Iraq", "368") in coded and ("Africa", "") in coded and ("World", "001") in coded
    of_others = [resource for resource in said["resources"] if resource["path"].startswith("published/")]
    assert of_others and all("CC BY-NC-SA" in resource["licenses"][0]["title"] for resource in of_others)


def test_an_edition_takes_its_own_tables_alone(older, newer):
    assert set(package.tables(newer)) == {"data/datapackage.json", "data/itut_recommendations.csv"}
    said = json.loads(package.tables(older)["data/datapackage.json"])
    assert said["name"] == "itu-plan-report-older"
    assert [resource["path"] for resource in said["resources"]] == ["itut_recommendations.csv", "itut_workshops.csv"]


def test_the_citation_file_says_what_the_declaration_says():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    about, edition = contract.declaration()["package"], editions.edition()
    assert (cited["title"], cited["keywords"]) == (about["title"], about["keywords"])
    assert " ".join(cited["abstract"].split()) == " ".join(about["description"].split())
    assert cited["version"] == __version__ == load.package()["version"]
    assert cited["license"] == about["licenses"][0]["name"]
    assert [author["name"] for author in cited["authors"]] == [person["title"] for person in about["contributors"]]
    assert str(cited["date-released"]) == about["created"][:10]
    assert cited["references"][0]["url"] == edition.about["link"] and edition.title in cited["references"][0]["title"]


def about(text):
    """JSON-LD and description of a page."""
    tree = html.fromstring(text)
    (found,) = tree.xpath("//script[@type='application/ld+json']/text()")
    (description,) = tree.xpath("//meta[@name='description']/@content")
    return json.loads(found), description


@pytest.mark.whole
def test_every_kind_of_page_says_what_it_is(site, older, own_notebooks):  # noqa: F811
    import nbformat

    (job,) = jobs.plan(["2021"], ["1"], {"study_groups": ["SG2</script>"]}, older)
    shown = '<div class="answer"><p><strong>SG2 &amp; others &lt;led&gt;.</strong></p></div>'
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", {"text/html": shown})])
    said, description = about(pages.page(nbformat.v4.new_notebook(cells=[cell]), job))
    assert description == said["description"] == "SG2 & others <led>."
    assert said["@type"] == "Article" and said["headline"] == "Throughput, 2021, SG2</script>"
    assert said["isBasedOn"]["url"] == "../data.html" and said["citation"] == older.cited
    assert said["license"] == "https://opensource.org/license/mit" and "ITU" in said["keywords"]
    said, _ = about(data_page.page(older))
    assert said["@type"] == "Dataset" and said["temporalCoverage"] == "2020-01/2022-06"
    assert [part["contentUrl"] for part in said["distribution"]] == [
        "data/itut_recommendations.csv",
        "data/itut_workshops.csv",
        "data.xlsx",
    ]
    store(site, older)
    site.refresh([older], {})
    said, description = about(site.index.read_text("utf-8"))
    assert said["@type"] == "CollectionPage" and description == "What? How many?"


@pytest.mark.whole
def test_a_bundle_says_what_it_is(site, older, tmp_path):  # noqa: F811
    store(site, older)
    site.refresh([older], {})
    site.bundle(older, "2021", tmp_path / "x.zip")
    text = ZipFile(tmp_path / "x.zip").read("x/README.txt").decode()
    assert f"Pages of 2021 recomputed from: {older.cited}." in text and "Version 0.3.0 of the tables." in text
    assert "MIT License" in text and "{" not in text
    assert b"Pages of the whole period" in package.readme(older, "all")
