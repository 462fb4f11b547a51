namespace CccRules.Batch.Sources.Text;

/// <summary>A stream whose first bytes are read and left out, because there is no shorter way to the place behind them.</summary>
internal sealed class SkippingStream(Stream inner, long skip, string name) : ReadOnlyStream(inner)
{
    private long _left = skip;

    public override int Read(Span<byte> buffer)
    {
        if (_left > 0)
        {
            Skip();
        }

        return Inner.Read(buffer);
    }

    private void Skip()
    {
        var room = new byte[64 * 1024];
        while (_left > 0)
        {
            var read = Inner.Read(room, 0, (int)Math.Min(room.Length, _left));
            if (read == 0)
            {
                throw new IOException($"'{name}' ends before the place that it was read to before");
            }

            _left -= read;
        }
    }
}
