using System.Collections.Immutable;
using System.Text;
using CccRules.Batch.Lists;
using CccRules.Batch.Mapping.Forms;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Profiling;

/// <summary>How values of a column may be written so that a fact can be read from them.</summary>
/// <param name="Form">The form; null: as rules write them.</param>
/// <param name="Read">Rows whose value reads so.</param>
/// <param name="Seen">Rows that were tried.</param>
/// <param name="Example">A value that does not read; null where all do.</param>
/// <param name="Others">Other forms in which as many values read, so that only somebody who knows the data can tell.</param>
internal sealed record FormGuess(ValueForm? Form, long Read, long Seen, string? Example, ImmutableArray<ValueForm> Others)
{
    private static readonly string[] Dates =
    [
        "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd", "yyyy年M月d日", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "d/M/yyyy", "M/d/yyyy", "d.M.yyyy",
        "yyyy-M-d", "yyyy/M/d", "dd-MMM-yyyy", "d MMM yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy/MM/dd HH:mm:ss", "dd/MM/yyyy HH:mm",
    ];

    private static readonly string[] Numbers = ["1234,5", "1,234.5", "1.234,5", "1 234,5", "1'234.5", "1 234.5"];
    private static readonly HashSet<string> YesWords = new(["y", "yes", "true", "t", "1", "是", "有", "对", "x", "ja", "oui", "si", "sí", "j", "o"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> NoWords = new(["n", "no", "false", "f", "0", "否", "无", "没有", "不", "-", "nein", "non"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What people write where they do not know; <c>ZZ</c> is no country of ISO 3166-1 and never will be.</summary>
    private static readonly HashSet<string> UnknownWords =
        new(["n/a", "na", "n.a.", "null", "nil", "unknown", "?", "-", "--", "不详", "未知", "无", "zz", "00000000", "0000-00-00", "00/00/0000"], StringComparer.OrdinalIgnoreCase);

    public double Share => Seen == 0 ? 0 : (double)Read / Seen;

    /// <summary>The form in which most values of a column read as a fact; rules' own way where nothing is better.</summary>
    public static FormGuess Of(ColumnProfile column, FactSchema fact)
    {
        if (fact.Kind == FactKind.List)
        {
            return OfList(column);
        }

        var best = Try(column, fact, null);
        var equals = ImmutableArray.CreateBuilder<ValueForm>();
        foreach (var form in Candidates(column, fact.Kind))
        {
            var guess = Try(column, fact, form);
            if (guess.Read > best.Read)
            {
                best = guess;
                equals.Clear();
            }
            else if (guess.Read == best.Read && guess.Read > 0 && best.Form is not null && Differs(column, best.Form, form))
            {
                equals.Add(form);
            }
        }

        return WithUnknown(column, fact, best) with { Others = equals.ToImmutable() };
    }

    private static FormGuess OfList(ColumnProfile column)
    {
        var others = column.Values.Where(value => !ListText.IsList(Encoding.UTF8.GetBytes(value.Value))).ToList();
        var seen = column.Values.Sum(value => value.Rows);
        return new FormGuess(null, seen - others.Sum(value => value.Rows), seen, others.Count == 0 ? null : others[0].Value, []);
    }

    /// <summary>Takes what usually says that nobody knows for just that, where it does not read as a value.</summary>
    private static FormGuess WithUnknown(ColumnProfile column, FactSchema fact, FormGuess guess)
    {
        if (guess.Example is null || guess.Read == 0)
        {
            return guess;
        }

        var words = column.Values.Where(value => UnknownWords.Contains(value.Value)).Select(value => WordForm.Quote(value.Value)).ToList();
        return words.Count > 0 && UnknownForm.TryParse($"{guess.Form?.Text} unknown {string.Join(", ", words)}") is { } form && Try(column, fact, form) is var better && better.Read > guess.Read
            ? better
            : guess;
    }

    private static IEnumerable<ValueForm> Candidates(ColumnProfile column, FactKind kind) => kind switch
    {
        FactKind.Date => Dates.Select(DateForm.Parse),
        FactKind.Integer or FactKind.Decimal => Numbers.Select(NumberForm.Parse),
        FactKind.YesNo => YesNo(column) is { } form ? [form] : [],
        _ => [],
    };

    private static WordForm? YesNo(ColumnProfile column)
    {
        var yes = column.Values.Where(value => YesWords.Contains(value.Value)).Select(value => WordForm.Quote(value.Value)).ToList();
        var no = column.Values.Where(value => NoWords.Contains(value.Value)).Select(value => WordForm.Quote(value.Value)).ToList();
        return yes.Count > 0 && no.Count > 0 ? WordForm.ParseYesNo($"{string.Join(", ", yes)} no {string.Join(", ", no)}") : null;
    }

    private static FormGuess Try(ColumnProfile column, FactSchema fact, ValueForm? form)
    {
        var binding = new Mapping.FieldBinding(0, 0, new FactReader(fact), IsStored: true, form);
        var texts = new TextDictionary();
        var scratch = new System.Buffers.ArrayBufferWriter<byte>();
        var (read, seen) = (0L, 0L);
        string? example = null;
        foreach (var (value, rows) in column.Values)
        {
            seen += rows;
            if (binding.Read(Encoding.UTF8.GetBytes(value), texts, scratch, out _) is null)
            {
                read += rows;
            }
            else
            {
                example ??= value;
            }
        }

        return new FormGuess(form, read, seen, example, []);
    }

    /// <summary>Two forms give some value different meanings.</summary>
    private static bool Differs(ColumnProfile column, ValueForm one, ValueForm other) => column.Values.Any(value =>
    {
        var first = new System.Buffers.ArrayBufferWriter<byte>();
        var second = new System.Buffers.ArrayBufferWriter<byte>();
        var bytes = Encoding.UTF8.GetBytes(value.Value);
        return one.TryRewrite(bytes, first) && other.TryRewrite(bytes, second) && !first.WrittenSpan.SequenceEqual(second.WrittenSpan);
    });
}
