#!/usr/bin/env bash
# Runs the demo in an empty network namespace with empty home and cache folders, and shows that nothing in it tries to
# reach anything but loopback, and that ONNX Runtime leaves no telemetry file.
# usage: offline-check.sh PROGRAM, such as artifacts/publish/cocoon
set -euo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home" "$work/cache" "$work/tmp"

unshare --net bash -c 'ip link set lo up 2>/dev/null || ifconfig lo up; exec "$@"' _ \
  env HOME="$work/home" XDG_CACHE_HOME="$work/cache" TMPDIR="$work/tmp" \
  strace -f -qq -e trace=connect,sendto,sendmsg -o "$work/trace" \
  "$program" demo --json >"$work/demo.json"

grep -q '"conserved":true' "$work/demo.json"
calls=$(grep -cE 'sa_family=AF_INET' "$work/trace" || true)
outside=$(grep -E 'sa_family=AF_INET' "$work/trace" | grep -vcE '127\.0\.0\.1|"::1"|::ffff:127\.0\.0\.1' || true)
files=$(find "$work/home" "$work/cache" -path '*onnxruntime*' | wc -l)
echo "calls to Internet addresses: $calls, of them outside loopback: $outside; telemetry files: $files"
((calls > 0 && outside == 0 && files == 0))
