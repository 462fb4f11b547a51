using System.Text;
using CccRules.Batch;
using CccRules.Batch.Checkpoints;
using CccRules.Batch.Counting;
using CccRules.Batch.Mapping;
using CccRules.Batch.Output;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;
using CccRules.Batch.Sources.Tables;

namespace CccRules.Tests.Batch;

/// <summary>Runs the fake engine from any address to any other, in a folder of its own.</summary>
internal sealed class BatchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ccc-batch-").FullName;

    public string this[string name] => File.ReadAllText(At(name));

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public bool Has(string name) => File.Exists(At(name));

    public BatchFolder With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    public BatchFolder With(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), content);
        return this;
    }

    public IRecordSource Open(string input, SourceOptions? options = null) =>
        RecordSources.Open([input], (options ?? new SourceOptions()) with { Folder = Path });

    /// <summary>Classifies an input into an output.</summary>
    public BatchSummary Run(
        string input,
        string output,
        BatchOptions? options = null,
        SourceOptions? reading = null,
        OutputLayout layout = OutputLayout.Wide,
        RunJournal? journal = null,
        Action<RunProgress>? progress = null,
        CancellationToken stop = default)
    {
        options ??= new BatchOptions();
        using var source = Open(input, reading);
        var columns = RecordLayout.Create(source, FakeEvaluator.Ruleset, options);
        var schema = OutputSchema.Of(columns, layout);
        using var sink = OpenSink(output, schema, journal?.From, options.Explain);
        using var rejects = new RejectsFile(At("rejects.csv")) { IsComplete = journal?.From?.IsAtEnd == true, NamesInput = input.Contains('*') };
        return new BatchClassifier(columns, () => new FakeEvaluator(), options) { OnProgress = progress }.Run(source, sink, rejects, journal, stop);
    }

    /// <summary>What a source gives, read by the fake rules: kept cells of good rows, codes of bad ones.</summary>
    public List<string> Read(string input, SourceOptions? options = null)
    {
        using var source = Open(input, options);
        var batch = new RecordBatch(RecordLayout.Create(source, FakeEvaluator.Ruleset, new BatchOptions()), 64);
        var rows = new List<(long Line, string Text)>();
        while (source.Fill(batch))
        {
            rows.AddRange(Enumerable.Range(0, batch.Count).Select(row => (
                batch.LineOf(row), string.Join('|', Enumerable.Range(0, source.Columns.Length).Select(at => Encoding.UTF8.GetString(batch.KeptCell(row, at)))))));
            rows.AddRange(batch.Rejected.Select(row => (row.Line, string.Join(' ', row.Faults.Select(fault => fault.Code)))));
            batch.Clear();
        }

        return [.. rows.OrderBy(row => row.Line).Select(row => $"{row.Line}: {row.Text}")];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private IRecordSink OpenSink(string output, OutputSchema schema, Checkpoint? from, bool withReasons)
    {
        if (TableAddress.Parse(output) is { } table)
        {
            return table.OpenSink(Path, schema, replaces: false);
        }

        var file = from is null ? OutputFile.Create(At(output)) : OutputFile.Reopen(At(output), from.OutputMark, from.IsAtEnd);
        IRowFormat format = RecordSources.FormatOf(RecordSources.WithoutCompression(output)) == TextFormat.JsonLines
            ? new JsonLinesFormat(schema, withReasons)
            : new CsvFormat(schema, RecordSources.SeparatorOf(RecordSources.WithoutCompression(output)));
        return new FileSink(file, format, RecordSources.IsCompressed(output));
    }
}
