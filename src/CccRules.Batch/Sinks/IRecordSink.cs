namespace CccRules.Batch.Sinks;

/// <summary>
/// Something that is there as a whole or not at all. Disposed of before <see cref="Complete"/> it leaves nothing behind, unless it was
/// told to <see cref="Keep"/> what a later run goes on with.
/// </summary>
public interface IResumableOutput : IDisposable
{
    /// <summary>A later run can go on with what is kept; a pipe cannot.</summary>
    bool CanResume { get; }

    /// <summary>Called once before anything else is asked.</summary>
    /// <param name="mark">What <see cref="Checkpoint"/> said in the run that is continued; what was written after it is dropped. Null begins anew.</param>
    /// <exception cref="IOException">What was kept is not there.</exception>
    void Start(long? mark);

    /// <summary>Makes durable what was written, and says what to give to <see cref="Start"/> to go on from here.</summary>
    long Checkpoint();

    /// <summary>Makes the output final; nothing may follow.</summary>
    void Complete();

    /// <summary>Leaves what is written for a later run.</summary>
    void Keep();
}

/// <summary>Where answers go.</summary>
public interface IRecordSink : IResumableOutput
{
    /// <summary>
    /// Records of the data, from the first on, whose answers are kept already, whatever <see cref="IResumableOutput.Start"/> was told; 0 for none.
    /// A batch ends behind the last of them, and those up to there need not be written again.
    /// </summary>
    long RecordsKept => 0;

    /// <summary>
    /// Turns a batch into output as far as that needs no order, into <see cref="ClassifiedBatch.Prepared"/>. Called on several threads
    /// at once, each with a batch of its own.
    /// </summary>
    void Prepare(ClassifiedBatch batch);

    /// <summary>Takes the next batch, in the order of the data.</summary>
    void Write(ClassifiedBatch batch);
}

/// <summary>Where refused rows go.</summary>
public interface IRejectSink : IResumableOutput
{
    /// <summary>Takes the refused rows of the next batch, in the order of the data; often none.</summary>
    void Write(IReadOnlyList<RejectedRow> rows);
}
