using CccRules.Batch.Counting;

namespace CccRules.Batch;

/// <summary>The facts that would settle what is open, for each row of a batch and for each norm of it. Filled row by row, norm by norm.</summary>
internal sealed class MissingLists(int norms, int facts, int capacity)
{
    private readonly List<int> _found = [];
    private readonly int[] _foundEnds = new int[norms];
    private readonly List<int> _distinct = [];

    /// <summary>For each fact the norms of the row at hand that hang on it.</summary>
    private readonly int[] _hanging = new int[facts];

    private readonly int[] _rowEnds = new int[capacity];
    private int[] _normEnds = [];
    private int[] _ofRows = new int[1024];
    private int[] _ofNorms = new int[1024];
    private int _ofRowsLength;
    private int _ofNormsLength;

    /// <summary>Where the facts of the norm at hand are added, each once, in any order.</summary>
    public ICollection<int> Room => _found;

    public ReadOnlySpan<int> OfRow(int row)
    {
        var start = row == 0 ? 0 : _rowEnds[row - 1];
        return _ofRows.AsSpan(start, _rowEnds[row] - start);
    }

    public ReadOnlySpan<int> OfNorm(int row, int norm)
    {
        if (_normEnds.Length == 0)
        {
            return [];
        }

        var at = (row * norms) + norm;
        var start = at == 0 ? 0 : _normEnds[at - 1];
        return _ofNorms.AsSpan(start, _normEnds[at] - start);
    }

    /// <summary>Goes on with the first row of a batch. Runs that ask for no missing facts never do, and need no room for them.</summary>
    public void Start()
    {
        if (_normEnds.Length == 0)
        {
            _normEnds = new int[capacity * norms];
        }

        _ofRowsLength = 0;
        _ofNormsLength = 0;
    }

    public void EndNorm(int norm)
    {
        var start = norm == 0 ? 0 : _foundEnds[norm - 1];
        _found.Sort(start, _found.Count - start, null);
        _foundEnds[norm] = _found.Count;
    }

    /// <summary>Ends a row in which nothing is open.</summary>
    public void EndSettledRow(int row)
    {
        _rowEnds[row] = _ofRowsLength;
        _normEnds.AsSpan(row * norms, norms).Fill(_ofNormsLength);
    }

    /// <param name="row">The row at hand; rows come in their order.</param>
    /// <param name="counts">Where the row's facts are counted.</param>
    /// <param name="isFirstOnly">Keep of each list the fact on which the most norms of the row hang, the first of them where several do.</param>
    public void EndRow(int row, bool isFirstOnly, BatchCounts counts)
    {
        foreach (var fact in _found)
        {
            if (_hanging[fact]++ == 0)
            {
                _distinct.Add(fact);
                counts.Missing[fact]++;
            }
        }

        _distinct.Sort();
        if (_distinct.Count != 0)
        {
            counts.AskFirst[MostWanted(_distinct, 0, _distinct.Count)]++;
        }

        Append(ref _ofRows, ref _ofRowsLength, _distinct, 0, _distinct.Count, isFirstOnly);
        _rowEnds[row] = _ofRowsLength;
        for (var norm = 0; norm < norms; norm++)
        {
            Append(ref _ofNorms, ref _ofNormsLength, _found, norm == 0 ? 0 : _foundEnds[norm - 1], _foundEnds[norm], isFirstOnly);
            _normEnds[(row * norms) + norm] = _ofNormsLength;
        }

        foreach (var fact in _distinct)
        {
            _hanging[fact] = 0;
        }

        _found.Clear();
        _distinct.Clear();
    }

    private void Append(ref int[] to, ref int length, List<int> from, int start, int end, bool isFirstOnly)
    {
        if (length + end - start > to.Length)
        {
            Array.Resize(ref to, Math.Max(to.Length * 2, length + end - start));
        }

        if (!isFirstOnly)
        {
            from.CopyTo(start, to, length, end - start);
            length += end - start;
        }
        else if (start != end)
        {
            to[length++] = MostWanted(from, start, end);
        }
    }

    private int MostWanted(List<int> facts, int start, int end)
    {
        var most = facts[start];
        for (var i = start + 1; i < end; i++)
        {
            most = _hanging[facts[i]] > _hanging[most] ? facts[i] : most;
        }

        return most;
    }
}
