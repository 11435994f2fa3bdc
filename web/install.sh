#!/bin/sh
# Installs what package-lock.json names, but only when it has changed since the last time. Not by `npm ci`: it refuses a
# lock that leaves out native packages for platforms on which the lock was not written.
set -eu
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm install --no-save --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed-lock
fi
