using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CccRules.Batch.Mapping.Forms;

namespace CccRules.Batch.Mapping;

/// <summary>One entry of a mapping: a column that feeds a field, or a constant that fills it.</summary>
/// <param name="Column">Name of the column in the data; null for a constant.</param>
/// <param name="Field">Name of the field, or of a question.</param>
/// <param name="Constant">The constant as it would stand in the data; null for a column.</param>
/// <param name="Origin">Where the entry was written, for messages: <c>--map</c> or <c>customs.map:3</c>.</param>
/// <param name="Form">How values of the column are written; null: as rules write them.</param>
public sealed record MappingEntry(string? Column, string Field, string? Constant, string Origin, ValueForm? Form = null);

/// <summary>What the analyst says about the columns of the data. Fits it to a header with <see cref="RecordLayout.Create"/>.</summary>
/// <remarks>
/// An entry is <c>Column = field</c>, <c>Column = field as FORM</c> (see <see cref="ValueForm"/>) or <c>field := constant</c>. A column with <c>:=</c> in its name, or that begins with a quote
/// or <c>#</c>, is written in double quotes, a quote in it twice. The last <c>=</c> divides, so that columns may contain one.
/// </remarks>
public sealed partial record ColumnMapping
{
    private ColumnMapping(ImmutableArray<MappingEntry> entries) => Entries = entries;

    /// <summary>Nothing said: columns feed the fields of the same name.</summary>
    public static ColumnMapping Empty { get; } = new([]);

    public ImmutableArray<MappingEntry> Entries { get; }

    /// <summary>Adds an entry as written after <c>--map</c>.</summary>
    /// <exception cref="BatchSetupException">It is neither <c>Column = field</c> nor <c>field := constant</c>.</exception>
    public ColumnMapping With(string entry, string origin = "--map") => new(Entries.Add(Parse(entry, origin)));

    /// <summary>Adds a constant for a field or question.</summary>
    public ColumnMapping WithConstant(string field, string constant, string origin) =>
        new(Entries.Add(new MappingEntry(null, field, constant, origin)));

    /// <summary>Only the entries that meet a condition.</summary>
    public ColumnMapping Where(Func<MappingEntry, bool> keeps) => new([.. Entries.Where(keeps)]);

    /// <summary>Adds the entries of a mapping file: one a line; empty lines and lines that begin with <c>#</c> say nothing.</summary>
    /// <exception cref="BatchSetupException">A line is no entry; every such line is named.</exception>
    public ColumnMapping WithFile(string text, string fileName)
    {
        var entries = Entries.ToBuilder();
        var problems = ImmutableArray.CreateBuilder<BatchProblem>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var content = line.Trim(' ', '\t', '\r');
            if (content.Length == 0 || content[0] == '#')
            {
                continue;
            }

            try
            {
                entries.Add(Parse(content, $"{fileName}:{number}"));
            }
            catch (BatchSetupException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return problems.Count == 0 ? new ColumnMapping(entries.ToImmutable()) : throw new BatchSetupException(problems.ToImmutable());
    }

    /// <summary>Every entry on a line; the same text means the same mapping.</summary>
    public string ToText() => string.Join('\n', Entries.Select(entry => entry.Column is { } column
        ? $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\" = {entry.Field}{(entry.Form is { } form ? $" as {form.Text}" : "")}"
        : $"{entry.Field} := {entry.Constant}"));

    private static MappingEntry Parse(string entry, string origin)
    {
        var text = entry.Trim();
        if (text.StartsWith('"'))
        {
            return ParseQuoted(text, origin);
        }

        if (WithForm().Match(text) is { Success: true, Groups: var groups })
        {
            return new MappingEntry(NonEmpty(groups["column"].Value, text, origin), groups["field"].Value, null, origin, ParseForm(groups["form"].Value, text, origin));
        }

        var assignment = text.IndexOf(":=", StringComparison.Ordinal);
        if (assignment >= 0)
        {
            return new MappingEntry(null, NonEmpty(text[..assignment], text, origin), text[(assignment + 2)..].Trim(), origin);
        }

        var equals = text.LastIndexOf('=');
        return equals < 0
            ? throw Wrong(text, origin)
            : new MappingEntry(NonEmpty(text[..equals], text, origin), NonEmpty(text[(equals + 1)..], text, origin), null, origin);
    }

    private static MappingEntry ParseQuoted(string text, string origin)
    {
        var end = 1;
        while (end < text.Length && (text[end] != '"' || (end + 1 < text.Length && text[end + 1] == '"')))
        {
            end += text[end] == '"' ? 2 : 1;
        }

        var rest = end < text.Length ? text[(end + 1)..].TrimStart() : "";
        if (!rest.StartsWith('='))
        {
            throw Wrong(text, origin);
        }

        var column = text[1..end].Replace("\"\"", "\"", StringComparison.Ordinal);
        return WithForm().Match("x" + rest) is { Success: true, Groups: var groups }
            ? new MappingEntry(column, groups["field"].Value, null, origin, ParseForm(groups["form"].Value, text, origin))
            : new MappingEntry(column, NonEmpty(rest[1..], text, origin), null, origin);
    }

    private static ValueForm ParseForm(string form, string entry, string origin)
    {
        try
        {
            return ValueForm.Parse(form);
        }
        catch (FormatException fault)
        {
            throw new BatchSetupException(
                BatchProblemKind.ProfileSyntax, $"{origin}: {fault.Message}, found '{DisplayText.Of(System.Text.Encoding.UTF8.GetBytes(entry))}'");
        }
    }

    [GeneratedRegex(@"^(?<column>.*?)=\s*(?<field>[^\s=]+)\s+as\s+(?<form>\S.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex WithForm();

    private static string NonEmpty(string part, string entry, string origin) =>
        part.Trim() is { Length: > 0 } trimmed ? trimmed : throw Wrong(entry, origin);

    private static BatchSetupException Wrong(string entry, string origin) => new(
        BatchProblemKind.MappingSyntax,
        $"{origin}: expected 'Column = field' or 'field := constant', found '{DisplayText.Of(System.Text.Encoding.UTF8.GetBytes(entry))}'");
}
