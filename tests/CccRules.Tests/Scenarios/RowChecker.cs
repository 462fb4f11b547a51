using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Scenarios;

/// <summary>Rows of a test as records, and whether the reference evaluator says of them what the rows expect.</summary>
internal static class RowChecker
{
    /// <summary>Before the name of a deadline: the column holds its date due.</summary>
    private const string DueColumn = "due ";

    /// <summary>The rules that a table is judged by: those known on its day.</summary>
    public static BoundRuleset RulesFor(RowTable table, BoundRuleset ruleset) =>
        table.KnownOn is { } day ? Knowledge.KnownOn(ruleset, CellReader.Day(day)) : ruleset;

    public static IEnumerable<ReferenceRecord> Records(RowTable table, BoundRuleset ruleset) =>
        table.Rows.Select(row => RecordOf(table, row, ruleset));

    /// <summary>One line for each cell that is not as expected.</summary>
    public static IEnumerable<string> Mismatches(RowTable table, BoundRuleset ruleset)
    {
        var known = RulesFor(table, ruleset);
        foreach (var row in table.Rows)
        {
            var evaluator = ReferenceEvaluator.Evaluate(known, RecordOf(table, row, ruleset));
            foreach (var (subject, expected) in table.Subjects.Zip(row.Expected))
            {
                NormKind? kind = null;
                var actual = subject.StartsWith(DueColumn, StringComparison.Ordinal) ? Due(evaluator, ruleset, subject[DueColumn.Length..]) : Answer(evaluator, ruleset, subject, out kind);
                if ((subject.StartsWith(DueColumn, StringComparison.Ordinal) ? expected : Normalize(expected, kind)) != actual)
                {
                    yield return $"{row}: `{subject}` is expected to be {expected} and is {actual}";
                }
            }
        }
    }

    private static ReferenceRecord RecordOf(RowTable table, Row row, BoundRuleset ruleset)
    {
        var record = ReferenceRecord.Empty with { EvaluationDay = table.AsOf is { } day ? CellReader.Day(day) : null };
        foreach (var (column, cell) in table.Facts.Zip(row.Facts).Where(entry => entry.Second.Length > 0))
        {
            if (column == RowTable.DateColumn)
            {
                record = record with { EvaluationDay = CellReader.Day(cell) };
            }
            else if (ruleset.Fields.FirstOrDefault(field => IsNamed(field, column)) is { } field)
            {
                record = record with { Fields = record.Fields.Add(field, CellReader.Read(cell, field.Type)) };
            }
            else if (ruleset.Questions.FirstOrDefault(question => IsNamed(question, column)) is { } question)
            {
                record = record with { Answers = record.Answers.Add(question, CellReader.YesNo(cell)) };
            }
            else
            {
                throw new FormatException($"{row}: there is no field or question `{column}`");
            }
        }

        return record;
    }

    /// <summary>Of a deadline the date due, or the earliest and the latest that it can be.</summary>
    private static string Due(ReferenceEvaluator evaluator, BoundRuleset ruleset, string name)
    {
        var deadline = ruleset.Norms.FirstOrDefault(norm => norm.IsDeadline && IsNamed(norm, name)) ?? throw new FormatException($"there is no deadline `{name}`");
        var (earliest, latest) = evaluator.Dues[deadline];
        static string Day(long day) => day == Fact.Missing ? "any day" : day == Fact.None ? "none" : CivilDate.Format(day);
        return earliest == latest && earliest != Fact.Missing ? Day(earliest) : $"{Day(earliest)} to {Day(latest)}";
    }

    /// <summary>What an evaluator says of a norm or category. What was left out because nobody knew it does not apply.</summary>
    private static string Answer(ReferenceEvaluator evaluator, BoundRuleset ruleset, string subject, out NormKind? kind)
    {
        var symbol = ruleset.Declarations.Select(declaration => declaration.Symbol)
            .FirstOrDefault(symbol => symbol is NormSymbol or CategorySymbol && IsNamed(symbol, subject));
        switch (symbol)
        {
            case NormSymbol norm:
                kind = norm.Kind;
                return (evaluator.Outcomes.TryGetValue(norm, out var outcome) ? outcome.Statuses : Outcome.NotApplicable).Name(kind.Value);
            case CategorySymbol category:
                kind = null;
                return (evaluator.Categories.TryGetValue(category, out var condition) ? condition.Truth : Truth.False) switch
                {
                    Truth.True => "yes",
                    Truth.False => "no",
                    _ => "open",
                };
            default:
                throw new FormatException($"there is no norm or category `{subject}`");
        }
    }

    /// <summary>Statuses in the order in which outcomes name them.</summary>
    private static string Normalize(string expected, NormKind? kind)
    {
        if (kind is not { } known)
        {
            return expected is "yes" or "no" or "open" ? expected : throw new FormatException($"`{expected}` is no answer of a category");
        }

        var names = Outcomes.StatusNames(known).ToImmutableArray();
        var statuses = Outcome.Nothing;
        foreach (var name in expected.Split(" or ", StringSplitOptions.TrimEntries))
        {
            var bit = names.IndexOf(name);
            statuses |= bit >= 0 ? (Outcome)(1 << bit) : throw new FormatException($"`{name}` is no status");
        }

        return statuses.Name(known);
    }

    private static bool IsNamed(Symbol symbol, string name) => symbol.Name == name || symbol.QualifiedName == name;
}
