using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Dates <c>yyyy-mm-dd</c> of the years 1900 to 2155, <c>none</c>, and empty cells.</summary>
internal sealed class DateCells : UsualCells<int>
{
    /// <summary>"none" in the lower half of a word.</summary>
    private const int NoneWord = 0x65_6E_6F_6E;

    private const int FirstYear = 1900;
    private const int Years = 256;

    /// <summary>By year and month, sixteen to a year: the day before the month's first. Months that are none have no days.</summary>
    private static readonly int[] DaysBefore = new int[Years * 16];

    private static readonly byte[] Lengths = new byte[Years * 16];

    /// <summary>From the year after a leap year on, up to the next century that has none.</summary>
    private const int FirstUsualYear = 1901;

    private const int UsualYears = 199;

    private static readonly int DayBeforeUsual = new DateOnly(FirstUsualYear, 1, 1).DayNumber - 1;

    /// <summary>By month of a year without a leap day: days of the year before it, and in the lowest eight bits its own. Months that are none have no days.</summary>
    private static readonly int[] UsualMonths = MonthsOf(FirstUsualYear);

    private static readonly int[] LeapMonths = MonthsOf(FirstUsualYear + 3);

    /// <summary>In each sixteen bytes twice yyyy-mm- to yyyymm.</summary>
    private static readonly Vector512<byte> WithoutHyphens = Vector512.Create(
        Vector256.Create(Vector128.Create(0, 1, 2, 3, 5, 6, 0x80, 0x80, 8, 9, 10, 11, 13, 14, 0x80, (byte)0x80)));

    private readonly int _empty;
    private readonly int _none;

    /// <summary>The length of a cell that says <c>none</c>; one that no cell has where that is a fault.</summary>
    private readonly int _noneLength;

    public DateCells(FieldBinding field)
        : base(field)
    {
        _empty = ColumnOf(Empty);
        _noneLength = TryRead("none"u8, out var none) ? 4 : -1;
        _none = ColumnOf(none);
    }

    static DateCells()
    {
        for (var year = FirstYear; year < FirstYear + Years; year++)
        {
            for (var month = 1; month <= 12; month++)
            {
                var first = new DateOnly(year, month, 1);
                DaysBefore[((year - FirstYear) * 16) + month] = first.DayNumber - 1;
                Lengths[((year - FirstYear) * 16) + month] = (byte)DateTime.DaysInMonth(year, month);
            }
        }
    }

    private static int[] MonthsOf(int year) =>
        [.. Enumerable.Range(0, 16).Select(month => month is >= 1 and <= 12 ? ((new DateOnly(year, month, 1).DayOfYear - 1) << 8) | DateTime.DaysInMonth(year, month) : 0)];

    protected override Span<int> Column(ColumnBatch batch) => batch.Ints(Field.Fact);

    protected override ulong ReadBlock(scoped ref CellCursor cells, Span<int> column)
    {
        var emptyWrong = IsEmptyWrong ? 1 : 0;
        var care = 0UL;
        var walk = cells;
        for (var i = 0; i < column.Length; i++)
        {
            ref var cell = ref walk.Next(out var length);
            var day = Parse(ref cell, length, out var wrong);
            var isEmpty = length == 0;
            var isNone = length == _noneLength && (int)EightDigits.Load(ref cell) == NoneWord;
            column[i] = isEmpty ? _empty : isNone ? _none : day;
            care |= (ulong)(uint)(isEmpty ? emptyWrong : isNone ? 0 : wrong) << i;
        }

        cells = walk;
        return care;
    }

    protected override ulong ReadEights(scoped ref CellCursor cells, Span<int> column)
    {
        Cells.LayStarts(ref cells, column.Length, second: 2);
        return _noneLength < 0 ? ReadLaid(column, mayBeNone: false) : ReadLaid(column, mayBeNone: true);
    }

    /// <param name="mayBeNone">Cells may say <c>none</c>; as a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong ReadLaid(Span<int> column, bool mayBeNone)
    {
        var (empty, none) = (Vector256.Create(_empty), Vector256.Create(_none));
        var unusual = 0UL;
        for (var i = 0; i < column.Length; i += EightCells.Count)
        {
            var length = Cells.Lengths(i);
            var front = Cells.First(i);
            var day = Parse(front, Cells.Second(i), out var isUsual);
            var shortLength = Avx512F.ConvertToVector256Int32(length);
            var unusualHere = EightCells.Unusual(isUsual & Vector512.Equals(length, Vector512.Create(10UL)), Vector512.Equals(length, Vector512<ulong>.Zero), EmptyUnusual);
            if (mayBeNone)
            {
                var isNone = Vector256.Equals(Avx512F.ConvertToVector256Int32(front), Vector256.Create(NoneWord)) & Vector256.Equals(shortLength, Vector256.Create(4));
                unusualHere &= ~(ulong)isNone.ExtractMostSignificantBits();
                day = Vector256.ConditionalSelect(isNone, none, day);
            }

            Vector256.ConditionalSelect(Vector256.Equals(shortLength, Vector256<int>.Zero), empty, day).StoreUnsafe(ref MemoryMarshal.GetReference(column), (nuint)i);
            unusual |= unusualHere << i;
        }

        return unusual;
    }

    /// <summary>A sentinel as columns of 32 bits hold it.</summary>
    private static int ColumnOf(long fact) => int.MinValue + (int)(fact - long.MinValue);

    /// <summary>The days of eight dates; those of few years are usual, between which every fourth year is a leap year.</summary>
    /// <param name="front">Their first eight characters.</param>
    /// <param name="back">Their last eight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Parse(Vector512<ulong> front, Vector512<ulong> back, out Vector512<ulong> isUsual)
    {
        // yyyymmdd as distances from '0', and the hyphens from hyphens.
        var digits = Vector512.ConditionalSelect(Vector512.Create(0xFFFF_0000_0000_0000UL), back, Avx512BW.Shuffle(front.AsByte(), WithoutHyphens).AsUInt64())
            ^ Vector512.Create(EightDigits.Zeros);
        var notHyphens = (front ^ Vector512.Create(0x2D00_002D_0000_0000UL)) & Vector512.Create(0xFF00_00FF_0000_0000UL);
        var wrong = EightCells.Wrong(digits) | notHyphens;

        // The year in the lower half, month and day in the upper.
        var pairs = Avx512BW.MultiplyAddAdjacent(digits.AsByte(), Vector512.Create((short)0x010A).AsSByte());
        var numbers = Avx512BW.MultiplyAddAdjacent(pairs, Vector512.Create(0x0001_0080_0001_0064UL).AsInt16()).AsUInt64();
        var year = (numbers & Vector512.Create(0xFFFF_FFFFUL)) - Vector512.Create((ulong)FirstUsualYear);
        var month = Vector512.ShiftRightLogical(numbers, 39);
        var day = Vector512.ShiftRightLogical(numbers, 32) & Vector512.Create(0x7FUL);

        // The first usual year comes after a leap year: where the lowest two bits are three there is another.
        var isLeap = (year + Vector512<ulong>.One) & Vector512.Create(3UL);
        var leap = Vector512.ShiftRightLogical(isLeap - Vector512<ulong>.One, 59) & Vector512.Create(16UL);
        var entry = Avx512F.PermuteVar16x32x2(Vector512.Create<int>(UsualMonths), (month | leap).AsInt32(), Vector512.Create<int>(LeapMonths)).AsUInt64();
        var length = entry & Vector512.Create(0xFFUL);
        var isInside = Vector512.LessThan(year, Vector512.Create((ulong)UsualYears)) & Vector512.LessThan(month, Vector512.Create(16UL));
        isUsual = isInside & Vector512.LessThan(day - Vector512<ulong>.One, length) & Vector512.Equals(wrong, Vector512<ulong>.Zero);
        var days = Avx512F.Multiply(year.AsUInt32(), Vector512.Create(365UL).AsUInt32()) + Vector512.ShiftRightLogical(year, 2) + Vector512.ShiftRightLogical(entry, 8) + day;
        return Avx512F.ConvertToVector256Int32(days) + Vector256.Create(DayBeforeUsual);
    }

    /// <summary>The day of a date; <paramref name="wrong"/> is 1 where it is none, or none of these years.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Parse(ref byte cell, int length, out int wrong)
    {
        // yyyy-mm- and dd, as distances from "0000-00-" and "00".
        var front = EightDigits.Load(ref cell) ^ 0x2D30302D30303030;
        var back = (uint)Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref cell, 8)) ^ 0x3030;
        var notDigits = (((front + 0x7F76767F76767676) | front) & 0x8080808080808080) | (((back + 0x7676) | back) & 0x8080);
        var pairs = (front * 10) + (front >> 8);
        var year = ((int)(pairs & 0xFF) * 100) + (int)(pairs >> 16 & 0xFF) - FirstYear;
        var month = (int)(pairs >> 40 & 0xFF);
        var day = (int)(((back * 10) + (back >> 8)) & 0xFF);
        var isOutside = (uint)year >= Years || (uint)month >= 16 ? 1 : 0;
        var entry = ((year << 4) | (month & 15)) & ((Years * 16) - 1);
        var isNoDay = (uint)(day - 1) >= Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Lengths), entry) ? 1 : 0;
        wrong = isOutside | isNoDay | (notDigits != 0 ? 1 : 0) | (length != 10 ? 1 : 0);
        return Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(DaysBefore), entry) + day;
    }
}
