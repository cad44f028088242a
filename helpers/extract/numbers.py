"""Numbers as the report prints them."""

from __future__ import annotations

import re

DIGITS = r"\d{1,3}(?:[ ,’'\u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
COUNT = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+"  # `957 1` is none: it may be 957 and 1, or 9571
YEAR = r"(?:19|20)\d\d"
PERCENT = re.compile(r"\s*(?:%|\bper ?cent\b)", re.IGNORECASE)
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, float] = {word: value for value, word in enumerate(_ONES)}
for _tens, _word in enumerate(_TENS, 2):
    WORDS[_word] = _tens * 10
    WORDS |= {f"{_word}-{_ONES[unit]}": _tens * 10 + unit for unit in range(1, 10)}
WORDS |= {"twice": 2, "doubled": 2, "half": 0.5, "one-half": 0.5, "one-third": 1 / 3}
WORDS |= {"hundreds": 100, "thousands": 1000}
# longest first, so that `seventeen` is not read as `seven`
NUMBER = f"(?:{DIGITS}|" + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)) + ")"


def parse_number(text: str) -> float | int:
    """Value of a printed number (`1 174`, `1,281`, `4.9`, `Twenty-eight`).

    Raises `ValueError` where the text is none.
    """
    word = text.strip().lower()
    if word in WORDS:
        return WORDS[word]
    if not re.fullmatch(DIGITS, text.strip()):
        raise ValueError(f"{text.strip()!r} is not a number")
    digits = re.sub(r"[ ,’'\u00a0\u202f]", "", text.strip())
    return float(digits) if "." in digits else int(digits)


def parse_count(text: str) -> int | None:
    """Whole number in a table cell, None where the cell is empty.

    Footnote asterisks are dropped. Raises `ValueError` for anything else.
    """
    bare = text.strip().rstrip("*").strip()
    if not bare:
        return None
    if not re.fullmatch(COUNT, bare):
        raise ValueError(f"{text.strip()!r} is not a whole number")
    return int(re.sub(r"\s", "", bare))
