#!/usr/bin/env bash
# Regenerates src/CccRules.Compiler/Syntax/Parsing/Generated from the grammars beside this script.
# Needs npm for the ANTLR jar (once) and Java 11 or later. An ordinary build needs neither.
set -euo pipefail
cd "$(dirname "$0")/.."

package=antlr4ng-cli@2.0.0 # carries the ANTLR 4.13 tool with its C# target; pinned by hash because it is a third party's build
sha256=156a885bdaf847601d4b0350185dfaa5c4aee36c9a9c4c1632c31b0381360d39
folder=artifacts/antlr
jar=$folder/node_modules/antlr4ng-cli/antlr4-4.13.2-SNAPSHOT-complete.jar

if [ ! -f "$jar" ]; then
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund "$package"
fi
echo "$sha256  $jar" | sha256sum --check --quiet

dotnet build src/CccRules.Compiler -p:RegenerateParser=true -p:AntlrToolPath="$PWD/$jar" "$@"
git --no-pager diff --stat -- src/CccRules.Compiler/Syntax/Parsing/Generated
