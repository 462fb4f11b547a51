using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Lookups;

/// <summary>
/// A table's rows as a graph with a step for each input, so that finding a row takes as many binary searches as there are inputs,
/// however many rows there are. Equal lists of rows share a node; where the lists would take too much room, rows are tried instead.
/// </summary>
internal sealed class LookupBuilder
{
    /// <summary>Row numbers that all nodes together may hold: 32 MB.</summary>
    private const long MostEntries = 8_000_000;

    private readonly LookupSchema _schema;
    private readonly LookupTest[][] _tests;
    private readonly int[] _order;
    private readonly Dictionary<(int Step, int Hash), List<LookupNode>> _nodes = [];
    private long _entries;

    private LookupBuilder(LookupSchema schema, LookupTest[][] tests)
    {
        _schema = schema;
        _tests = tests;

        // Sets are tried row by row, so they come when few rows are left.
        _order = [.. Enumerable.Range(0, schema.Inputs.Length).OrderBy(input => schema.Inputs[input].Kind == LookupKind.Members)];
    }

    public static LookupNode Build(LookupSchema schema, LookupTest[][] tests)
    {
        var rows = schema.Inputs.Length == 0 ? 0 : schema.Cells.Length / schema.Inputs.Length;
        return new LookupBuilder(schema, tests).Node(0, [.. Enumerable.Range(0, rows)]);
    }

    private int CellOf(int row, int input) => _schema.Cells[(row * _schema.Inputs.Length) + input];

    private LookupNode Node(int step, int[] rows)
    {
        rows = Cut(step, rows);
        while (step < _order.Length && Array.TrueForAll(rows, row => CellOf(row, _order[step]) < 0))
        {
            step++;
        }

        if (step == _order.Length || rows.Length == 0)
        {
            step = _order.Length;
        }

        var hash = default(HashCode);
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(rows));
        var key = (step, hash.ToHashCode());
        if (!_nodes.TryGetValue(key, out var known))
        {
            _nodes[key] = known = [];
        }

        var same = known.Find(node => node.Rows.AsSpan().SequenceEqual(rows));
        if (same is null)
        {
            _entries += rows.Length;
            same = Create(step, rows);
            known.Add(same);
        }

        return same;
    }

    /// <summary>Behind a row that takes whatever comes, no row is reached.</summary>
    private int[] Cut(int step, int[] rows)
    {
        for (var i = 0; i < rows.Length - 1; i++)
        {
            var isCertain = true;
            for (var later = step; later < _order.Length && isCertain; later++)
            {
                isCertain = CellOf(rows[i], _order[later]) < 0;
            }

            if (isCertain)
            {
                return rows[..(i + 1)];
            }
        }

        return rows;
    }

    private LookupNode Create(int step, int[] rows)
    {
        if (step == _order.Length)
        {
            return new LookupAnswer(rows);
        }

        var input = _order[step];
        return _entries > MostEntries ? new LookupTrial(rows, input) : _schema.Inputs[input].Kind switch
        {
            LookupKind.Members => new LookupTrial(rows, input),
            LookupKind.Text => Texts(step, rows, input),
            _ => Intervals(step, rows, input),
        };
    }

    private LookupTexts Texts(int step, int[] rows, int input)
    {
        var texts = rows.Select(row => CellOf(row, input)).Where(cell => cell >= 0).Distinct().SelectMany(cell => _tests[input][cell].Cell.Texts.AsEnumerable()).Distinct(StringComparer.Ordinal);
        var others = Where(rows, input, test => test.Cell.IsNegated);
        var byText = new Dictionary<string, LookupNode>(StringComparer.Ordinal);

        // Rows by the texts they name; rows that take any text, or any but some, stand with each of them.
        var named = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (CellOf(row, input) is >= 0 and var cell && !_tests[input][cell].Cell.IsNegated)
            {
                foreach (var text in _tests[input][cell].Cell.Texts)
                {
                    (named.TryGetValue(text, out var list) ? list : named[text] = []).Add(row);
                }
            }
        }

        foreach (var text in texts)
        {
            var holding = named.GetValueOrDefault(text, []).Concat(others.Where(row => CellOf(row, input) < 0 || !_tests[input][CellOf(row, input)].Cell.Texts.Contains(text, StringComparer.Ordinal)));
            byText[text] = Node(step + 1, [.. holding.Order()]);
        }

        return new LookupTexts(rows, input, byText, Node(step + 1, others), None(step, rows, input));
    }

    private LookupIntervals Intervals(int step, int[] rows, int input)
    {
        // A sweep over the cut points: rows come in at their lower bounds and go out after their upper ones.
        var events = new List<(long At, int Row, bool IsComing)>();
        var active = new SortedSet<int>();
        foreach (var row in rows)
        {
            if (CellOf(row, input) is not (>= 0 and var cell))
            {
                active.Add(row);
                continue;
            }

            var bounds = _tests[input][cell].Bounds;
            for (var i = 0; i < bounds.Length; i += 2)
            {
                events.Add((bounds[i], row, true));
                if (bounds[i + 1] < long.MaxValue)
                {
                    events.Add((bounds[i + 1] + 1, row, false));
                }
            }
        }

        events.Sort((left, right) => left.At.CompareTo(right.At));
        var cuts = new List<long>();
        var children = new List<LookupNode> { Node(step + 1, [.. active]) };
        for (var i = 0; i < events.Count;)
        {
            var at = events[i].At;
            for (; i < events.Count && events[i].At == at; i++)
            {
                // The intervals of one row are apart, so it never goes and comes at one cut.
                _ = events[i].IsComing ? active.Add(events[i].Row) : active.Remove(events[i].Row);
            }

            var child = Node(step + 1, [.. active]);
            if (!ReferenceEquals(child, children[^1]))
            {
                cuts.Add(at);
                children.Add(child);
            }
        }

        return new LookupIntervals(rows, input, [.. cuts], [.. children], None(step, rows, input));
    }

    private LookupNode None(int step, int[] rows, int input) => Node(step + 1, Where(rows, input, test => test.Cell.IncludesNone));

    private int[] Where(int[] rows, int input, Func<LookupTest, bool> holds) =>
        Array.FindAll(rows, row => CellOf(row, input) is var cell && (cell < 0 || holds(_tests[input][cell])));
}
