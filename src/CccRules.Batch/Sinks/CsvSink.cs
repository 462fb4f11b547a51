using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Sinks;

/// <summary>
/// Answers as CSV: the kept columns as they stood in the data, a column for each norm with its outcome in words
/// (<c>not_in_force or breached</c>), and <c>missing</c>: the facts, joined by <c>;</c>, that would settle what is open.
/// </summary>
public sealed class CsvSink : IRecordSink
{
    private const string MissingColumn = "missing";

    private readonly OutputFile _file;
    private readonly RecordLayout _layout;
    private readonly byte[][][] _outcomeNames;
    private readonly byte[][] _factNames;

    /// <exception cref="BatchSetupException">Two columns of the output would have the same name.</exception>
    public CsvSink(OutputFile file, RecordLayout layout)
    {
        _file = file;
        _layout = layout;
        Columns = ColumnNames(layout);
        _outcomeNames = [.. layout.Manifest.Norms.Select(norm => Names(norm.Kind))];
        _factNames = [.. layout.Manifest.Facts.Select(fact => Encoding.UTF8.GetBytes(fact.Name))];
    }

    /// <summary>Names of the output's columns. A norm whose name is not unique goes by its qualified name.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <inheritdoc/>
    public void Start()
    {
        var header = new ArrayBufferWriter<byte>();
        CsvText.WriteLine(header, Columns.AsSpan());
        _file.Stream.Write(header.WrittenSpan);
    }

    /// <inheritdoc/>
    public void Prepare(ClassifiedBatch batch)
    {
        var to = batch.Prepared;
        for (var row = 0; row < batch.Records.Count; row++)
        {
            for (var kept = 0; kept < _layout.Kept.Length; kept++)
            {
                CsvText.WriteField(to, batch.Records.KeptCell(row, kept));
                CsvText.WriteSeparator(to);
            }

            for (var norm = 0; norm < _outcomeNames.Length; norm++)
            {
                to.Write(_outcomeNames[norm][batch.Outcomes(norm)[row]]);
                CsvText.WriteSeparator(to);
            }

            WriteMissing(to, batch.MissingFacts(row));
            CsvText.WriteEnd(to);
        }
    }

    /// <inheritdoc/>
    public void Write(ClassifiedBatch batch) => _file.Stream.Write(batch.Prepared.WrittenSpan);

    /// <inheritdoc/>
    public void Complete() => _file.Commit();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void WriteMissing(ArrayBufferWriter<byte> to, ReadOnlySpan<int> facts)
    {
        if (facts.IsEmpty && Columns.Length == 1)
        {
            // A line with nothing on it would be no record.
            to.Write("\"\""u8);
        }

        for (var i = 0; i < facts.Length; i++)
        {
            if (i != 0)
            {
                to.Write(";"u8);
            }

            to.Write(_factNames[facts[i]]);
        }
    }

    private static byte[][] Names(NormKind kind) =>
        [.. Enumerable.Range(0, 256).Select(outcome => Encoding.UTF8.GetBytes(((Outcome)outcome).Name(kind)))];

    private static ImmutableArray<string> ColumnNames(RecordLayout layout)
    {
        var norms = layout.Manifest.Norms;
        var shared = norms.GroupBy(norm => norm.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
        var qualified = shared.Concat(layout.Kept.Select(column => layout.Columns[column])).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> names =
        [
            .. layout.Kept.Select(column => layout.Columns[column]),
            .. norms.Select(norm => qualified.Contains(norm.Name) ? norm.QualifiedName : norm.Name),
            MissingColumn,
        ];
        var twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? names : throw new BatchSetupException(
            BatchProblemKind.DuplicateOutputColumn,
            $"the output would have two columns '{DisplayText.Of(Encoding.UTF8.GetBytes(twice.Key))}'; choose which columns to keep");
    }
}
