using System.Collections.Immutable;
using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Batch;

/// <summary>Columns that are read at once against cells that are read one by one.</summary>
public sealed class CellReaderTests
{
    private static readonly ImmutableArray<FactSchema> Facts =
    [
        Fact(0, FactKind.Text) with { IsKey = true, IsRequired = true },
        Fact(1, FactKind.YesNo),
        Fact(2, FactKind.Integer) with { Unit = "pcs" },
        Fact(3, FactKind.Decimal) with { Unit = "W", AllowsNone = true },
        Fact(4, FactKind.Text),
        Fact(5, FactKind.Date) with { AllowsNone = true, EmptyIsNone = true },
        Fact(6, FactKind.Date) with { IsRequired = true },
        Fact(7, FactKind.Days),
        Fact(8, FactKind.Months),
        Fact(9, FactKind.Member) with { Members = ["sale", "research", "a_member_with_quite_a_long_name"] },
        Fact(10, FactKind.Members) with { Members = ["radio", "mains", "battery"] },
        Fact(11, FactKind.Country),
        Fact(12, FactKind.HsCode) with { IsRequired = true },
        Fact(13, FactKind.Member) with { Members = [.. Enumerable.Range(0, 300).Select(i => $"m{i}")] },
    ];

    private static readonly RulesetManifest Manifest = new()
    {
        Modules = [new ModuleSchema("cn.test", "Test", null, "CN")],
        Facts = Facts,
        Norms = [],
        Categories = [],
        Tables = new ProgramTables(),
        Graph = RuleGraph.Empty,
    };

    [Theory]
    [InlineData("\n", 1)]
    [InlineData("\r\n", 2)]
    [InlineData("\n", 3)]
    public void Columns_read_at_once_are_the_cells_read_one_by_one(string lineEnd, int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 3_000).Select(_ => Facts.Select(fact => Cell(fact, random)).ToArray()).ToList();
        var text = string.Join(',', Facts.Select(fact => fact.Name)) + lineEnd
            + string.Concat(rows.Select(row => string.Join(',', row.Select(cell => Quoted(cell, random))) + lineEnd));
        using var source = CsvSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var layout = RecordLayout.Create(source, Manifest, new BatchOptions());
        var batch = new RecordBatch(layout, 256) { MayDefer = seed == 3 };
        var readers = Facts.Select(fact => new FactReader(fact)).ToArray();
        var texts = new TextDictionary();
        var next = 0;
        while (true)
        {
            batch.Clear();
            if (!source.Fill(batch))
            {
                break;
            }

            batch.ReadDeferred();
            var good = 0;
            var refused = 0;
            for (var count = batch.Count + batch.Rejected.Count; count > 0; count--, next++)
            {
                var cells = rows[next].Select(cell => Encoding.UTF8.GetBytes(cell)).ToArray();
                var faults = Facts.Select((fact, i) => i == 0
                    ? (cells[0].AsSpan().Trim((byte)' ').IsEmpty ? FactFault.RequiredButEmpty : FactFault.None)
                    : readers[i].Read(cells[i], texts, out _)).ToArray();
                if (faults.All(fault => fault == FactFault.None))
                {
                    Assert.Equal(next + 2, batch.LineOf(good));
                    for (var i = 1; i < Facts.Length; i++)
                    {
                        readers[i].Read(cells[i], texts, out var expected);
                        var actual = batch.Columns.Get(i, good);
                        if (Facts[i].Kind == FactKind.Text && actual >= 0)
                        {
                            Assert.Equal(texts[(int)expected], batch.Columns.Texts[(int)actual]);
                        }
                        else
                        {
                            Assert.True(expected == actual, $"{Facts[i].Kind} '{rows[next][i]}': {actual} instead of {expected}");
                        }
                    }

                    for (var kept = 0; kept < Facts.Length; kept++)
                    {
                        Assert.Equal(rows[next][kept], Encoding.UTF8.GetString(batch.KeptCell(good, kept)));
                    }

                    good++;
                }
                else
                {
                    var row = batch.Rejected[refused++];
                    Assert.Equal(next + 2, row.Line);
                    Assert.Equal(faults.Where(fault => fault != FactFault.None).Select(fault => fault.Code()), row.Faults.Select(fault => fault.Code));
                }
            }
        }

        Assert.Equal(rows.Count, next);
        Assert.Equal(rows.Count, source.RowsRead);
    }

    /// <summary>On several threads a batch may end where a chunk of the file does; one that must end soon anyway is read all the same.</summary>
    [Fact]
    public void A_batch_that_must_end_just_behind_a_chunk_is_not_taken_for_the_end()
    {
        var line = string.Join(',', Facts.Select(Usual)) + '\n';
        const int rows = 40_000;
        using var source = CsvSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(string.Join(',', Facts.Select(fact => fact.Name)) + '\n' + string.Concat(Enumerable.Repeat(line, rows)))));
        var batch = new RecordBatch(RecordLayout.Create(source, Manifest, new BatchOptions())) { MayDefer = true };
        var early = 0;
        for (var before = 0L; before < rows; before = source.RowsRead)
        {
            batch.Clear();
            batch.Begin(before);
            var isEarly = batch.EndsBehind == long.MaxValue && before % 4096 != 0;
            batch.EndsBehind = isEarly ? before + 10 : long.MaxValue;
            Assert.True(source.Fill(batch), $"{before} of {rows} records were read");
            batch.ReadDeferred();
            Assert.Equal(source.RowsRead - before, batch.Count);
            early += isEarly ? 1 : 0;
        }

        Assert.Equal(rows, source.RowsRead);
        Assert.NotEqual(0, early);
    }

    /// <summary>A run over a hundred million rows takes as much memory as one over a million only where a batch leaves nothing behind.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_more_allocates_nothing(bool mayDefer)
    {
        var line = string.Join(',', Facts.Select(fact => Usual(fact))) + '\n';
        var text = string.Join(',', Facts.Select(fact => fact.Name)) + '\n' + string.Concat(Enumerable.Repeat(line, 40_000));
        using var source = CsvSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var batch = new RecordBatch(RecordLayout.Create(source, Manifest, new BatchOptions()), 256) { MayDefer = mayDefer };
        for (var i = 0; i < 40; i++)
        {
            Fill();
        }

        var least = AllocatedBytes.OfRuns(20, Fill);

        Assert.NotEqual(0, batch.Count);
        Assert.Equal(0, least);

        void Fill()
        {
            batch.Clear();
            source.Fill(batch);
            batch.ReadDeferred();
        }
    }

    private static FactSchema Fact(int index, FactKind kind) => new() { Index = index, Name = $"f{index}", Kind = kind, Role = FactRole.Field };

    private static string Usual(FactSchema fact) => fact.Kind switch
    {
        FactKind.YesNo => "yes",
        FactKind.Decimal => "12.5",
        FactKind.Date => "2026-11-25",
        FactKind.Days => "30 days",
        FactKind.Months => "3 months",
        FactKind.Member or FactKind.Members => fact.Members[1],
        FactKind.Country => "CN",
        _ => "8507600090",
    };

    private static string Quoted(string cell, Random random) =>
        random.Next(10) == 0 || cell.Contains(',', StringComparison.Ordinal) || cell.Contains('"', StringComparison.Ordinal)
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <summary>Nearly always a value as people write it; sometimes one at an edge, sometimes nonsense.</summary>
    private static string Cell(FactSchema fact, Random random)
    {
        if (random.Next(fact.IsRequired ? 200 : 8) == 0)
        {
            return random.Next(3) == 0 ? " " : "";
        }

        if (random.Next(50) == 0)
        {
            string[] odd = ["none", "-", "1e5", "2026-02-30", "2026-13-01", "0000-00-00", "1899-12-31", "9999-12-31", "2156-01-01", "12345678901234567890", "1.2.3", ".5", "5.", "-0.0", "+7", "1,000", "8507.60", "850", "85076000901034", "ZZ", "cn", "Yes", "是", "1.1234567", "x y", "12345678901234.5", "2026/01/01", "0-1", "--1", "99999999999999999999.1",
                "none ", "nono", "None", "2026-02-29", "2024-02-29", "2100-02-29", "2026-00-10", "2026-01-00", "2026-04-31", "202-01-011", "123.456.", "1..23456", "0.000001", "00000000", ".1234567", "1.234567", "12.345678", "123456.7", "1234567.", "12:45678", "/2345678", "8507;000", "85076000-1"];
            return odd[random.Next(odd.Length)];
        }

        return fact.Kind switch
        {
            FactKind.YesNo => new[] { "yes", "no", "true", "1", "NO", "否" }[random.Next(6)],
            FactKind.Integer => random.Next(4) == 0 ? $"{random.NextInt64(-99_999_999_999, 99_999_999_999)}" : $"{random.Next(-999, 99_999)}{(random.Next(9) == 0 ? " pcs" : "")}",
            FactKind.Decimal => random.Next(3) switch
            {
                0 => $"{random.Next(-9999, 99_999_999)}",
                1 => $"{random.Next(0, 9999)}.{random.Next(0, 999_999).ToString($"D{random.Next(1, 7)}")}",
                _ => $"-{random.NextInt64(0, 999_999_999_999)}.{random.Next(10)}{(random.Next(5) == 0 ? " W" : "")}",
            },
            FactKind.Text => random.Next(3) == 0 ? $"a longer text, number {random.Next(50)} \"so\"" : $"text {random.Next(20)}",
            FactKind.Date when fact.AllowsNone && random.Next(5) == 0 => "none",
            FactKind.Date => new DateOnly(random.Next(20) == 0 ? random.Next(1, 9999) : random.Next(1895, 2160), random.Next(1, 13), random.Next(1, 29)).ToString("yyyy-MM-dd"),
            FactKind.Days => $"{random.Next(400)}{(random.Next(2) == 0 ? " days" : "")}",
            FactKind.Months => $"{random.Next(400)}{(random.Next(2) == 0 ? " months" : "")}",
            FactKind.Member or FactKind.Members when random.Next(3) != 0 => fact.Members[random.Next(fact.Members.Length)],
            FactKind.Member => fact.Members[0],
            FactKind.Members => string.Join(random.Next(2) == 0 ? ';' : '|', fact.Members.Where(_ => random.Next(2) == 0).DefaultIfEmpty("{}")),
            FactKind.Country => new[] { "CN", "DE", "US", "GB" }[random.Next(4)],
            FactKind.HsCode => random.NextInt64(1_000_000_000_000, 9_999_999_999_999).ToString()[..new[] { 2, 4, 6, 7, 8, 9, 10, 11, 12, 13 }[random.Next(10)]],
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
