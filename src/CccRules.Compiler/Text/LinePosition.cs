namespace CccRules.Compiler.Text;

/// <summary>A place in a text by line and column, both counted from 0; a column is one UTF-16 unit.</summary>
/// <param name="Line">Lines before this one.</param>
/// <param name="Column">UTF-16 units before this place on its line.</param>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <summary>The line as people count, from 1.</summary>
    public int LineNumber => Line + 1;

    /// <summary>The column as people count, from 1.</summary>
    public int ColumnNumber => Column + 1;

    /// <summary>The two numbers, from 1, as <c>line:column</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{LineNumber}:{ColumnNumber}");
}
