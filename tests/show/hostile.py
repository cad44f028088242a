"""Texts that a page, a spreadsheet or a template might take for more than text."""

HOSTILE = [
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "../../etc/passwd",
    '=HYPERLINK("http://x")',
    '\n=HYPERLINK("http://x")',
    "\ufeff =1+1",
    "＝1+1",
    "| calc",
    "$\\frac{1}{0}$",
    '" onload="x',
]
