using System.Text;
using CccRules.Batch;
using CccRules.Batch.Sources;
using CccRules.Batch.Sources.Csv;

namespace CccRules.Tests.Batch;

/// <summary>The CSV reader against CsvHelper and the judgements that stood around it: the same records, faults, lines and bytes.</summary>
public sealed class CsvOracleTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("CCC_FUZZ") is not null;

    [Fact]
    public void Every_short_file_of_the_characters_that_matter_reads_the_same()
    {
        byte[] alphabet = [(byte)',', (byte)'"', (byte)'\r', (byte)'\n', (byte)'a', 0xEF, 0xFF, 0];
        for (var length = 0; length <= (IsLong ? 6 : 4); length++)
        {
            var bytes = new byte[length];
            for (var number = 0; number < 1 << (3 * length); number++)
            {
                for (var i = 0; i < length; i++)
                {
                    bytes[i] = alphabet[number >> (3 * i) & 7];
                }

                Assert.Equal(Oracle(bytes, new CsvOptions()), OneByOne(bytes, new CsvOptions()));
            }
        }
    }

    [Fact]
    public void Every_form_reads_random_files_as_the_oracle_does()
    {
        string[] pieces =
        [
            "a", "bc", "1", "2026-03-01", ",", ",", ",", ",", "\n", "\n", "\r\n", "\"x\",", "\"x\"\"y\",", "\"p,q\"", "\"l1\nl2\",", "é", "银", "\"", "\r", "\0", "long".PadRight(70, '.'),
        ];
        var random = new Random(20260301);
        for (var round = 0; round < (IsLong ? 20_000 : 400); round++)
        {
            var fields = random.Next(1, 6);

            // Mostly rows as they should be, so that regular runs and their interruptions are both met.
            var text = new StringBuilder();
            for (var row = random.Next(60); row > 0; row--)
            {
                text.AppendJoin(',', Enumerable.Range(0, fields).Select(_ => Cell(random))).Append(random.Next(5) == 0 ? "\r\n" : "\n");
                if (random.Next(12) == 0)
                {
                    text.Append(string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)])));
                }
            }

            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (random.Next(4) == 0 && bytes.Length > 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var options = random.Next(4) == 0 ? new CsvOptions { MostFieldBytes = 20, MostRowBytes = 60 } : new CsvOptions();
            var expected = Oracle(bytes, options);
            foreach (var form in BlockForms.All.Where(form => form.IsSupported))
            {
                Assert.Equal(expected, InRuns(bytes, options, fields, form, random));
            }
        }
    }

    [Fact]
    public void Rows_across_the_edges_of_chunks_read_the_same()
    {
        var random = new Random(3);
        var text = new StringBuilder();
        while (text.Length < 900_000)
        {
            text.AppendJoin(',', Cell(random), Cell(random), Cell(random)).Append(random.Next(9) == 0 ? "\r\n" : "\n");
            if (random.Next(2_000) == 0)
            {
                text.Append(random.Next(3) switch { 0 => "\n", 1 => "a\"b,c,d\n", _ => "x,\"" + new string('y', random.Next(600_000)) + "\n\",z\n" });
            }
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var expected = Oracle(bytes, new CsvOptions());
        foreach (var form in BlockForms.All.Where(form => form.IsSupported))
        {
            Assert.Equal(expected, InRuns(bytes, new CsvOptions(), 3, form, random));
        }
    }

    private static string Cell(Random random) => random.Next(9) switch
    {
        0 => "",
        1 => "\"quoted\"",
        2 => "\"with \"\"quotes\"\" and, more\"",
        3 => "\"two\nlines\"",
        4 => "2026-03-01",
        5 => "é银",
        6 => "\"\"",
        _ => random.Next(100_000).ToString(),
    };

    private static List<string> Oracle(byte[] bytes, CsvOptions options)
    {
        var records = new List<string>();
        try
        {
            using var scanner = new OracleScanner(new MemoryStream(bytes), options);
            while (scanner.Read())
            {
                var record = Begin(scanner.Line, scanner.Fault, scanner.Raw);
                for (var i = 0; i < scanner.FieldCount; i++)
                {
                    record.Append('|').Append(Convert.ToHexString(scanner.Field(i)));
                }

                records.Add(record.ToString());
            }

            records.Add(scanner.PassOver().ToString());
        }
        catch (BatchSetupException fault)
        {
            records.Add(fault.Message);
        }

        return records;
    }

    private static List<string> OneByOne(byte[] bytes, CsvOptions options) => InRuns(bytes, options, 0, BlockForms.Best, new Random(0));

    private static List<string> InRuns(byte[] bytes, CsvOptions options, int fields, BlockForm form, Random random)
    {
        var records = new List<string>();
        byte[] scratch = [];
        try
        {
            using var reader = new CsvRowReader(new MemoryStream(bytes), options, form: form);
            while (reader.Advance(fields, random.Next(1, 100)) is var piece && piece != CsvPiece.End)
            {
                if (piece == CsvPiece.Record)
                {
                    var record = Begin(reader.Line, reader.Fault, reader.Raw);
                    for (var i = 0; i < reader.FieldCount; i++)
                    {
                        record.Append('|').Append(Convert.ToHexString(reader.Rows.Value(0, i, ref scratch)));
                    }

                    records.Add(record.ToString());
                    continue;
                }

                for (var row = 0; row < reader.Rows.Count; row++)
                {
                    var record = Begin(reader.Rows.LineOf(row), RowFaultKind.None, reader.Rows.Raw(row));
                    for (var i = 0; i < fields; i++)
                    {
                        record.Append('|').Append(Convert.ToHexString(reader.Rows.Value(row, i, ref scratch)));
                    }

                    records.Add(record.ToString());
                }
            }

            records.Add(reader.PassOver().ToString());
        }
        catch (BatchSetupException fault)
        {
            records.Add(fault.Message);
        }

        return records;
    }

    private static StringBuilder Begin(long line, RowFaultKind fault, ReadOnlySpan<byte> raw) =>
        new StringBuilder().Append(line).Append(' ').Append(fault).Append(' ').Append(Convert.ToHexString(raw));
}
