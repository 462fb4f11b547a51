using CccRules.Batch.Output;

namespace CccRules.Batch.Sinks.Tables;

/// <summary>
/// Answers as a table of texts, empty values as NULL. Rows go into a table aside, by transactions that also write down how many records of
/// the data they answer; the last one gives the table its name. So a run that was killed goes on behind the records that are there, whatever its
/// checkpoint knows of them, and no record is there twice.
/// </summary>
internal abstract class TableSink(string shown, OutputSchema schema, bool replaces) : IRecordSink
{
    private long _committed;
    private long _written;
    private bool _isKept;
    private bool _isComplete;
    private bool _hasStarted;

    public bool CanResume => true;

    public long RecordsKept => _committed;

    protected OutputSchema Schema => schema;

    protected bool Replaces => replaces;

    public void Start(long? mark)
    {
        Open();
        if (mark is not { } records)
        {
            if (!replaces && Exists())
            {
                throw Sources.Tables.TableAddress.Exists(shown);
            }

            Create();
            _hasStarted = true;
            return;
        }

        _isKept = true;
        _written = records;
        var committed = CommittedRecords();
        if (committed is null && Exists())
        {
            // Renamed already: only the checkpoint was left over.
            _isComplete = true;
            return;
        }

        _committed = committed is { } there && there >= records ? there
            : throw new IOException($"'{shown}': what the interrupted run had written is gone; begin the run again");
        _hasStarted = true;
    }

    public void Prepare(ClassifiedBatch batch) => TupleText.Write(schema, batch, batch.Prepared);

    public void Write(ClassifiedBatch batch)
    {
        _written = batch.Records.End.Rows;
        if (_written > _committed)
        {
            Insert(batch.Prepared.WrittenSpan);
        }
    }

    public long Checkpoint()
    {
        if (_written > _committed)
        {
            Commit(_written);
            _committed = _written;
        }

        return _written;
    }

    public void Complete()
    {
        if (!_isComplete)
        {
            Finish(Math.Max(_written, _committed));
            _isComplete = true;
        }
    }

    public void Keep() => _isKept = true;

    public void Dispose()
    {
        try
        {
            Close(drop: _hasStarted && !_isKept && !_isComplete);
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is gone, and with it every row that was not committed.
        }
    }

    protected abstract void Open();

    /// <summary>The table is there under its own name.</summary>
    protected abstract bool Exists();

    /// <summary>Makes the table aside anew.</summary>
    protected abstract void Create();

    /// <summary>Records that the table aside answers; null where there is none.</summary>
    protected abstract long? CommittedRecords();

    /// <summary>Adds lines, as <see cref="TupleText"/> has them, to the open transaction.</summary>
    protected abstract void Insert(ReadOnlySpan<byte> tuples);

    /// <summary>Commits what was added, together with the number of records.</summary>
    protected abstract void Commit(long records);

    /// <summary>Commits what was added and gives the table its name, in one transaction.</summary>
    protected abstract void Finish(long records);

    protected abstract void Close(bool drop);
}
