using CccRules.Compare.Workload;
using CsvHelper;

namespace CccRules.Compare.Files;

/// <summary>CsvHelper 34 reading the thirteen fields as types, as its users would: spans, no string but where a value is one.</summary>
internal static class TypedCsvPeer
{
    /// <summary>Reads the file; the answer hangs on every value, so that none is left out.</summary>
    public static long Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var reader = CsvReader.Create(stream, new CsvReaderOptions { HasHeader = true });
        var purposes = Fields.Purposes.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        var channels = Fields.Channels.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        var sum = 0L;
        while (reader.Read())
        {
            sum += reader.Parse<long>(0);
            var origin = reader.GetSpan(1);
            sum += origin.Length == 2 ? (origin[0] * 26) + origin[1] : 0;
            for (var field = 2; field <= 5; field++)
            {
                sum += !reader.IsEmpty(field) && reader.TryParse<DateOnly>(field, out var day) ? day.DayNumber : 0;
            }

            sum += Member(reader.GetSpan(6), purposes) + Member(reader.GetSpan(7), channels);
            sum += reader.GetSpan(8).SequenceEqual("yes"u8) ? 1 : 0;
            sum += reader.GetSpan(9).SequenceEqual("yes"u8) ? 1 : 0;
            sum += reader.IsEmpty(10) ? 0 : (long)reader.Parse<decimal>(10);
            sum += reader.IsEmpty(11) ? 0 : (long)reader.Parse<decimal>(11);
            sum += reader.IsEmpty(12) ? 0 : reader.Parse<long>(12);
        }

        return sum;
    }

    private static int Member(ReadOnlySpan<byte> text, byte[][] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (text.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        return 0;
    }
}
