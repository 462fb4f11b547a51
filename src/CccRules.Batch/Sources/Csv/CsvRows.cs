using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Regular rows that follow one another in a chunk: each has the same number of fields, so that field after field lies at a fixed distance.</summary>
/// <param name="Chunk">Where their bytes are.</param>
/// <param name="Ends">Ends of fields; see <see cref="CsvChunk.Ends"/>.</param>
/// <param name="First">Position in <paramref name="Ends"/> of the end of the first row's first field.</param>
/// <param name="Fields">Fields of a row.</param>
/// <param name="Count">Rows.</param>
/// <param name="Lines">Line feeds before each row but the first, from <paramref name="FirstLine"/> on.</param>
/// <param name="Row">Position in <paramref name="Lines"/> of the line feeds up to the first row's end.</param>
/// <param name="FirstLine">Physical line on which the first row begins, from 1.</param>
/// <param name="LinesBefore">Physical line on which the chunk begins.</param>
internal readonly record struct CsvRows(
    CsvChunk Chunk, int[] Ends, int First, int Fields, int Count, int[] Lines, int Row, long FirstLine, long LinesBefore)
{
    /// <summary>Ends from a row to the next.</summary>
    public int Stride { get; init; } = Fields;

    /// <summary>Physical line on which a row begins.</summary>
    public long LineOf(int row) => row == 0 ? FirstLine : LinesBefore + Lines[Row + row - 1];

    /// <summary>Writes the physical lines on which the rows begin.</summary>
    public void CopyLines(Span<long> to)
    {
        to[0] = FirstLine;
        var from = Lines.AsSpan(Row, Count - 1);
        var row = 0;
        to = to[1..];
        for (; row <= from.Length - Vector256<int>.Count; row += Vector256<int>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create<int>(from[row..]));
            (low + Vector256.Create(LinesBefore)).CopyTo(to[row..]);
            (high + Vector256.Create(LinesBefore)).CopyTo(to[(row + Vector256<long>.Count)..]);
        }

        for (; row < from.Length; row++)
        {
            to[row] = LinesBefore + from[row];
        }
    }

    /// <summary>Some of the rows, without their lines.</summary>
    /// <param name="which">The rows, ascending.</param>
    /// <param name="ends">Room for their ends; made larger where it is too small.</param>
    public CsvRows Some(ReadOnlySpan<int> which, ref int[] ends)
    {
        // Each has its own end before its first field: the row before it is another one.
        var stride = Fields + 1;
        var needed = (which.Length * stride) + CsvChunk.Margin;
        if (ends.Length < needed)
        {
            ends = new int[2 * needed];
        }

        for (var i = 0; i < which.Length; i++)
        {
            // Whole vectors are copied, of which the next row writes over what is too much.
            ref var from = ref Ends[First + (which[i] * Stride) - 1];
            ref var to = ref ends[i * stride];
            for (nuint end = 0; end < (nuint)stride; end += (nuint)Vector256<int>.Count)
            {
                Vector256.LoadUnsafe(ref from, end).StoreUnsafe(ref to, end);
            }
        }

        return this with { Ends = ends, First = 1, Count = which.Length, Stride = stride };
    }

    /// <summary>The first byte of a field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(int row, int field) => Ends[First + (row * Stride) + field - 1] + 1;

    /// <summary>One past the last byte of a field, quotes and all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int End(int row, int field)
    {
        var end = Ends[First + (row * Stride) + field];
        return field == Fields - 1 && Chunk.Bytes[end] == '\n' && Chunk.Bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>A row without its line break.</summary>
    public ReadOnlySpan<byte> Raw(int row) => Chunk.Bytes.AsSpan(Start(row, 0)..End(row, Fields - 1));

    /// <summary>What a field says; a quoted one without its quotes.</summary>
    /// <param name="scratch">Room to write in where quotes are written twice.</param>
    public ReadOnlySpan<byte> Value(int row, int field, scoped ref byte[] scratch)
    {
        var text = Chunk.Bytes.AsSpan(Start(row, field)..End(row, field));
        return text.Length != 0 && text[0] == '"' ? Unquoted(text[1..^1], ref scratch) : text;
    }

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> text, scoped ref byte[] scratch)
    {
        if (!text.Contains((byte)'"'))
        {
            return text;
        }

        if (scratch.Length < text.Length)
        {
            scratch = new byte[Math.Max(text.Length, 1024)];
        }

        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            scratch[length++] = text[i];

            // The next one is the same quote again.
            i += text[i] == '"' ? 1 : 0;
        }

        return scratch.AsSpan(0, length);
    }
}
