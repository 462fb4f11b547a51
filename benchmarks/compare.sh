#!/usr/bin/env bash
# Compares the engine with others and writes the table to benchmarks/results; see README.md. Peers of npm are optional.
set -euo pipefail
cd "$(dirname "$0")"
if command -v npm > /dev/null; then
  (cd peers && { [ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund --silent; }) || echo "npm's peers cannot be installed; their lines are skipped"
fi
dotnet build -c Release CccRules.Compare > /dev/null
# The ccc of the cold lines is compiled ahead, as a user would install it; without that they would measure the runtime's compiler.
dotnet publish ../src/CccRules.Cli -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true \
  -o "${TMPDIR:-/tmp}/ccc-compare/ccc" > /dev/null || echo "ccc cannot be published; its lines are skipped"
dotnet CccRules.Compare/bin/Release/net10.0/CccRules.Compare.dll "$@"
