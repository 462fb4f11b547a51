using System.Collections.Immutable;

namespace CccRules.Batch.Sources;

/// <summary>Several sources with the same columns as one, each read to its end before the next is opened.</summary>
internal sealed class ChainedSource : IRecordSource
{
    private readonly ImmutableArray<Func<IRecordSource>> _parts;
    private IRecordSource _current;
    private int _part;
    private long _rowsBefore;
    private long _blankLinesBefore;

    private ChainedSource(ImmutableArray<Func<IRecordSource>> parts, IRecordSource first)
    {
        _parts = parts;
        _current = first;
        Columns = first.Columns;
        FormatHint = first.FormatHint;
        Name = $"{parts.Length} inputs from {first.Name} on";
    }

    public string Name { get; }

    public ImmutableArray<string> Columns { get; }

    public string? FormatHint { get; }

    public long RowsRead => _rowsBefore + _current.RowsRead;

    public long BlankLines => _blankLinesBefore + _current.BlankLines;

    public double? Fraction => _current.Fraction is { } fraction ? (_part + fraction) / _parts.Length : null;

    public SourcePosition Position => Total(_current.Position);

    public string? Identity
    {
        get
        {
            var identities = new List<string>();
            foreach (var open in _parts)
            {
                using var part = open();
                if (part.Identity is not { } identity)
                {
                    return null;
                }

                identities.Add($"{part.Name}: {identity}");
            }

            return string.Join('\n', identities);
        }
    }

    /// <exception cref="BatchSetupException">Their columns are not the same.</exception>
    public static ChainedSource Open(ImmutableArray<Func<IRecordSource>> parts)
    {
        var first = parts[0]();
        try
        {
            foreach (var open in parts.Skip(1))
            {
                using var other = open();
                if (!other.Columns.SequenceEqual(first.Columns, StringComparer.Ordinal))
                {
                    throw new BatchSetupException(
                        BatchProblemKind.DifferentColumns, $"'{other.Name}' has other columns than '{first.Name}', or in another order: {Difference(first, other)}");
                }
            }

            return new ChainedSource(parts, first);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    public bool Fill(RecordBatch batch)
    {
        while (true)
        {
            batch.Input = _current.Name;
            if (_current.Fill(batch))
            {
                return true;
            }

            if (_part + 1 == _parts.Length)
            {
                return false;
            }

            _rowsBefore += _current.RowsRead;
            _blankLinesBefore += _current.BlankLines;
            GoTo(_part + 1);
        }
    }

    public void Resume(SourcePosition position)
    {
        GoTo(position.Part);
        _rowsBefore = position.RowsBefore;
        _blankLinesBefore = position.BlankLinesBefore;
        _current.Resume(position with { Rows = position.Rows - _rowsBefore, BlankLines = position.BlankLines - _blankLinesBefore, Part = 0, RowsBefore = 0, BlankLinesBefore = 0 });
    }

    public void Dispose() => _current.Dispose();

    private void GoTo(int part)
    {
        _current.Dispose();
        _part = part;
        _current = _parts[part]();
    }

    private SourcePosition Total(SourcePosition position) => position with
    {
        Rows = RowsRead,
        BlankLines = BlankLines,
        Part = _part,
        RowsBefore = _rowsBefore,
        BlankLinesBefore = _blankLinesBefore,
    };

    private static string Difference(IRecordSource first, IRecordSource other)
    {
        var missing = first.Columns.Except(other.Columns, StringComparer.Ordinal).FirstOrDefault();
        var added = other.Columns.Except(first.Columns, StringComparer.Ordinal).FirstOrDefault();
        return missing is not null ? $"it lacks '{missing}'" : added is not null ? $"it has '{added}' besides" : "the order differs";
    }
}
