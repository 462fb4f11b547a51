using System.Collections.Immutable;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Trade;

namespace CccRules.Compare.Workload;

/// <summary>The same records as objects and as columns.</summary>
internal sealed class Products
{
    public Products(int count, HsCodes codes)
    {
        var random = new Random(count);
        Records = new ProductRecord[count];
        for (var i = 0; i < count; i++)
        {
            Records[i] = ProductRecord.Create(random, codes);
        }
    }

    public ProductRecord[] Records { get; }

    /// <summary>The records as batches of columns.</summary>
    public List<ColumnBatch> ToBatches(RulesetManifest manifest, int rows)
    {
        var readers = manifest.Facts.Select(fact => (fact.Index, Field: FieldOf(fact))).ToList();
        var batches = new List<ColumnBatch>();
        for (var first = 0; first < Records.Length; first += rows)
        {
            var batch = new ColumnBatch(manifest.Facts, rows) { Count = Math.Min(rows, Records.Length - first) };
            for (var row = 0; row < batch.Count; row++)
            {
                foreach (var (fact, field) in readers)
                {
                    batch.Set(fact, row, ToFact(Records[first + row], field));
                }
            }

            batches.Add(batch);
        }

        return batches;
    }

    /// <summary>By fact: its field; null for the evaluation date.</summary>
    public static ImmutableArray<Field?> FieldsOf(RulesetManifest manifest) => [.. manifest.Facts.Select(FieldOf)];

    public static long ToFact(ProductRecord record, Field? field) => field switch
    {
        null => RuleSet.EvaluationDate.DayNumber,
        Field.HsCode => CodeToFact(record.HsCode),
        Field.Origin => record.Origin is { } origin ? CountryCode.TryParse(System.Text.Encoding.ASCII.GetBytes(origin), out var country) ? country.Number : throw new InvalidOperationException(origin) : Fact.Missing,
        Field.DeclaredOn => ToFact(record.DeclaredOn),
        Field.ManufacturedOn => ToFact(record.ManufacturedOn),
        Field.ImportedOn => record.IsNotImported ? Fact.None : ToFact(record.ImportedOn),
        Field.CertificateIssuedOn => ToFact(record.CertificateIssuedOn),
        Field.Purpose => record.Purpose is { } purpose ? (long)purpose : Fact.Missing,
        Field.Channel => record.Channel is { } channel ? (long)channel : Fact.Missing,
        Field.HasMark => ToFact(record.HasMark),
        Field.HasRadio => ToFact(record.HasRadio),
        Field.RatedPower => ToFact(record.RatedPower),
        Field.RatedVoltage => ToFact(record.RatedVoltage),
        Field.Quantity => record.Quantity ?? Fact.Missing,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    /// <summary>A code's fact.</summary>
    public static long CodeToFact(string digits) => HsCode.TryParse(digits, out var code) ? code.Encoded : throw new InvalidOperationException(digits);

    private static Field? FieldOf(FactSchema fact) =>
        fact.Role == FactRole.EvaluationDate ? null : Fields.All.Single(field => Fields.NameOf(field) == fact.Name);

    private static long ToFact(DateOnly? date) => date?.DayNumber ?? Fact.Missing;

    private static long ToFact(bool? answer) => answer is { } known ? (known ? 1 : 0) : Fact.Missing;

    private static long ToFact(decimal? number) => number is { } known ? (long)(known * Fact.DecimalScale) : Fact.Missing;
}
