using System.Collections.Immutable;
using System.Text;

namespace CccRules.Batch.Profiling;

/// <summary>What stands in a column of the data, as far as it was looked at.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Filled">Rows in which it has a value.</param>
/// <param name="Empty">Rows in which it has none.</param>
/// <param name="Values">Distinct values with their numbers, in order of their first appearance; at most <see cref="MostValues"/>.</param>
/// <param name="HasMoreValues">There are more distinct values.</param>
public sealed record ColumnProfile(string Name, long Filled, long Empty, ImmutableArray<(string Value, long Rows)> Values, bool HasMoreValues)
{
    /// <summary>Distinct values that are remembered.</summary>
    public const int MostValues = 2000;

    internal sealed class Builder(string name)
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<(string Value, long Rows)> _values = [];
        private long _filled;
        private long _empty;
        private bool _hasMore;

        public void Add(ReadOnlySpan<byte> cell)
        {
            var value = Encoding.UTF8.GetString(cell.Trim((byte)' '));
            if (value.Length == 0)
            {
                _empty++;
                return;
            }

            _filled++;
            if (_places.TryGetValue(value, out var place))
            {
                _values[place] = (value, _values[place].Rows + 1);
            }
            else if (_values.Count < MostValues)
            {
                _places.Add(value, _values.Count);
                _values.Add((value, 1));
            }
            else
            {
                _hasMore = true;
            }
        }

        public ColumnProfile Build() => new(name, _filled, _empty, [.. _values], _hasMore);
    }
}
