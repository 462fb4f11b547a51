using System.Text;
using CccRules.Batch;
using CccRules.Batch.Counting;
using CccRules.Batch.Mapping;
using CccRules.Batch.Output;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;

namespace CccRules.Tests.Batch;

/// <summary>Runs the fake engine over a CSV text in a folder of its own.</summary>
internal sealed class BatchRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ccc-batch-").FullName;

    public string Input => Path.Combine(Folder, "in.csv");

    public string Output => Path.Combine(Folder, "out.csv");

    public string Rejects => Path.Combine(Folder, "rejects.csv");

    public BatchSummary Run(string text, BatchOptions? options = null) => Run(Encoding.UTF8.GetBytes(text), options);

    public BatchSummary Run(byte[] bytes, BatchOptions? options = null, Func<IBatchEvaluator>? evaluators = null, CancellationToken stop = default)
    {
        File.WriteAllBytes(Input, bytes);
        options ??= new BatchOptions();
        using var source = CsvSource.Open(Input);
        var layout = RecordLayout.Create(source, FakeEvaluator.Ruleset, options);
        using var sink = new FileSink(OutputFile.Create(Output, Input), new CsvFormat(OutputSchema.Of(layout)));
        using var rejects = new RejectsFile(Rejects, Input, Output);
        return new BatchClassifier(layout, evaluators ?? (() => new FakeEvaluator()), options).Run(source, sink, rejects, null, stop);
    }

    public string[] OutputLines() => File.ReadAllLines(Output);

    public string[] RejectLines() => File.ReadAllLines(Rejects);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
