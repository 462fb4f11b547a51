using System.Buffers;
using System.Buffers.Binary;
using CccRules.Batch.Output;

namespace CccRules.Batch.Sinks.Tables;

/// <summary>
/// Lines as PostgreSQL's binary COPY has them: a number of fields, each field as its length and its UTF-8 bytes, an empty one as NULL.
/// Made on the threads that classify; the SQLite sink reads them back to bind them.
/// </summary>
internal static class TupleText
{
    private const int Null = -1;

    public static void Write(OutputSchema schema, ClassifiedBatch batch, IBufferWriter<byte> to) =>
        schema.ForEachLine(batch, (Schema: schema, To: to), static (batch, row, norm, state) =>
        {
            var columns = state.Schema.Columns;
            var count = state.To.GetSpan(2);
            BinaryPrimitives.WriteInt16BigEndian(count, (short)columns.Length);
            state.To.Advance(2);
            foreach (var column in columns)
            {
                var value = column.Value(batch, row, norm, batch.Scratch);
                BinaryPrimitives.WriteInt32BigEndian(state.To.GetSpan(4), value.IsEmpty ? Null : value.Length);
                state.To.Advance(4);
                state.To.Write(value);
            }
        });

    /// <summary>Takes the next field of a line, or the number of fields before them.</summary>
    public static ReadOnlySpan<byte> ReadField(ref ReadOnlySpan<byte> tuples, out bool isNull)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(tuples);
        isNull = length == Null;
        var value = tuples.Slice(4, Math.Max(length, 0));
        tuples = tuples[(4 + value.Length)..];
        return value;
    }

    public static int ReadCount(ref ReadOnlySpan<byte> tuples)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(tuples);
        tuples = tuples[2..];
        return count;
    }
}
