#!/usr/bin/env bash
# The package as a stranger meets it: packs the libraries, makes a new program in an empty folder outside the repository, adds
# the packages, pastes the sample, and gets an answer from a running local network; then the same with Native AOT. Prints
# size, memory and time, and fails where they are past their bounds, or where a publish has a warning.
# usage: stranger.sh PROGRAM, such as artifacts/publish/cocoon
set -euo pipefail
program=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
version=0.0.0-stranger.$(date +%s)
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
unset CI
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
demo=
end() {
  [ -z "$demo" ] || kill "$demo" 2>/dev/null || true
  rm -rf "$work" "$packages"/cocoonp2p*/"$version"
}
trap end EXIT

for library in CocoonP2P CocoonP2P.Attestation CocoonP2P.Attestation.Simulated CocoonP2P.Libp2p CocoonP2P.Ton; do
  dotnet pack "$root/src/$library" -c Release -o "$work/feed" -p:MinVerVersionOverride="$version" >>"$work/pack.log" || { cat "$work/pack.log"; exit 1; }
done

"$program" demo --keep >"$work/demo.log" 2>&1 &
demo=$!
for _ in $(seq 600); do
  grep -q '^ *curl ' "$work/demo.log" && break
  kill -0 "$demo" || { cat "$work/demo.log"; exit 1; }
  sleep 0.1
done
manifest=$(grep -oE -- '--manifest [^ ]+' "$work/demo.log" | head -n 1 | cut -d ' ' -f 2)
chain=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$manifest" | head -n 1)

mkdir "$work/app"
cd "$work/app"
dotnet new console >/dev/null
printf '<configuration><packageSources><add key="feed" value="%s" /></packageSources></configuration>\n' "$work/feed" >nuget.config
dotnet add package CocoonP2P --version "$version" >"$work/add.log" || { cat "$work/add.log"; exit 1; }
dotnet add package CocoonP2P.Attestation.Simulated --version "$version" >>"$work/add.log" || { cat "$work/add.log"; exit 1; }
cp "$root/docs/samples/ConsoleChat/Program.cs" .

# fund FOLDER PROGRAM...: a first start without a question makes the wallet, and the faucet fills it.
fund() {
  local folder=$1 wallet
  shift
  wallet=$("$@" "$manifest" "$folder" 2>&1 </dev/null | grep '^wallet ' | cut -d ' ' -f 2)
  curl -fsS -X POST "$chain/admin/faucet?address=$wallet&amount=10000000000" >/dev/null
}

# first FOLDER PROGRAM...: milliseconds from the start of the process to the first character of an answer.
first() {
  local folder=$1 start
  shift
  start=$(date +%s%N)
  echo "Tell me a story about a lamp." | "$@" "$manifest" "$folder" 2>"$work/err" | {
    IFS= read -r -N1 _ || { cat "$work/err" >&2; exit 1; }
    echo $((($(date +%s%N) - start) / 1000000))
    cat >"$work/answer"
  }
}

dotnet build -c Release -v q >"$work/build.log" || { cat "$work/build.log"; exit 1; }
jit=(dotnet bin/Release/net10.0/app.dll)
fund "$work/jit" "${jit[@]}"
echo "with the runtime:        first verified token after $(first "$work/jit" "${jit[@]}") ms"
grep '^verdict simulated' "$work/err" >/dev/null
echo "the answer goes on:      $(tr '\n' ' ' <"$work/answer")"

dotnet publish -c Release -r linux-x64 -o "$work/aot" -p:PublishAot=true -p:InvariantGlobalization=true -p:CppCompilerAndLinker=gcc \
  >"$work/publish.log" || { cat "$work/publish.log"; exit 1; }
warnings=$(grep -c ' warning ' "$work/publish.log" || true)
rm -f "$work"/aot/*.dbg "$work"/aot/*.pdb
size=$(du -sb "$work/aot" | cut -f 1)
fund "$work/native" "$work/aot/app"
new=$(first "$work/native" "$work/aot/app")
known=$(first "$work/native" "$work/aot/app")

mkfifo "$work/quiet"
exec 3<>"$work/quiet"
"$work/aot/app" "$manifest" "$work/native" <"$work/quiet" >/dev/null 2>&1 &
idle=$!
sleep 5
resident=$(awk '/^VmRSS/ { print $2 * 1024 }' "/proc/$idle/status")
kill "$idle"

echo "with Native AOT:         $warnings warnings, $size bytes, $resident bytes resident when idle"
echo "first verified token:    after $new ms on a new folder (channel and tokenizer included), $known ms on a known one"
((warnings == 0 && size <= 30 * 1024 * 1024 && resident <= 60 * 1024 * 1024))
