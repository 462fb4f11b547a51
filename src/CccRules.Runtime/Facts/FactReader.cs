using System.Diagnostics;
using System.Text.Unicode;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Facts;

/// <summary>
/// Reads one fact from text, strictly and the same on every machine: no culture, no guess, no allocation
/// (but for texts not seen before). One instance a fact; safe for concurrent use.
/// </summary>
/// <remarks>
/// ASCII spaces around a value are dropped, for every kind; nothing else is. An empty value is missing, or
/// <c>none</c> where the field says so. The word <c>none</c> means none where the field allows it. By kind:
/// <list type="bullet">
/// <item>yes/no: yes, y, true, 1, 是; no, n, false, 0, 否; any case.</item>
/// <item>integer: sign, digits. Decimal and money: sign, digits, a point and digits; beyond six decimals only zeros.
/// Either may be followed by one space and the field's unit, written exactly.</item>
/// <item>text: any valid UTF-8 without NUL.</item>
/// <item>date: yyyy-mm-dd, years 0001 to 9999, a day that exists.</item>
/// <item>duration: a whole number in the field's unit, or with one space and <c>days</c>, <c>weeks</c> or
/// <c>months</c>, <c>years</c>; at most 9999 years.</item>
/// <item>member: its name, case and all. Members: names separated by <c>;</c> or <c>|</c>; the empty set is <c>{}</c>.</item>
/// <item>country: two capital letters that ISO 3166-1 assigns. HS code: see <see cref="HsCode"/>.</item>
/// </list>
/// </remarks>
public sealed class FactReader
{
    private readonly FactKind _kind;
    private readonly bool _allowsNone;
    private readonly long _empty;
    private readonly FactFault _emptyFault;
    private readonly byte[] _unit;
    private readonly int _bareDuration;
    private readonly MemberNames? _members;

    public FactReader(FactSchema schema)
    {
        Schema = schema;
        _kind = schema.Kind;
        _allowsNone = schema.AllowsNone;
        _empty = schema.EmptyIsNone ? Fact.None : Fact.Missing;
        _emptyFault = schema is { IsRequired: true, EmptyIsNone: false } ? FactFault.RequiredButEmpty : FactFault.None;
        _unit = _kind is FactKind.Integer or FactKind.Decimal ? System.Text.Encoding.UTF8.GetBytes(schema.Unit ?? "") : [];
        _bareDuration = DurationText.FactorOf(schema.Unit);
        _members = _kind is FactKind.Member or FactKind.Members ? new MemberNames(schema.Members) : null;
    }

    /// <summary>The fact that is read.</summary>
    public FactSchema Schema { get; }

    /// <summary>Reads a value. On a fault the fact is <see cref="Fact.Missing"/>.</summary>
    /// <param name="utf8">The value as it stands in the data, unquoted.</param>
    /// <param name="texts">Where texts go; not touched by other kinds.</param>
    public FactFault Read(ReadOnlySpan<byte> utf8, TextDictionary texts, out long fact)
    {
        var text = utf8.Trim((byte)' ');
        if (text.IsEmpty)
        {
            fact = _emptyFault == FactFault.None ? _empty : Fact.Missing;
            return _emptyFault;
        }

        // Text and members may mean the word itself; elsewhere it is no value.
        if (text.SequenceEqual("none"u8) && (_allowsNone || _kind is not (FactKind.Text or FactKind.Member or FactKind.Members)))
        {
            fact = _allowsNone ? Fact.None : Fact.Missing;
            return _allowsNone ? FactFault.None : FactFault.NoneNotAllowed;
        }

        var fault = ReadValue(text, texts, out fact);
        if (fault != FactFault.None)
        {
            fact = Fact.Missing;
        }

        return fault;
    }

    private FactFault ReadValue(ReadOnlySpan<byte> text, TextDictionary texts, out long fact)
    {
        switch (_kind)
        {
            case FactKind.YesNo:
                return YesNoText.Read(text, out fact);
            case FactKind.Integer or FactKind.Decimal:
                return ReadNumber(text, out fact);
            case FactKind.Text:
                return ReadText(text, texts, out fact);
            case FactKind.Date:
                return DateText.Read(text, out fact);
            case FactKind.Days or FactKind.Months:
                return DurationText.Read(text, _kind, _bareDuration, out fact);
            case FactKind.Member:
                fact = Find(text);
                return fact < 0 ? FactFault.UnknownMember : FactFault.None;
            case FactKind.Members:
                return ReadMembers(text, out fact);
            case FactKind.Country:
                return ReadCountry(text, out fact);
            case FactKind.HsCode:
                return ReadHsCode(text, out fact);
            default:
                throw new UnreachableException();
        }
    }

    private FactFault ReadNumber(ReadOnlySpan<byte> text, out long fact)
    {
        var space = _unit.Length == 0 ? -1 : text.IndexOf((byte)' ');
        var number = space < 0 ? text : text[..space];
        var fault = _kind == FactKind.Integer ? NumberText.ReadInteger(number, out fact) : NumberText.ReadDecimal(number, out fact);
        return fault == FactFault.None && space >= 0 && !text[(space + 1)..].SequenceEqual(_unit) ? FactFault.WrongUnit : fault;
    }

    private static FactFault ReadText(ReadOnlySpan<byte> text, TextDictionary texts, out long fact)
    {
        fact = Fact.Missing;
        if (!Utf8.IsValid(text))
        {
            return FactFault.InvalidUtf8;
        }

        if (text.Contains((byte)0))
        {
            return FactFault.NulCharacter;
        }

        fact = texts.Intern(text);
        return FactFault.None;
    }

    private FactFault ReadMembers(ReadOnlySpan<byte> text, out long fact)
    {
        fact = 0;
        if (text.SequenceEqual("{}"u8))
        {
            return FactFault.None;
        }

        while (true)
        {
            var end = text.IndexOfAny((byte)';', (byte)'|');
            var name = (end < 0 ? text : text[..end]).Trim((byte)' ');
            var ordinal = Find(name);
            if (ordinal < 0)
            {
                return name.IsEmpty ? FactFault.NotMembers : FactFault.UnknownMember;
            }

            fact |= 1L << ordinal;
            if (end < 0)
            {
                return FactFault.None;
            }

            text = text[(end + 1)..];
        }
    }

    private int Find(ReadOnlySpan<byte> name) => _members?.Find(name) ?? -1;

    private static FactFault ReadCountry(ReadOnlySpan<byte> text, out long fact)
    {
        var isCode = CountryCode.TryParse(text, out var country);
        fact = country.Number;
        return !isCode ? FactFault.NotCountry
            : !country.IsAssigned ? FactFault.UnknownCountry
            : FactFault.None;
    }

    private static FactFault ReadHsCode(ReadOnlySpan<byte> text, out long fact)
    {
        var fault = HsCode.Parse(text, out var code);
        fact = code.Encoded;
        return fault switch
        {
            HsCodeFault.None => FactFault.None,
            HsCodeFault.NotDigits => FactFault.NotHsCode,
            HsCodeFault.WrongLength => FactFault.HsCodeLength,
            HsCodeFault.LeadingZeroLost => FactFault.HsCodeLeadingZeroLost,
            HsCodeFault.MisplacedDot => FactFault.HsCodeMisplacedDot,
            _ => throw new UnreachableException(),
        };
    }
}
