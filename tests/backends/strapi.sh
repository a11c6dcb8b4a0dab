#!/usr/bin/env bash
# A real Strapi with a few dozen news articles, for the tests: from npm, with SQLite, on the loopback interface only.
#
#   strapi.sh start    downloads it once (some minutes), starts it, waits until its REST API answers
#   strapi.sh stop     ends what `start` started
#   strapi.sh status   says whether it runs; fails if it does not
#   strapi.sh reset    stops it and forgets its content
#
# The program lies in a folder of this user's cache; its content in $BACKENDS_DIR, by default a folder of this user under
# the temporary directory. The API is at http://127.0.0.1:$STRAPI_PORT/api, port 1337 unless set.
set -euo pipefail

name=strapi title=Strapi version=5.54.0
port=${STRAPI_PORT:-1337} setting=STRAPI_PORT
seeds=(strapi-project.mjs strapi-seed.mjs png.mjs)
. "$(dirname "${BASH_SOURCE[0]}")/node-backend.sh"

# The API answers when the articles are there: Strapi fills itself before it listens.
answers() { curl -fsS --max-time 20 -o /dev/null "$root/api/articles"; }

# This better-sqlite3 has its binary in its package. It needs Node.js 22.
manifest() {
  cat <<JSON
{
  "name": "newspaper",
  "private": true,
  "dependencies": { "@strapi/strapi": "$version", "@strapi/plugin-users-permissions": "$version", "better-sqlite3": "13.2.0" },
  "strapi": { "uuid": false }
}
JSON
}

install() {
  require node npm curl
  manifest >package.json
  npm_install
}

# The project is written anew for each start: its settings may have changed.
configure() {
  use_own_node
  mkdir -p content/.tmp
  rm -rf content/config content/src
  node "$here/strapi-project.mjs" content
  manifest >content/package.json
  ln -sfn "$program/node_modules" content/node_modules
}

# What `strapi start` does; that command needs all that the admin panel is built with, too.
launch() {
  cd content
  export PORT=$port SEED=$here/strapi-seed.mjs NODE_ENV=production STRAPI_TELEMETRY_DISABLED=true
  exec setsid nice -n 5 node -e "require('@strapi/strapi').createStrapi({ appDir: '$PWD', distDir: '$PWD' }).start()"
}

fill() { :; }

main "$@"
