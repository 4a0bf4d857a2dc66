#!/usr/bin/env bash
# Builds do-nothing CUDA libraries into OUT: enough to load a CUDA execution provider and see it list no device, on a
# machine without CUDA. What to define is read from the provider itself, so nothing here names a CUDA release.
# usage: build.sh PROVIDER.so OUT
set -euo pipefail
provider=$1 out=$2 here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
for library in $(readelf -d "$provider" | sed -n 's/.*NEEDED.*\[\(libcu[^]]*\)\]/\1/p'); do
  {
    cat "$here/answers.c"
    nm -D --undefined-only "$provider" | sed -n "s/.* \([A-Za-z_][A-Za-z0-9_]*\)@$library\$/STUB(\1)/p" \
      | grep -vFf <(sed -nE 's/^ANSWER\([^)]*\) ([A-Za-z_]+)\(.*/STUB(\1)/p' "$here/answers.c") || true
    # The driver's own calls carry no version.
    if [[ $library == libcuda.so.* ]]; then
      nm -D --undefined-only "$provider" | sed -nE 's/.* (cu[A-Z][A-Za-z0-9_]*)$/STUB(\1)/p'
    fi
  } > "$out/stub.c"
  echo "$library { global: *; };" > "$out/stub.map"
  gcc -shared -fPIC -Wl,-soname,"$library" -Wl,--version-script,"$out/stub.map" -o "$out/$library" "$out/stub.c"
done
rm -f "$out/stub.c" "$out/stub.map"
