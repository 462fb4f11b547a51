using System.Runtime.CompilerServices;

namespace CccRules.Runtime.Records;

/// <summary>
/// Reads what was left unread of a record whose code had settled every outcome, when somebody asks for more than outcomes, such as faults or
/// reasons.
/// </summary>
internal abstract class RestReader
{
    /// <param name="record">Where the record is, whatever its type.</param>
    public abstract void Read(ref readonly byte record, RecordCells cells);
}

/// <inheritdoc/>
internal sealed class RestReader<T>(RecordWriter<T> write) : RestReader
{
    public override void Read(ref readonly byte record, RecordCells cells) =>
        write(ref Unsafe.As<byte, T>(ref Unsafe.AsRef(in record)), cells);
}
