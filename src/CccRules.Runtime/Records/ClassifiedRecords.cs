using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>Records of a stream with their outcomes. Holds until the stream is asked for the next batch.</summary>
public sealed class ClassifiedRecords<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>
{
    private readonly RecordWriter<T> _write;
    private readonly RecordRun _run;
    private readonly ColumnBatch _batch;
    private readonly T[] _records;
    private readonly DateOnly? _asOf;
    private readonly Dictionary<int, ImmutableArray<RecordFault>> _faults = [];

    internal ClassifiedRecords(RecordBinding<T> binding, DateOnly? asOf)
    {
        var facts = binding.Ruleset.Manifest.Facts;
        _write = binding.Writer;
        _batch = new ColumnBatch(facts, binding.Ruleset.BatchRows);
        _records = new T[_batch.Capacity];
        _run = new RecordRun(binding.Ruleset, binding.Names, _batch.Texts);
        _run.Assume(binding.Assumptions);
        _asOf = asOf;
    }

    /// <summary>Number of records.</summary>
    public int Count => _batch.Count;

    /// <summary>A record as it came.</summary>
    public T this[int index] => _records.AsSpan(0, Count)[index];

    internal bool IsFull => Count == _batch.Capacity;

    /// <summary>Outcome of a norm for a record.</summary>
    public Outcome Outcome(int index, NormSchema norm) => Outcomes(norm)[index];

    /// <summary>Outcomes of a norm, one a record.</summary>
    public ReadOnlySpan<Outcome> Outcomes(NormSchema norm) => _run.Engine.Outcomes(norm);

    /// <summary>When a deadline is due for a record; empty for other norms, and where nothing can be due.</summary>
    public DueDate DueOf(int index, NormSchema norm)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return Outcome(index, norm).CanBeDue() ? DueDate.Of(_run.Engine.DueOf(norm.Index, index), norm.Deadline is not null) : default;
    }

    /// <summary>Values of a record that could not be read; their facts count as not known.</summary>
    public ImmutableArray<RecordFault> Faults(int index) => _faults.GetValueOrDefault(index, []);

    /// <summary>Everything about one record: what is missing, from when a norm applies, why. Evaluates the record once more.</summary>
    public Classification Of(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        _batch.CopyRow(index, _run.Cells.Facts);
        return new Classification(_run, _run.Evaluate(out var outcomes), outcomes, ref Unsafe.NullRef<byte>());
    }

    internal void Clear()
    {
        // Records of the last batch are not kept alive.
        Array.Clear(_records, 0, _batch.Count);
        _batch.Count = 0;
        _batch.Texts.Clear();
        _faults.Clear();
    }

    internal void Add(T record)
    {
        var row = _batch.Count++;
        _records[row] = record;
        _run.JudgeBy(_asOf);
        _write(in record, _run.Cells);
        var facts = _run.Cells.Facts;
        for (var fact = 0; fact < facts.Length; fact++)
        {
            _batch.Set(fact, row, facts[fact]);
        }

        if (_run.HasFaults)
        {
            _faults[row] = _run.Faults();
            _run.Cells.ForgetFaults();
            _run.Cells.OtherFaults.Clear();
        }
    }

    internal void Classify() => _run.Engine.Classify(_batch);
}
