#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks pages against WCAG 2.2 AA with axe-core in headless Chromium: axe.sh AXE.js PAGE.html... A copy of each page with
# axe and axe_run.js in it is opened beside the page. Prints a line for each violation: "PAGE: RULE: where"; nothing for
# pages that have none. Exit 1 when there are any, 2 when Chromium did not answer.
set -u
here=$(dirname "$0")
axe=$1
shift
status=0
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for page in "$@"; do
    copy=$(dirname "$page")/axe-copy.html
    {
        cat "$page"
        printf '<script data-axe>'
        cat "$axe"
        printf '</script>\n<script data-axe>'
        cat "$here/axe_run.js"
        printf '</script>\n'
    } > "$copy"
    chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$profile" --window-size=1280,1024 \
        --virtual-time-budget=20000 --dump-dom "file://$(cd "$(dirname "$copy")" && pwd)/axe-copy.html" 2> /dev/null |
        sed -n '/<pre id="axe-report">/,/<\/pre>/p' | sed -e '/axe-report">$/d' -e '/^<\/pre>/d' > "$profile/report"
    rm -f "$copy"
    if [ ! -s "$profile/report" ]; then
        echo "$page: Chromium did not answer"
        status=2
    elif [ "$(cat "$profile/report")" != ok ]; then
        sed "s|^|$page: |" "$profile/report"
        [ "$status" -ne 0 ] || status=1
    fi
done
exit "$status"
