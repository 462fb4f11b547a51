using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// Tests a column by the classes of its values. A test costs a few instructions for 64 rows whatever it is made of: the class of
/// a row is looked up once for eight tests (bytes) or for 64 tests (many classes), and bits are turned into planes.
/// </summary>
internal sealed class ClassTester<TForm> : ColumnTester
    where TForm : struct, IVectorForm
{
    private const int BlockRows = 64 * BatchFrame.BlockWords;

    private readonly CellMapper _mapper;
    private readonly int[] _planes;
    private readonly byte[] _narrow = new byte[CellMapper.MostRows];
    private readonly ushort[] _wide = new ushort[CellMapper.MostRows];
    private readonly ulong[] _missing = new ulong[BatchFrame.BlockWords];
    private readonly ulong[] _certain = new ulong[64 * BatchFrame.BlockWords];
    private readonly ulong[] _possible = new ulong[64 * BatchFrame.BlockWords];

    public ClassTester(ImmutableArray<ColumnTest> tests, CellMapper mapper)
    {
        _mapper = mapper;
        _planes = [.. tests.Select(test => test.Plane)];
    }

    public override void Run(in ColumnView column, TextDictionary texts, int words, in PlaneRoom room)
    {
        for (var first = 0; first < words * 64; first += CellMapper.MostRows)
        {
            var rows = Math.Min((words * 64) - first, CellMapper.MostRows);
            var cells = _mapper.Map(column, first, texts, _narrow.AsSpan(0, rows), _wide.AsSpan(0, rows));
            for (var row = 0; row < rows; row += BlockRows)
            {
                var count = Math.Min(BlockRows, rows - row);
                if (cells.IsEmpty)
                {
                    AnswerWide(_wide.AsSpan(row, count), (first + row) / BlockRows, room);
                }
                else
                {
                    AnswerNarrow(cells.Slice(row, count), (first + row) / BlockRows, room);
                }
            }
        }
    }

    /// <summary>Eight tests at a time: a byte of answers for each row.</summary>
    private void AnswerNarrow(ReadOnlySpan<byte> cells, int block, in PlaneRoom room)
    {
        var classes = _mapper.Classes;
        for (var word = 0; word < cells.Length / 64; word++)
        {
            _missing[word] = TForm.Zero(in cells.Slice(64 * word, 64)[0]);
        }

        for (var octet = 0; octet < classes.Octets; octet++)
        {
            TForm.LookUp(cells, classes.CertainOctet(octet), classes.Count, _certain);
            if (classes.HasOpenClasses)
            {
                TForm.LookUp(cells, classes.PossibleOctet(octet), classes.Count, _possible);
            }

            Store(octet * 8, Math.Min(8, _planes.Length - (octet * 8)), classes.HasOpenClasses, block, room);
        }
    }

    /// <summary>64 tests at a time: the rows' words of answers are a square of bits, which is turned on its side.</summary>
    [SkipLocalsInit]
    private void AnswerWide(ReadOnlySpan<ushort> cells, int block, in PlaneRoom room)
    {
        var classes = _mapper.Classes;
        Span<ulong> square = stackalloc ulong[64];
        for (var word = 0; word < cells.Length / 64; word++)
        {
            _missing[word] = Zero(cells.Slice(64 * word, 64));
        }

        for (var part = 0; part < classes.Words; part++)
        {
            for (var word = 0; word < cells.Length / 64; word++)
            {
                var rows = cells.Slice(64 * word, 64);
                Gather(classes.AllCertain, rows, classes.Words, part, square);
                TForm.Turn(square, _certain, word);
                if (classes.HasOpenClasses)
                {
                    Gather(classes.AllPossible, rows, classes.Words, part, square);
                    TForm.Turn(square, _possible, word);
                }
            }

            Store(part * 64, Math.Min(64, _planes.Length - (part * 64)), classes.HasOpenClasses, block, room);
        }
    }

    private void Store(int first, int count, bool hasOpenClasses, int block, in PlaneRoom room)
    {
        for (var test = 0; test < count; test++)
        {
            var pair = room.Pair(_planes[first + test], block);
            for (var word = 0; word < BatchFrame.BlockWords; word += Vector<ulong>.Count)
            {
                var certain = new Vector<ulong>(_certain, (test * BatchFrame.BlockWords) + word);
                // Where no class but missing is open, that is all that can be.
                var possible = hasOpenClasses
                    ? new Vector<ulong>(_possible, (test * BatchFrame.BlockWords) + word)
                    : certain | new Vector<ulong>(_missing, word);
                certain.CopyTo(pair[word..]);
                possible.CopyTo(pair[(BatchFrame.BlockWords + word)..]);
            }
        }
    }

    private static void Gather(ReadOnlySpan<ulong> answers, ReadOnlySpan<ushort> rows, int stride, int part, Span<ulong> square)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(answers), part);
        for (var row = 0; row < square.Length; row++)
        {
            square[row] = Unsafe.Add(ref first, rows[row] * stride);
        }
    }

    /// <summary>Rows of 64 whose class is that of missing.</summary>
    private static ulong Zero(ReadOnlySpan<ushort> rows)
    {
        var mask = 0UL;
        for (var i = 0; i < 64; i += 16)
        {
            mask |= (ulong)Vector256.Equals(Vector256.Create(rows[i..]), Vector256<ushort>.Zero).ExtractMostSignificantBits() << i;
        }

        return mask;
    }
}

/// <summary>What mappers share.</summary>
internal static class Cells
{
    /// <summary>Classes that a byte can name, as bytes.</summary>
    public static void Narrow(ReadOnlySpan<ushort> wide, Span<byte> narrow)
    {
        for (var i = 0; i < narrow.Length; i += Vector<byte>.Count)
        {
            Vector.Narrow(new Vector<ushort>(wide[i..]), new Vector<ushort>(wide[(i + Vector<ushort>.Count)..])).CopyTo(narrow[i..]);
        }
    }
}
