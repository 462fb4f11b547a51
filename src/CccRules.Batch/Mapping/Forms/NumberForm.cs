using System.Buffers;
using System.Text;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping.Forms;

/// <summary>
/// Numbers by an example: <c>1.234,5</c> has a decimal comma and points between groups of three digits, <c>1234,5</c> has a decimal comma
/// alone, and so on for <c>1,234.5</c>, <c>1 234,5</c>, <c>1'234.5</c>. Groups may be left out in a value, but not stand at a wrong place.
/// </summary>
internal sealed class NumberForm : ValueForm
{
    private readonly string _example;
    private readonly byte[] _group;
    private readonly byte _decimal;

    private NumberForm(string example, string group, char point)
    {
        _example = example;
        _group = Encoding.UTF8.GetBytes(group);
        _decimal = (byte)point;
    }

    public override string Text => $"number {_example}";

    internal override RowFaultKind Fault => RowFaultKind.NotOfNumberForm;

    public override bool Fits(FactKind kind) => kind is FactKind.Integer or FactKind.Decimal;

    public static new NumberForm Parse(string example)
    {
        var (point, group) = example.Length switch
        {
            6 => (example[4], ""),
            7 => (example[5], example[1..2]),
            _ => ('\0', ""),
        };
        return point is ',' or '.' && group is "" or "," or "." or " " or "'" or "\u00A0" or "\u202F" && group != point.ToString() && example == $"1{group}234{point}5"
            ? new NumberForm(example, group, point)
            : throw new FormatException("a number is shown by an example: 1.234,5 or 1,234.5 or 1 234,5 or 1234,5");
    }

    internal override bool TryRewrite(ReadOnlySpan<byte> value, IBufferWriter<byte> to)
    {
        Span<byte> number = stackalloc byte[64];
        var length = 0;
        var digits = 0;
        var groups = 0;
        if (value[0] is (byte)'-' or (byte)'+')
        {
            number[length++] = value[0];
            value = value[1..];
        }

        var point = value.LastIndexOf(_decimal);
        var whole = point < 0 ? value : value[..point];
        while (!whole.IsEmpty)
        {
            if (_group.Length > 0 && whole.StartsWith(_group))
            {
                if (groups == 0 ? digits is 0 or > 3 : digits != 3)
                {
                    return false;
                }

                groups++;
                digits = 0;
                whole = whole[_group.Length..];
                continue;
            }

            if (whole[0] is < (byte)'0' or > (byte)'9' || length >= 32)
            {
                return false;
            }

            digits++;
            number[length++] = whole[0];
            whole = whole[1..];
        }

        if (digits == 0 || (groups > 0 && digits != 3))
        {
            return false;
        }

        var decimals = point < 0 ? [] : value[(point + 1)..];
        if (point >= 0)
        {
            if (decimals.IsEmpty || decimals.Length > 30 || decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }

            number[length++] = (byte)'.';
            decimals.CopyTo(number[length..]);
            length += decimals.Length;
        }

        to.Write(number[..length]);
        return true;
    }
}
