#!/usr/bin/env bash
# A real Ghost with a few news articles, for the tests: from npm, with sqlite3, on the loopback interface only.
#
#   ghost.sh start    downloads and builds it once (some minutes), starts it, waits until its Content API answers
#   ghost.sh stop     ends what `start` started
#   ghost.sh status   says whether it runs; fails if it does not
#   ghost.sh key      prints the public key of its Content API
#   ghost.sh reset    stops it and forgets its content
#
# The program lies in $GISA_GHOST, by default a folder of this user's cache; its content in $BACKENDS_DIR, by default a
# folder of this user under the temporary directory. The API is at http://127.0.0.1:$GHOST_PORT/ghost/api/content, port
# 2368 unless set.
set -euo pipefail

name=ghost title=Ghost version=5.130.6
program=${GISA_GHOST:-}
port=${GHOST_PORT:-2368} setting=GHOST_PORT
seeds=(ghost-seed.mjs png.mjs)
. "$(dirname "${BASH_SOURCE[0]}")/node-backend.sh"

answers() { curl -fsS --max-time 20 -o /dev/null "$root/ghost/api/admin/site/"; }

install() {
  require node npm curl python3 make g++
  rm -rf package
  npm pack --silent "ghost@$version" >/dev/null || fail "npm can't download ghost@$version"
  tar xzf "ghost-$version.tgz"
  rm "ghost-$version.tgz"
  cd package
  # Its development dependencies, which nobody needs here, are not all in the registry; npm reads them even to leave
  # them out. Yarn's `resolutions` are npm's `overrides`, but for patterns.
  node -e '
    const fs = require("fs");
    const manifest = JSON.parse(fs.readFileSync("package.json"));
    delete manifest.devDependencies;
    const pinned = Object.entries(manifest.resolutions ?? {}).filter(([name]) => !name.includes("*"));
    delete manifest.resolutions;
    manifest.overrides = Object.fromEntries(pinned);
    fs.writeFileSync("package.json", JSON.stringify(manifest, null, 2));'
  npm_install
  compile_sqlite3
  cd ..
}

configure() {
  local folder
  for folder in adapters data files images logs media public settings themes; do mkdir -p "content/$folder"; done
  [ -d content/themes/source ] || cp -r "$program/package/content/themes/source" content/themes/
  # Ghost looks for itself under this name.
  ln -sfn "$program/package" current
  cat >config.development.json <<JSON
{
  "url": "$root",
  "server": { "host": "127.0.0.1", "port": $port },
  "database": { "client": "sqlite3", "useNullAsDefault": true, "connection": { "filename": "$state/content/data/ghost.db" } },
  "paths": { "contentPath": "$state/content" },
  "mail": { "transport": "stub" },
  "security": { "staffDeviceVerification": false },
  "privacy": { "useUpdateCheck": false, "useGravatar": false, "useRpcPing": false, "useStructuredData": false },
  "logging": { "level": "error", "transports": ["stdout"] },
  "process": "local"
}
JSON
}

launch() { NODE_ENV=development exec setsid nice -n 5 node "$program/package/index.js"; }
fill() { node "$here/ghost-seed.mjs" "$root"; }

main "$@"
