using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;

namespace CccRules.Cli.Testing;

/// <summary>
/// The compiled ruleset and the reference evaluator side by side: every answer about every record is compared, asked for or
/// not. Answers are those of the compiled ruleset.
/// </summary>
/// <param name="assemblies">Where compiled C# is kept and found again; null: nowhere.</param>
internal sealed class BothEngines(IAssemblyStore? assemblies) : IScenarioEngine
{
    private readonly CompiledScenarioEngine _compiled = new(assemblies);
    private readonly ReferenceScenarioEngine _reference = new();
    private readonly ImmutableArray<string>.Builder _disagreements = ImmutableArray.CreateBuilder<string>();

    /// <summary>What the engines answered differently since this was last called, each in one line.</summary>
    public ImmutableArray<string> TakeDisagreements()
    {
        var taken = _disagreements.ToImmutable();
        _disagreements.Clear();
        return taken;
    }

    public IScenarioAnswers Evaluate(BoundRuleset ruleset, ReferenceRecord record)
    {
        var compiled = _compiled.Evaluate(ruleset, record);
        var reference = _reference.Evaluate(ruleset, record);
        foreach (var declaration in ruleset.Declarations)
        {
            switch (declaration)
            {
                case BoundNorm or BoundDeadline when declaration.Symbol is NormSymbol norm:
                    Compare(norm, "is", compiled.OutcomeOf(norm).Name(norm.Kind), reference.OutcomeOf(norm).Name(norm.Kind));
                    Compare(norm, "lacks", Names(compiled.MissingOf(norm)), Names(reference.MissingOf(norm)));
                    Compare(norm, "applies from", compiled.AppliesFrom(norm), reference.AppliesFrom(norm));
                    if (norm.IsDeadline)
                    {
                        Compare(norm, "is due", compiled.DueOf(norm), reference.DueOf(norm));
                    }

                    break;
                case BoundCategory { Category: var category }:
                    Compare(category, "is", compiled.TruthOf(category), reference.TruthOf(category));
                    Compare(category, "lacks", Names(compiled.MissingOf(category)), Names(reference.MissingOf(category)));
                    break;
            }
        }

        return compiled;
    }

    private void Compare<T>(DefinitionSymbol symbol, string what, T compiled, T reference)
    {
        if (!EqualityComparer<T>.Default.Equals(compiled, reference))
        {
            _disagreements.Add($"`{symbol.QualifiedName}` {what} {compiled} in the compiled rules and {reference} in the reference evaluator");
        }
    }

    private static string Names(ImmutableHashSet<MissingFact> facts) =>
        facts.IsEmpty ? "nothing" : string.Join(", ", facts.Select(fact => fact.ToString()).Order(StringComparer.Ordinal));
}
