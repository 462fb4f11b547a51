using System.Collections.Immutable;
using System.Text;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Proof;

/// <summary>Records as scenarios that can be pasted into rules.</summary>
internal static class ScenarioText
{
    private const int LineLength = 110;

    private static readonly TextDictionary NoTexts = new();

    /// <summary>A scenario that expects what comes out today.</summary>
    /// <param name="expectations">Such as <c>qr_mark breached</c>.</param>
    public static string Write(string name, IrModule module, Assignment record, IEnumerable<string> expectations)
    {
        var text = new StringBuilder();
        text.Append("scenario ").Append(Quoted(name)).Append('\n');
        WriteGiven(text, module, record);
        foreach (var fact in record.Facts)
        {
            var schema = module.Facts[fact];
            if (schema.Role == FactRole.Question)
            {
                text.Append("  assume ").Append(Name(schema.Name)).Append(record.Numbers[fact] == 1 ? " yes\n" : " no\n");
            }
            else if (schema.Role == FactRole.EvaluationDate)
            {
                text.Append("  as of ").Append(CivilDate.Format(record.Numbers[fact])).Append('\n');
            }
        }

        foreach (var expectation in expectations)
        {
            text.Append("  expect ").Append(expectation).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What a norm came to, as an expectation.</summary>
    public static string Expect(IrModule module, int norm, Outcome outcome)
    {
        var schema = module.Norms[norm];
        var isAmbiguous = module.Norms.Count(other => other.Name == schema.Name) > 1;
        return $"{(isAmbiguous ? QualifiedName(schema.QualifiedName) : Name(schema.Name))} {outcome.Name(schema.Kind)}";
    }

    /// <summary>A fact's value as it is written in a scenario.</summary>
    public static string Value(IrModule module, Assignment record, int fact)
    {
        if (record.Texts.TryGetValue(fact, out var text))
        {
            return Quoted(text);
        }

        var schema = module.Facts[fact];
        var number = record.Numbers[fact];
        return (schema.Kind, number) switch
        {
            (_, Fact.None) => "none",
            (FactKind.Member, _) => Name(schema.Members[(int)number]),
            (FactKind.Members, _) => $"({string.Join(", ", schema.Members.Where((_, bit) => (number >> bit & 1) != 0).Select(Name))})",
            (FactKind.Integer or FactKind.Decimal, _) when schema.Unit is { } unit => $"{FactFormatter.Format(schema, number, NoTexts)} {unit}",
            _ => FactFormatter.Format(schema, number, NoTexts),
        };
    }

    /// <summary>A name as it is written; in backticks where it is a word of the language.</summary>
    public static string Name(string name) => SyntaxFacts.FixedKind(name) is { } kind && SyntaxFacts.IsReserved(kind) ? $"`{name}`" : name;

    private static string QualifiedName(string name) => string.Join('.', name.Split('.').Select(Name));

    private static void WriteGiven(StringBuilder text, IrModule module, Assignment record)
    {
        ImmutableArray<string> facts =
        [
            .. record.Facts.Where(fact => module.Facts[fact].Role == FactRole.Field && !IsMissing(record, fact))
                .Select(fact => $"{Name(module.Facts[fact].Name)} {Value(module, record, fact)}"),
        ];
        if (facts.IsEmpty)
        {
            return;
        }

        text.Append("  given ");
        var column = 8;
        for (var i = 0; i < facts.Length; i++)
        {
            if (i > 0 && column + facts[i].Length > LineLength)
            {
                text.Append(",\n        ");
                column = 8;
            }
            else if (i > 0)
            {
                text.Append(", ");
                column += 2;
            }

            text.Append(facts[i]);
            column += facts[i].Length;
        }

        text.Append('\n');
    }

    private static bool IsMissing(Assignment record, int fact) => record.Numbers.TryGetValue(fact, out var number) && number == Fact.Missing;

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                < ' ' => " ",
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
