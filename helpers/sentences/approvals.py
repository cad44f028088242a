"""What the page on the record behind the counts says; its figures come from `analyses.approvals` and `matching`."""

from __future__ import annotations

from calendar import month_abbr, month_name
from collections.abc import Mapping
from datetime import date

import pandas as pd

from helpers.analyses import approvals, matching, throughput
from helpers.analyses.approvals import Record
from helpers.selection import Selection
from helpers.sentences import tiles
from helpers.sentences.caption import Caption
from helpers.sentences.throughput import NOUNS, TYPE_LABELS
from helpers.sentences.wording import amount, count, listing, number, partial_note, percent, source, when

NOTHING = "The catalogue of approvals has no ITU-T texts."
KIND_LABELS = TYPE_LABELS
NEW_LABELS = {"new": "New", "revised": "Revised"}
RATE_LABELS = ("Annual rate on the closing day", "Complete year")
FORCE_LABELS = {"in_force": "In force", "withdrawn": "Withdrawn or replaced", "not_stated": "Not stated"}
BALANCE = {
    "listed": "Listed", "found": "With a text", "without": "Without", **{kind: f"Not listed: {label.lower()}" for
    kind, label in TYPE_LABELS.items()}, "catalogued": "Catalogued", "difference": "Difference",
}  # fmt: skip
MISSING = {
    "study_group": "Group", "year": "Year", "printed": "Entry", "why": "Why it has no text",
    "others": "Catalogued instead",
    "candidates": "Candidates (not counted)", "line": "Line",
}  # fmt: skip
UNLISTED = {
    "approved": "Approved", "docid": "Text", "kind": "Kind", "study_group": "Group", "title": "Title",
    "remark": "Remark", "address": "Official address",
}  # fmt: skip
ENTRIES = {
    "printed": "Entry", "study_group": "Group", "approved": "Approved", "docid": "Text", "title": "Title",
    "state": "State", "address": "Official address",
}  # fmt: skip
RADIO = {
    "designation": "Designation", "printed": "Printed", "repaired": "Hyphen repaired", "said": "The catalogue",
    "approved": "Month", "title": "Title", "address": "Official address",
}  # fmt: skip
DAYS = {"approved": "Day", "texts": "Texts", "groups": "Groups responsible today"}
YEARS = {
    "year": "Year", "texts": "Texts", "days": "Days with an approval", "half": "Days for half of the texts",
    "busiest": "Busiest day", "most": "Its texts", "most_share": "Its share",
}  # fmt: skip
GATHERED = {"amendments": "Amendments", "editions": "Editions", "share": "Share"}
AGES = {"year": "Year", **NEW_LABELS, "age": "Median age of the edition before (years)"}
BY_GROUP = {
    "study_group": "Group", "texts": "Texts", **NEW_LABELS, "age": "Median age of the edition before (years)",
    **FORCE_LABELS,
}  # fmt: skip
TOPICS = {"topic": "Topic", "texts": "Texts", "words": "Words looked for", "which": "Which"}
REASONS = {
    matching.TAKEN: "listed more often than the catalogue has texts of this number in the year",
    matching.OTHER_YEAR: "the number is catalogued, of another year",
    matching.OTHER_KIND: "the number is catalogued, of another kind",
    matching.UNKNOWN: "no text of this number is catalogued",
}
STATES = {"Published": "in force", "Withdrawal": "withdrawn or replaced"}


def _of_years(found: Record) -> pd.DataFrame:
    return found.entries[found.entries["year"].isin(found.listed.chosen)]


def _source(found: Record) -> list[str]:
    """The catalogue and its state, as a note."""
    closes = found.period.closes
    state = f", state of {closes.day} {closes:%B %Y}" if closes else ""
    return [f"Days and titles: a public catalogue of ITU’s records{state} ({listing(_ids(found))} in the sources)."]


def _ids(found: Record) -> list[str]:
    return sorted(found.record["source"].unique())


def _day(day: str) -> str:
    """`2020-10-29` → `29 October 2020`."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


# The answer


def answer(found: Record) -> list[str]:
    """Two to four sentences: what the catalogue knows of the list, and how the texts bunch."""
    rows = _of_years(found)
    if found.record.empty:
        return [NOTHING]
    if rows.empty:
        return [f"The report lists no ITU-T texts for {found.listed.label}."]
    have, all_of = int(rows["docid"].notna().sum()), len(rows)
    every = "the one text" if all_of == 1 else f"all {number(all_of)} texts"
    texts = f"**{every}**" if have == all_of else f"**{number(have)} of the {amount(all_of, 'text')}**"
    first = f"The catalogue has {texts} that the report lists for {when(found.listed)}, each with its day."
    said = [first, _missing_said(found), _projected(found), _bunched(found)]
    return [sentence for sentence in said if sentence]


def _missing_said(found: Record) -> str:
    missing = found.unlisted
    if missing.empty:
        return "It has no other text of that time."
    kinds = missing["document_type"].value_counts()
    parts = [amount(n, *NOUNS[kind]) for kind in NOUNS if (n := int(kinds.get(kind, 0)))]
    texts = f"It has {amount(len(missing), 'text')} of that time that the report does not list: {listing(parts)}"
    informative = int(missing["informative"].sum())
    if not informative:
        return f"{texts}."
    return f"{texts}; {count(informative, 'title speaks', 'titles speak')} of an informative part."


def _projected(found: Record) -> str:
    """What the year that the report cuts came to, beside the annual rate of the list; empty where it is not here."""
    made = throughput.by_year(found.entries, found.listed, throughput.study_groups(found.entries))
    made = made.merge(approvals.projections(found)[["year", "complete"]], on="year")
    cut = made[(made["coverage"] == "partial") & made["year"].isin(found.listed.chosen)]
    if cut.empty:
        return ""
    row, closes = cut.iloc[0], found.listed.closes
    error = row["annual_rate"] / row["complete"] - 1
    rate = f"the annual rate of the {number(row['entries'])} listed up to {closes.day} {closes:%B}" if closes else ""
    off = f"said {number(row['annual_rate'], 0)}, {_off(error)}"
    return f"Complete, {row['year']} has {number(row['complete'])} in the catalogue; {rate} {off}."


def _bunched(found: Record) -> str:
    rows = approvals.bunching(found)
    rows = rows[rows["year"].isin(found.listed.chosen)]
    if rows.empty:
        return ""
    if len(rows) == 1:
        row = rows.iloc[0]
        half = f"Half of the texts of {row['year']} were approved on {row['half']} of {amount(row['days'], 'day')}"
        return f"{half} with an approval; {_day(row['busiest'])} brought {number(row['most'])}."
    least, most = int(rows["half"].min()), int(rows["half"].max())
    span = count(most, "day") if least == most else f"{number(least)} to {number(most)} days"
    top = rows.iloc[int(rows["most"].argmax())]
    return f"Half of the texts of a year were approved on {span}; {_day(top['busiest'])} brought {number(top['most'])}."


def figures(found: Record) -> pd.DataFrame:
    """Headline figures (see `tiles`)."""
    rows = _of_years(found)
    if found.record.empty or rows.empty:
        return tiles.frame([])
    have, missing = int(rows["docid"].notna().sum()), len(found.unlisted)
    shown = [
        tiles.row("listed texts with a day in the catalogue", number(have), f"of {number(len(rows))}", rows),
        tiles.row(
            "catalogued texts that are not listed", number(missing), "approved before the table closes", rows[:0]
        ),
    ]
    force = int(rows["status"].eq("Published").sum())
    if have:
        shown.append(tiles.row("still in force", percent(force / have), f"{number(force)} of {number(have)}", rows[:0]))
    made = approvals.bunching(found)
    made = made[made["year"].isin(found.listed.chosen)]
    if len(made):
        top = made.iloc[int(made["most"].argmax())]
        shown.append(tiles.row("approved on the busiest day", number(top["most"]), _day(top["busiest"]), rows[:0]))
    return tiles.frame(shown)


# The report against the catalogue


def balance(found: Record) -> Caption:
    """Listed against catalogued, by group or by group and year."""
    rows = _of_years(found)
    if found.record.empty or rows.empty:
        return Caption(answer(found)[0])
    made = matching.balance(found.entries, found.unlisted, found.listed, ["study_group"])
    apart = made[(made["difference"] != 0) & (made["study_group"] != matching.NOT_KNOWN)]
    title = f"Listed and catalogued agree in number for every study group in {when(found.listed)}"
    if len(apart):
        widest = apart[apart["difference"].abs() == apart["difference"].abs().max()]
        by = [f"{row['study_group']} ({row['difference']:+d})".replace("-", "−") for row in widest.to_dict("records")]
        most = "" if len(widest) == len(apart) else "most "
        title = f"In {when(found.listed)} listed and catalogued differ {most}for {listing(by)}"
    notes = [
        "‘Catalogued’ counts listed texts that were found, and texts of the same days that the report does not list.",
        "The group of a text that is not listed is inferred from its series and from the group responsible today.",
        *_source(found),
    ]
    return Caption(title, source=source(rows), notes=tuple(notes))


def balance_table(found: Record) -> pd.DataFrame:
    """`matching.balance` by group, and for several years by group and year."""
    by = ["study_group"] if found.listed.year else ["study_group", "year"]
    return matching.balance(found.entries, found.unlisted, found.listed, by) if len(found.record) else pd.DataFrame()


def balance_headings(found: Record) -> dict[str, str]:
    """Headings of the balance."""
    return {"study_group": "Group", **({} if found.listed.year else {"year": "Year"}), **BALANCE}


def without(found: Record) -> Caption:
    """Entries without a text."""
    rows = _of_years(found)
    if found.record.empty:
        return Caption(NOTHING)
    lacking = rows[rows["docid"].isna()]
    if lacking.empty:
        return Caption(
            f"Every entry of {found.listed.label} has its text in the catalogue." if len(rows) else answer(found)[0]
        )
    who = count(len(lacking), "entry", "entries").capitalize()
    title = f"{who} of {found.listed.label} {'has' if len(lacking) == 1 else 'have'} no text in the catalogue"
    candidates = "of the same group and kind, approved in a month of other texts of the group"
    notes = (f"A candidate is a text that no entry has, {candidates}.",)
    return Caption(title, source=source(lacking), notes=notes)


def without_table(found: Record) -> pd.DataFrame:
    """Entries without a text, in words."""
    rows = _of_years(found)
    rows = rows[rows["docid"].isna()] if len(found.record) else rows[:0]
    return rows.assign(why=rows["reason"].map(REASONS))


def unlisted(found: Record) -> Caption:
    """Texts that the report does not list."""
    if found.record.empty:
        return Caption(NOTHING)
    if found.unlisted.empty:
        return Caption(f"The catalogue has no other text of {when(found.listed)}.")
    return Caption(
        f"{amount(len(found.unlisted), 'text')} of {when(found.listed)} that the report does not list",
        notes=tuple(_source(found)),
    )


def unlisted_table(found: Record) -> pd.DataFrame:
    """Texts that the report does not list, in words."""
    rows = found.unlisted
    second = rows["namesakes"].map(lambda n: "a second text of the number in the year" if n else "")
    remark = second.mask(rows["informative"], "informative by its title")
    kind = rows["document_type"].map({kind: names[0] for kind, names in NOUNS.items()})
    return rows.assign(kind=kind, remark=remark, address=matching.address(rows["designation"], "ITU-T", found.rules))


def radio(made: pd.DataFrame) -> Caption:
    """ITU-R: repaired hyphens and what the catalogue does not have."""
    if made.empty or made["docid"].isna().all():
        return Caption("No ITU-R Recommendation can be looked up in the catalogue.")
    repaired = made[made["repaired"]]
    have, refuted = int(repaired["docid"].notna().sum()), int(repaired["refuted"].sum())
    hyphens = f"{number(have)} of {amount(len(repaired), 'repaired hyphen')} confirmed, "
    hyphens += f"{number(refuted) if refuted else 'none'} refuted; "
    found = f"{number(int(made['docid'].notna().sum()))} of {amount(len(made), 'ITU-R designation')} catalogued"
    notes = (
        "Reports have designations like those of Recommendations; the catalogue of Recommendations alone was asked.",
        "A month is that in the document’s address; a month of publication can be later than the approval.",
        "The catalogue lacks some revisions between others; one that it lacks is not refuted.",
    )
    return Caption(f"{hyphens if len(repaired) else ''}{found}", source=source(made), notes=notes)


def radio_table(made: pd.DataFrame, found: Record) -> pd.DataFrame:
    """ITU-R designations that were repaired, or that the catalogue does not have."""
    rows = made[made["repaired"] | made["docid"].isna()] if made["docid"].notna().any() else made[:0]
    said = [
        "has it" if pd.notna(docid) else "has it as printed" if refuted else
        f"has revision{'s' * (' ' in others)} {others} of it" if others else "has no Recommendation of this number"
        for docid, refuted, others in zip(rows["docid"], rows["refuted"], rows["others"], strict=True)
    ]  # fmt: skip
    return rows.assign(said=said, address=matching.address(rows["designation"], "ITU-R", found.rules))


# Months and days


def by_month(found: Record) -> Caption:
    """The grid of months."""
    if found.record.empty:
        return Caption(NOTHING)
    counts = found.record["approved"].str[5:7].astype(int).value_counts()
    top = [month_name[month] for month in sorted(counts[counts == counts.max()].index)]
    first, last = found.period.years[0], found.period.years[-1]
    title = f"From {first} to {last} most texts were approved in {listing(top)}, and some in every month"
    title = title if len(counts) == len(month_abbr) - 1 else title.partition(",")[0]
    return Caption(title, "texts approved", notes=tuple(_source(found)))


def months(frame: pd.DataFrame) -> pd.DataFrame:
    """The months with their names."""
    return frame.assign(month=[month_abbr[month] for month in frame["month"]])


def days(found: Record) -> Caption:
    """How the years bunch."""
    return (
        Caption("How many days carry the texts of a year", notes=tuple(_source(found)))
        if len(found.record)
        else Caption(NOTHING)
    )


def busiest(frame: pd.DataFrame, found: Record) -> Caption:
    """The busiest days."""
    if frame.empty:
        return Caption(f"The catalogue has no approval in {found.listed.label}." if len(found.record) else NOTHING)
    return Caption(
        f"The {amount(len(frame), 'day')} of {found.listed.label} with most texts"
        if len(frame) > 1
        else f"The only day of {found.listed.label}",
        notes=tuple(_source(found)),
    )


def busiest_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The busiest days, groups in words."""
    return frame.assign(groups=[listing(groups) if groups else "not stated" for groups in frame["groups"]])


def courses(found: Record) -> Caption:
    """The cumulated lines."""
    if found.record.empty:
        return Caption(NOTHING)
    rows, closes = approvals.projections(found), found.listed.closes
    title = "The course of each year"
    if len(rows) and closes:
        share = rows["to_date"] / rows["complete"]
        title = f"By {closes.day} {closes:%B} a year has {percent(share.min())} to {percent(share.max())} of its texts"
    return Caption(title, "texts approved since the year began", notes=tuple([*_source(found), *_incomplete(found)]))


def closing(found: Record) -> tuple[int | None, str]:
    """Day of the year on which the report's table closes, and its label; nothing where it names none."""
    closes = found.listed.closes
    return (
        (closes.timetuple().tm_yday, f"the report closes\n{closes.day} {closes:%B} {closes.year}")
        if closes
        else (None, "")
    )


def _incomplete(found: Record) -> list[str]:
    return [note.replace("the table closes on", "the catalogue’s state is of") for note in partial_note(found.period)]


def rates(rows: pd.DataFrame) -> pd.DataFrame:
    """The annual rates as whole texts."""
    return rows.assign(annual_rate=rows["annual_rate"].astype(float).round())


def projections(rows: pd.DataFrame, found: Record) -> Caption:
    """Annual rates against complete years."""
    if rows.empty:
        return Caption("The report’s table cuts no year on a known day, so no annual rate can be checked.")
    low, high = rows["error"].min(), rows["error"].max()
    wrong = (
        f"between {_off(low)} and {_off(high)}" if low < 0 < high else f"by up to {percent(max(abs(low), abs(high)))}"
    )
    closes = found.listed.closes
    assert closes is not None, "projections has rows only where there is a day"
    title = f"An annual rate of {closes.day} {closes:%B} misses the complete year {wrong}"
    return Caption(
        title,
        "texts",
        notes=(
            "The rate is what the texts up to that day make over a whole year, as on the page of throughput.",
            *_source(found),
        ),
    )


def _off(error: float) -> str:
    return f"{percent(abs(error))} too {'low' if error < 0 else 'high'}" if error else "exactly right"


def by_year(frame: pd.DataFrame, found: Record) -> Caption:
    """All years of the catalogue."""
    if frame.empty:
        return Caption(NOTHING)
    whole = frame[frame["coverage"] == "whole"]
    ours = whole[whole["year"].isin(found.listed.years)]
    if ours.empty or len(whole) == len(ours):
        return Caption("Approvals by year", "texts approved", notes=tuple([*_source(found), *_incomplete(found)]))
    others = whole[~whole["year"].isin(found.listed.years)]
    first, last = found.listed.years[0], found.listed.years[-1]
    average, of_others = (number(rows["entries"].mean(), 0) for rows in (ours, others))
    years = f"A year of {first}–{last}" if last > first else f"{first}"
    title = f"{years} has {average} texts{' on average' if last > first else ''}, the other whole years {of_others}"
    return Caption(title, "texts approved", notes=tuple([*_source(found), *_incomplete(found)]))


# Editions


def new_and_revised(frame: pd.DataFrame, found: Record) -> Caption:
    """New against revised by year."""
    if frame.empty:
        return Caption(NOTHING)
    rows = frame[frame["year"].isin(found.listed.chosen)]
    new, both = int(rows["new"].sum()), int((rows["new"] + rows["revised"]).sum())
    if not both:
        return Caption(f"The catalogue has no Recommendation of {found.listed.label}")
    title = f"{percent(new / both)} of the Recommendations of {found.listed.label} were new, the rest revised"
    if new in (0, both):
        title = f"Every Recommendation of {found.listed.label} was {'new' if new else 'revised'}"
    return Caption(
        title,
        "Recommendations",
        notes=(
            "Revised: the catalogue has an earlier edition of the number. A text that was renumbered counts as new.",
            *_source(found),
            *_incomplete(found),
        ),
    )


def gathered(frame: pd.DataFrame, found: Record) -> Caption:
    """Amendments before the next edition."""
    if frame.empty:
        return Caption(
            f"No edition that the catalogue has from its first year on was replaced in {found.listed.label}."
            if len(found.record)
            else NOTHING
        )
    none, all_of = int(frame.loc[frame["amendments"] == 0, "editions"].sum()), int(frame["editions"].sum())
    most = int(frame["amendments"].max())
    title = f"Of the editions replaced in {found.listed.label} {number(none)} of {number(all_of)} had no Amendment"
    if most:
        title += f", the most had {number(most)}"
    first = found.period.years[0]
    note = f"Editions from {first} on; of earlier ones the catalogue’s list of Amendments is not whole."
    return Caption(title, notes=(note,))


def gathered_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The distribution with shares."""
    return frame.assign(share=frame["editions"] / frame["editions"].sum())


def in_force(frame: pd.DataFrame, found: Record) -> Caption:
    """What is still in force."""
    if frame.empty:
        return Caption(NOTHING if found.record.empty else f"No listed text of {found.listed.label} is catalogued.")
    force, all_of = int(frame["in_force"].sum()), int(frame["texts"].sum())
    texts = f"{number(force)} of {amount(all_of, 'text')} of {found.listed.label}"
    title = f"{texts} {'is' if force == 1 else 'are'} still in force"
    return Caption(title, "listed texts", source=source(_of_years(found)), notes=tuple(_source(found)))


def by_group_table(found: Record) -> Caption:
    """New, revised and in force by group, as a table."""
    return Caption(f"New, revised and in force by study group, {found.listed.label}" if len(found.record) else NOTHING)


def then_and_today(frame: pd.DataFrame, found: Record) -> Caption:
    """Groups then and today."""
    if frame.empty:
        return Caption(NOTHING if found.record.empty else f"No listed text of {found.listed.label} is catalogued.")
    known = frame[frame["today"] != "not stated"]
    moved = known[known["study_group"] != known["today"]]
    if moved.empty:
        every = "Every text" if len(known) == len(frame) else "Every text whose group is known"
        title = f"{every} is still with the group that the report names"
        return Caption(title, "listed texts", notes=tuple(_source(found)))
    groups = moved.groupby("today", sort=False, observed=True)["study_group"]
    to = [f"{listing(names.unique())} are today with {today}" for today, names in groups]
    return Caption(f"The texts of {'; those of '.join(to)}", "listed texts", notes=tuple(_source(found)))


# Topics


def lists(chosen: Selection, asked: tuple[str, ...]) -> dict[str, list[str]]:
    """The edition's topics; where a reader gives words, each of them instead."""
    declared: Mapping[str, list[str]] = chosen.edition.rules("topics")
    return {f"‘{word}’": [word] for word in asked} if asked else dict(declared)


def topic_years(frame: pd.DataFrame, found: Record) -> Caption:
    """Topics by year."""
    if found.record.empty or frame.empty:
        return Caption(NOTHING if found.record.empty else "The edition declares no topics.")
    chosen = frame[frame["year"].isin(found.listed.chosen)].groupby("topic", sort=False)["texts"].sum()
    if not chosen.max():
        return Caption(f"No title of {found.listed.label} has these words.")
    top = chosen[chosen == chosen.max()]
    texts = amount(int(top.iloc[0]), "text")
    title = f"{listing(top.index)}: {texts} of {found.listed.label}{' each' if len(top) > 1 else ''}"
    if len(chosen) > 1 and len(top) < len(chosen):
        title += ", the most of all topics shown"
    notes = (
        "A text counts once for each topic whose words its title has.",
        "A text without a title takes that of its Recommendation.",
        *_source(found),
        *partial_note(found.listed),
    )
    return Caption(title, "listed texts", source=source(_of_years(found)), notes=notes)


def topic_groups(frame: pd.DataFrame, found: Record) -> Caption:
    """Topics by group."""
    if frame.empty:
        return Caption(NOTHING if found.record.empty else f"No title of {found.listed.label} has these words.")
    top = frame[frame["texts"] == frame["texts"].max()].iloc[0]
    return Caption(
        f"{top['topic']} in {top['study_group']}: {amount(int(top['texts']), 'text')} of {found.listed.label}",
        "listed texts",
        notes=tuple(_source(found)),
    )


def which(hits: pd.DataFrame, declared: dict[str, list[str]], found: Record) -> pd.DataFrame:
    """Every topic with the words that were looked for, and its texts of the chosen years."""
    rows = hits[hits["year"].isin(found.listed.chosen)]
    made = [
        (
            topic,
            int((rows["topic"] == topic).sum()),
            ", ".join(words),
            ", ".join(rows.loc[rows["topic"] == topic, "printed"].unique()),
        )
        for topic, words in declared.items()
    ]
    return pd.DataFrame([row for row in made if row[1]], columns=list(TOPICS))


def which_caption(found: Record) -> Caption:
    """The table of topics and their texts."""
    return Caption(
        f"The texts behind each count, {found.listed.label}; their titles stand below" if len(found.record) else NOTHING
    )


def entries(found: Record) -> Caption:
    """The list of every entry with its text."""
    rows = _of_years(found)
    if found.record.empty or rows.empty:
        return Caption(answer(found)[0])
    return Caption(
        f"Every entry of {when(found.listed)} with its day and title", source=source(rows), notes=tuple(_source(found))
    )


def entries_table(found: Record) -> pd.DataFrame:
    """Entries with their texts; the address is that of the number’s record."""
    rows = _of_years(found) if len(found.record) else found.entries[:0]
    address = matching.address(rows["designation"], "ITU-T", found.rules)
    return rows.assign(
        state=rows["status"].map(STATES), docid=rows["docid"].str.removeprefix("ITU-T "), address=address
    )


def explored(menus: list[str], rows: pd.DataFrame) -> Caption:
    """The picture over the menus."""
    first, second = menus
    what = f"{first}, {second[0].lower()}{second[1:]}"
    return Caption(
        f"{what}: {amount(len(rows), 'text')}" if len(rows) else f"{what}: the catalogue has none.", "texts approved"
    )
