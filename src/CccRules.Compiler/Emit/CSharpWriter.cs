using System.Globalization;
using System.Numerics;
using System.Text;

namespace CccRules.Compiler.Emit;

/// <summary>Lines of C# with indentation.</summary>
internal sealed class CSharpWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line)
    {
        _text.Append(' ', line.Length == 0 ? 0 : 4 * _depth).Append(line).Append('\n');
    }

    public void Line() => _text.Append('\n');

    /// <summary>A line and an opening brace; <see cref="Close"/> ends the block.</summary>
    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    /// <summary>A block without a head: names in it are its own.</summary>
    public void OpenBlock()
    {
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    public override string ToString() => _text.ToString();

    /// <summary>A 64-bit number as a C# literal.</summary>
    public static string Long(BigInteger number) =>
        number == long.MinValue ? "long.MinValue" : string.Create(CultureInfo.InvariantCulture, $"{number}L");

    /// <summary>A 128-bit number as a C# expression.</summary>
    public static string Wide(BigInteger number)
    {
        if (number >= long.MinValue + 1 && number <= long.MaxValue)
        {
            return Long(number);
        }

        var bits = unchecked((UInt128)(Int128)number);
        return string.Create(CultureInfo.InvariantCulture, $"new Int128(0x{(ulong)(bits >> 64):X}UL, 0x{(ulong)bits:X}UL)");
    }

    public static string Int(int number) => number.ToString(CultureInfo.InvariantCulture);
}
