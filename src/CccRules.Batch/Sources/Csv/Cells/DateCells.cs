using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Dates <c>yyyy-mm-dd</c> of the years 1900 to 2155, and empty cells.</summary>
internal sealed class DateCells(FieldBinding field) : UsualCells<int>(field)
{
    private const int FirstYear = 1900;
    private const int Years = 256;

    /// <summary>By year and month, sixteen to a year: the day before the month's first. Months that are none have no days.</summary>
    private static readonly int[] DaysBefore = new int[Years * 16];

    private static readonly byte[] Lengths = new byte[Years * 16];

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

    protected override Span<int> Column(ColumnBatch batch) => batch.Ints(Field.Fact);

    protected override ulong ReadBlock(scoped ref CellCursor cells, Span<int> column)
    {
        var empty = int.MinValue + (int)(Empty - long.MinValue);
        var emptyWrong = IsEmptyWrong ? 1 : 0;
        var care = 0UL;
        for (var i = 0; i < column.Length; i++)
        {
            ref var cell = ref cells.Next(out var length);
            var day = Parse(ref cell, length, out var wrong);
            var isEmpty = length == 0;
            column[i] = isEmpty ? empty : day;
            care |= (ulong)(uint)(isEmpty ? emptyWrong : wrong) << i;
        }

        return care;
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
