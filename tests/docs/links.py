#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""links.py PAGE..: every link and picture of Markdown pages that is not to the network leads to a file, and to a heading of
it where it names one."""
import os
import re
import sys


def without_code(text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path):
    """The names that headings get from GitHub: lower case, blanks to dashes, punctuation gone; a second one gets -1."""
    seen, names = {}, set()
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"^```.*?^```", "", file.read(), flags=re.S | re.M)
    for heading in re.findall(r"^#+ +(.*)$", text, flags=re.M):
        name = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower()).replace(" ", "-")
        count = seen.get(name, 0)
        seen[name] = count + 1
        names.add(name if count == 0 else f"{name}-{count}")
    return names


def main():
    broken = []
    for page in sys.argv[1:]:
        with open(page, encoding="utf-8") as file:
            text = without_code(file.read())
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            full = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
            if not os.path.exists(full):
                broken.append(f"{page}: {target}: there is no {full}")
            elif anchor and anchor not in anchors(full):
                broken.append(f"{page}: {target}: there is no such heading")
    if broken:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
