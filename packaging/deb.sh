#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds a Debian package of what `make install` installs: deb.sh PROGRAM, from the project's top, into build/deb. Its version is
# that of packaging/debian/changelog, its maintainer that of the last entry or of MAINTAINER. Same sources, same bytes.
set -eu
program=$1
out=build/deb
root=$out/root
changelog=packaging/debian/changelog
umask 022
rm -rf "$out"
mkdir -p "$root/DEBIAN" "$out/debian"

version=$(sed -n '1s/.*(\(.*\)).*/\1/p' "$changelog")
said=$("$program" --version | sed -n '1s/^turncurve //p')
[ "${version%-*}" = "$said" ] || { echo "deb.sh: $changelog has version $version, the program $said" >&2; exit 1; }
maintainer=${MAINTAINER:-$(sed -n 's/^ -- \(.*>\)  .*/\1/p' "$changelog" | head -1)}
SOURCE_DATE_EPOCH=$(date -u -d "$(sed -n 's/^ -- .*>  //p' "$changelog" | head -1)" +%s)
export SOURCE_DATE_EPOCH

make -s install DESTDIR="$root" PREFIX=/usr
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/turncurve"
# Where Debian wants them.
mkdir -p "$root/usr/share/zsh/vendor-completions"
mv "$root/usr/share/zsh/site-functions/_turncurve" "$root/usr/share/zsh/vendor-completions/"
rmdir "$root/usr/share/zsh/site-functions"
find "$root/usr/share/man" -type f -exec gzip -9n {} +
doc=$root/usr/share/doc/turncurve
mkdir -p "$doc"
install -m 644 packaging/debian/copyright "$doc/copyright"
gzip -9nc "$changelog" > "$doc/changelog.Debian.gz"
gzip -9nc CHANGELOG.md > "$doc/changelog.gz"
rm -f "$doc/CHANGELOG.md"

# Dependencies on libraries, as Debian's own tool finds them.
printf 'Source: turncurve\n\nPackage: turncurve\nArchitecture: any\n' > "$out/debian/control"
depends=$(cd "$out" && dpkg-shlibdeps -O root/usr/bin/turncurve 2> shlibdeps.log | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { cat "$out/shlibdeps.log" >&2; exit 1; }
architecture=$(dpkg --print-architecture)
size=$(du -sk --apparent-size "$root/usr" | cut -f1)
sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@MAINTAINER@|$maintainer|" -e "s|@SIZE@|$size|" \
    -e "s|@DEPENDS@|$depends|" packaging/debian/control > "$root/DEBIAN/control"
(cd "$root" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2) > "$root/DEBIAN/md5sums"
find "$root" -exec touch -hcd "@$SOURCE_DATE_EPOCH" {} +
package=$out/turncurve_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$root" "$package" > /dev/null
echo "$package"
