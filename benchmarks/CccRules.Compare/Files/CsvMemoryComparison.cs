using System.Diagnostics;
using CccRules.Batch.Sources;
using CccRules.Compare.Measuring;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Files;

/// <summary>Line 10: the memory of a CSV job does not grow with the file. The long file is the short one's rows over and over.</summary>
internal sealed class CsvMemoryComparison : IComparison
{
    public IReadOnlyList<string> Numbers => ["10"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var rows = options.IsQuick ? 50_000 : 1_000_000;
        var codes = new HsCodes();
        var ruleset = RuleText.Load(RuleSet.Create(12, codes).Rules);
        var path = CsvData.Make(options.DataFolder, rows, codes);
        var few = Peak(() => CsvJob.Run(new InputFile(path), ruleset, threads: 2));
        var many = Peak(() => CsvJob.Run(InputBytes.Of(new RepeatedRows(path, 100), "rows over and over"), ruleset, threads: 2));
        yield return new ResultRow(
            "10", "memory of a CSV job, a hundred times the rows", Goal.AtMost(1.1, 1.1), many / few,
            FormattableString.Invariant($"peak of the whole process {few / 1e6:0} MB for {rows:N0} rows, {many / 1e6:0} MB for {100L * rows:N0} (compiler and generated data included), two threads"));
    }

    /// <summary>The largest resident set that the process has had up to the end of a run.</summary>
    private static double Peak(Action run)
    {
        run();
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
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
