using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Compiler;

/// <summary>Holds trees against the limits of a compilation.</summary>
internal static class LimitChecks
{
    /// <summary>The first limit that is passed, at the text that passes it; null where all hold.</summary>
    public static Diagnostic? Check(ImmutableArray<SyntaxTree> trees, ImmutableArray<DataFile> data, CompilationLimits limits)
    {
        long characters = 0;
        var declarations = 0;
        for (var file = 0; file < trees.Length; file++)
        {
            var tree = trees[file];
            characters += tree.Text.Length;
            declarations += tree.Root.Declarations.Count();
            if (file >= limits.Files)
            {
                return ToolchainDiagnostics.TooMuchText(StartOf(tree), limits.Files, "files");
            }

            if (characters > limits.Characters)
            {
                return ToolchainDiagnostics.TooMuchText(StartOf(tree), limits.Characters, "characters");
            }

            if (declarations > limits.Declarations)
            {
                return ToolchainDiagnostics.TooMuchText(StartOf(tree), limits.Declarations, "declarations");
            }
        }

        return trees.Length > 0 && data.Sum(file => (long)file.Bytes.Length) > limits.DataBytes
            ? ToolchainDiagnostics.TooMuchText(StartOf(trees[0]), limits.DataBytes, "bytes of data")
            : null;
    }

    private static TextLocation StartOf(SyntaxTree tree) => tree.Text.GetLocation(new TextSpan(0, 0));
}
