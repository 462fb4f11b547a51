using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Runtime.Records;

/// <summary>
/// Classifies an application's own records. Allocates nothing once warm (but for sets that are neither arrays, lists, hash sets nor
/// indexed). Belongs to one thread: <see cref="Fork"/> makes one for another.
/// </summary>
/// <typeparam name="T">See <see cref="RecordBinding{T}"/>.</typeparam>
public sealed class RecordEvaluator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>
{
    private readonly RecordRun _run;
    private readonly RecordWriter<T> _write;

    private readonly CodeReader<T>? _readCode;
    private readonly CodeTextReader<T>? _readText;
    private readonly SettledCodes? _settled;

    internal RecordEvaluator(RecordBinding<T> binding)
    {
        Binding = binding;
        _write = binding.Writer;
        _readCode = binding.CodeReader;
        _readText = binding.CodeTextReader;
        _settled = binding.Ruleset.Gate?.Texts;
        _run = new RecordRun(binding.Ruleset, binding.Names, rest: new RestReader<T>(binding.Writer));
        _run.Assume(binding.Assumptions);
    }

    /// <summary>What the evaluators of all threads share.</summary>
    public RecordBinding<T> Binding { get; }

    public Ruleset Ruleset => Binding.Ruleset;

    /// <summary>
    /// Classifies a record. Never throws for what a record holds: a value that its fact cannot have is a fault of the answer, and
    /// counts as not known.
    /// </summary>
    /// <param name="record">
    /// Must stay as it is while the answer is used: where its HS code settles every outcome, its other properties are read only when more than
    /// outcomes is asked for. A property that throws lets its exception through.
    /// </param>
    /// <param name="asOf">The date by which the record is judged; null where it is not known, which leaves open what hangs on it.</param>
    /// <exception cref="ArgumentNullException">The record is null.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Classification Evaluate(in T record, DateOnly? asOf)
    {
        // Before the code is optimised, asking a struct whether it is null would box it.
        if (!typeof(T).IsValueType && record is null)
        {
            throw new ArgumentNullException(nameof(record));
        }

        var number = Run(in record, asOf, out var outcomes);
        return new Classification(_run, number, outcomes, in Unsafe.As<T, byte>(ref Unsafe.AsRef(in record)));
    }

    private int Run(in T record, DateOnly? asOf, out byte[] outcomes)
    {
        _run.Next();
        _run.JudgeBy(asOf);
        if (_readCode is null)
        {
            _run.Cells.IsUsed = true;
            _write(in record, _run.Cells);
            return _run.Evaluate(out outcomes);
        }

        var text = _readText is null ? null : _readText(in record);
        if (text is not null && _settled!.Find(text) is { } known)
        {
            outcomes = known;
            return _run.LeaveUnread();
        }

        var code = _readCode(in record, _run.Cells);
        if (_run.Engine.TrySettle(code, out var answer))
        {
            if (text is not null && Fact.IsKnown(code))
            {
                _settled!.Add(text, answer.Outcomes);
            }

            outcomes = answer.Outcomes;
            return _run.LeaveUnread();
        }

        _run.Cells.IsUsed = true;
        _write(in record, _run.Cells);
        return _run.Evaluate(answer, out outcomes);
    }

    /// <summary>
    /// Classifies a stream of records, many at a time by the columnar engine. A batch is handed over when it is full, and earlier where the
    /// source makes it wait, so that a slow source delays nothing. Each batch holds until the next is asked for.
    /// </summary>
    /// <param name="records">Read once, in order; at most one batch ahead.</param>
    /// <param name="asOf">The date by which the records are judged; null where it is not known.</param>
    /// <param name="cancellation">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<ClassifiedRecords<T>> ClassifyAsync(IAsyncEnumerable<T> records, DateOnly? asOf, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return RecordStream<T>.RunAsync(Binding, records, asOf, cancellation);
    }

    /// <summary>An evaluator for another thread.</summary>
    public RecordEvaluator<T> Fork() => new(Binding);
}
