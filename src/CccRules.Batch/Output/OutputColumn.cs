using System.Buffers;
using System.Text;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Output;

/// <summary>
/// A column of the answers, whatever form they take. Every format and every sink asks these alone, so that another kind of column is
/// another class here and an entry in <see cref="OutputSchema"/>. Safe for use on several threads at once.
/// </summary>
public abstract class OutputColumn(string name)
{
    /// <summary>Name of the column; unique in its schema.</summary>
    public string Name { get; } = name;

    /// <summary>Values come from the data as they are and can hold anything; other values are words of ours that need no quoting.</summary>
    public virtual bool IsForeign => false;

    /// <summary>Values are lists, joined by <c>;</c> where a format has no lists.</summary>
    public virtual bool IsList => false;

    /// <summary>The value in a line of the output; valid until the next call with the same <paramref name="scratch"/>.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row of the batch.</param>
    /// <param name="norm">The norm that the line is about; -1 where it is about all.</param>
    /// <param name="scratch">Room to put a value together in.</param>
    public abstract ReadOnlySpan<byte> Value(ClassifiedBatch batch, int row, int norm, ArrayBufferWriter<byte> scratch);

    /// <summary>The value is no text in the data and goes into JSON as it stands; see <see cref="Sources.IRecordRow.IsLiteral"/>.</summary>
    public virtual bool IsLiteral(ClassifiedBatch batch, int row) => false;
}

/// <summary>A column of the data that comes back.</summary>
internal sealed class KeptColumn(string name, int kept) : OutputColumn(name)
{
    public override bool IsForeign => true;

    public override ReadOnlySpan<byte> Value(ClassifiedBatch batch, int row, int norm, ArrayBufferWriter<byte> scratch) =>
        batch.Records.KeptCell(row, kept);

    public override bool IsLiteral(ClassifiedBatch batch, int row) => batch.Records.IsKeptLiteral(row, kept);
}

/// <summary>The outcome of a norm in words, such as <c>not_in_force or breached</c>.</summary>
internal sealed class OutcomeColumn(string name, NormSchema norm) : OutputColumn(name)
{
    private readonly byte[][] _words = OutcomeWords.Of(norm.Kind);

    public override ReadOnlySpan<byte> Value(ClassifiedBatch batch, int row, int norm1, ArrayBufferWriter<byte> scratch) =>
        _words[batch.Outcomes(norm.Index)[row]];
}

/// <summary>The facts that would settle what is open: of all norms, or of the one that the line is about.</summary>
internal sealed class MissingColumn(RulesetManifest manifest) : OutputColumn("missing")
{
    private readonly byte[][] _names = [.. manifest.Facts.Select(fact => Encoding.UTF8.GetBytes(fact.Name))];

    public override bool IsList => true;

    public override ReadOnlySpan<byte> Value(ClassifiedBatch batch, int row, int norm, ArrayBufferWriter<byte> scratch)
    {
        var facts = norm < 0 ? batch.MissingFacts(row) : batch.MissingFacts(row, norm);
        if (facts.IsEmpty)
        {
            return [];
        }

        scratch.ResetWrittenCount();
        for (var i = 0; i < facts.Length; i++)
        {
            if (i != 0)
            {
                scratch.Write(";"u8);
            }

            scratch.Write(_names[facts[i]]);
        }

        return scratch.WrittenSpan;
    }
}

/// <summary>The name of the norm that the line is about.</summary>
internal sealed class NormColumn(IReadOnlyList<string> names) : OutputColumn("norm")
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    public override ReadOnlySpan<byte> Value(ClassifiedBatch batch, int row, int norm, ArrayBufferWriter<byte> scratch) => _names[norm];
}

/// <summary>The outcome of the norm that the line is about.</summary>
internal sealed class OutcomeOfNormColumn(RulesetManifest manifest) : OutputColumn("outcome")
{
    private readonly byte[][][] _words = [.. manifest.Norms.Select(norm => OutcomeWords.Of(norm.Kind))];

    public override ReadOnlySpan<byte> Value(ClassifiedBatch batch, int row, int norm, ArrayBufferWriter<byte> scratch) =>
        _words[norm][batch.Outcomes(norm)[row]];
}

/// <summary>Outcomes in words, ready as bytes.</summary>
internal static class OutcomeWords
{
    public static byte[][] Of(NormKind kind) => [.. Enumerable.Range(0, 256).Select(outcome => Encoding.UTF8.GetBytes(((Outcome)outcome).Name(kind)))];
}
