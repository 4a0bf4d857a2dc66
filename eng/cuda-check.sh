#!/usr/bin/env bash
# Publishes the CUDA build and shows, without a GPU, what can be shown: the plugin is registered and lists no device, and
# an operator is told why in words that help. It proves nothing about CUDA's kernels.
# usage: cuda-check.sh [FOLDER], a folder with the published files; without it they are published.
set -euo pipefail
cd "$(dirname "$0")/.."
probe=tests/CocoonP2P.RuntimeProbe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if (($# > 0)); then
  folder=$1
else
  folder=$PWD/artifacts/cuda
  dotnet publish src/CocoonP2P.Node -r linux-x64 -p:Accelerator=cuda -o "$folder" -v quiet
fi

# The provider must not be writable by others, and the package's files are as the package manager left them.
mkdir "$work/cuda"
cp "$folder/libonnxruntime.so" "$folder/libonnxruntime_providers_cuda.so" "$folder/libonnxruntime_providers_shared.so" "$work/cuda"
chmod 700 "$work"/cuda/*
dotnet build "$probe" -v quiet
program=$PWD/artifacts/bin/CocoonP2P.RuntimeProbe/debug/CocoonP2P.RuntimeProbe.dll

# expect NAME EXIT WORDS [ENVIRONMENT...] -- ARGUMENTS...
failed=0
expect() {
  local name=$1 exit=$2 words=$3 rc=0
  shift 3
  local environment=()
  while [[ $1 != -- ]]; do environment+=("$1"); shift; done
  shift
  env "${environment[@]}" dotnet "$program" device "$@" >"$work/said" 2>&1 || rc=$?
  if ((rc == exit)) && grep -qF "$words" "$work/said"; then
    echo "ok    $name"
  else
    echo "FAIL  $name: exit $rc"
    cat "$work/said"
    failed=1
  fi
}

eng/cuda-stubs/build.sh "$work/cuda/libonnxruntime_providers_cuda.so" "$work/stubs"
mkdir "$work/none"
cp "$folder/libonnxruntime.so" "$work/none"
missing="inference.device: no CUDA: libcublasLt.so.13: cannot open shared object file."
advice="Running on CPU. Install the CUDA 13 libraries, or set require_gpu = true to refuse this."
expect "without CUDA libraries" 0 "$missing $advice" -- "$work/cuda" "$work/store"
expect "without CUDA libraries, required" 78 "$missing" -- "$work/cuda" "$work/store" require
expect "with stubs" 0 "no CUDA: its library lists no device. $advice" LD_LIBRARY_PATH="$work/stubs" -- "$work/cuda" "$work/store"
expect "with stubs, required" 78 "its library lists no device" LD_LIBRARY_PATH="$work/stubs" -- "$work/cuda" "$work/store" require
expect "without the plugin" 0 "does not exist. $advice" -- "$work/none" "$work/store"
chmod 777 "$work/cuda/libonnxruntime_providers_cuda.so"
expect "a plugin that others can write" 0 "can be written by others" -- "$work/cuda" "$work/store"
exit $failed
