"""Every computed word and table of a page as plain text, for the golden texts.

`words` leaves out what no reader reads as a sentence: code, drawings, hovers, and
what changes with every commit (key, versions). One block a line or paragraph, a
table row with ` | ` between its cells, so that a changed formula shows as a small
difference in review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

LEFT_OUT = ".//details[@class='code'] | .//svg | .//button | .//a[@class='take'] | .//details/summary"


def words(page: str) -> str:
    """The text of a page's `<main>`, or of a fragment that has none."""
    tree = html.fromstring(page)
    found = tree.xpath(".//main")
    main = found[0] if found else tree
    for gone in main.xpath(LEFT_OUT):
        gone.drop_tree()
    text = "\n".join(_blocks(main))
    text = re.sub(r"commit \S+( of \d{4}-\d\d-\d\d)?\.", "commit ….", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _blocks(element: HtmlElement) -> Iterator[str]:
    """Blocks of an element, in order."""
    tag, kind = element.tag, element.get("class", "")
    if tag in ("h1", "h2", "h3"):
        yield f"\n{'#' * int(tag[1])} {_flat(element)}"
    elif tag == "figure":
        yield f"\n[figure] {_flat(element.find('figcaption'))}"
        yield f"  drawn: {element.find('.//div').get('aria-label', '')}"
        yield from (f"  note: {_flat(note)}" for note in element.findall("ul[@class='notes']/li"))
        yield from (f"  {_flat(p)}" for p in element.findall("p"))
        yield from (f"  {block}" for table in element.iter("table") for block in _rows(table))
    elif kind == "tiles":
        yield from ("[tile] " + " · ".join(filter(None, (_flat(part) for part in tile))) for tile in element)
    elif tag == "table":
        yield from _rows(element)
    elif tag in ("p", "li", "pre", "dt", "dd"):
        yield _flat(element)
    else:
        for child in element:
            yield from _blocks(child)


def _rows(table: HtmlElement) -> Iterator[str]:
    yield f"\n[table] {_flat(table.find('caption'))}"
    yield from (" | ".join(_flat(cell) for cell in row) for row in table.iter("tr"))


def _flat(element: HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()
