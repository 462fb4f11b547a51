using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Analysis;

/// <summary>
/// Rows of a table: those that no record meets, those that two rows of a <c>unique</c> table share (with a record that meets both), and
/// those that rows before them take whole. A row is a box, one set of values an input; neighbours are found by a sweep over the input that
/// tells most rows apart, so a table of many thousand rows costs little more than sorting it.
/// </summary>
internal sealed class TableChecks
{
    private const int MostComparisons = 4_000_000;
    private const int MostMessages = 20;

    /// <summary>Pieces into which what is left of a row may fall before the question is given up.</summary>
    private const int MostPieces = 2_000;

    private readonly BoundTable _table;
    private readonly DiagnosticBag _bag;
    private readonly CellSets[] _inputs;
    private readonly List<BoundTableRow> _rows = [];
    private readonly Dictionary<int, List<int>> _earlier = [];
    private int _comparisons;
    private int _messages;

    private TableChecks(BoundTable table, DiagnosticBag bag)
    {
        _table = table;
        _bag = bag;
        _inputs = [.. table.Inputs.Select(input => new CellSets(input))];
    }

    public static void Check(BoundTable table, DiagnosticBag bag) => new TableChecks(table, bag).Check();

    private void Check()
    {
        foreach (var row in _table.Rows)
        {
            if (FirstEmpty(row) is { } input)
            {
                Report(AnalysisDiagnostics.RowNeverHolds(row.Location, $"no value fits the cell of `{NameOf(input)}`"));
            }
            else
            {
                _rows.Add(row);
            }
        }

        if (_table.Table.Policy == HitPolicy.Collect || _rows.Count < 2)
        {
            return;
        }

        Sweep();
        foreach (var (later, earlier) in _earlier.OrderBy(entry => entry.Key))
        {
            if (_table.Table.Policy == HitPolicy.Unique)
            {
                Report(AnalysisDiagnostics.RowsOverlap(_rows[later].Location, _table.Table.Name, _rows[earlier[0]].Location, _rows[earlier[0]].Number, Witness(_rows[earlier[0]], _rows[later])));
            }
            else if (IsTaken(later, earlier))
            {
                Report(AnalysisDiagnostics.RowNeverHolds(_rows[later].Location, "the rows before it take every record that it could"));
            }
        }

        if (_comparisons > MostComparisons)
        {
            _bag.Add(AnalysisDiagnostics.TableNotChecked(_table.Table.Location, _table.Table.Name));
        }
    }

    private int? FirstEmpty(BoundTableRow row)
    {
        for (var input = 0; input < _inputs.Length; input++)
        {
            if (row.Cells[input] is not null and not BoundMembersCell && _inputs[input].Of(row.Cells[input]).IsEmpty)
            {
                return input;
            }
        }

        return null;
    }

    /// <summary>Finds for each row those before it that share a record with it.</summary>
    private void Sweep()
    {
        var by = Enumerable.Range(0, _inputs.Length)
            .Where(input => !_inputs[input].IsMembers)
            .OrderByDescending(input => _rows.Count(row => row.Cells[input] is not null))
            .ThenByDescending(input => _rows.Select(row => row.Cells[input]).OfType<BoundCell>().Distinct(ReferenceEqualityComparer.Instance).Count())
            .Cast<int?>()
            .FirstOrDefault();
        if (by is not { } swept)
        {
            Pair([.. Enumerable.Range(0, _rows.Count)]);
            return;
        }

        Pair([.. Enumerable.Range(0, _rows.Count).Where(row => _inputs[swept].Of(_rows[row].Cells[swept]).HasNone)]);
        var events = new List<(FactPoint At, int Row, bool IsComing)>();
        for (var row = 0; row < _rows.Count; row++)
        {
            foreach (var interval in _inputs[swept].Of(_rows[row].Cells[swept]).Intervals)
            {
                events.Add((interval.Low, row, true));
                if (interval.End is { } end)
                {
                    events.Add((end, row, false));
                }
            }
        }

        // Going before coming at one point: intervals end before their end.
        events.Sort((left, right) => left.At.CompareTo(right.At) is not 0 and var order ? order : left.IsComing.CompareTo(right.IsComing));
        var active = new HashSet<int>();
        foreach (var (_, row, isComing) in events)
        {
            if (!isComing)
            {
                active.Remove(row);
                continue;
            }

            foreach (var other in active)
            {
                Compare(other, row);
            }

            active.Add(row);
        }
    }

    private void Pair(List<int> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Compare(rows[j], rows[i]);
            }
        }
    }

    private void Compare(int one, int other)
    {
        if (++_comparisons > MostComparisons)
        {
            return;
        }

        var (first, second) = (Math.Min(one, other), Math.Max(one, other));
        if (Share(_rows[first], _rows[second]))
        {
            var earlier = _earlier.TryGetValue(second, out var list) ? list : _earlier[second] = [];
            if (!earlier.Contains(first))
            {
                earlier.Add(first);
                earlier.Sort();
            }
        }
    }

    private bool Share(BoundTableRow one, BoundTableRow other)
    {
        for (var input = 0; input < _inputs.Length; input++)
        {
            var (left, right) = (one.Cells[input], other.Cells[input]);
            if (left is null || right is null || ReferenceEquals(left, right))
            {
                continue;
            }

            if (left is BoundMembersCell a && right is BoundMembersCell b ? !CanShare(a, b) : !Meet(_inputs[input].Of(left), _inputs[input].Of(right)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sets can have the members of both, unless one wants a member only from those that the other forbids.</summary>
    private static bool CanShare(BoundMembersCell left, BoundMembersCell right) =>
        (left.HasNone != left.IsNegated && right.HasNone != right.IsNegated)
        || ((left.IsNegated || !right.IsNegated || (left.Mask & ~right.Mask) != 0) && (right.IsNegated || !left.IsNegated || (right.Mask & ~left.Mask) != 0));

    private static bool Meet(ValueSet left, ValueSet right)
    {
        if (left.HasNone && right.HasNone)
        {
            return true;
        }

        for (int i = 0, j = 0; i < left.Intervals.Length && j < right.Intervals.Length;)
        {
            var (a, b) = (left.Intervals[i], right.Intervals[j]);
            var isBefore = a.End is { } end && end.CompareTo(b.Low) <= 0;
            if (!isBefore && !(b.End is { } other && other.CompareTo(a.Low) <= 0))
            {
                return true;
            }

            _ = isBefore ? i++ : j++;
        }

        return false;
    }

    /// <summary>Takes the boxes of earlier rows away from a row's; true where nothing is left.</summary>
    private bool IsTaken(int row, List<int> earlier)
    {
        var pieces = new List<ValueSet[]> { Box(_rows[row]) };
        foreach (var other in earlier.Select(index => _rows[index]).Where(other => TakesMembers(other, _rows[row])))
        {
            pieces = [.. pieces.SelectMany(piece => Without(piece, Box(other)))];
            if (pieces.Count == 0)
            {
                return true;
            }

            if (pieces.Count > MostPieces)
            {
                return false;
            }
        }

        return false;
    }

    private ValueSet[] Box(BoundTableRow row) =>
        [.. row.Cells.Select((cell, input) => _inputs[input].IsMembers ? ValueSet.Empty : _inputs[input].Of(cell))];

    /// <summary>An earlier row takes every set of members that a later one could have.</summary>
    private static bool TakesMembers(BoundTableRow earlier, BoundTableRow later) => earlier.Cells.Zip(later.Cells).All(pair => pair switch
    {
        (BoundMembersCell one, BoundMembersCell other) => one.IsNegated == other.IsNegated && one.HasNone == other.HasNone
            && (one.IsNegated ? (one.Mask & ~other.Mask) == 0 : (other.Mask & ~one.Mask) == 0),
        (BoundMembersCell, _) => false,
        _ => true,
    });

    private IEnumerable<ValueSet[]> Without(ValueSet[] piece, ValueSet[] taken)
    {
        // Along each input what lies outside, and then on with what lies inside.
        var rest = piece;
        for (var input = 0; input < piece.Length; input++)
        {
            if (_inputs[input].IsMembers)
            {
                continue;
            }

            var inside = rest[input].Intersect(taken[input]);
            var outside = taken[input].Complement(rest[input]);
            if (!outside.IsEmpty)
            {
                ValueSet[] left = [.. rest];
                left[input] = outside;
                yield return left;
            }

            if (inside.IsEmpty)
            {
                yield break;
            }

            rest = [.. rest];
            rest[input] = inside;
        }
    }

    private string Witness(BoundTableRow one, BoundTableRow other) => string.Join(", ", Enumerable.Range(0, _inputs.Length)
        .Where(input => one.Cells[input] is not null || other.Cells[input] is not null)
        .Select(input => $"{NameOf(input)} {(_inputs[input].IsMembers ? Members(one.Cells[input], other.Cells[input], input) : _inputs[input].Example(_inputs[input].Of(one.Cells[input]).Intersect(_inputs[input].Of(other.Cells[input]))))}"));

    private string Members(BoundCell? one, BoundCell? other, int input)
    {
        BoundMembersCell[] cells = [.. new[] { one, other }.OfType<BoundMembersCell>()];
        var forbidden = cells.Where(cell => cell.IsNegated).Aggregate(0L, (mask, cell) => mask | cell.Mask);
        var wanted = cells.Where(cell => !cell.IsNegated).Aggregate(0L, (mask, cell) => mask | (cell.Mask & ~forbidden & -(cell.Mask & ~forbidden)));
        return BoundPrinter.Print(new MembersConstant(wanted), _table.Inputs[input].Type);
    }

    private string NameOf(int input) => _table.Table.Location.Text.ToString(_table.Inputs[input].Syntax.Span);

    private void Report(Diagnostic diagnostic)
    {
        if (_messages++ < MostMessages)
        {
            _bag.Add(diagnostic);
        }
    }
}
