#!/usr/bin/env bash
# Generates types from the server's own document, compiles the example with them and runs it:
# BOOKFINDER_KEY=bf_… ./run.sh [http://localhost:8080]
set -euo pipefail
cd "$(dirname "$0")"
server="${1:-http://localhost:8080}"
build="../../../.cache/clients/openapi"
mkdir -p "$build"
cp package.json tsconfig.json example.ts "$build"
cd "$build"
[ -d node_modules ] || npm install --silent --no-audit --no-fund
curl -sf ${NODE_EXTRA_CA_CERTS:+--cacert "$NODE_EXTRA_CA_CERTS"} "$server/openapi.json" -o openapi.json
npx openapi-typescript openapi.json --output api.ts > generated.log 2>&1
npx tsc --project .
node dist/example.js "$server"
