"""A small catalogue of approvals of our own, and the list that is held against it: every case of the matching once."""

from __future__ import annotations

import pandas as pd

from helpers import selection
from helpers.analyses import approvals, matching
from helpers.analyses.approvals import Record
from helpers.tables import load

SOURCE = "relaton-itu-2023-05"
SOURCES = pd.DataFrame(
    {
        "source": [SOURCE],
        "publisher": ["Relaton"],
        "title": ["Index"],
        "edition_date": ["2023-05-31"],
        "licence": ["not stated"],
    }
)
# designation, kind, number, of_edition, approved, status, group today, title
TEXTS = [
    ("G.709/Y.1331", "recommendation", "", "", "2009-06-01", "Withdrawal", "SG15", "Transport network"),
    ("G.709/Y.1331", "recommendation", "", "", "2018-06-01", "Withdrawal", "SG15", "Transport network"),
    ("G.709/Y.1331", "amendment", "1", "2018", "2018-11-29", "Withdrawal", "SG15", ""),
    ("G.709/Y.1331", "amendment", "2", "2018", "2019-11-29", "Withdrawal", "SG15", "Optical clocks"),
    ("G.709/Y.1331", "recommendation", "", "", "2020-06-01", "Published", "SG15", "Transport network and its clocks"),
    ("G.7", "recommendation", "", "", "2018-06-01", "Published", "SG15", "Fibre AI"),
    ("G.8", "recommendation", "", "", "2020-06-01", "Published", "SG15", "Maintained"),
    ("H.265 (V6)", "recommendation", "", "", "2019-06-29", "Withdrawal", "SG21", "Video coding"),
    ("H.265 (V7)", "recommendation", "", "", "2019-11-29", "Published", "SG21", "Video coding"),
    ("H.849", "recommendation", "", "", "2019-05-14", "Withdrawal", "SG21", "Health devices"),
    ("H.849", "recommendation", "", "", "2019-10-17", "Published", "SG21", "Health devices"),
    ("Z.100", "recommendation", "", "", "2018-03-01", "", "", "Specification language"),
    ("Z.100", "annex", "F1", "", "2018-11-13", "", "", "Formal part one"),
    ("Z.100", "annex", "F2", "", "2018-11-13", "", "", "Formal part two"),
    ("D.600 R", "amendment", "1", "2000", "2021-07-29", "Published", "SG3", "Costs"),
    ("D.264", "recommendation", "", "", "2020-08-05", "Published", "SG3", "Shared infrastructure"),
    ("D.265", "recommendation", "", "", "2023-04-17", "Published", "SG3", "Tariffs"),
    ("D.1040", "recommendation", "", "", "2020-08-28", "Published", "SG3", "Cables"),
    ("D.1041", "recommendation", "", "", "2020-09-01", "Published", "SG3", "Access"),
    ("K.70", "amendment", "1", "2018", "2018-05-25", "Published", "SG5", "Appendix I: exposure"),
    ("K.71", "recommendation", "", "", "2021-11-02", "Published", "SG5", "Too late for the list"),
    ("X Suppl. 26", "corrigendum", "1", "2016", "2018-03-29", "Published", "SG17", ""),
]
RADIO = [
    ("M.1903-1", "2019-09", "month in the link"), ("M.585-7", "2015-04", "publication month"),
    ("M.585-9", "2022-05", "month in the link"), ("BT.2137", "2020-12", "month in the link"),
    ("P.52615", "2017-12", "month in the link"),
]  # fmt: skip
# group, year, printed, designation, kind, number
LISTED = [
    ("SG15", 2018, "G.709", "G.709", "recommendation", None),
    ("SG15", 2018, "G.709/Y.1331 Amd.1", "G.709/Y.1331", "amendment", 1),
    ("SG15", 2018, "G.7", "G.7", "recommendation", None),
    ("SG15", 2018, "G.7", "G.7", "recommendation", None),
    ("SG15", 2020, "G.709/Y.1331", "G.709/Y.1331", "recommendation", None),
    ("SG15", 2020, "G.8 Cor.1", "G.8", "corrigendum", 1),
    ("SG16", 2019, "H.265", "H.265", "recommendation", None),
    ("SG16", 2019, "H.265", "H.265", "recommendation", None),
    ("SG16", 2019, "H.849", "H.849", "recommendation", None),
    ("SG17", 2018, "Z.100", "Z.100", "recommendation", None),
    ("SG17", 2018, "Z.100", "Z.100", "recommendation", None),
    ("SG17", 2018, "Z.100", "Z.100", "recommendation", None),
    ("SG3", 2020, "D.264", "D.264", "recommendation", None),
    ("SG3", 2020, "D.265", "D.265", "recommendation", None),
    ("SG3", 2021, "D.600R Amd.1", "D.600R", "amendment", 1),
    ("SG9", 2021, "J.9", "J.9", "recommendation", None),
]
RADIO_LISTED = [
    ("M.19031", "M.1903-1", True, 1), ("M.585-8", "M.585-8", False, 8), ("BT.2137-0", "BT.2137-0", False, 0),
    ("P.52615", "P.526-15", True, 15), ("M.21150", "M.2115-0", True, 0), ("M.1903-1", "M.1903-1", False, 1),
]  # fmt: skip


def _typed(rows: list[dict[str, object]], like: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(like.columns)).replace({"": pd.NA})
    return frame.astype(like.dtypes)


def catalogue() -> pd.DataFrame:
    """The published table `approvals`."""
    names = ["designation", "document_type", "number", "of_edition", "approved", "status", "study_group_today", "title"]
    rows = [
        dict(zip(names, row, strict=True))
        | {"docid": f"ITU-T {row[0]} {row[1][:3]} {row[2]} ({row[4]})", "approved_basis": "day in the catalogue"}
        for row in TEXTS
    ]
    rows += [
        {"designation": name, "document_type": "recommendation", "approved": day, "approved_basis": basis,
         "docid": f"ITU-R {name}"} for name, day, basis in RADIO
    ]  # fmt: skip
    return _typed([row | {"source": SOURCE} for row in rows], load.published("approvals")[:0])


def itut() -> pd.DataFrame:
    """The report's ITU-T table, each entry on a line of its own."""
    names = ["study_group", "year", "printed", "designation", "document_type", "number"]
    rows = [
        dict(zip(names, row, strict=True)) | {"series": row[3][0], "section": "1.3", "line": line}
        for line, row in enumerate(LISTED, 1)
    ]
    return _typed(rows, load.table("itut_recommendations")[:0])


def itur() -> pd.DataFrame:
    """The report's ITU-R table."""
    names = ["printed", "designation", "repaired", "revision"]
    rows = [
        dict(zip(names, row, strict=True)) | {"section": "1.3", "line": line}
        for line, row in enumerate(RADIO_LISTED, 50)
    ]
    return _typed(rows, load.table("itur_recommendations")[:0])


def record(year: int | str = "all") -> Record:
    """Everything matched, by the newest edition's rules and closing day."""
    return approvals.read(itut(), catalogue(), SOURCES, selection.choose(year))


def texts() -> pd.DataFrame:
    """The catalogue's ITU-T texts by the newest edition's rules."""
    return matching.telecom(catalogue(), matching.rules(selection.choose("all")))
