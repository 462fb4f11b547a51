using System.Buffers;

namespace CccRules.Batch.Sinks;

/// <summary>How answers look as bytes. Safe for use on several threads at once.</summary>
public interface IRowFormat
{
    /// <summary>What stands before the first record.</summary>
    void WriteHeader(IBufferWriter<byte> to);

    /// <summary>Writes every good row of a batch.</summary>
    void WriteRows(ClassifiedBatch batch, IBufferWriter<byte> to);
}
