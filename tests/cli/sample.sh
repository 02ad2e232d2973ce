# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# The sample returns and the published statistics that may lie beside the project.
. "$TOP/tests/cli/lib.sh"

# What a history says, without the command that made it.
alike() { rm "$1/manifest.json"; sed -i '/<code>turncurve /d' "$1/index.html"; }

if [ -d "$SHARED/data/ssda903-sample" ]; then
    run import --la Sampleton "$SHARED/data/ssda903-sample"
    expect_status "sample: import" 0
    cp turncurve.db once.db
    run import --la Sampleton "$SHARED/data/ssda903-sample"
    expect_status "sample: import again" 0
    run history --out first
    expect_status "sample: history" 0
    run -d once.db history --out second
    alike first
    alike second
    expect_same "sample: importing twice changes nothing" first second
    run check
    expect_status "sample: check" 0
    expect "sample: findings" test "$(wc -l < out/check/findings.csv)" -gt 10
    run forecast --from 2022-03-31 --runs 100 --scenario baseline --scenario best --scenario likely --scenario worst
    expect_status "sample: forecast" 0
    expect_text "sample: forecast: numbers that jump are a warning" stderr S-10
    expect_text "sample: forecast: and a note on the page" out/forecast/index.html S-10
    # Years in the other order give the same history.
    for year in 2021 2019 2017 2020 2018; do
        run -d other.db import --la Sampleton "$SHARED/data/ssda903-sample/$year"
        expect_status "sample: import of $year alone" 0
    done
    run -d other.db history --out third
    alike third
    expect_same "sample: the order of imports changes nothing" first third
else
    skipped sample "no sample returns beside the project"
fi
if [ -d "$SHARED/data/published" ]; then
    run -d published.db import "$SHARED/data/published"
    expect_status "published: import" 0
    for model in last_value holt panel; do
        run -d published.db forecast --la Leeds --model $model --out "leeds-$model"
        expect_status "published: forecast of Leeds by $model" 0
        expect "published: $model writes a forecast" test "$(wc -l < "leeds-$model/forecast.csv")" -gt 12
    done
    run -d published.db forecast --la Leedz --model holt
    expect_status "published: an unknown authority" 64
    expect_text "published: the nearest is named" stderr Leeds
else
    skipped published "no published statistics beside the project"
fi
