#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks into a workbook, by its XML and through LibreOffice.

workbook.py check FILE.xlsx
    The zip and its XML are well formed; LibreOffice opens it and says nothing; no cell is an error; every number that
    LibreOffice finds, after it has calculated all formulas anew, is the number that is stored. What LibreOffice found
    is kept beside the file (FILE.xlsx.cells) for `ties`.

workbook.py ties FILE.xlsx SHEET HEADING CSV COLUMN [by HEADING=COLUMN].. [where COLUMN=VALUE].. [last]
    Every row of a sheet, in the column under a heading, is to the penny the sum of a column of a CSV over the rows that
    agree with it. `by Month=date`: the row's cell under Month is the CSV's date; `by Year=fy(date)`: "2026-27" (or
    "2026-27 (9 months)") is the financial year of the CSV's date; `by Scenario=label(scenario)`: "Leeds 2012 best" is
    "leeds-2012-best". `where group=all`: only those rows of the CSV; with `last` the last of them instead of the sum
    (a stock). A row that no row of the CSV agrees with is a failure, and so is a sheet without rows.

workbook.py name FILE.xlsx NAME
    Prints the number of the cell that a defined name stands for.

Prints what is wrong, a line each; exit 1 when anything is.
"""

import csv
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EPOCH = datetime.date(1899, 12, 30)  # day 0 of spreadsheets, from March 1900 on
# Comma, double quotes, UTF-8; cells as they are, not as they are shown; every sheet to a file of its own.
CSV_OF_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
ALWAYS_CALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
problems = []


def wrong(words):
    problems.append(words)


# ---- the XML


def place(reference):
    """'C7' -> (6, 2)"""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


class Book:
    """Cells as they are stored: {sheet: {(row, column): (kind, value, formula)}}; kind is number, text or error."""

    def __init__(self, path):
        self.sheets = {}
        self.names = {}
        with zipfile.ZipFile(path) as archive:
            bad = archive.testzip()
            if bad is not None:
                wrong(f"{bad} is damaged")
            trees = {}
            for name in archive.namelist():
                try:
                    trees[name] = ET.fromstring(archive.read(name))
                except ET.ParseError as error:
                    wrong(f"{name} is no XML: {error}")
        book = trees["xl/workbook.xml"]
        targets = {r.get("Id"): r.get("Target") for r in trees["xl/_rels/workbook.xml.rels"]}
        shared = ["".join(t.text or "" for t in item.iter(MAIN + "t")) for item in trees["xl/sharedStrings.xml"]]
        for sheet in book.iter(MAIN + "sheet"):
            tree = trees["xl/" + targets[sheet.get(RELATION + "id")]]
            self.sheets[sheet.get("name")] = self.cells(tree, shared)
        for name in book.iter(MAIN + "definedName"):
            self.names[name.get("name")] = name.text

    @staticmethod
    def cells(tree, shared):
        cells = {}
        for cell in tree.iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            formula = cell.find(MAIN + "f")
            if value is None:
                continue
            kind = cell.get("t", "n")
            text = shared[int(value.text)] if kind == "s" else value.text
            kind = {"s": "text", "str": "text", "inlineStr": "text", "n": "number", "e": "error"}.get(kind, kind)
            if kind == "number":
                text = float(text)
            cells[place(cell.get("r"))] = (kind, text, None if formula is None else formula.text)
        return cells


# ---- through LibreOffice


def through_libreoffice(path):
    """{sheet: rows of texts}, all formulas calculated anew."""
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile", "user")
        out = os.path.join(folder, "out")
        os.makedirs(profile)
        with open(os.path.join(profile, "registrymodifications.xcu"), "w", encoding="utf-8") as settings:
            settings.write(ALWAYS_CALCULATE)
        run = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
             CSV_OF_ALL_SHEETS, "--outdir", out, path],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"})
        said = run.stdout.decode("utf-8", "replace").splitlines()
        said = [l for l in said if l and "javaldx" not in l and not l.startswith(("convert ", "Writing sheet "))]
        if run.returncode != 0 or said:
            wrong(f"LibreOffice says (exit {run.returncode}): {' '.join(said)}")
        stem = os.path.splitext(os.path.basename(path))[0]
        sheets = {}
        for name in os.listdir(out) if os.path.isdir(out) else []:
            with open(os.path.join(out, name), encoding="utf-8", newline="") as file:
                sheets[name[len(stem) + 1:-len(".csv")]] = list(csv.reader(file))
        return sheets


def as_number(text):
    """A number as LibreOffice writes it, days too; None for words."""
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)
    if day:
        return (datetime.date(int(day[3]), int(day[1]), int(day[2])) - EPOCH).days
    percent = re.fullmatch(r"(-?[\d.]+)%", text)
    try:
        return float(percent[1]) / 100 if percent else float(text)
    except ValueError:
        return None


def check(path):
    book = Book(path)
    found = through_libreoffice(path)
    formulas = 0
    numbers = 0
    if len(found) != len(book.sheets):
        wrong(f"LibreOffice sees {len(found)} sheets of {len(book.sheets)}")
    for sheet, cells in book.sheets.items():
        rows = found.get(sheet, [])
        for (row, column), (kind, value, formula) in sorted(cells.items()):
            text = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
            if kind == "error" or re.match(r"#[A-Z/0!?]+|Err:\d+", text):
                wrong(f"{sheet}: row {row + 1}, column {column + 1} is an error: {value} {text}")
            if kind != "number":
                continue
            number = as_number(text)
            numbers += 1
            formulas += formula is not None
            if number is None or abs(number - value) > 1e-9 * max(1.0, abs(value)):
                wrong(f"{sheet}: row {row + 1}, column {column + 1} holds {value!r}, LibreOffice finds {text!r}"
                      + (f" for ={formula}" if formula else ""))
    with open(path + ".cells", "w", encoding="utf-8") as file:
        json.dump(found, file)
    print(f"{len(book.sheets)} sheets, {numbers} numbers, {formulas} formulas")


# ---- ties


def financial_year(date):
    year = int(date[:4]) - (date[5:7] < "04")
    return f"{year}-{(year + 1) % 100:02d}"


def label(name):
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def iso(text):
    number = as_number(text)
    return text if number is None else (EPOCH + datetime.timedelta(days=int(number))).isoformat()


def key_of(rule, from_csv, value):
    """A value under `by`, from the CSV or from the sheet, in a form in which both can be compared."""
    if from_csv and re.match(r"'[=+@-]", value):
        value = value[1:]  # the CSV's guard against formulas
    if rule == "fy":
        return financial_year(value) if from_csv else value.split(" (")[0]
    if rule == "label":
        return label(value) if from_csv else value
    return value if from_csv or re.fullmatch(r"\d\d/\d\d/\d{4}", value) is None else iso(value)


def pence(text):
    return round(100 * float(text))


def table_of(found, sheet, headings):
    """The rows below the first row that has all headings, up to the first that has none of the `by` cells."""
    rows = found[sheet]
    for i, row in enumerate(rows):
        if all(h in row for h in headings):
            return [dict(zip(row, r)) for r in rows[i + 1:]]
    wrong(f"{sheet} has no headings {', '.join(headings)}")
    return []


def ties(arguments):
    path, sheet, heading, csv_path, column = arguments[:5]
    by, where, last = [], [], False
    rest = iter(arguments[5:])
    for word in rest:
        if word == "last":
            last = True
            continue
        left, right = next(rest).split("=", 1)
        if word == "where":
            where.append((left, right))
        else:
            rule = re.fullmatch(r"(\w+)\((\w+)\)", right)
            by.append((left, rule[1] if rule else "", rule[2] if rule else right))
    sums = {}
    with open(csv_path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if all(row[c] == v for c, v in where):
                key = tuple(key_of(rule, True, row[c]) for _, rule, c in by)
                if row[column] == "":
                    sums.setdefault(key, None)  # a figure that is not there: an empty cell
                    continue
                sums[key] = pence(row[column]) + (0 if last else sums.get(key) or 0)
    with open(path + ".cells", encoding="utf-8") as file:
        found = json.load(file)
    n = 0
    for row in table_of(found, sheet, [heading] + [h for h, _, _ in by]):
        if any(row.get(h, "") == "" for h, _, _ in by) or row[by[0][0]] == "Total":
            break
        key = tuple(key_of(rule, False, row[h]) for h, rule, _ in by)
        if key not in sums:
            wrong(f"{sheet}: {csv_path} has no {key}")
        elif (None if row[heading] == "" else pence(row[heading])) != sums[key]:
            wrong(f"{sheet}, {heading}, {key}: {row[heading]} is {sums[key]} pence in {csv_path}")
        n += 1
    if n == 0:
        wrong(f"{sheet} has no rows to compare")
    print(f"{n} rows of {sheet}, {heading} tie to {csv_path}")


def name(path, wanted):
    book = Book(path)
    sheet, cell = re.fullmatch(r"'?(.*?)'?!\$([A-Z]+\$\d+)", book.names[wanted]).groups()
    print(book.sheets[sheet.replace("''", "'")][place(cell.replace("$", ""))][1])


if __name__ == "__main__":
    {"check": lambda a: check(*a), "ties": ties, "name": lambda a: name(*a)}[sys.argv[1]](sys.argv[2:])
    for problem in problems[:20]:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)
