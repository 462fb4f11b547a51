using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;
using CccRules.Tests.Engine;

namespace CccRules.Tests.Differential;

/// <summary>Two answers that should be one. <paramref name="Record"/> is the position of the record that shows it.</summary>
internal sealed record Disagreement(int Record, string Question, string Reference, string Engine)
{
    public override string ToString() => $"{Question}: the reference says {Reference}, the engine {Engine}";
}

/// <summary>
/// Whether the reference evaluator, the compiled code over one record, and the compiled code over batches say the same: outcomes,
/// categories, missing facts, the day from which a norm applies.
/// </summary>
internal sealed class EngineAgreement
{
    private static readonly int[] BatchSizes = [1, 7, 64, 1000];

    private readonly BoundRuleset _rules;
    private readonly Ruleset _ruleset;
    private readonly IReadOnlyList<ReferenceRecord> _records;
    private readonly ImmutableArray<Symbol?> _facts;
    private readonly ImmutableArray<NormSymbol> _norms;
    private readonly ImmutableArray<CategorySymbol> _categories;
    private readonly List<ReferenceEvaluator> _answers;

    public EngineAgreement(BoundRuleset rules, Ruleset ruleset, IReadOnlyList<ReferenceRecord> records)
    {
        _rules = rules;
        _ruleset = ruleset;
        _records = records;
        _facts = rules.Facts;
        var byName = rules.Declarations.Select(declaration => declaration.Symbol).ToDictionary(symbol => symbol.QualifiedName, StringComparer.Ordinal);
        _norms = [.. ruleset.Manifest.Norms.Select(norm => (NormSymbol)byName[norm.QualifiedName])];
        _categories = [.. ruleset.Manifest.Categories.Select(category => (CategorySymbol)byName[category.Name])];
        _answers = [.. records.Select(record => ReferenceEvaluator.Evaluate(rules, record))];
    }

    /// <summary>Null where all agree.</summary>
    /// <param name="isBatchOnly">Only the batches; for records whose single answers were compared before.</param>
    public Disagreement? First(int seed = 0, bool isBatchOnly = false) =>
        (isBatchOnly ? [] : Records()).Concat(KernelCatalog.Supported.SelectMany(kernels => Batches(kernels, seed))).FirstOrDefault();

    private IEnumerable<Disagreement> Records()
    {
        if (Shape() is { } other)
        {
            yield return other;
            yield break;
        }

        var evaluator = new Evaluator(_ruleset);
        var texts = new TextDictionary();
        for (var i = 0; i < _records.Count; i++)
        {
            texts.Clear();
            var record = Encode(_records[i], texts);
            evaluator.Evaluate(record, texts);
            var alone = SparseRows.ToColumns(evaluator.ClassifyRecord(record, texts), _norms.Length);
            foreach (var disagreement in Norms(norm => alone[norm], [i], "one record alone"))
            {
                yield return disagreement;
            }

            foreach (var disagreement in Norms(i, evaluator).Concat(Categories(i, evaluator)))
            {
                yield return disagreement;
            }
        }
    }

    private long[] Encode(ReferenceRecord record, TextDictionary texts)
    {
        var facts = FactEncoder.Encode(_rules, record, texts);
        CompiledScenarioEngine.Derive(_rules, _ruleset, record, facts, texts);
        return facts;
    }

    /// <summary>The manifest has a norm for each norm and a category for each category.</summary>
    private Disagreement? Shape() =>
        _norms.ToHashSet().SetEquals(_rules.Norms) && _categories.Length == _rules.Declarations.OfType<BoundCategory>().Count()
            ? null
            : new Disagreement(0, "norms and categories", "another number", "of the manifest");

    private IEnumerable<Disagreement> Norms(int record, Evaluator evaluator)
    {
        for (var norm = 0; norm < _norms.Length; norm++)
        {
            var symbol = _norms[norm];
            var expected = _answers[record].Outcomes[symbol];
            var kind = symbol.Kind;
            if (expected.Statuses != evaluator[norm])
            {
                yield return new Disagreement(record, $"`{symbol.Name}`", expected.Statuses.Name(kind), evaluator[norm].Name(kind));
            }

            var missing = new FactSet(_facts.Length);
            evaluator.Missing(norm, missing);
            if (!Same(expected.Missing, missing))
            {
                yield return new Disagreement(record, $"missing for `{symbol.Name}`", Names(expected.Missing), Names(Symbols(missing)));
            }

            if (symbol.IsDeadline && Due(record, symbol, evaluator.DueOf(norm)) is { } due)
            {
                yield return due;
            }

            var from = evaluator.AppliesFrom(norm);
            if (expected.AppliesFrom != (Fact.IsKnown(from) ? from : null))
            {
                yield return new Disagreement(
                    record, $"`{symbol.Name}` applies from", expected.AppliesFrom is { } day ? CivilDate.Format(day) : "no later day", Fact.IsKnown(from) ? CivilDate.Format(from) : "no later day");
            }
        }
    }

    private Disagreement? Due(int record, NormSymbol deadline, DueDates actual)
    {
        static string Name(long day) => day == Fact.Missing ? "missing" : day == Fact.None ? "none" : CivilDate.Format(day);
        var expected = _answers[record].Dues[deadline];
        var isSame = expected == (actual.Earliest, actual.Latest) && (!Fact.IsKnown(actual.Due) || (actual.Earliest == actual.Due && actual.Latest == actual.Due));
        return isSame ? null : new Disagreement(record, $"`{deadline.Name}` due", $"{Name(expected.Earliest)} to {Name(expected.Latest)}", $"{Name(actual.Due)}, {Name(actual.Earliest)} to {Name(actual.Latest)}");
    }

    private IEnumerable<Disagreement> Categories(int record, Evaluator evaluator)
    {
        for (var category = 0; category < _categories.Length; category++)
        {
            var symbol = _categories[category];
            var expected = _answers[record].Categories[symbol];
            if (expected.Truth != evaluator.CategoryOf(category))
            {
                yield return new Disagreement(record, $"`{symbol.Name}`", $"{expected.Truth}", $"{evaluator.CategoryOf(category)}");
            }

            var missing = new FactSet(_facts.Length);
            evaluator.MissingOfCategory(category, missing);
            if (!Same(expected.Missing, missing))
            {
                yield return new Disagreement(record, $"missing for `{symbol.Name}`", Names(expected.Missing), Names(Symbols(missing)));
            }
        }
    }

    private IEnumerable<Disagreement> Batches(KernelSet kernels, int seed)
    {
        var random = new Random(seed);
        var evaluator = new Evaluator(_ruleset, kernels);
        var texts = new TextDictionary();
        var encoded = _records.Select(record => Encode(record, texts)).ToList();
        foreach (var size in BatchSizes)
        {
            var batch = new ColumnBatch(_ruleset.Manifest.Facts, size);

            // A small batch has to come often to meet many records; the second of a size shows what the first left behind.
            for (var round = 0; round < (size < 64 ? 8 : 2); round++)
            {
                var positions = Enumerable.Range(0, size).Select(_ => random.Next(_records.Count)).ToArray();
                Fill(batch, positions, encoded, texts);
                evaluator.Classify(batch);
                foreach (var disagreement in Rows(evaluator, positions, $"{kernels.Name}, batch of {size}"))
                {
                    yield return disagreement;
                }

                var columns = SparseRows.ToColumns(evaluator.ClassifySparse(batch), _norms.Length);
                foreach (var disagreement in Norms(norm => columns[norm], positions, $"{kernels.Name}, sparse batch of {size}"))
                {
                    yield return disagreement;
                }
            }
        }
    }

    private static void Fill(ColumnBatch batch, int[] positions, List<long[]> encoded, TextDictionary texts)
    {
        batch.Texts.Clear();
        batch.Count = positions.Length;
        for (var row = 0; row < positions.Length; row++)
        {
            for (var fact = 0; fact < batch.Facts.Length; fact++)
            {
                var value = encoded[positions[row]][fact];
                var isText = batch.Facts[fact].Kind == FactKind.Text && Fact.IsKnown(value);
                batch.Set(fact, row, isText ? batch.Texts.Intern(texts[(int)value]) : value);
            }
        }
    }

    private IEnumerable<Disagreement> Norms(Func<int, byte[]> columns, int[] positions, string engine)
    {
        for (var norm = 0; norm < _norms.Length; norm++)
        {
            var outcomes = columns(norm);
            var kind = _norms[norm].Kind;
            for (var row = 0; row < positions.Length; row++)
            {
                var expected = _answers[positions[row]].Outcomes[_norms[norm]].Statuses;
                if ((byte)expected != outcomes[row])
                {
                    yield return new Disagreement(positions[row], $"{engine}, `{_norms[norm].Name}`", expected.Name(kind), ((Outcome)outcomes[row]).Name(kind));
                }
            }
        }
    }

    private IEnumerable<Disagreement> Rows(Evaluator evaluator, int[] positions, string engine)
    {
        foreach (var disagreement in Norms(norm => evaluator.Outcomes(norm).ToArray(), positions, engine))
        {
            yield return disagreement;
        }

        for (var norm = 0; norm < _norms.Length; norm++)
        {
            for (var row = 0; row < positions.Length && _norms[norm].IsDeadline; row++)
            {
                if (Due(positions[row], _norms[norm], evaluator.DueOf(norm, row)) is { } due)
                {
                    yield return due with { Question = $"{engine}, {due.Question}" };
                }
            }
        }

        for (var category = 0; category < _categories.Length; category++)
        {
            for (var row = 0; row < positions.Length; row++)
            {
                var expected = _answers[positions[row]].Categories[_categories[category]].Truth;
                var actual = evaluator.CategoryOf(category, row);
                if (expected != actual)
                {
                    yield return new Disagreement(positions[row], $"{engine}, `{_categories[category].Name}`", $"{expected}", $"{actual}");
                }
            }
        }
    }

    private bool Same(ImmutableHashSet<MissingFact> expected, FactSet actual) => expected.SetEquals(Symbols(actual));

    private List<MissingFact> Symbols(FactSet facts)
    {
        var symbols = new List<MissingFact>();
        foreach (var fact in facts)
        {
            symbols.Add(new MissingFact(_facts[fact]));
        }

        return symbols;
    }

    private static string Names(IEnumerable<MissingFact> facts) =>
        string.Join(", ", facts.Select(fact => fact.ToString()).Order(StringComparer.Ordinal).DefaultIfEmpty("nothing"));
}
