namespace CccRules.Batch.Sources;

/// <summary>Rows that a source has found and not read yet, so that the reading can be done on another thread.</summary>
internal interface IDeferredRows
{
    /// <summary>Rows, good and bad.</summary>
    int Count { get; }

    /// <summary>Bytes of the data that they take.</summary>
    int Bytes { get; }

    /// <summary>Reads them into a batch; called once.</summary>
    void ReadInto(RecordBatch batch);
}
