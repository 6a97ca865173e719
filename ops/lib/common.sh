# What the commands of this folder share. Sourced by bash scripts; sets `root` and goes there.
#
# shellcheck shell=bash

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd -- "$root"

# Debian's interpreter: the modules that are used come as Debian packages, which a python3 found by
# PATH may not see.
# shellcheck disable=SC2034
python=/usr/bin/python3

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: error: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# The manifest says `swift-tools-version: 6.3`; an older toolchain would only say that it is too old.
require_swift() {
    command -v swift >/dev/null 2>&1 ||
        fail "no Swift toolchain on PATH; install Swift 6.3 or newer from https://www.swift.org/install/linux/"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
    [[ -n $version ]] || fail "swift --version gives no version"
    [[ $(printf '%s\n' 6.3 "$version" | sort -V | head -n 1) == 6.3 ]] ||
        fail "Swift 6.3 or newer is needed, found $version ($(command -v swift))"
}

# duration SECONDS: as people write it.
duration() {
    if (($1 >= 60)); then
        printf '%d min %d s' $(($1 / 60)) $(($1 % 60))
    else
        printf '%d s' "$1"
    fi
}

# wait_for SECONDS COMMAND...: tries the command until it succeeds; fails when the time is over.
wait_for() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

# is_running PID: whether the process lives; a zombie does not.
is_running() {
    local state
    state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) || return 1
    [[ -n $state && $state != Z && $state != X ]]
}

has_ended() { ! is_running "$1"; }

# end_process PID: asks it to end, and kills it when it has not within five seconds.
end_process() {
    is_running "$1" || return 0
    kill -TERM "$1" 2>/dev/null || return 0
    wait_for 5 has_ended "$1" && return 0
    kill -KILL "$1" 2>/dev/null || true
}
