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
    private const long CodesOfAChapter = 100_000_000_000L * 16;

    private static readonly byte[] Bits =
        [.. Enumerable.Range(0, 256).Select(outcome => (byte)(outcome == (int)Outcome.Breached ? BreachedBit : ((Outcome)outcome).IsSettled() ? 0 : OpenBit))];

    private readonly int _chapterFact;
    private readonly int _monthFact;
    private readonly byte[] _rowBits;

    public BatchCounts(RecordLayout layout, int capacity)
    {
        _chapterFact = layout.ChapterFact;
        _monthFact = layout.MonthFact;
        _rowBits = new byte[capacity];
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
    }

    /// <summary>Counts the outcomes of a batch just classified; facts that are missing were counted as they were found.</summary>
    public void Count(ClassifiedBatch batch)
    {
        var rows = batch.Records.Count;
        Classified = rows;
        Array.Clear(_rowBits, 0, rows);
        foreach (var norm in batch.Records.Layout.Norms)
        {
            var counts = Outcomes.AsSpan(norm.Index * 256, 256);
            var outcomes = batch.Outcomes(norm.Index);
            for (var row = 0; row < outcomes.Length; row++)
            {
                counts[outcomes[row]]++;
                _rowBits[row] |= Bits[outcomes[row]];
            }
        }

        CountChapters(batch.Records);
        CountMonths(batch.Records);
    }

    public void Add(BatchCounts other)
    {
        for (var i = 0; i < Outcomes.Length; i++)
        {
            Outcomes[i] += other.Outcomes[i];
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
    }

    private void CountChapters(RecordBatch records)
    {
        if (_chapterFact < 0)
        {
            return;
        }

        for (var row = 0; row < records.Count; row++)
        {
            var code = records.Columns.Get(_chapterFact, row);
            if (Fact.IsKnown(code))
            {
                Chapters[(int)(code / CodesOfAChapter)] += Of(_rowBits[row]);
            }
        }
    }

    private void CountMonths(RecordBatch records)
    {
        if (_monthFact < 0)
        {
            return;
        }

        // Data often lie in order of their dates: the month before last's day is mostly this one's too.
        var (first, last, month) = (0L, -1L, 0);
        var counts = default(GroupCounts);
        for (var row = 0; row < records.Count; row++)
        {
            var day = records.Columns.Get(_monthFact, row);
            if (!Fact.IsKnown(day))
            {
                continue;
            }

            if (day < first || day > last)
            {
                AddMonth(month, counts);
                counts = default;
                var date = DateOnly.FromDayNumber((int)day);
                month = ((date.Year - 1) * 12) + date.Month - 1;
                first = day - date.Day + 1;
                last = first + DateTime.DaysInMonth(date.Year, date.Month) - 1;
            }

            counts += Of(_rowBits[row]);
        }

        AddMonth(month, counts);
    }

    private void AddMonth(int month, GroupCounts counts)
    {
        if (counts.Rows != 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(Months, month, out _) += counts;
        }
    }

    private static GroupCounts Of(byte bits) => new(1, bits & BreachedBit, (bits & OpenBit) >> 1);
}
