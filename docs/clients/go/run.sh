#!/usr/bin/env bash
# Generates code with buf and Go's own plugins and runs both examples: ./run.sh [http://localhost:8080]
set -euo pipefail
cd "$(dirname "$0")/../../.."
server="${1:-http://localhost:8080}"
build="$PWD/.cache/clients/go"
mkdir -p "$build/bin"
export GOBIN="$build/bin" PATH="$build/bin:$PWD/node_modules/.bin:$PATH"
[ -x "$GOBIN/protoc-gen-go" ] || go install google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.12
[ -x "$GOBIN/protoc-gen-go-grpc" ] || go install google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.6.2
[ -x "$GOBIN/protoc-gen-connect-go" ] ||
  go install connectrpc.com/connect/cmd/protoc-gen-connect-go@v1.21.1
buf generate --template docs/clients/go/buf.gen.yaml --output "$build"
cp -r docs/clients/go/go.mod docs/clients/go/connect docs/clients/go/grpc "$build"
cd "$build"
go mod tidy
go run ./grpc "$server"
go run ./connect "$server"
