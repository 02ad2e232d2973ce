#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""commands.py PAGE: the `sh` blocks of a Markdown page as one shell script that stops at the first command that fails and
says on which line it stands. A block whose first line begins "# not run by the tests:" is left out, and counted on stderr."""
import re
import sys


def blocks(lines):
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and re.fullmatch(r"```sh\s*", line):
            start = number
        elif start is not None and line.startswith("```"):
            yield start + 1, lines[start:number - 1]
            start = None
    if start is not None:
        sys.exit(f"{sys.argv[1]}:{start}: the block is not closed")


def commands(first, lines):
    """Whole commands: a quote that is open, or a backslash at the end, goes on in the next line."""
    held, begin = "", first
    for number, line in enumerate(lines, first):
        if not held:
            begin = number
        held += line + "\n"
        text = re.sub(r"\\.", "", held, flags=re.S)
        text = re.sub(r"(^|\s)#.*", "", text)
        if not line.endswith("\\") and text.count('"') % 2 == 0 and text.count("'") % 2 == 0:
            if held.strip() and not held.lstrip().startswith("#"):
                yield begin, held
            held = ""
    if held.strip():
        sys.exit(f"{sys.argv[1]}:{begin}: a quote is not closed")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.read().split("\n")
    print("set -eu\ntrap 'exit 130' INT TERM")
    skipped = 0
    for first, block in blocks(lines):
        if block and block[0].startswith("# not run by the tests:"):
            skipped += 1
            continue
        for number, command in commands(first, block):
            print(f"printf '%s\\n' 'line {number}' > \"$AT\"\n{command}", end="")
    print(f"{skipped}", file=sys.stderr)


if __name__ == "__main__":
    main()
