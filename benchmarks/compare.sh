#!/usr/bin/env bash
# Compares the engine with others and writes the table to benchmarks/results; see README.md. Peers of npm are optional.
set -euo pipefail
cd "$(dirname "$0")"
if command -v npm > /dev/null; then
  (cd peers && { [ -d node_modules ] || npm install --no-save --ignore-scripts --no-audit --no-fund --silent; }) || echo "npm's peers cannot be installed; their lines are skipped"
fi
dotnet build -c Release CccRules.Compare > /dev/null
# What cold processes run is compiled ahead; without that they would measure the runtime's compiler.
publish() {
  dotnet publish "$1" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "${TMPDIR:-/tmp}/ccc-compare/$2" > /dev/null \
    || echo "$1 cannot be published; its lines are skipped"
}
publish ../src/CccRules.Cli ccc
publish CccRules.Compare probe
dotnet CccRules.Compare/bin/Release/net10.0/CccRules.Compare.dll "$@"
