#!/usr/bin/env bash
# Compares the engine with others and writes the table to benchmarks/results; see README.md. Peers of npm are optional.
set -euo pipefail
cd "$(dirname "$0")"
if command -v npm > /dev/null; then
  (cd peers && npm ci --ignore-scripts --no-audit --no-fund --silent) || echo "npm's peers cannot be installed; their lines are skipped"
fi
dotnet build -c Release CccRules.Compare > /dev/null
dotnet CccRules.Compare/bin/Release/net10.0/CccRules.Compare.dll "$@"
