#!/usr/bin/env bash
# A real Directus with a few dozen news articles, for the tests: from npm, with SQLite, on the loopback interface only.
#
#   directus.sh start    downloads and builds it once (some minutes), starts it, waits until its REST API answers
#   directus.sh stop     ends what `start` started
#   directus.sh status   says whether it runs; fails if it does not
#   directus.sh reset    stops it and forgets its content
#
# The program lies in a folder of this user's cache; its content in $BACKENDS_DIR, by default a folder of this user under
# the temporary directory. The API is at http://127.0.0.1:$DIRECTUS_PORT, port 8055 unless set.
set -euo pipefail

name=directus title=Directus version=11.17.4
port=${DIRECTUS_PORT:-8055} setting=DIRECTUS_PORT
seeds=(directus-seed.mjs png.mjs)
. "$(dirname "${BASH_SOURCE[0]}")/node-backend.sh"

answers() { curl -fsS --max-time 20 -o /dev/null "$root/server/ping"; }

# The isolated-vm that Directus names would have to be compiled; this one has its binary in its package.
install() {
  require node npm curl python3 make g++
  use_own_node
  cat >package.json <<JSON
{ "name": "newspaper", "private": true, "dependencies": { "directus": "$version" }, "overrides": { "isolated-vm": "6.2.0" } }
JSON
  npm_install
  compile_sqlite3
}

# Without the command around it, which asks elsewhere for a newer version.
command=$program/node_modules/@directus/api/dist/cli/run.js

configure() {
  use_own_node
  mkdir -p content/uploads content/extensions
  echo '{ "name": "newspaper", "private": true }' >content/package.json
  export HOST=127.0.0.1 PORT=$port PUBLIC_URL=$root CORS_ENABLED=true CORS_ORIGIN=true SERVE_APP=false
  export DB_CLIENT=sqlite3 DB_FILENAME=$state/content/data.db STORAGE_LOCATIONS=local STORAGE_LOCAL_ROOT=$state/content/uploads
  export EXTENSIONS_PATH=$state/content/extensions SECRET=this-is-a-secret-for-tests-only-and-long-enough TELEMETRY=false
  export ADMIN_EMAIL=editor@example.com ADMIN_PASSWORD=editor-pass-1234 ADMIN_TOKEN=token-of-the-seed LOG_LEVEL=warn NODE_ENV=production
  [ -f content/data.db ] || (cd content && node "$command" bootstrap >../bootstrap.log 2>&1) \
    || { tail -n 15 bootstrap.log >&2; fail "Directus can't make its database, see above"; }
}

launch() {
  cd content
  exec setsid nice -n 5 node "$command" start
}

fill() { TOKEN=$ADMIN_TOKEN node "$here/directus-seed.mjs" "$root"; }

main "$@"
