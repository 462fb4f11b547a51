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

    /// <summary>Words that the planes of 64 tests take in a block; and how many times 64 tests are made in one go over the rows.</summary>
    private const int PartWords = 64 * BatchFrame.BlockWords;
    private const int MostParts = 8;

    private readonly CellMapper _mapper;
    private readonly ImmutableArray<ColumnTest> _tests;
    private readonly int _missingPlane;
    private readonly byte[] _narrow = new byte[CellMapper.MostRows];
    private readonly ushort[] _wide = new ushort[CellMapper.MostRows];
    private readonly ulong[] _missing = new ulong[BatchFrame.BlockWords];
    private readonly ulong[] _squares = new ulong[MostParts * BlockRows];
    private readonly ulong[] _certain = new ulong[MostParts * PartWords];
    private readonly ulong[] _possible = new ulong[MostParts * PartWords];

    public ClassTester(ColumnTests tests, CellMapper mapper)
    {
        _mapper = mapper;
        _tests = tests.Tests;
        _missingPlane = tests.MissingPlane;
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
                var block = (first + row) / BlockRows;
                if (cells.IsEmpty)
                {
                    AnswerWide(_wide.AsSpan(row, count), block, room);
                }
                else
                {
                    AnswerNarrow(cells.Slice(row, count), block, room);
                }

                if (_missingPlane >= 0)
                {
                    _missing.CopyTo(room.Plane(_missingPlane, block));
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

            Store(octet * 8, Math.Min(8, _tests.Length - (octet * 8)), classes.HasOpenClasses, block, room);
        }
    }

    /// <summary>64 tests at a time: the rows' words of answers are squares of bits, which are turned on their side.</summary>
    private void AnswerWide(ReadOnlySpan<ushort> cells, int block, in PlaneRoom room)
    {
        var classes = _mapper.Classes;
        for (var word = 0; word < cells.Length / 64; word++)
        {
            _missing[word] = Zero(cells.Slice(64 * word, 64));
        }

        for (var first = 0; first < classes.Words; first += MostParts)
        {
            var parts = Math.Min(MostParts, classes.Words - first);
            Turn(classes.AllCertain, cells, first, parts, _certain);
            if (classes.HasOpenClasses)
            {
                Turn(classes.AllPossible, cells, first, parts, _possible);
            }

            Store(first * 64, Math.Min(parts * 64, _tests.Length - (first * 64)), classes.HasOpenClasses, block, room);
        }
    }

    private void Turn(ReadOnlySpan<ulong> answers, ReadOnlySpan<ushort> cells, int first, int parts, Span<ulong> planes)
    {
        // A class's words lie together: all of them are used while they are at hand.
        for (var word = 0; word < cells.Length / 64; word++)
        {
            for (var part = 0; part < parts; part++)
            {
                Gather(answers, cells.Slice(64 * word, 64), _mapper.Classes.Words, first + part, _squares.AsSpan((part * BlockRows) + (64 * word), 64));
            }
        }

        for (var part = 0; part < parts; part++)
        {
            TForm.Turn(_squares.AsSpan(part * BlockRows, BlockRows), planes.Slice(part * PartWords, PartWords));
        }
    }

    private void Store(int first, int count, bool hasOpenClasses, int block, in PlaneRoom room)
    {
        for (var test = 0; test < count; test++)
        {
            var plane = _tests[first + test].Plane;
            var certain = _certain.AsSpan(test * BatchFrame.BlockWords, BatchFrame.BlockWords);
            certain.CopyTo(room.Plane(plane, block));
            if (!_tests[first + test].HasPossible)
            {
                continue;
            }

            var possible = room.Plane(plane + 1, block);
            if (hasOpenClasses)
            {
                _possible.AsSpan(test * BatchFrame.BlockWords, BatchFrame.BlockWords).CopyTo(possible);
                continue;
            }

            // Where no class but missing is open, that is all that can be.
            for (var word = 0; word < BatchFrame.BlockWords; word += Vector<ulong>.Count)
            {
                (new Vector<ulong>(certain[word..]) | new Vector<ulong>(_missing, word)).CopyTo(possible[word..]);
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
