# What every script here shares; sourced, not run.
# shellcheck shell=bash disable=SC2034
set -eu

cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/candor
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
tools=$cache/tools
site=$CARGO_TARGET_DIR/site
logs=$CARGO_TARGET_DIR/logs
mkdir -p "$tools" "$logs"

# Everything but `frontend`: it needs the other half of `app`, and Cargo would unite the two.
# Naming the same packages each time also keeps their features, and so the built dependencies, the same.
packages=(-p domain -p migrations -p engine -p app -p server -p bench)

if [ -n "${RELEASE:-}" ]; then profile=release; else profile=dev; fi
binary=$CARGO_TARGET_DIR/${profile/dev/debug}/candor

wasm_bindgen_version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)
wasm_bindgen=$tools/wasm-bindgen-$wasm_bindgen_version/bin/wasm-bindgen
localstripe_version=1.15.10
localstripe=$tools/localstripe-$localstripe_version/bin/localstripe
schemathesis_version=4.32.5
schemathesis=$tools/schemathesis-$schemathesis_version/bin/schemathesis
cargo_deny_version=0.20.2
cargo_deny=$tools/cargo-deny-$cargo_deny_version/bin/cargo-deny
binaryen_version=132.0.0
wasm_opt=$tools/binaryen-$binaryen_version/node_modules/.bin/wasm-opt

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# step 2/4 "Building the server" [COMMENT]
step() { printf '[%s] %s%s\n' "$1" "$2" "${3:+ ($3)}"; }

# quietly NAME COMMAND…: shows the output only if the command fails.
quietly() {
  local log=$logs/$1.log
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    fail "This failed: $*" "All of its output is in $log"
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && { sudo -n true || : </dev/tty; } 2>/dev/null; then
    sudo "$@"
  else
    return 1
  fi
}

# apt_install PACKAGE…: on Debian and its relatives; elsewhere says what is wanted.
apt_install() {
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@")
  command -v apt-get >/dev/null || fail "Missing here; please install what Debian calls: $*"
  as_root true || fail "Missing here; please run: apt-get install $*"
  echo "      installing $*"
  as_root "${install[@]}" >"$logs/apt.log" 2>&1 </dev/null && return
  quietly apt-update as_root apt-get update
  quietly apt as_root "${install[@]}"
}

# need COMMAND PACKAGE…: installs the packages if there is no such command.
need() {
  command -v "$1" >/dev/null || apt_install "${@:2}"
}

# Which compiler can make WebAssembly here: rustup's, Debian's, or none yet.
wasm_compiler() {
  if [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
    echo rustup
  elif [ -e /usr/bin/cargo ] && [ -e /usr/bin/rust-lld ] && [ -e /usr/lib/rustlib/src/rust/library ]; then
    echo debian
  fi
}

# The PostgreSQL server programs: the newest that is installed.
postgres_programs() {
  local found
  found=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] || found=$(command -v initdb) || return 1
  dirname "$found"
}
