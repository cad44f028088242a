#!/bin/sh
# Make sure that there is a Chromium for the browser tests: the one on the
# machine, or Debian's where we may install it.
set -eu
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
    exit 0
fi
echo "make test opens the pages in Chromium, and there is none: install chromium (Debian: apt-get install chromium)" >&2
exit 1
