#!/usr/bin/env bash
# Installs grpcio into .cache, generates the stubs and runs the example: ./run.sh [localhost:8080]
set -euo pipefail
cd "$(dirname "$0")"
root=../../..
cache="$root/.cache/clients/python"
[ -x "$cache/venv/bin/python" ] || python3 -m venv "$cache/venv"
"$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt
mkdir -p "$cache/gen"
(
  cd "$root"
  # The protos of others are where `npm run generate` puts them.
  ".cache/clients/python/venv/bin/python" -m grpc_tools.protoc \
    -I proto -I .cache/protos/grpc -I .cache/protos/protovalidate \
    --python_out=.cache/clients/python/gen --grpc_python_out=.cache/clients/python/gen \
    proto/bookfinder/v1/*.proto .cache/protos/protovalidate/buf/validate/validate.proto
)
PYTHONPATH="$cache/gen" exec "$cache/venv/bin/python" example.py "${1:-localhost:8080}"
