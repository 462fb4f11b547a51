using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Tests.Records;

public sealed class ColumnWriterTests
{
    private static readonly Ruleset Rules = PowerBankRules.Load();

    [Fact]
    public void Spans_with_validity_give_the_outcomes_of_single_records()
    {
        const int rows = 200;
        var random = new Random(7);
        var batch = new ColumnBatch(Rules.Manifest.Facts, rows);
        var writer = new ColumnWriter(batch);
        var codes = Fill(rows, i => HsCode.TryParse(i % 2 == 0 ? "8507.60" : "8508", out var code) ? code : default);
        var portable = Fill(rows, _ => random.Next(2) == 0);
        var hasMark = Fill(rows, _ => random.Next(2) == 0);
        var dates = Fill(rows, i => new DateOnly(2027, 2, 20).AddDays(i % 20));
        var energy = Fill(rows, i => 99.5m + (i % 3));
        var purposes = Fill<string?>(rows, i => (i % 4) switch { 0 => "sale", 1 => "research", 2 => null, _ => "none" });
        var bits = new byte[(rows + 7) / 8];
        random.NextBytes(bits);
        var flags = Fill(rows, _ => random.Next(3) != 0);

        writer.Begin(rows);
        writer.JudgeBy(new DateOnly(2027, 6, 1));
        Assert.Equal(0, writer.Write("hs_code", codes));
        writer.Write("portable", portable, Validity.OfBitmap(bits));
        writer.Write("has_qr_mark", hasMark, Validity.Of(flags));
        writer.Write("manufactured_on", dates);
        writer.Write("rated_energy", energy);
        writer.Write("purpose", purposes);
        var evaluator = new Evaluator(Rules);
        evaluator.Classify(batch);
        var outcomes = evaluator.Outcomes(Rules.Norm("qr_mark"));

        var single = Rules.Bind<Product>();
        for (var row = 0; row < rows; row++)
        {
            var product = new Product
            {
                HsCode = codes[row].ToString(),
                Portable = (bits[row >> 3] >> (row & 7) & 1) != 0 ? portable[row] : null,
                HasQrMark = flags[row] ? hasMark[row] : null,
                ManufacturedOn = dates[row],
                RatedEnergyWh = energy[row],
                Purpose = purposes[row] switch { "sale" => Purpose.Sale, "research" => Purpose.Research, null => Purpose.Unknown, _ => Purpose.NotSaid },
            };
            Assert.Equal(single.Evaluate(in product, new DateOnly(2027, 6, 1))["qr_mark"], outcomes[row]);
        }
    }

    [Fact]
    public void A_column_that_is_not_written_again_is_not_known()
    {
        var batch = new ColumnBatch(Rules.Manifest.Facts, 64);
        var writer = new ColumnWriter(batch);
        writer.Begin(1);
        writer.Write("quantity", [11L]);
        writer.Begin(2);
        Assert.Equal(Fact.Missing, batch.Get(Rules.Manifest.Facts.Single(fact => fact.Name == "quantity").Index, 0));
    }

    [Fact]
    public void Absent_rows_are_none_where_the_caller_says_so()
    {
        var batch = new ColumnBatch(Rules.Manifest.Facts, 64);
        var writer = new ColumnWriter(batch);
        var soldOn = Rules.Manifest.Facts.Single(fact => fact.Name == "sold_on").Index;
        writer.Begin(2);
        writer.Write("sold_on", [new DateOnly(2026, 1, 1), default], Validity.Of([true, false]), absentIsNone: true);
        Assert.Equal(Fact.None, batch.Get(soldOn, 1));
        Assert.Throws<ArgumentException>(() => writer.Write("portable", [true, true], default, absentIsNone: true));
    }

    [Fact]
    public void Values_that_a_fact_cannot_have_are_counted_and_not_known()
    {
        var batch = new ColumnBatch(Rules.Manifest.Facts, 64);
        var writer = new ColumnWriter(batch);
        writer.Begin(3);
        Assert.Equal(1, writer.Write("rated_energy", [1m, 0.0000001m, 2m]));
        Assert.Equal(2, writer.Write("purpose", new string?[] { "sale", "sail", "" + '\0' }));
        Assert.Equal(Fact.Missing, batch.Get(Rules.Manifest.Facts.Single(fact => fact.Name == "rated_energy").Index, 1));
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        var batch = new ColumnBatch(Rules.Manifest.Facts, 64);
        var writer = new ColumnWriter(batch);
        writer.Begin(3);
        Assert.Throws<ArgumentException>(() => writer.Write("portable", [true]));
        Assert.Throws<ArgumentException>(() => writer.Write("portable", [true, true, true], Validity.Of([true])));
        Assert.Throws<ArgumentException>(() => writer.Write("portable", new DateOnly[3]));
        Assert.Throws<ArgumentException>(() => writer.Write("portabel", [true, true, true]));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Begin(65));
    }

    private static T[] Fill<T>(int count, Func<int, T> value) => [.. Enumerable.Range(0, count).Select(value)];
}
