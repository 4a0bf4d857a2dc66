#!/usr/bin/env bash
# Makes cocoon_VERSION_amd64.deb and cocoon-VERSION-linux-x64.tar.gz of a published folder, without a network.
# Usage: eng/packaging/deb.sh PUBLISHED OUT. Two runs over the same bytes give the same bytes.
set -euo pipefail
published=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")"
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
version=$("$published/cocoon" version --json | sed -n 's/.*"version":"\([^"]*\)".*/\1/p')
# A pre-release sorts before its release: 1.0.0~rc.1.
debian=${version/-/\~}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
umask 022

install -d "$tree"/{DEBIAN,usr/bin,usr/lib/cocoon,usr/lib/systemd/system,etc/cocoon,usr/share/{doc/cocoon,man/man1,bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}}
# The local chain's TVM compiles at run time, which the unit forbids: researchers take the dotnet tool.
cp -r "$published"/. "$tree/usr/lib/cocoon/"
rm -rf "$tree"/usr/lib/cocoon/{tvm,libwasmtime.so,*.dbg,*.pdb,*.xml,appsettings*.json,*.staticwebassets*}
ln -s ../lib/cocoon/cocoon "$tree/usr/bin/cocoon"
install -m 644 systemd/cocoon.service "$tree/usr/lib/systemd/system/"
"$published/cocoon" config reference >"$tree/etc/cocoon/node.toml"
"$published/cocoon" manual | gzip -9n >"$tree/usr/share/man/man1/cocoon.1.gz"
"$published/cocoon" completion bash >"$tree/usr/share/bash-completion/completions/cocoon"
"$published/cocoon" completion zsh >"$tree/usr/share/zsh/vendor-completions/_cocoon"
"$published/cocoon" completion fish >"$tree/usr/share/fish/vendor_completions.d/cocoon.fish"
install -m 644 debian/copyright "$tree/usr/share/doc/cocoon/"
gzip -9nc ../../CHANGELOG.md >"$tree/usr/share/doc/cocoon/changelog.gz"
find "$tree" -type d -exec chmod 755 {} + ; find "$tree" -type f -exec chmod 644 {} + ; chmod 755 "$tree/usr/lib/cocoon/cocoon"

for script in postinst prerm postrm; do install -m 755 "debian/$script" "$tree/DEBIAN/"; done
echo /etc/cocoon/node.toml >"$tree/DEBIAN/conffiles"
size=$(du -sk --exclude=DEBIAN "$tree" | cut -f1)
sed -e "s/@VERSION@/$debian/" -e "s/@SIZE@/$size/" debian/control >"$tree/DEBIAN/control"
find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz -b "$tree" "$out/cocoon_${debian}_amd64.deb"

tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
  --transform "s,^usr/lib/cocoon,cocoon-$version," -C "$tree" -cf - usr/lib/cocoon | gzip -9n >"$out/cocoon-$version-linux-x64.tar.gz"
(cd "$out" && sha256sum ./*.deb ./*.tar.gz | sed 's, \./, ,' >sha256sums)
cat "$out/sha256sums"
