using System.Runtime.InteropServices;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Batch.Counting;

/// <summary>Counts over the good rows of one batch, or the sum of those of many. Counted where the batch is classified, added where it is written.</summary>
internal sealed class BatchCounts
{
    private const byte BreachedBit = 1;
    private const byte OpenBit = 2;

    /// <summary>Codes are 13 digits and four bits, see <see cref="Fact"/>.</summary>
    private const ulong CodesOfAChapter = 100_000_000_000UL * 16;

    /// <summary>The three counts of a group lie side by side in one word while a batch is counted, which has fewer rows than this has numbers.</summary>
    private const int PackedBits = 21;

    private const ulong PackedMask = (1UL << PackedBits) - 1;

    /// <summary>What a row adds to its group, by its bits.</summary>
    private static readonly ulong[] Packed = [.. Enumerable.Range(0, 4).Select(Pack)];

    private static readonly byte[] Bits =
        [.. Enumerable.Range(0, 256).Select(outcome => (byte)(outcome == (int)Outcome.Breached ? BreachedBit : ((Outcome)outcome).IsSettled() ? 0 : OpenBit))];

    private readonly int _chapterFact;
    private readonly int _monthFact;
    private readonly byte[] _rowBits;
    private readonly byte[] _placeBits;
    private readonly ulong[] _packedChapters = new ulong[100];
    private readonly ulong[] _packedMonths = new ulong[MonthOfDay.UsualMonths];

    public BatchCounts(RecordLayout layout, int capacity)
    {
        _chapterFact = layout.ChapterFact;
        _monthFact = layout.MonthFact;
        _rowBits = new byte[capacity];
        _placeBits = new byte[capacity];
        Outcomes = new long[layout.Manifest.Norms.Length * 256];
        Missing = new long[layout.Manifest.Facts.Length];
        AskFirst = new long[layout.Manifest.Facts.Length];
        SearchTicks = new long[layout.Manifest.Norms.Length];
    }

    /// <summary>Rows by norm and outcome: norm times 256 plus outcome.</summary>
    public long[] Outcomes { get; }

    /// <summary>Rows by fact that something open hangs on.</summary>
    public long[] Missing { get; }

    /// <summary>Rows by the fact on which the most of their open norms hang.</summary>
    public long[] AskFirst { get; }

    /// <summary>Ticks of <see cref="System.Diagnostics.Stopwatch"/> that finding the missing facts of each norm took.</summary>
    public long[] SearchTicks { get; }

    /// <summary>Ticks that evaluating took.</summary>
    public long EvaluationTicks { get; set; }

    /// <summary>Rows by chapter of the nomenclature.</summary>
    public GroupCounts[] Chapters { get; } = new GroupCounts[100];

    /// <summary>Rows by month since the year 1, 0 being January.</summary>
    public Dictionary<int, GroupCounts> Months { get; } = [];

    public long Classified { get; set; }

    public long GuardedCells { get; set; }

    public long ReadInPart { get; set; }

    public void Clear()
    {
        Array.Clear(Outcomes);
        Array.Clear(Missing);
        Array.Clear(AskFirst);
        Array.Clear(SearchTicks);
        EvaluationTicks = 0;
        Array.Clear(Chapters);
        Months.Clear();
        Classified = 0;
        GuardedCells = 0;
        ReadInPart = 0;
    }

    /// <summary>Counts the outcomes of a batch just classified; facts that are missing were counted as they were found.</summary>
    /// <param name="evaluator">Who classified it.</param>
    public void Count(RecordBatch records, IBatchEvaluator evaluator)
    {
        var places = records.Columns.Count;
        var bits = records.Concerned is null ? _rowBits : _placeBits;
        Classified = records.Count;
        ReadInPart = records.Count - places;
        Array.Clear(bits, 0, places);
        foreach (var norm in records.Layout.Norms)
        {
            var outcomes = Outcomes.AsSpan(norm.Index * 256, 256);
            OutcomeCounter.Count(evaluator.Outcomes(norm.Index)[..places], outcomes, Bits, bits);
            outcomes[(int)Outcome.NotApplicable] += ReadInPart;
        }

        records.Concerned?.Spread(_placeBits, _rowBits, records.Count, others: 0);
        CountChapters(records);
        CountMonths(records);
    }

    /// <summary>Whether some norm is open in a row of the batch that was counted last.</summary>
    public bool IsOpen(int row) => (_rowBits[row] & OpenBit) != 0;

    public void Add(BatchCounts other)
    {
        // Of all outcomes that a norm can have few come up.
        var outcomes = other.Outcomes.AsSpan();
        for (var i = 0; outcomes[i..].IndexOfAnyExcept(0L) is >= 0 and var further; i++)
        {
            i += further;
            Outcomes[i] += outcomes[i];
        }

        for (var i = 0; i < Missing.Length; i++)
        {
            Missing[i] += other.Missing[i];
            AskFirst[i] += other.AskFirst[i];
        }

        for (var i = 0; i < SearchTicks.Length; i++)
        {
            SearchTicks[i] += other.SearchTicks[i];
        }

        EvaluationTicks += other.EvaluationTicks;

        for (var i = 0; i < Chapters.Length; i++)
        {
            Chapters[i] += other.Chapters[i];
        }

        foreach (var (month, counts) in other.Months)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(Months, month, out _) += counts;
        }

        Classified += other.Classified;
        GuardedCells += other.GuardedCells;
        ReadInPart += other.ReadInPart;
    }

    private void CountChapters(RecordBatch records)
    {
        if (_chapterFact < 0)
        {
            return;
        }

        // Here as below everything is at hand in the loop: it takes longer to find than to add.
        var codes = records.ChapterCodes[..records.Count];
        var bits = _rowBits.AsSpan(0, codes.Length);
        var packed = Packed.AsSpan();
        var chapters = _packedChapters.AsSpan();
        for (var row = 0; row < codes.Length; row++)
        {
            if (Fact.IsKnown(codes[row]))
            {
                chapters[(int)((ulong)codes[row] / CodesOfAChapter)] += packed[bits[row]];
            }
        }

        for (var chapter = 0; chapter < chapters.Length; chapter++)
        {
            Chapters[chapter] += Unpack(chapters[chapter]);
        }

        chapters.Clear();
    }

    private void CountMonths(RecordBatch records)
    {
        if (_monthFact < 0)
        {
            return;
        }

        var days = records.MonthDays[..records.Count];
        var bits = _rowBits.AsSpan(0, days.Length);
        var packed = Packed.AsSpan();
        var months = _packedMonths.AsSpan();
        var ofDays = MonthOfDay.OfUsualDays;
        var firstDay = MonthOfDay.FirstDay;
        for (var row = 0; row < days.Length; row++)
        {
            var day = days[row] - firstDay;
            if ((uint)day < (uint)ofDays.Length)
            {
                months[ofDays[day]] += packed[bits[row]];
            }
            else if (days[row] >= 0)
            {
                // Neither missing nor none.
                CollectionsMarshal.GetValueRefOrAddDefault(Months, MonthOfDay.Of(days[row]), out _) += Unpack(packed[bits[row]]);
            }
        }

        for (var month = 0; months[month..].IndexOfAnyExcept(0UL) is >= 0 and var further; month++)
        {
            month += further;
            CollectionsMarshal.GetValueRefOrAddDefault(Months, MonthOfDay.FirstMonth + month, out _) += Unpack(months[month]);
            months[month] = 0;
        }
    }

    private static ulong Pack(int bits) => 1 | ((ulong)(bits & BreachedBit) << PackedBits) | ((ulong)((bits & OpenBit) >> 1) << (2 * PackedBits));

    private static GroupCounts Unpack(ulong packed) =>
        new((long)(packed & PackedMask), (long)(packed >> PackedBits & PackedMask), (long)(packed >> (2 * PackedBits)));
}
