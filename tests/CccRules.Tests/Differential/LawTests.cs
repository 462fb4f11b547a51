using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;
using CccRules.Runtime.Programs;

namespace CccRules.Tests.Differential;

/// <summary>
/// What holds for all rules: learning a fact only ever narrows an answer; a fact that is not listed as missing cannot change it;
/// neither the order of declarations nor a further rule can.
/// </summary>
public sealed class LawTests
{
    private const int Rulesets = 25;
    private const int Records = 16;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, DifferentialTests.Times).Select(chunk => 100_000 + (chunk * Rulesets))];

    private delegate string? Law(BoundRuleset rules, RecordSource source, ReferenceRecord record, Random random);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Learning_a_fact_never_widens_an_answer(int firstSeed) => Hold(firstSeed, (rules, source, record, random) =>
    {
        var before = ReferenceEvaluator.Evaluate(rules, record);
        foreach (var (fact, richer) in Learnt(rules, source, record, random))
        {
            if (Widened(before, ReferenceEvaluator.Evaluate(rules, richer)) is { } fault)
            {
                return $"{fault} when {fact} is learnt:\n{RecordPrinter.Print(rules, richer)}";
            }
        }

        return null;
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_fact_that_is_not_missing_changes_nothing(int firstSeed) => Hold(firstSeed, (rules, source, record, random) =>
    {
        var before = ReferenceEvaluator.Evaluate(rules, record);
        foreach (var (fact, richer) in Learnt(rules, source, record, random))
        {
            var after = ReferenceEvaluator.Evaluate(rules, richer);
            foreach (var (norm, outcome) in before.Outcomes)
            {
                if (!outcome.Missing.Contains(fact) && after.Outcomes[norm].Statuses != outcome.Statuses)
                {
                    return $"`{norm.Name}` was {outcome.Statuses} for want of {string.Join(", ", outcome.Missing)} and becomes {after.Outcomes[norm].Statuses} when {fact} is learnt:\n{RecordPrinter.Print(rules, richer)}";
                }
            }

            foreach (var (category, condition) in before.Categories)
            {
                if (!condition.Missing.Contains(fact) && after.Categories[category].Truth != condition.Truth)
                {
                    return $"`{category.Name}` was {condition} and becomes {after.Categories[category]} when {fact} is learnt:\n{RecordPrinter.Print(rules, richer)}";
                }
            }
        }

        return null;
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_longer_code_never_widens_an_answer(int firstSeed) => Hold(firstSeed, (rules, source, record, random) =>
    {
        var before = ReferenceEvaluator.Evaluate(rules, record);
        foreach (var (field, value) in record.Fields)
        {
            if (value is HsConstant { Digits: var digits } && digits.Length < 13)
            {
                var known = source.CandidatesOf(field).OfType<HsConstant>().Where(code => code.Digits.Length > digits.Length && code.Digits.StartsWith(digits, StringComparison.Ordinal)).ToList();
                var longer = known.Count > 0 ? known[random.Next(known.Count)] : new HsConstant(digits + random.Next(10));
                var richer = record with { Fields = record.Fields.SetItem(field, longer) };
                if (Widened(before, ReferenceEvaluator.Evaluate(rules, richer)) is { } fault)
                {
                    return $"{fault} when `{field.Name}` is {longer.Digits}:\n{RecordPrinter.Print(rules, richer)}";
                }
            }
        }

        return null;
    });

    [Fact]
    public void The_order_of_declarations_changes_nothing() => ChangesNothing((files, random) =>
        [.. files.Select(file => SourceText.From(file.Path, Shuffled(file, random)))]);

    [Fact]
    public void A_further_rule_changes_nothing() => ChangesNothing((files, _) =>
    [
        .. files.SkipLast(1),
        SourceText.From(files[^1].Path, files[^1].Content + "define further as year of 2024-02-29 = 2024\nobligation further_norm when further\n"),
    ]);

    [Fact]
    public void Space_and_comments_change_nothing() => ChangesNothing((files, _) =>
        [.. files.Select(file => SourceText.From(file.Path, string.Concat(SyntaxTree.Parse(file).Tokens.Select(token => token.Text + SpaceAfter(token)))))]);

    /// <summary>A row of a table is a line of its own.</summary>
    private static string SpaceAfter(SyntaxToken token) =>
        token.Kind is SyntaxKind.BarToken or SyntaxKind.DoubleBarToken or SyntaxKind.CellToken ? "\t" : "\t/* and */ // or\r\n";

    private static void Hold(int firstSeed, Law law)
    {
        for (var seed = firstSeed; seed < firstSeed + Rulesets; seed++)
        {
            var files = RandomRules.Create(seed);
            if (GeneratedRules.TryBind(files, out _) is not { } rules)
            {
                continue;
            }

            var source = new RecordSource(rules, seed);
            foreach (var record in source.Take(Records))
            {
                var start = seed;
                if (law(rules, source, record, new Random(start)) is { } fault)
                {
                    string? Find(ImmutableArray<SourceText> smaller, BoundRuleset fewer, ReferenceRecord less) =>
                        Enumerable.Range(0, 8).Select(i => law(fewer, new RecordSource(fewer, start), less, new Random(start + i))).FirstOrDefault(found => found is not null);
                    Assert.Fail($"Seed {seed}: {fault}\n{new RulesShrinker(Find).Shrink(files, rules, record)}");
                }
            }
        }
    }

    /// <summary>Rules rewritten so that they mean the same give the same answers to the same records.</summary>
    private static void ChangesNothing(Func<ImmutableArray<SourceText>, Random, ImmutableArray<SourceText>> rewrite)
    {
        for (var seed = 200_000; seed < 200_000 + (20 * DifferentialTests.Times); seed++)
        {
            var files = RandomRules.Create(seed);
            if (GeneratedRules.TryBind(files, out _) is not { } rules)
            {
                continue;
            }

            var rewritten = rewrite(files, new Random(seed));
            var other = GeneratedRules.TryBind(rewritten, out var errors);
            Assert.True(other is not null, $"Seed {seed}: {errors.FirstOrDefault()}\n{GeneratedRules.Print(rewritten)}");
            foreach (var record in new RecordSource(rules, seed).Take(Records))
            {
                var one = Answers(ReferenceEvaluator.Evaluate(rules, record));
                var two = Answers(ReferenceEvaluator.Evaluate(other, Moved(record, other)));
                Assert.True(one.All(two.Contains), $"Seed {seed}: {string.Join("; ", one.Except(two))} is now {string.Join("; ", two.Except(one))}\n{GeneratedRules.Print(rewritten)}{RecordPrinter.Print(rules, record)}");
            }
        }
    }

    /// <summary>The record with one missing fact known: each once, with some value.</summary>
    private static IEnumerable<(MissingFact Fact, ReferenceRecord Record)> Learnt(BoundRuleset rules, RecordSource source, ReferenceRecord record, Random random)
    {
        foreach (var list in rules.Fields.Where(field => field.Type.Kind == TypeKind.List))
        {
            yield return (new MissingFact(list), record with { Lists = record.Lists.SetItem(list, source.Learnt(list, record)) });
        }

        foreach (var field in rules.Fields.Where(field => field.Type.Kind != TypeKind.List && !record.Fields.ContainsKey(field)))
        {
            var values = source.CandidatesOf(field);
            yield return (new MissingFact(field), record with { Fields = record.Fields.Add(field, values[random.Next(values.Count)]) });
        }

        foreach (var question in rules.Questions.Where(question => !record.Answers.ContainsKey(question)))
        {
            yield return (new MissingFact(question), record with { Answers = record.Answers.Add(question, random.Next(2) == 0) });
        }

        if (record.EvaluationDay is null)
        {
            yield return (MissingFact.EvaluationDate, record with { EvaluationDay = source.AnyDay() });
        }
    }

    private static string? Widened(ReferenceEvaluator before, ReferenceEvaluator after)
    {
        foreach (var (norm, outcome) in before.Outcomes)
        {
            var now = after.Outcomes[norm].Statuses;
            if ((now & ~outcome.Statuses) != Outcome.Nothing || now == Outcome.Nothing)
            {
                return $"`{norm.Name}` was {outcome.Statuses} and becomes {now}";
            }
        }

        foreach (var (category, condition) in before.Categories)
        {
            if (!condition.IsOpen && after.Categories[category].Truth != condition.Truth)
            {
                return $"`{category.Name}` was {condition} and becomes {after.Categories[category]}";
            }
        }

        return null;
    }

    private static string Shuffled(SourceText file, Random random)
    {
        var tree = SyntaxTree.Parse(file);
        var declarations = tree.Root.Declarations.Where(declaration => declaration is not RulesetDeclarationSyntax).Select(declaration => file.ToString(declaration.Span)).ToArray();
        random.Shuffle(declarations);
        return $"{file.ToString(tree.Root.Ruleset!.Span)}\n{string.Join('\n', declarations)}\n";
    }

    private static ReferenceRecord Moved(ReferenceRecord record, BoundRuleset rules) => new()
    {
        Fields = record.Fields.ToImmutableDictionary(entry => rules.Fields.First(field => field.QualifiedName == entry.Key.QualifiedName), entry => entry.Value),
        Lists = record.Lists.ToImmutableDictionary(list => Named(rules.Fields, list.Key), list => list.Value.Select(entry => MovedEntry(Named(rules.Fields, list.Key), entry)).ToImmutableArray()),
        Answers = record.Answers.ToImmutableDictionary(entry => rules.Questions.First(question => question.QualifiedName == entry.Key.QualifiedName), entry => entry.Value),
        EvaluationDay = record.EvaluationDay,
    };

    private static ImmutableDictionary<FieldSymbol, ConstantValue> MovedEntry(FieldSymbol list, ImmutableDictionary<FieldSymbol, ConstantValue> entry) =>
        entry.ToImmutableDictionary(value => Named(list.Entry!.Fields, value.Key), value => value.Value);

    private static FieldSymbol Named(ImmutableArray<FieldSymbol> fields, FieldSymbol like) => fields.First(field => field.QualifiedName == like.QualifiedName);

    private static HashSet<string> Answers(ReferenceEvaluator evaluator) =>
    [
        .. evaluator.Outcomes.Select(entry => $"{entry.Key.QualifiedName} {entry.Value.Statuses}, applies from {entry.Value.AppliesFrom}, missing {string.Join(", ", entry.Value.Missing.Select(fact => fact.ToString()).Order(StringComparer.Ordinal))}"),
        .. evaluator.Categories.Select(entry => $"{entry.Key.QualifiedName} {entry.Value.Truth}"),
    ];
}
