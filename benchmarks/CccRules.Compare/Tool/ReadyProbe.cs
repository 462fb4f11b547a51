using CccRules.Compare.Workload;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime;
using CccRules.Runtime.Facts;

namespace CccRules.Compare.Tool;

/// <summary>In a process of its own: rules, as text or compiled before, to an evaluator that has answered once.</summary>
internal static class ReadyProbe
{
    /// <summary>The first argument of a process that is a probe.</summary>
    public const string Argument = "ready";

    /// <summary>The record: a code, and nothing else is known.</summary>
    private const string Code = "8507600090";

    /// <param name="assembly">Where the compiled rules are, or are to be kept.</param>
    public static void Run(string rules, string assembly)
    {
        var ruleset = File.Exists(assembly) ? Ruleset.LoadFrom(assembly) : Compile(rules, assembly);
        var facts = new long[ruleset.Manifest.Facts.Length];
        Array.Fill(facts, Fact.Missing);
        var fields = Products.FieldsOf(ruleset.Manifest);
        facts[fields.IndexOf(Field.HsCode)] = Products.CodeToFact(Code);
        var outcomes = new Evaluator(ruleset).ClassifyRecord(facts, new TextDictionary());
        Console.Write($"{ruleset.Manifest.Norms.Length} {string.Join(',', outcomes.NormsOf(0).ToArray())} {Convert.ToHexString(outcomes.OutcomesOf(0))}");
    }

    private static Ruleset Compile(string rules, string assembly)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(rules, File.ReadAllText(rules))));
        if (compilation.HasErrors)
        {
            throw new InvalidOperationException(compilation.Diagnostics[0].ToString());
        }

        File.WriteAllBytes(assembly, compilation.Emit());
        return Ruleset.LoadFrom(assembly);
    }
}
