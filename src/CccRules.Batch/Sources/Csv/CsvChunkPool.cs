namespace CccRules.Batch.Sources.Csv;

/// <summary>Chunks that wait to be filled again. Those that grew for one long row are let go.</summary>
internal sealed class CsvChunkPool
{
    /// <summary>Bytes of a chunk: with its rows as columns it stays in a second-level cache.</summary>
    public const int ChunkSize = 256 * 1024;

    private const int MostKept = 64;

    private readonly Stack<CsvChunk> _free = new();

    public CsvChunk Take(int size)
    {
        if (size <= ChunkSize)
        {
            lock (_free)
            {
                if (_free.TryPop(out var chunk))
                {
                    chunk.Reset();
                    return chunk;
                }
            }
        }

        return new CsvChunk(this, Math.Max(size, ChunkSize));
    }

    public void Return(CsvChunk chunk)
    {
        if (chunk.Size != ChunkSize)
        {
            return;
        }

        lock (_free)
        {
            if (_free.Count < MostKept)
            {
                _free.Push(chunk);
            }
        }
    }
}
