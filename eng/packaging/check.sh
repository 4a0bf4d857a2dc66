#!/usr/bin/env bash
# Builds the packages twice and looks at them as an operator would: same bytes, a unit that systemd rates 2.0 or less,
# a man page without a warning, completions that load, and a program that starts from an unpacked tree.
# Usage: eng/packaging/check.sh PUBLISHED
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$(dirname "$0")
"$here/deb.sh" "$1" "$work/a" >/dev/null
"$here/deb.sh" "$1" "$work/b" >/dev/null
cmp "$work/a/sha256sums" "$work/b/sha256sums"
dpkg-deb -x "$work"/a/*.deb "$work/root"

# The level stands in tenths in the last line: "→ Overall exposure level for cocoon.service: 1.6 OK".
mkdir "$work/units"
cp "$work/root/usr/lib/systemd/system/cocoon.service" "$work/units/"
level=$(systemd-analyze security --offline=true "$work/units/cocoon.service" | sed -n 's/.*exposure level for [^:]*: \([0-9.]*\).*/\1/p')
echo "exposure level $level"
awk -v level="$level" 'BEGIN { exit !(level != "" && level <= 2.0) }'
sed "s,/usr/bin/cocoon,$work/root/usr/bin/cocoon," "$work/units/cocoon.service" >"$work/units/check.service"
systemd-analyze verify --man=no "$work/units/check.service"

warnings=$(MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$work/root/usr/share/man/man1/cocoon.1.gz" 2>&1 >/dev/null)
[ -z "$warnings" ] || { echo "$warnings"; exit 1; }
bash -c "source '$work/root/usr/share/bash-completion/completions/cocoon'; COMP_WORDS=(cocoon mod); COMP_CWORD=1; _cocoon; [ \"\${COMPREPLY[*]}\" = models ]"
"$work/root/usr/bin/cocoon" config check --config "$work/root/etc/cocoon/node.toml"
ls -l "$work"/a
