#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""validate.py SCHEMA [DOCUMENT]: holds a JSON document (standard input when none is named) against a schema of docs/json.

Knows the keywords that those schemas use and refuses any other, so that none is passed over in silence. Repeated keys and
NaN are errors. Exit 1 names the first place that does not fit."""
import datetime
import json
import sys

TYPES = {
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
    "string": lambda v: isinstance(v, str),
    "null": lambda v: v is None,
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool) or isinstance(v, float) and v.is_integer(),
}
SAYS_NOTHING = {"$schema", "$id", "title", "description"}


class Misfit(Exception):
    pass


def check(value, schema, place):
    for keyword, rule in schema.items():
        if keyword in SAYS_NOTHING or keyword in ("properties", "additionalProperties"):
            continue
        if keyword == "type":
            names = rule if isinstance(rule, list) else [rule]
            if not any(TYPES[name](value) for name in names):
                raise Misfit(f"{place}: {value!r} is no {' or '.join(names)}")
        elif keyword == "format" and rule == "date":
            if isinstance(value, str):
                try:
                    datetime.date.fromisoformat(value)
                except ValueError:
                    raise Misfit(f"{place}: {value!r} is no date") from None
        elif keyword == "enum":
            if value not in rule:
                raise Misfit(f"{place}: {value!r} is none of {rule}")
        elif keyword == "required":
            for name in rule:
                if isinstance(value, dict) and name not in value:
                    raise Misfit(f"{place}: {name} is missing")
        elif keyword == "items":
            for i, item in enumerate(value if isinstance(value, list) else []):
                check(item, rule, f"{place}[{i}]")
        elif keyword == "anyOf":
            problems = []
            for choice in rule:
                try:
                    check(value, choice, place)
                    break
                except Misfit as misfit:
                    problems.append(str(misfit))
            else:
                raise Misfit("; or ".join(problems))
        else:
            raise SystemExit(f"the schema has a keyword that is not known: {keyword}: {rule!r}")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        more = schema.get("additionalProperties", True)
        for name, item in value.items():
            if name in known:
                check(item, known[name], f"{place}.{name}")
            elif more is False:
                raise Misfit(f"{place}: {name} is not in the schema")
            elif isinstance(more, dict):
                check(item, more, f"{place}.{name}")


def once(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key is repeated: {keys}")
    return dict(pairs)


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file, object_pairs_hook=once)
    if schema.get("$schema") != "https://json-schema.org/draft/2020-12/schema":
        raise SystemExit(f"{sys.argv[1]}: not of draft 2020-12")
    with open(sys.argv[2], encoding="utf-8") if len(sys.argv) > 2 else sys.stdin as file:
        document = json.load(file, object_pairs_hook=once, parse_constant=no_constant)
    try:
        check(document, schema, "$")
    except Misfit as misfit:
        raise SystemExit(str(misfit)) from None


if __name__ == "__main__":
    main()
