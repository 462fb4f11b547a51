using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Batch.Mapping.Forms;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Profiling;

/// <summary>
/// A mapping file drafted from data: which column may feed which field and how its values are written, each guess with what speaks for
/// it. Somebody who knows the data has to read it; what is not sure is written as a remark.
/// </summary>
public sealed class MappingDraft
{
    /// <summary>Below it a guess is a remark only.</summary>
    private const double Sure = 0.75;

    private readonly DataProfile _profile;
    private readonly StringBuilder _text = new();

    private MappingDraft(DataProfile profile) => _profile = profile;

    /// <summary>The text of the mapping file.</summary>
    /// <param name="profile">What is in the data.</param>
    /// <param name="manifest">The rules; null: only tell what is in the data.</param>
    /// <param name="input">What the data are called.</param>
    public static string Write(DataProfile profile, RulesetManifest? manifest, string input) => new MappingDraft(profile).Draft(manifest, input);

    private string Draft(RulesetManifest? manifest, string input)
    {
        Line($"# Drafted by `ccc profile` from {Shown(input)}: {Rows(_profile.Rows)} looked at{(_profile.HasMoreRows ? ", there are more" : ", all there are")}.");
        if (_profile.UnreadableRows > 0)
        {
            Line($"# {Rows(_profile.UnreadableRows)} could not be read and would be rejected.");
        }

        Line("# Read it before you use it: `ccc classify --map-file` takes it as it stands. Lines that begin with # say nothing.");
        ImmutableArray<FactSchema> fields = [.. (manifest?.Facts ?? []).Where(fact => fact.Role == FactRole.Field)];
        var guesses = Assign(fields);
        foreach (var column in _profile.Columns)
        {
            Line("");
            if (guesses.TryGetValue(column.Name, out var guess))
            {
                WriteGuess(column, guess);
            }
            else
            {
                Line($"# {Column(column.Name)}: no field is like it; {Describe(column)}");
            }
        }

        WriteUnfilled([.. fields.Where(field => !guesses.Values.Any(guess => guess.Field == field))]);
        return _text.ToString();
    }

    private void WriteGuess(ColumnProfile column, Guess guess)
    {
        var kind = guess.Score >= 0.95 ? "sure" : guess.Score >= Sure ? "likely" : "perhaps";
        Line($"# {kind}, {guess.Score * 100:0} %: the names are {(guess.Name >= 1 ? "the same" : $"alike by {guess.Name * 100:0} %")}, {Read(column, guess.Form)}");
        if (column.Empty > 0)
        {
            Line($"# empty in {Rows(column.Empty)}");
        }

        if (guess.Form.Example is { } example)
        {
            Line($"# does not read: {Quote(example)}{(guess.Field.Kind is FactKind.Member or FactKind.Members ? $"; members are {string.Join(", ", guess.Field.Members.Take(12))}" : "")}");
        }

        foreach (var other in guess.Form.Others)
        {
            Line($"# as many values read `as {other.Text}`: only who knows the data can tell");
        }

        var form = guess.Form.Form is { } found ? $" as {found.Text}" : Codes(column, guess);
        var isSure = guess.Score >= Sure && guess.Form.Others.IsEmpty;
        Line($"{(isSure ? "" : "# ")}{Column(column.Name)} = {guess.Field.Name}{form}");
    }

    /// <summary>A list of codes to be filled in, where a column has a few words and the field a few members.</summary>
    private static string Codes(ColumnProfile column, Guess guess) =>
        guess.Form.Example is not null && guess.Field.Kind == FactKind.Member && column.Values.Length <= 20 && !column.HasMoreValues
            ? $" as codes {string.Join(", ", column.Values.Select(value => $"{WordForm.Quote(value.Value)} {(guess.Field.Members.Contains(value.Value) ? value.Value : "?")}"))}"
            : "";

    private void WriteUnfilled(ImmutableArray<FactSchema> fields)
    {
        if (fields.IsEmpty)
        {
            return;
        }

        Line("");
        Line("# Fields that no column is like. A constant fills one for every record; without it the fact is missing and answers that hang on it stay open.");
        foreach (var field in fields.OrderByDescending(field => field.IsRequired))
        {
            Line($"# {field.Name} :={(field.IsRequired ? "   (required)" : "")}   {Shown(field.Title == field.Name ? "" : field.Title)}".TrimEnd());
        }
    }

    /// <summary>The best pairs first; each column and each field once.</summary>
    private Dictionary<string, Guess> Assign(ImmutableArray<FactSchema> fields)
    {
        var pairs =
            from column in _profile.Columns
            from field in fields
            let name = NameLikeness.Of(column.Name, field.Name, field.Title)
            where name >= 0.5
            let form = FormGuess.Of(column, field)
            let score = column.Filled == 0 ? name * 0.7 : name * (0.4 + (0.6 * form.Share))
            where score >= 0.4
            orderby score descending, name descending
            select (Column: column.Name, Guess: new Guess(field, name, form, score));
        var guesses = new Dictionary<string, Guess>(StringComparer.Ordinal);
        foreach (var (column, guess) in pairs)
        {
            if (!guesses.ContainsKey(column) && !guesses.Values.Any(other => other.Field == guess.Field))
            {
                guesses.Add(column, guess);
            }
        }

        return guesses;
    }

    private static string Read(ColumnProfile column, FormGuess form) => column.Filled == 0 ? "no row has a value"
        : string.Create(CultureInfo.InvariantCulture, $"{form.Read:N0} of {form.Seen:N0} values read{(column.HasMoreValues ? " (the distinct ones that were kept)" : "")}");

    private static string Describe(ColumnProfile column)
    {
        if (column.Filled == 0)
        {
            return "it is always empty";
        }

        var count = column.HasMoreValues ? $"more than {ColumnProfile.MostValues:N0}" : column.Values.Length.ToString("N0", CultureInfo.InvariantCulture);
        var examples = string.Join(", ", column.Values.OrderByDescending(value => value.Rows).Take(3).Select(value => Quote(value.Value)));
        return $"{count} distinct values such as {examples}{(column.Empty > 0 ? $"; empty in {Rows(column.Empty)}" : "")}";
    }

    private static string Column(string name) =>
        name.Length > 0 && name[0] is not ('"' or '#') && !name.Contains('=', StringComparison.Ordinal) && !name.Contains(":=", StringComparison.Ordinal) && name.Trim() == name && !name.Any(char.IsControl)
            ? name
            : WordForm.Quote(name);

    private static string Quote(string value) => $"\"{Shown(value)}\"";

    private static string Shown(string text) => DisplayText.Of(Encoding.UTF8.GetBytes(text));

    private static string Rows(long rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {(rows == 1 ? "row" : "rows")}");

    private void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Line(string text) => _text.Append(text).Append('\n');

    private sealed record Guess(FactSchema Field, double Name, FormGuess Form, double Score);
}
