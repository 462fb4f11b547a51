namespace CccRules.Tests.Architecture;

/// <summary>The direction inside the compiler: Emit sees IR only, the reference evaluator never sees IR, ANTLR stays behind its wall.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Text"] = [],
        ["Diagnostics"] = ["Text"],
        ["Reference"] = [],
        ["Files"] = ["Text", Layering.Runtime],
        ["Syntax.Cells"] = ["Text"],
        ["Syntax"] = ["Text", "Diagnostics", "Syntax.Nodes"],
        ["Syntax.Nodes"] = ["Text", "Syntax"],
        ["Syntax.Parsing"] = ["Text", "Diagnostics", "Syntax", "Syntax.Nodes", Layering.Antlr],
        ["Symbols"] = ["Text", "Syntax", "Syntax.Nodes", "Reference", Layering.Runtime],
        ["Binding"] = ["Text", "Diagnostics", "Syntax", "Syntax.Nodes", "Syntax.Cells", "Files", "Symbols", "Reference", Layering.Runtime],
        ["Analysis"] = ["Text", "Diagnostics", "Syntax", "Syntax.Nodes", "Symbols", "Binding", Layering.Runtime],
        ["Planning"] = ["Symbols", Layering.Runtime],
        ["Evaluation"] = ["Text", "Syntax", "Syntax.Nodes", "Symbols", "Binding", Layering.Runtime],
        ["Services"] = ["Text", "Diagnostics", "Syntax", "Syntax.Nodes", "Symbols", "Binding", "Reference"],
        ["Ir"] = [Layering.Runtime],
        ["Ir.Partition"] = ["Ir", Layering.Runtime],
        ["Proof"] = ["Text", "Diagnostics", "Syntax", "Syntax.Nodes", "Symbols", "Binding", "Ir", "Ir.Partition", "Reference", Layering.Runtime],
        ["Lowering"] = ["Text", "Syntax", "Syntax.Nodes", "Symbols", "Binding", "Ir", Layering.Runtime],
        ["Emit"] = ["Text", "Diagnostics", "Ir", Layering.Runtime, Layering.Roslyn],
    };

    // Where the folder Syntax enters the wall around ANTLR: `SyntaxTree` starts the parser, `SyntaxChecks` keeps to its limits.
    private static readonly string[] DoorsToTheParser = ["SyntaxTree.cs", "SyntaxChecks.cs"];

    private static readonly Layering Rules = new(MayUse);

    [Fact]
    public void Every_folder_of_the_compiler_uses_only_what_its_row_allows()
    {
        var files = Repository.Files
            .Where(file => file.StartsWith("src/CccRules.Compiler/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (file, Repository.Read(file)));
        Findings.AssertNone(Rules.FindViolations(files).Where(violation => !IsDoorToTheParser(violation)));
    }

    [Theory]
    [InlineData("Emit", "using CccRules.Compiler.Binding;", "", "Emit uses Binding")]
    [InlineData("Emit", "", "private Binding.Scope? _scope;", "Emit uses Binding")]
    [InlineData("Emit", "", "private CccRules.Compiler.Binding.Scope? _scope;", "Emit uses Binding")]
    [InlineData("Emit", "using Other = CccRules.Compiler.Binding.Scope;", "private Other? _scope;", "Emit uses Binding")]
    [InlineData("Ir", "", "private object? Depth => new Symbols.Symbol().Scope.Depth;", "Ir uses Binding (Depth)")]
    [InlineData("Evaluation", "using CccRules.Compiler.Ir;", "", "Evaluation uses Ir")]
    [InlineData("Binding", "", "private Compilation? _compilation;", "Binding uses the root")]
    [InlineData("Syntax", "using Antlr4.Runtime;", "", "Syntax uses Antlr4")]
    [InlineData("Binding", "using Microsoft.CodeAnalysis;", "", "Binding uses Roslyn")]
    [InlineData("Text", "using CccRules.Runtime.Facts;", "", "Text uses Runtime")]
    [InlineData("Cleverness", "", "", "Cleverness has no row in the table")]
    public void A_use_against_the_direction_is_found(string folder, string directive, string member, string expected)
    {
        var violations = Rules.FindViolations([.. Sample, FileIn(folder, directive, member)]);
        Assert.Contains(violations, violation => violation.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Emit", "using CccRules.Compiler.Ir;", "private Node? _node;")]
    [InlineData("Evaluation", "using CccRules.Compiler.Binding;", "private Scope? _scope;")]
    [InlineData("Syntax.Parsing", "using Antlr4.Runtime;", "private IToken? _token;")]
    [InlineData("Emit", "using Microsoft.CodeAnalysis;", "private SyntaxTree? _tree;")]
    public void A_use_in_the_direction_is_allowed(string folder, string directive, string member) =>
        Assert.DoesNotContain(
            Rules.FindViolations([.. Sample, FileIn(folder, directive, member)]),
            violation => violation.Contains("/Tried.cs", StringComparison.Ordinal));

    private static (string Path, string Text)[] Sample =>
    [
        ("src/CccRules.Compiler/Compilation.cs", "namespace CccRules.Compiler; internal sealed class Compilation { }"),
        ("src/CccRules.Compiler/Ir/Node.cs", "namespace CccRules.Compiler.Ir; internal sealed class Node { }"),
        ("src/CccRules.Compiler/Binding/Scope.cs", "namespace CccRules.Compiler.Binding; internal sealed class Scope { public int Depth => 0; }"),
        ("src/CccRules.Compiler/Symbols/Symbol.cs", "namespace CccRules.Compiler.Symbols; internal sealed class Symbol { public Binding.Scope Scope => new(); }"),
    ];

    private static (string Path, string Text) FileIn(string folder, string directive, string member) =>
        ($"src/CccRules.Compiler/{folder.Replace('.', '/')}/Tried.cs",
            $$"""
            {{directive}}
            namespace CccRules.Compiler.{{folder}};
            internal sealed class Tried { {{member}} }
            """);

    private static bool IsDoorToTheParser(string violation) =>
        violation.StartsWith("Syntax uses Syntax.Parsing", StringComparison.Ordinal)
        && DoorsToTheParser.Any(door => violation.Contains($"/Syntax/{door}:", StringComparison.Ordinal));
}
