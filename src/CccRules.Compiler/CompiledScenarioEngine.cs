using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Lowering;
using CccRules.Compiler.Proof;
using CccRules.Compiler.Symbols;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler;

/// <summary>Runs scenarios through the compiled ruleset. A ruleset is compiled when first seen.</summary>
/// <param name="assemblies">Where compiled C# is kept and found again; null: nowhere.</param>
internal sealed class CompiledScenarioEngine(IAssemblyStore? assemblies = null) : IScenarioEngine
{
    private readonly Dictionary<BoundRuleset, Compiled> _compiled = new(ReferenceEqualityComparer.Instance);

    public IScenarioAnswers Evaluate(BoundRuleset ruleset, ReferenceRecord record)
    {
        if (!_compiled.TryGetValue(ruleset, out var compiled))
        {
            _compiled[ruleset] = compiled = new Compiled(ruleset, assemblies);
        }

        var evaluator = new Evaluator(compiled.Ruleset);
        var texts = new TextDictionary();
        var facts = Encode(ruleset, record, texts);
        Derive(ruleset, compiled.Ruleset, record, facts, texts);
        evaluator.Evaluate(facts, texts);
        return new Answers(compiled, evaluator);
    }

    /// <summary>A record as the compiled ruleset reads it: one number a fact.</summary>
    public static long[] Encode(BoundRuleset ruleset, ReferenceRecord record, TextDictionary texts)
    {
        var facts = new List<long>();
        foreach (var field in ruleset.Fields)
        {
            facts.Add(Encode(record.Fields.GetValueOrDefault(field), field, texts));
        }

        foreach (var question in ruleset.Questions)
        {
            facts.Add(record.Answers.TryGetValue(question, out var answer) ? answer ? 1 : 0 : Fact.Missing);
        }

        facts.AddRange(ruleset.Calendars.Select(_ => Fact.Missing));
        facts.AddRange(ruleset.ListCalls.Select(_ => Fact.Missing));
        facts.Add(record.EvaluationDay ?? Fact.Missing);
        return [.. facts];
    }

    /// <summary>A scenario's record as proofs take it: of lists what follows from them.</summary>
    /// <param name="compiled">The same rules, compiled; asked for only where a scenario has lists.</param>
    public static Assignment RecordOf(BoundRuleset ruleset, BoundScenario scenario, Lazy<Ruleset> compiled)
    {
        var index = FactTable.Index(ruleset);
        var record = Assignment.Empty;
        foreach (var (field, value) in scenario.Facts)
        {
            record = value is TextConstant text ? record.With(index[field], text.Value) : record.With(index[field], (long)FactEncoding.Encode(value, field.Type));
        }

        foreach (var (question, answer) in scenario.Assumptions)
        {
            record = record.With(index[question], answer ? 1 : 0);
        }

        record = scenario.AsOfDay is { } day ? record.With(index.Count, day) : record;
        return scenario.Lists.IsEmpty ? record : WithLists(record, ruleset, scenario, compiled.Value);
    }

    private static Assignment WithLists(Assignment record, BoundRuleset ruleset, BoundScenario scenario, Ruleset compiled)
    {
        var (given, texts) = (ScenarioRunner.RecordOf(scenario), new TextDictionary());
        var facts = Encode(ruleset, given, texts);
        Derive(ruleset, compiled, given, facts, texts);
        return compiled.Manifest.Facts.Where(fact => fact.Role == FactRole.Derived && facts[fact.Index] != Fact.Missing)
            .Aggregate(record, (known, fact) => known.With(fact.Index, facts[fact.Index]));
    }

    /// <summary>Fills in what is derived from the record's lists.</summary>
    public static void Derive(BoundRuleset ruleset, Ruleset loaded, ReferenceRecord record, long[] facts, TextDictionary texts)
    {
        for (var list = 0; list < loaded.Manifest.Lists.Length; list++)
        {
            var field = ruleset.Fields[loaded.Manifest.Lists[list].Fact];
            if (!record.Lists.TryGetValue(field, out var entries))
            {
                continue;
            }

            var reader = new ListReader(loaded, list);
            reader.Begin(facts, texts);
            foreach (var entry in entries)
            {
                reader.Add([.. (field.Entry?.Fields ?? []).Select(own => Encode(entry.GetValueOrDefault(own), own, texts))]);
            }

            reader.End(facts);
        }
    }

    private static long Encode(ConstantValue? value, FieldSymbol field, TextDictionary texts) => value switch
    {
        null => Fact.Missing,
        TextConstant text => texts.Intern(text.Value),
        _ => (long)FactEncoding.Encode(value, field.Type),
    };

    private sealed class Compiled
    {
        public Compiled(BoundRuleset ruleset, IAssemblyStore? assemblies)
        {
            var module = Lowerer.Lower(ruleset);
            Ruleset = RulesetLoader.Load(RulesetLoader.Compile(CSharpEmitter.Emit(module, form: EmitForm.RecordsAlone), assemblies, CancellationToken.None), isCollectible: true);
            Facts = ruleset.Facts;
            Norms = module.Norms.ToImmutableDictionary(norm => norm.QualifiedName, norm => norm.Index, StringComparer.Ordinal);
            Categories = module.Categories.Select((category, index) => (category.Name, index)).ToImmutableDictionary(entry => entry.Name, entry => entry.index, StringComparer.Ordinal);
        }

        public Ruleset Ruleset { get; }

        /// <summary>Symbols by fact; null: the evaluation date.</summary>
        public ImmutableArray<Symbol?> Facts { get; }

        public ImmutableDictionary<string, int> Norms { get; }

        public ImmutableDictionary<string, int> Categories { get; }
    }

    private sealed class Answers(Compiled compiled, Evaluator evaluator) : IScenarioAnswers
    {
        public Outcome OutcomeOf(NormSymbol norm) => evaluator[compiled.Norms[norm.QualifiedName]];

        public ImmutableHashSet<MissingFact> MissingOf(NormSymbol norm)
        {
            var missing = new FactSet(compiled.Facts.Length);
            evaluator.Missing(compiled.Norms[norm.QualifiedName], missing);
            return Symbols(missing);
        }

        public long? AppliesFrom(NormSymbol norm) =>
            evaluator.AppliesFrom(compiled.Norms[norm.QualifiedName]) is var day && Fact.IsKnown(day) ? day : null;

        public (long Earliest, long Latest) DueOf(NormSymbol deadline) => evaluator.DueOf(compiled.Norms[deadline.QualifiedName]) is var due ? (due.Earliest, due.Latest) : default;

        public Truth TruthOf(CategorySymbol category) => evaluator.CategoryOf(compiled.Categories[category.QualifiedName]);

        public ImmutableHashSet<MissingFact> MissingOf(CategorySymbol category)
        {
            var missing = new FactSet(compiled.Facts.Length);
            evaluator.MissingOfCategory(compiled.Categories[category.QualifiedName], missing);
            return Symbols(missing);
        }

        private ImmutableHashSet<MissingFact> Symbols(FactSet facts)
        {
            var symbols = ImmutableHashSet.CreateBuilder<MissingFact>();
            foreach (var fact in facts)
            {
                symbols.Add(new MissingFact(compiled.Facts[fact]));
            }

            return symbols.ToImmutable();
        }
    }
}
