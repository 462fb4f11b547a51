using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>What testers by classes share whatever the vectors are.</summary>
internal static class ClassTester
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

/// <summary>
/// Tests a column by the classes of its values. A test costs a few instructions for 64 rows whatever it is made of: the class of
/// a row is looked up once for eight tests (bytes) or for 64 tests (many classes), and bits are turned into planes.
/// </summary>
internal sealed class ClassTester<TForm> : ColumnTester
    where TForm : struct, IVectorForm
{
    private readonly CellMapper _mapper;
    private readonly int[] _planes;
    private readonly byte[] _narrow = new byte[CellMapper.MostRows];
    private readonly ushort[] _wide = new ushort[CellMapper.MostRows];
    private readonly ulong[] _missing = new ulong[CellMapper.MostRows / 64];
    private readonly ulong[] _certain = new ulong[CellMapper.MostRows / 8];
    private readonly ulong[] _possible = new ulong[CellMapper.MostRows / 8];

    public ClassTester(ImmutableArray<ColumnTest> tests, CellMapper mapper)
    {
        _mapper = mapper;
        _planes = [.. tests.Select(test => test.Plane)];
    }

    public override void Run(in ColumnView column, TextDictionary texts, int words, in PlaneRoom room)
    {
        for (var first = 0; first < words; first += CellMapper.MostRows / 64)
        {
            var count = Math.Min(words - first, CellMapper.MostRows / 64);
            var cells = _mapper.Map(column, first * 64, texts, _narrow.AsSpan(0, count * 64), _wide.AsSpan(0, count * 64));
            if (cells.IsEmpty)
            {
                AnswerWide(_wide.AsSpan(0, count * 64), first, room);
            }
            else
            {
                AnswerNarrow(cells, first, room);
            }
        }
    }

    private void AnswerNarrow(ReadOnlySpan<byte> cells, int firstWord, in PlaneRoom room)
    {
        var classes = _mapper.Classes;
        var words = cells.Length / 64;
        for (var word = 0; word < words; word++)
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

            var tests = Math.Min(8, _planes.Length - (octet * 8));
            for (var test = 0; test < tests; test++)
            {
                var target = room.Pair(_planes[(octet * 8) + test]);
                for (var word = 0; word < words; word++)
                {
                    var certain = _certain[(8 * word) + test];
                    target.Write(firstWord + word, certain, classes.HasOpenClasses ? _possible[(8 * word) + test] : certain | _missing[word]);
                }
            }
        }
    }

    /// <summary>The classes' words of 64 rows are a square of bits, rows by tests, which is turned on its side.</summary>
    private void AnswerWide(ReadOnlySpan<ushort> cells, int firstWord, in PlaneRoom room)
    {
        var classes = _mapper.Classes;
        Span<ulong> square = stackalloc ulong[64];
        Span<ulong> certain = stackalloc ulong[64];
        Span<ulong> possible = stackalloc ulong[64];
        for (var word = 0; word < cells.Length / 64; word++)
        {
            var rows = cells.Slice(64 * word, 64);
            for (var part = 0; part < classes.Words; part++)
            {
                Turn(classes.AllCertain, rows, classes.Words, part, square, certain);
                Turn(classes.AllPossible, rows, classes.Words, part, square, possible);
                var tests = Math.Min(64, _planes.Length - (part * 64));
                for (var test = 0; test < tests; test++)
                {
                    room.Pair(_planes[(part * 64) + test]).Write(firstWord + word, certain[test], possible[test]);
                }
            }
        }
    }

    private static void Turn(
        ReadOnlySpan<ulong> answers, ReadOnlySpan<ushort> rows, int stride, int part, Span<ulong> square, Span<ulong> planes)
    {
        for (var row = 0; row < 64; row++)
        {
            square[row] = answers[(rows[row] * stride) + part];
        }

        var bytes = MemoryMarshal.AsBytes(square);
        Span<byte> octet = stackalloc byte[64];
        for (var eight = 0; eight < 8; eight++)
        {
            for (var row = 0; row < 64; row++)
            {
                octet[row] = bytes[(row * 8) + eight];
            }

            TForm.Split(in octet[0], ref planes[eight * 8]);
        }
    }
}
