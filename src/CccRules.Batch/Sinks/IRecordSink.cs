namespace CccRules.Batch.Sinks;

/// <summary>Where answers go. Disposed of before <see cref="Complete"/>, it leaves nothing behind.</summary>
public interface IRecordSink : IDisposable
{
    /// <summary>Called once before the first batch.</summary>
    void Start();

    /// <summary>
    /// Turns a batch into output as far as that needs no order, into <see cref="ClassifiedBatch.Prepared"/>. Called on several threads
    /// at once, each with a batch of its own.
    /// </summary>
    void Prepare(ClassifiedBatch batch);

    /// <summary>Takes the next batch, in the order of the data.</summary>
    void Write(ClassifiedBatch batch);

    /// <summary>Makes the output final; nothing may follow.</summary>
    void Complete();
}

/// <summary>Where refused rows go. Disposed of before <see cref="Complete"/>, it leaves nothing behind.</summary>
public interface IRejectSink : IDisposable
{
    /// <summary>Takes the refused rows of the next batch, in the order of the data; often none.</summary>
    void Write(IReadOnlyList<RejectedRow> rows);

    /// <summary>Makes the rejects final; nothing may follow.</summary>
    void Complete();
}
