#!/usr/bin/env bash
# Generates the stubs with Maven and runs the example: ./run.sh [localhost:8080]
set -euo pipefail
cd "$(dirname "$0")"
root=../../..
protos="$root/.cache/clients/java-protos"
rm -rf "$protos"
mkdir -p "$protos"
cp -r "$root/proto/bookfinder" "$root/.cache/protos/protovalidate/buf" "$protos"
# google.api and google.rpc come with grpc-protobuf.
mvn -q -B compile exec:java "-Dexec.args=${1:-localhost:8080}"
