using CccRules.Runtime.Facts;
using CccRules.Runtime.Records;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Columns;

/// <summary>
/// Fills a <see cref="ColumnBatch"/> from an application's own columns, whole spans at a time. A row without a value is "not known",
/// or <c>none</c> where the caller says so; a value that its fact cannot have is "not known" and is counted.
/// </summary>
/// <remarks>
/// <code>
/// var writer = new ColumnWriter(batch);
/// writer.Begin(rows);
/// writer.Write("manufactured_on", dates, Validity.OfBitmap(bits));
/// evaluator.Classify(batch);
/// </code>
/// </remarks>
public sealed class ColumnWriter
{
    private readonly ColumnBatch _batch;
    private readonly RecordCells _cells;
    private readonly bool[] _isWritten;

    public ColumnWriter(ColumnBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _batch = batch;
        _cells = new RecordCells(batch.Facts, batch.Texts);
        _isWritten = new bool[batch.Facts.Length];
    }

    private delegate long Convert<T>(RecordCells cells, T value, int fact);

    /// <summary>Begins a batch of so many rows; every column is "not known" until it is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch has no room for them.</exception>
    public void Begin(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _batch.Capacity);
        _batch.Count = rows;
        _batch.Texts.Clear();
        for (var fact = 0; fact < _isWritten.Length; fact++)
        {
            if (_isWritten[fact])
            {
                _batch.Fill(fact, Fact.Missing);
                _isWritten[fact] = false;
            }
        }
    }

    /// <summary>The date by which every row is judged.</summary>
    public void JudgeBy(DateOnly asOf)
    {
        var fact = _batch.Facts[^1].Index;
        _isWritten[fact] = true;
        _batch.Fill(fact, asOf.DayNumber);
    }

    /// <summary>A column of yes/no.</summary>
    /// <returns>Rows whose value the fact cannot have.</returns>
    /// <exception cref="ArgumentException">No fact has the name, it is of another kind, or the spans are too short.</exception>
    public int Write(string fact, ReadOnlySpan<bool> values, Validity validity = default, bool absentIsNone = false) =>
        Write(Find(fact, FactKind.YesNo), values, validity, absentIsNone, static (_, value, _) => value ? 1 : 0);

    /// <summary>A column of dates.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{bool}, Validity, bool)"/>
    public int Write(string fact, ReadOnlySpan<DateOnly> values, Validity validity = default, bool absentIsNone = false) =>
        Write(Find(fact, FactKind.Date), values, validity, absentIsNone, static (_, value, _) => value.DayNumber);

    /// <summary>A column of whole numbers, of decimals that are whole, or of durations in the field's unit.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{bool}, Validity, bool)"/>
    public int Write(string fact, ReadOnlySpan<long> values, Validity validity = default, bool absentIsNone = false)
    {
        var schema = Find(fact, FactKind.Integer, FactKind.Decimal, FactKind.Days, FactKind.Months);
        return Write(schema, values, validity, absentIsNone, schema.Kind switch
        {
            FactKind.Integer => static (cells, value, index) => cells.Integer(value, index),
            FactKind.Decimal => static (cells, value, index) => cells.WholeDecimal(value, index),
            _ => static (cells, value, index) => cells.Duration(value, index),
        });
    }

    /// <summary>A column of decimals or amounts of money.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{bool}, Validity, bool)"/>
    public int Write(string fact, ReadOnlySpan<decimal> values, Validity validity = default, bool absentIsNone = false) =>
        Write(Find(fact, FactKind.Decimal), values, validity, absentIsNone, static (cells, value, index) => cells.Decimal(value, index));

    /// <summary>A column of HS codes.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{bool}, Validity, bool)"/>
    public int Write(string fact, ReadOnlySpan<HsCode> values, Validity validity = default, bool absentIsNone = false) =>
        Write(Find(fact, FactKind.HsCode), values, validity, absentIsNone, static (cells, value, index) => cells.HsCodeValue(value, index));

    /// <summary>A column of countries.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{bool}, Validity, bool)"/>
    public int Write(string fact, ReadOnlySpan<CountryCode> values, Validity validity = default, bool absentIsNone = false) =>
        Write(Find(fact, FactKind.Country), values, validity, absentIsNone, static (cells, value, index) => cells.CountryValue(value, index));

    /// <summary>A column of any kind as it would stand in a file; a null is a row without a value.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{bool}, Validity, bool)"/>
    public int Write(string fact, ReadOnlySpan<string?> values, Validity validity = default, bool absentIsNone = false) =>
        Write(
            Find(fact),
            values,
            validity,
            absentIsNone,
            absentIsNone
                ? static (cells, value, index) => value is null ? Fact.None : cells.Cell(value, index)
                : static (cells, value, index) => value is null ? Fact.Missing : cells.Cell(value, index));

    private int Write<T>(FactSchema schema, ReadOnlySpan<T> values, Validity validity, bool absentIsNone, Convert<T> convert)
    {
        if (values.Length < _batch.Count || !validity.Covers(_batch.Count))
        {
            throw new ArgumentException($"The column `{schema.Name}` is shorter than the batch, which has {_batch.Count} rows.", nameof(values));
        }

        if (absentIsNone && !schema.AllowsNone)
        {
            throw new ArgumentException($"`{schema.Name}` cannot be none.", nameof(absentIsNone));
        }

        _isWritten[schema.Index] = true;
        var absent = absentIsNone ? Fact.None : Fact.Missing;
        var faults = 0;
        for (var row = 0; row < _batch.Count; row++)
        {
            var value = validity[row] ? convert(_cells, values[row], schema.Index) : absent;
            if (_cells.HasFaults)
            {
                faults++;
                _cells.ForgetFaults();
            }

            _batch.Set(schema.Index, row, value);
        }

        return faults;
    }

    private FactSchema Find(string name, params ReadOnlySpan<FactKind> kinds)
    {
        foreach (var fact in _batch.Facts)
        {
            if (fact.Name == name && fact.Role != FactRole.EvaluationDate)
            {
                return fact.Kind != FactKind.List && (kinds.Length == 0 || kinds.Contains(fact.Kind))
                    ? fact
                    : throw new ArgumentException($"`{name}` is {RecordRules.Words(fact)}, which such a column cannot hold.", nameof(name));
            }
        }

        throw new ArgumentException($"The rules have no fact `{name}`.", nameof(name));
    }
}
