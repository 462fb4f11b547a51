namespace CccRules.Runtime.Candidates;

/// <summary>
/// Outcomes row by row: the norms whose outcome is not simply <see cref="Programs.Outcome.NotApplicable"/>, each with its outcome. Overwritten by
/// the next batch.
/// </summary>
public sealed class SparseOutcomes
{
    /// <summary>Entries that may be written over beyond the last.</summary>
    internal const int Slack = 64;

    private int[] _starts = [0];
    private ushort[] _norms = new ushort[1 << 12];
    private byte[] _outcomes = new byte[1 << 12];

    /// <summary>Rows of the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>Entries of all rows.</summary>
    public int Count { get; private set; }

    /// <summary>The norms of a row, in an order that only the row's values decide.</summary>
    public ReadOnlySpan<ushort> NormsOf(int row) => _norms.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <summary>The outcomes of a row's norms: sets of statuses, <see cref="Programs.Outcome"/>.</summary>
    public ReadOnlySpan<byte> OutcomesOf(int row) => _outcomes.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    internal ushort[] Norms => _norms;

    internal byte[] Outcomes => _outcomes;

    internal void Clear(int rows)
    {
        if (_starts.Length < rows + 1)
        {
            _starts = new int[rows + 1];
        }

        Rows = 0;
        Count = 0;
    }

    /// <summary>Room for entries and slack beyond those that are there.</summary>
    internal void Reserve(int entries)
    {
        if (Count + entries + Slack > _norms.Length)
        {
            var length = Math.Max(2 * _norms.Length, Count + entries + Slack);
            Array.Resize(ref _norms, length);
            Array.Resize(ref _outcomes, length);
        }
    }

    /// <summary>Counts entries that were written behind the last.</summary>
    internal void Advance(int entries) => Count += entries;

    internal void Add(int norm, byte outcome)
    {
        _norms[Count] = (ushort)norm;
        _outcomes[Count++] = outcome;
    }

    internal void EndRow() => _starts[++Rows] = Count;
}
