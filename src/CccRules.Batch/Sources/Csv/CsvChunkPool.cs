namespace CccRules.Batch.Sources.Csv;

/// <summary>
/// Chunks that wait to be filled again; those that grew for one long row are let go. When nothing more is read their arrays go back to where other
/// runs of the process take theirs from: to make such large ones anew would set the garbage collector going.
/// </summary>
internal sealed class CsvChunkPool : IDisposable
{
    /// <summary>
    /// Bytes of a chunk: with its rows as columns it stays in a second-level cache. With its margins it is as large as arrays are that are shared.
    /// </summary>
    public const int ChunkSize = (256 * 1024) - (2 * CsvChunk.Margin);

    private const int MostKept = 64;

    private readonly Stack<CsvChunk> _free = new();
    private bool _isClosed;

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

    /// <summary>Takes a chunk back that nobody reads any more.</summary>
    public void Return(CsvChunk chunk)
    {
        lock (_free)
        {
            if (!_isClosed && chunk.Size == ChunkSize && _free.Count < MostKept)
            {
                _free.Push(chunk);
                return;
            }
        }

        chunk.GiveBack();
    }

    /// <summary>Gives back what is free, and from then on every chunk that becomes free.</summary>
    public void Dispose()
    {
        lock (_free)
        {
            _isClosed = true;
            while (_free.TryPop(out var chunk))
            {
                chunk.GiveBack();
            }
        }
    }
}
