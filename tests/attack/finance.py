# SPDX-License-Identifier: GPL-3.0-or-later
"""finance.py K INSIDE PUBLISHED...: what can be found out from published finance reports on one year?

An attacker of its own, who knows the meaning of the columns and nothing of the program. INSIDE is the folder of
`finance` on the same day as the last PUBLISHED; it says what is true. In the published folders
- a line with fewer than 6 children (or K and fewer) now, on average or in the budget has no figure at all
- what is shown is true, and what is hidden is written nowhere: in no table, page, picture or workbook
- of hidden lines together, which is a total less the lines that are shown, the attacker knows what each but one
  costs to a quarter. Any number of children from 1 to K must be possible for each line of few children, unless all
  lines with placements are hidden
- what is hidden in one report on the year is hidden in the later ones.
Prints what it tried and found; exit 1 when it found something or had nothing to try."""
import csv
import pathlib
import re
import sys
import zipfile

KEYS = ("line", "placement")
ADDITIVE = {"finance.csv": ["budget_gbp", "actual_gbp", "committed_gbp", "forecast_gbp"], "to_date.csv": ["profile_gbp"]}
found, tried = [], 0


def rows(folder, name):
    path = pathlib.Path(folder) / name
    if not path.exists():
        return {}
    with open(path, newline="", encoding="utf-8") as file:
        return {tuple(r.get(k, "") for k in KEYS + ("date",)): r for r in csv.DictReader(file) if "line" in r}


def number(text):
    return float(text) if text not in ("", "c", None) else 0.0


def hidden_lines(folder):
    return {key for key, row in rows(folder, "finance.csv").items() if row["forecast_gbp"] == "c"}


def texts(folder):
    for path in pathlib.Path(folder).iterdir():
        if path.suffix in (".html", ".csv", ".svg", ".json"):
            yield path.name, path.read_text(encoding="utf-8")
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    yield f"{path.name}: {name}", book.read(name).decode("utf-8", "replace")


k, inside, published = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
last = published[-1]
hidden = hidden_lines(last)
truth, now, split = (rows(inside, name) for name in ("finance.csv", "full_year.csv", "split.csv"))
total = ("all", "", "")
placements = [key for key in truth if key[1] != ""]


def fewest(key):
    return min(number(now[key]["children_now"]), number(split[key]["forecast_fte"]),
               number(split[key]["budget_fte"]) if split[key]["budget_fte"] else 1e9)


small = [key for key in placements if fewest(key) < max(6, k + 1)]
for key in small:
    tried += 1
    if key not in hidden:
        found.append(f"shown with {fewest(key)} children: {key[0]}")
for name in sorted(path.name for path in pathlib.Path(last).glob("*.csv")):
    secret = rows(inside, name)
    for key, row in rows(last, name).items():
        for column, value in row.items():
            if value in ("", "c") or column in KEYS + ("year", "date", "to_date", "before"):
                continue
            if (key[0], key[1], "") in hidden:
                found.append(f"{name}: {column} of {key[0]} is shown")
            elif key in secret and secret[key][column] != value:
                found.append(f"{name}: {column} of {key[0]} is not what it is inside")

# Figures of hidden lines, as CSV and pages write them; small ones could stand there by chance.
needles = {}
for name in ("finance.csv", "split.csv", "to_date.csv", "full_year.csv", "calibration.csv", "chance.csv"):
    for key, row in rows(inside, name).items():
        if key in hidden:
            for column, value in row.items():
                if re.fullmatch(r"-?\d{4,}\.\d\d", value):
                    needles[value.lstrip("-")] = needles[f"{abs(round(float(value))):,}"] = f"{column} of {key[0]}"
for name, text in texts(last):
    words = set(re.findall(r"\d[\d,]*(?:\.\d+)?", text))
    found.extend(f"{name} has {value}, {needles[value]}" for value in sorted(words & set(needles)))

for name, columns in ADDITIVE.items():
    seen, secret = rows(last, name), rows(inside, name)
    for column in columns if seen and hidden < set(placements) else []:
        if seen.get(total, {}).get(column, "") in ("", "c"):
            continue
        together = number(seen[total][column]) - sum(number(row[column]) for key, row in seen.items() if key != total)
        for key in hidden & set(small):
            own = number(secret[key][column])
            others = together - own
            one = own / max(1, number(split[key]["forecast_fte"]))
            tried += 1
            if own > 0 and (together - 1.25 * others > one + .01 or together - .75 * others < k * one - .01):
                found.append(f"{name}: {column} of {key[0]} says more than 1 to {k} children")
if hidden and any(number(row[c]) for c in ("budget_nights", "forecast_nights", "forecast_weekly_gbp")
                  for key, row in rows(last, "split.csv").items() if key == total):
    found.append("nights of the whole")
for earlier, later in zip(published, published[1:]):
    tried += 1
    found.extend(f"shown after it was hidden: {key[0]}" for key in hidden_lines(earlier) - hidden_lines(later))
print("\n".join(found[:20]))
print(f"attacked {tried}, found {len(found)}; {len(hidden)} of {len(placements)} lines hidden")
sys.exit(1 if found or not tried else 0)
