#!/usr/bin/env bash
# Shows that CocoonP2P.Inference keeps ONNX Runtime from reporting home: no file in the home and cache folders, no
# Internet socket. A control run past the guard must show both, else this shows nothing. Needs unshare and strace.
set -euo pipefail
cd "$(dirname "$0")/.."
probe=tests/CocoonP2P.RuntimeProbe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build "$probe" -v quiet
program=$PWD/artifacts/bin/CocoonP2P.RuntimeProbe/debug/CocoonP2P.RuntimeProbe.dll

# watch MODE: runs the probe with empty folders, in a network namespace of its own, and writes what it did to the network.
watch() {
  local home=$work/$1/home cache=$work/$1/cache
  mkdir -p "$home" "$cache"
  env -i PATH="$PATH" HOME="$home" XDG_CACHE_HOME="$cache" DOTNET_ROOT="${DOTNET_ROOT:-}" TMPDIR="$work" \
    DOTNET_EnableDiagnostics=0 DOTNET_NOLOGO=1 \
    unshare --map-root-user --net strace -f -e trace=network -o "$work/$1/calls" dotnet "$program" "$1" "$work/$1/store"
}

files() { find "$work/$1/home" "$work/$1/cache" -type f | wc -l; }
sockets() { grep -cE 'AF_INET6?\b' "$work/$1/calls" || true; }

watch guarded &
watch unguarded &
wait
for mode in guarded unguarded; do echo "$mode: $(files $mode) files, $(sockets $mode) Internet socket calls"; done
if (($(files unguarded) == 0 || $(sockets unguarded) == 0)); then
  echo "void: the control run did not report home either"
  exit 1
fi
if (($(files guarded) + $(sockets guarded) > 0)); then
  echo "FAIL: the guarded run left files or opened sockets"
  exit 1
fi
echo "ok: the guard holds"
