# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Rules that compare the children of several authorities: S-11 (in care of two at once) and S-12 (a transfer that the other
# authority does not have).
. "$TOP/tests/cli/lib.sh"

cat > population.csv << 'END'
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,age_group,population_estimate
2020,Reporting year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,383,E08000035,Leeds,Children aged 0 to 17 years,169465
2020,Reporting year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,373,E08000019,Sheffield,Children aged 0 to 17 years,117000
END

# a_return FOLDER DOB UPN DECOM DEC REC HOME PL_LA: one child's return for the year to March 2021.
a_return()
{
    mkdir -p "$1"
    printf 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nC1,1,%s,WBRI,%s,,\n' "$2" "$3" > "$1/header.csv"
    {
        echo 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN,PL_LA'
        echo "C1,$4,S,C2,N1,U4,PR1,$5,$6,,$7,S1 2BB,SC123456,$8"
    } > "$1/episodes.csv"
}

# found NAME COUNT RULE: findings of a rule after Leeds' and the other return were imported.
found()
{
    rm -rf two.db checked
    run -d two.db import population.csv
    run -d two.db import --la Leeds leeds
    run -d two.db import --la Sheffield sheffield
    expect_status "transfers: $1: import" 0
    run -d two.db check --out checked
    expect "transfers: $1: $2 findings of $3" test "$(grep -c ",$3," checked/findings.csv)" -eq "$2"
    rm -rf leeds sheffield
}

a_return leeds 05/05/2010 UN3 01/05/2020 01/06/2020 E3 'LS1 1AA' 373
a_return sheffield 06/06/2012 UN3 03/06/2020 '' '' 'S9 9ZZ' 373
found "the other authority has another child" 1 S-12
a_return leeds 05/05/2010 UN3 01/05/2020 01/06/2020 E3 'LS1 1AA' 373
a_return sheffield 05/05/2010 UN3 08/06/2020 '' '' 'LS1 1AA' 373
found "the child arrives within a week" 0 S-12
a_return leeds 05/05/2010 UN3 01/05/2020 01/06/2020 E3 'LS1 1AA' 373
a_return sheffield 05/05/2010 UN3 09/06/2020 '' '' 'LS1 1AA' 373
found "the child arrives after more than a week" 1 S-12
a_return leeds 05/05/2010 UN3 01/05/2020 01/09/2020 E4A 'LS1 1AA' 383
a_return sheffield 05/05/2010 UN3 01/08/2020 '' '' 'LS1 1AA' 373
found "born, sex and home are the same, at once" 1 S-11
a_return leeds 05/05/2010 UN3 01/05/2020 01/08/2020 E4A 'LS1 1AA' 383
a_return sheffield 05/05/2010 UN3 01/08/2020 '' '' 'LS1 1AA' 373
found "one after the other" 0 S-11
