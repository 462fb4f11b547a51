using System.Diagnostics;
using System.Globalization;
using CccRules.Batch.Sources;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Files;

/// <summary>A CSV job in a process that does nothing else, so that its peak of memory is the job's.</summary>
internal static class MemoryProbe
{
    /// <summary>The first argument of a process that is a probe.</summary>
    public const string Argument = "memory-of";

    /// <summary>Classifies a file's rows over and over, and prints the sums of the outcomes.</summary>
    public static void Run(string path, string times)
    {
        var ruleset = RuleText.Load(RuleSet.Create(CsvComparison.Rules, new HsCodes()).Rules);
        var rows = new RepeatedRows(path, int.Parse(times, CultureInfo.InvariantCulture));
        CsvJob.Run(InputBytes.Of(rows, "rows over and over"), ruleset, threads: 2);
        using var process = Process.GetCurrentProcess();
        Console.Write(process.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A file whose rows come again and again below one header.</summary>
    private sealed class RepeatedRows(string path, int times) : Stream
    {
        private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        private readonly long _header = File.ReadLines(path).First().Length + 1;
        private int _done;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var read = _file.Read(buffer);
            if (read == 0 && ++_done < times)
            {
                _file.Position = _header;
                read = _file.Read(buffer);
            }

            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _file.Dispose();
            base.Dispose(disposing);
        }
    }
}
