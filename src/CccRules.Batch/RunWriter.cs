using System.Diagnostics;
using CccRules.Batch.Checkpoints;
using CccRules.Batch.Counting;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;

namespace CccRules.Batch;

/// <summary>The end of a run: what is written, counted and marked, in the order of the data, on one thread at a time.</summary>
/// <remarks>
/// A checkpoint is written when everything before it is on the disk: the rejects, then the answers, then the checkpoint. Whatever is
/// killed in between leaves the checkpoint before, and what was written after that one is dropped when the run is resumed.
/// </remarks>
internal sealed class RunWriter(IRecordSource source, IRecordSink sink, IRejectSink? rejects, RunJournal? journal, RunTally tally, RejectLimit? mostRejects)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string? _identity = source.Identity;
    private SourcePosition _position;

    public Action<RunProgress>? OnProgress { get; init; }

    /// <summary>Batches that were written, in earlier runs too.</summary>
    public long Batches { get; private set; }

    /// <summary>Records whose answers the sink has already, whatever the checkpoint says.</summary>
    public long RecordsKept => sink.RecordsKept;

    public void Start()
    {
        if (journal?.From is { } from)
        {
            if (!from.IsAtEnd)
            {
                source.Resume(from.Position);
            }

            _position = from.Position;
            Batches = from.Batches;
            IsAtEnd = from.IsAtEnd;
        }

        rejects?.Start(journal?.From?.RejectsMark);
        sink.Start(journal?.From?.OutputMark);
    }

    /// <summary>Nothing is left to read: the run that is continued had come that far.</summary>
    public bool IsAtEnd { get; private set; }

    public void Write(ClassifiedBatch batch)
    {
        tally.Add(batch);
        sink.Write(batch);
        rejects?.Write(batch.Records.Rejected);
        _position = batch.Records.End;
        Batches = batch.Number + 1;
        CheckRejects(isAtEnd: false);
        if (journal is { IsDue: true })
        {
            Save(isAtEnd: false);
        }

        OnProgress?.Invoke(new RunProgress(tally.Rows, tally.Rejected, source.Fraction));
    }

    /// <summary>Puts everything in its place.</summary>
    /// <exception cref="InvalidOperationException">Not all that was read was written: a fault of this program.</exception>
    public BatchSummary Complete()
    {
        CheckRejects(isAtEnd: true);
        if (!IsAtEnd)
        {
            CheckUnchanged();
            if (source.RowsRead != _position.Rows)
            {
                throw new InvalidOperationException($"Rows were lost: {source.RowsRead} read, {_position.Rows} written.");
            }
        }

        if (journal is not null)
        {
            // From here on a resumed run has only to put in place what is not there yet.
            Save(isAtEnd: true);
            Keep();
        }

        var summary = tally.Summarize(_position, _clock.Elapsed);
        rejects?.Complete();
        sink.Complete();
        journal?.Complete();
        return summary;
    }

    /// <summary>Marks the place where somebody stopped the run.</summary>
    public void Stop()
    {
        if (journal is null || Batches == 0)
        {
            return;
        }

        Save(IsAtEnd);
        Keep();
    }

    /// <summary>Leaves the last checkpoint, where there is one, with what belongs to it.</summary>
    public void Fail()
    {
        if (journal is { HasSaved: true })
        {
            Keep();
        }
    }

    private void Keep()
    {
        sink.Keep();
        rejects?.Keep();
    }

    private void Save(bool isAtEnd)
    {
        if (!isAtEnd)
        {
            CheckUnchanged();
        }

        var rejectsMark = rejects?.Checkpoint() ?? 0;
        var outputMark = sink.Checkpoint();
        journal?.Save(new Checkpoint
        {
            Identity = journal.Identity,
            Position = _position,
            Batches = Batches,
            OutputMark = outputMark,
            RejectsMark = rejectsMark,
            IsAtEnd = isAtEnd,
            Counts = tally.Summarize(_position, _clock.Elapsed),
        });
    }

    private void CheckRejects(bool isAtEnd)
    {
        if (mostRejects is null || !mostRejects.IsExceeded(tally.Rejected, tally.RowsTaken, isAtEnd))
        {
            return;
        }

        // Whoever has to mend the data needs to see them.
        rejects?.Complete();
        throw new TooManyRejectsException(mostRejects, tally.Rejected, tally.RowsTaken);
    }

    /// <exception cref="DataChangedException">The data are no longer those that the run began with.</exception>
    private void CheckUnchanged()
    {
        if (source.Identity != _identity)
        {
            throw new DataChangedException(source.Name, "was changed while it was read");
        }
    }
}
