using System.Text;
using CccRules.Batch;
using CccRules.Batch.Sources;

namespace CccRules.Tests.Batch;

public sealed class CsvScannerTests
{
    [Fact]
    public void Quoted_fields_may_hold_separators_quotes_and_lines() => AssertScan(
        "a,\"b,\"\"c\"\"\",\"d\r\ne\nf\"\r\n1,2,3",
        "1: a|b,\"c\"|d\\r\\ne\\nf",
        "4: 1|2|3");

    [Fact]
    public void A_forgotten_closing_quote_costs_its_own_line_only() => AssertScan(
        "a,b\n1,2\n3,\"4\n5,6\n7,8\n",
        "1: a|b",
        "2: 1|2",
        "3: UnterminatedQuote 3,\"4",
        "4: 5|6",
        "5: 7|8");

    [Fact]
    public void A_forgotten_closing_quote_before_other_quotes_costs_its_own_line_only() => AssertScan(
        "a,b\n\"1,2\n\"3\",4\n5,\"6\"\n",
        "1: a|b",
        "2: TextAfterClosingQuote \"1,2",
        "3: 3|4",
        "4: 5|6");

    [Fact]
    public void Quotes_where_none_belong_are_refused_and_reading_goes_on() => AssertScan(
        "a\"b,c\nd,e\n \"f\",g\nh,i\n\"j\" ,k\nl,m\n",
        "1: StrayQuote a\"b,c",
        "2: d|e",
        "3: StrayQuote  \"f\",g",
        "4: h|i",
        "5: TextAfterClosingQuote \"j\" ,k",
        "6: l|m");

    [Fact]
    public void A_carriage_return_alone_is_no_line_end() => AssertScan(
        "a,b\r1,2\nc,d\r\n\"e\rf\",g\nh,i\r",
        "1: BareCarriageReturn a,b\\r1,2",
        "2: c|d",
        "3: e\\rf|g",
        "4: BareCarriageReturn h,i\\r");

    [Fact]
    public void Bytes_that_are_no_text_are_refused_row_by_row() => AssertScan(
        "a,\u00E9\nb,c\nd,\0\n\"x\ny\",\u00FF\ne,f\u00C3",
        "1: InvalidUtf8 a,\uFFFD",
        "2: b|c",
        "3: NulCharacter d,\\0",
        "4: InvalidUtf8 \"x\\ny\",\uFFFD",
        "6: InvalidUtf8 e,f\uFFFD");

    [Fact]
    public void One_byte_order_mark_at_the_beginning_is_dropped_and_no_other()
    {
        AssertScan("\u00EF\u00BB\u00BFa,b\n", "1: a|b");
        AssertScan("\u00EF\u00BB\u00BF\"a\",b\n", "1: a|b");
        AssertScan("\u00EF\u00BB\u00BF\u00EF\u00BB\u00BFa\n", "1: \uFEFFa");
        AssertScan("a\n\u00EF\u00BB\u00BFb\n", "1: a", "2: \uFEFFb");
        AssertScan("\u00EF\u00BB\u00BF");
        AssertScan("");
    }

    [Fact]
    public void UTF_16_is_refused_at_once()
    {
        foreach (var bytes in new byte[][] { [0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61] })
        {
            var e = Assert.Throws<BatchSetupException>(() => new CsvScanner(new MemoryStream(bytes), new CsvOptions()));
            Assert.Equal(BatchProblemKind.NotUtf8File, Assert.Single(e.Problems).Kind);
        }
    }

    [Fact]
    public void Rows_and_fields_beyond_their_limits_are_refused_and_reading_goes_on()
    {
        var options = new CsvOptions { MostFieldBytes = 10, MostRowBytes = 30 };
        var longField = new string('x', 11);
        var longRow = string.Join(',', Enumerable.Repeat("12345678", 5));
        AssertScan(
            $"a,b\n{longField},1\n{longField[1..]},2\n{longRow}\nc,d\n",
            options,
            "1: a|b",
            "2: FieldTooLong xxxxxxxxxxx,1",
            "3: xxxxxxxxxx|2",
            $"4: RowTooLong {longRow}",
            "5: c|d");
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(300_000)]
    [InlineData(2_000_000)]
    public void A_line_longer_than_the_limit_is_passed_over_without_holding_it(int length)
    {
        var options = new CsvOptions { MostRowBytes = 500 };
        var bytes = Encoding.UTF8.GetBytes("a\n" + new string('x', length) + "\nb\n\"" + new string('y', length) + "\nc\n");
        using var scanner = new CsvScanner(new MemoryStream(bytes), options);

        var seen = new List<string>();
        while (scanner.Read())
        {
            seen.Add($"{scanner.Line}: {(scanner.Fault == RowFaultKind.None ? Encoding.UTF8.GetString(scanner.Field(0)) : scanner.Fault)}");
        }

        Assert.Equal(["1: a", "2: RowTooLong", "3: b", "4: UnterminatedQuote", "5: c"], seen);
    }

    [Fact]
    public void Random_files_read_the_same_however_the_bytes_arrive()
    {
        string[] pieces = ["a", "bc", ",", ",", "\n", "\r\n", "\"", "\"\"", "\r", "é", "\"x\",\"y\nz\"\n", "long".PadRight(40, '.'), "\0"];
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => pieces[random.Next(pieces.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = Scan(new MemoryStream(bytes), new CsvOptions());
            // In front of the file, a row that pushes it across the edge of the buffer.
            var edge = random.Next(bytes.Length + 1);
            var before = new byte[(256 * 1024) - 1 - edge];
            before[^1] = (byte)'\n';
            var shifted = Scan(new MemoryStream([.. before, .. bytes]), new CsvOptions(), skip: 1)
                .Select(record => $"{long.Parse(record[..record.IndexOf(':')]) - 1}{record[record.IndexOf(':')..]}");

            Assert.Equal(whole, shifted);
        }
    }

    [Fact]
    public void Every_line_of_a_random_file_is_in_exactly_one_record()
    {
        string[] pieces = ["a", ",", "\n", "\r\n", "\"", "\"\"", "\r", "\"x\ny\""];
        var random = new Random(8);
        for (var round = 0; round < 1000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            using var scanner = new CsvScanner(new MemoryStream(Encoding.UTF8.GetBytes(text)), new CsvOptions());
            var read = new List<string>();
            var line = 1L;
            while (scanner.Read())
            {
                Assert.Equal(line, scanner.Line);
                var raw = Encoding.UTF8.GetString(scanner.Raw);
                read.AddRange(Lines(raw));
                line += raw.Count(c => c == '\n') + 1;
            }

            var lines = Lines(text);
            Assert.Equal(lines[^1].Length == 0 ? lines[..^1] : lines, read);
        }

        // What ends with a line feed loses the carriage return before it; the last piece ends with none.
        static string[] Lines(string text)
        {
            var lines = text.Split('\n');
            return [.. lines.Select((line, i) => i < lines.Length - 1 && line.EndsWith('\r') ? line[..^1] : line)];
        }
    }

    private static List<string> Scan(Stream stream, CsvOptions options, int skip = 0)
    {
        using var scanner = new CsvScanner(stream, options);
        var records = new List<string>();
        while (scanner.Read())
        {
            if (skip-- > 0)
            {
                continue;
            }

            var content = scanner.Fault == RowFaultKind.None
                ? string.Join('|', Enumerable.Range(0, scanner.FieldCount).Select(i => Shown(scanner.Field(i))))
                : $"{scanner.Fault} {Shown(scanner.Raw)}";
            records.Add($"{scanner.Line}: {content}");
        }

        Assert.False(scanner.Read());
        return records;
    }

    private static void AssertScan(string latin1, params string[] expected) => AssertScan(latin1, new CsvOptions(), expected);

    private static void AssertScan(string latin1, CsvOptions options, params string[] expected) =>
        Assert.Equal(expected, Scan(new MemoryStream(Encoding.Latin1.GetBytes(latin1)), options));

    private static string Shown(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
}
