using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Sources.Csv;

/// <summary>
/// Finds the separators and row ends of regular CSV. At the first thing that is not regular (a quote where none belongs, a carriage
/// return alone) it stops, and somebody else must look at that row byte by byte.
/// </summary>
internal abstract class CsvIndexer
{
    /// <summary>The next byte to look at.</summary>
    public int Next { get; protected set; }

    /// <summary>Something is not regular in the block at <see cref="Next"/>, or in the row that is open there.</summary>
    public bool HasStopped { get; protected set; }

    /// <summary>What the last run looked at is not ASCII throughout, or has a NUL.</summary>
    public bool HasOthers { get; protected set; }

    /// <summary>What is known of the rows that were found last.</summary>
    public AlikeRows Alike { get; protected set; }

    /// <summary>Rows that begin as this text does are not counted among <see cref="Alike"/>.</summary>
    public abstract void SetApart(ReadOnlySpan<byte> text);

    /// <summary>Starts at the first byte of a row.</summary>
    /// <param name="lines">Line feeds of the chunk before it.</param>
    public abstract void Start(CsvChunk chunk, int place, int lines);

    /// <summary>Indexes up to a place, or to where it has to stop.</summary>
    public abstract void Run(CsvChunk chunk, int until);
}

/// <summary>Rows of a chunk that follow one another and have each the same number of fields.</summary>
/// <param name="First">The first.</param>
/// <param name="End">The row behind the last.</param>
/// <param name="Fields">Fields of each.</param>
/// <param name="Bytes">Bytes of all together, line ends and all; none is longer.</param>
internal readonly record struct AlikeRows(int First, int End, int Fields, int Bytes);

/// <summary>The indexer of one form.</summary>
internal sealed class CsvIndexer<TForm>(char separator) : CsvIndexer
    where TForm : struct, IBlockForm<TForm>
{
    private const int BlockSize = 64;

    private readonly TForm _form = TForm.Create((byte)separator);

    private int _lines;

    /// <summary>Position among the ends of the first that belongs to the row that is open.</summary>
    private int _rowStart;

    /// <summary>The first bytes of a row that is set apart, and which of them count.</summary>
    private uint _apart;

    private uint _apartMask;

    private bool _isSetApart;

    /// <summary>Rows of the chunk before the index began.</summary>
    private int _firstRow;

    /// <summary>Fields of the row that ended last; 0 where none has.</summary>
    private int _fields;

    /// <summary>All ones where the block before ended inside quotes.</summary>
    private ulong _inside;

    /// <summary>Bit 0: the byte before the block closes quotes.</summary>
    private ulong _closed;

    /// <summary>Bit 0: the byte before the block is a separator or ends a line, so that quotes may open.</summary>
    private ulong _boundary;

    /// <summary>Bit 0: the byte before the block is a carriage return outside quotes.</summary>
    private ulong _returned;

    public override void Start(CsvChunk chunk, int place, int lines)
    {
        Next = place;
        HasStopped = false;
        _lines = lines;
        _inside = 0;
        _closed = 0;
        _boundary = 1;
        _returned = 0;
        chunk.Reserve(1);
        chunk.Ends[chunk.EndCount++] = place - 1;
        _rowStart = chunk.EndCount;
        _firstRow = chunk.RowCount;
    }

    public override void SetApart(ReadOnlySpan<byte> text)
    {
        Span<byte> start = stackalloc byte[sizeof(uint)];
        text[..Math.Min(text.Length, start.Length)].CopyTo(start);
        _apart = MemoryMarshal.Read<uint>(start);
        start[..Math.Min(text.Length, start.Length)].Fill(byte.MaxValue);
        _apartMask = MemoryMarshal.Read<uint>(start);
        _isSetApart = true;
    }

    public override void Run(CsvChunk chunk, int until)
    {
        chunk.Reserve(until - Next);
        HasOthers = false;
        Alike = default;
        while (Next < until)
        {
            if ((_inside | _closed) == 0 && until - Next >= BlockSize)
            {
                RunPlain(chunk, until);
            }

            if (Next == until)
            {
                return;
            }

            var length = Math.Min(BlockSize, until - Next);
            var valid = ulong.MaxValue >> (BlockSize - length);
            var masks = _form.Index(ref chunk.At(Next), Next, ref chunk.Ends[chunk.EndCount]);
            var rare = TForm.Rare(ref chunk.At(Next));
            var structure = masks.Ends & valid;
            var returns = rare.Returns & valid;
            HasOthers |= ((masks.NotAscii | rare.Nuls) & valid) != 0;
            if (((rare.Quotes & valid) | _inside | _closed) == 0)
            {
                _boundary = structure >> 63;
            }
            else if (TryStepThroughQuotes(rare.Quotes & valid, ref structure, ref returns, valid))
            {
                // Only what stands outside of quotes is left.
            }
            else
            {
                HasStopped = true;
                return;
            }

            if ((((returns << 1) | _returned) & ~masks.LineFeeds & valid) != 0)
            {
                HasStopped = true;
                return;
            }

            if (structure != masks.Ends)
            {
                TForm.Places(structure, Next, ref chunk.Ends[chunk.EndCount]);
            }

            _returned = returns >> 63;
            Count(chunk, structure, structure & masks.LineFeeds, masks.LineFeeds & valid);
            Next += length;
        }
    }

    /// <summary>
    /// The same for whole blocks without quotes, which most data consists of, up to the first that has some or is not regular: each line
    /// feed ends a row.
    /// </summary>
    private void RunPlain(CsvChunk chunk, int until)
    {
        ref var ends = ref MemoryMarshal.GetArrayDataReference(chunk.Ends);
        var others = 0UL;
        var form = _form;
        var (next, endCount, rows, returned) = (Next, chunk.EndCount, 0, _returned);
        for (; next <= until - BlockSize; next += BlockSize)
        {
            var masks = form.Index(ref chunk.At(next), next, ref Unsafe.Add(ref ends, endCount));
            var rare = masks.Rare == 0 ? default : TForm.Rare(ref chunk.At(next));
            if ((rare.Quotes | (((rare.Returns << 1) | returned) & ~masks.LineFeeds)) != 0)
            {
                break;
            }

            others |= masks.NotAscii | rare.Nuls;
            returned = rare.Returns >> 63;
            rows += BitOperations.PopCount(masks.LineFeeds);
            endCount += BitOperations.PopCount(masks.Ends);
        }

        HasOthers |= others != 0;
        _boundary = Unsafe.Add(ref ends, endCount - 1) == next - 1 ? 1UL : 0;
        (Next, chunk.EndCount, _returned) = (next, endCount, returned);
        if (rows != 0)
        {
            EndPlainRows(chunk, rows);
        }
    }

    /// <summary>
    /// Finds the ends of rows among those of fields where each line feed ends a row. Nearly always all rows have as many fields as the one
    /// before them, so that it is enough to look whether the line feeds, which are counted, stand where they have to.
    /// </summary>
    private void EndPlainRows(CsvChunk chunk, int rows)
    {
        var ends = chunk.Ends.AsSpan(0, chunk.EndCount);
        var first = _rowStart;
        ref var text = ref chunk.At(0);
        var isRegular = _fields > 0 && first + ((long)rows * _fields) <= ends.Length;
        if (isRegular && AreAlike(ref text, ref ends[first - 1], rows, out var hasApart))
        {
            // A row that is set apart is looked for once more, row by row.
            var bytes = ends[first + (rows * _fields) - 1] - ends[first - 1];
            Alike = hasApart ? default : new AlikeRows(chunk.RowCount, chunk.RowCount + rows, _fields, bytes);
            Fill(chunk.RowEnds, chunk.RowCount, rows, first + _fields, _fields);
            Fill(chunk.RowLines, chunk.RowCount, rows, _lines + 1, 1);
            chunk.RowCount += rows;
            _lines += rows;
        }
        else
        {
            for (var end = first; end < ends.Length; end++)
            {
                if (Unsafe.Add(ref text, ends[end]) == '\n')
                {
                    chunk.RowEnds[chunk.RowCount] = end + 1;
                    chunk.RowLines[chunk.RowCount++] = ++_lines;
                }
            }
        }

        EndRow(chunk);
    }

    /// <summary>Whether each of some rows has as many fields as the one before them.</summary>
    /// <param name="place">The place before the first.</param>
    /// <param name="hasApart">One of them may be one that is set apart.</param>
    private bool AreAlike(ref byte text, ref int place, int rows, out bool hasApart)
    {
        var (apart, mask, fields) = (_apart, _apartMask, (nint)_fields);
        hasApart = false;
        for (var row = 0; row < rows; row++)
        {
            hasApart |= (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, place + 1)) & mask) == apart;
            place = ref Unsafe.Add(ref place, fields);
            if (Unsafe.Add(ref text, place) != '\n')
            {
                return false;
            }
        }

        hasApart &= _isSetApart;
        return true;
    }

    /// <summary>Takes over where the row ends that was found last.</summary>
    private void EndRow(CsvChunk chunk)
    {
        var end = chunk.RowEnds[chunk.RowCount - 1];
        _fields = end - (chunk.RowCount > _firstRow + 1 ? chunk.RowEnds[chunk.RowCount - 2] : _rowStart);
        _rowStart = end;
    }

    /// <summary>Writes numbers at equal distances. There is room for whole vectors beyond them.</summary>
    private static void Fill(int[] to, int at, int count, int first, int distance)
    {
        var numbers = Vector256.CreateSequence(first, distance);
        var step = Vector256.Create(distance * Vector256<int>.Count);
        for (var i = 0; i < count; i += Vector256<int>.Count)
        {
            numbers.CopyTo(to, at + i);
            numbers += step;
        }
    }

    /// <summary>
    /// Takes away what stands inside quotes. Quotes may open only after a separator, a line end, or quotes that have just closed (a quote
    /// written twice), and after closed quotes a field must end.
    /// </summary>
    private bool TryStepThroughQuotes(ulong quotes, ref ulong structure, ref ulong returns, ulong valid)
    {
        var inside = PrefixParity(quotes) ^ _inside;
        var opening = quotes & inside;
        var closing = quotes & ~inside;
        structure &= ~inside;
        returns &= ~inside;
        var mayOpen = ((structure | closing) << 1) | _boundary | _closed;
        var afterClosing = ((closing << 1) | _closed) & valid;
        if ((opening & ~mayOpen) != 0 || (afterClosing & ~(structure | returns | opening)) != 0)
        {
            return false;
        }

        _inside = (ulong)((long)inside >> 63);
        _closed = closing >> 63;
        _boundary = structure >> 63;
        return true;
    }

    /// <summary>Bit n: whether an odd number of bits is set from 0 to n.</summary>
    private static ulong PrefixParity(ulong bits)
    {
        for (var distance = 1; distance < 64; distance <<= 1)
        {
            bits ^= bits << distance;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(CsvChunk chunk, ulong ends, ulong rows, ulong lineFeeds)
    {
        var hasRows = rows != 0;
        for (; rows != 0; rows &= rows - 1)
        {
            var upTo = rows ^ (rows - 1);
            chunk.RowEnds[chunk.RowCount] = chunk.EndCount + BitOperations.PopCount(ends & upTo);
            chunk.RowLines[chunk.RowCount++] = _lines + BitOperations.PopCount(lineFeeds & upTo);
        }

        chunk.EndCount += BitOperations.PopCount(ends);
        if (hasRows)
        {
            EndRow(chunk);
        }

        _lines += BitOperations.PopCount(lineFeeds);
    }
}
