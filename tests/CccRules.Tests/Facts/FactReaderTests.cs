using System.Collections.Immutable;
using System.Text;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Facts;

public sealed class FactReaderTests
{
    private static readonly ImmutableArray<string> Purposes = ["sale", "research", "电池", "none_of_these"];

    [Theory]
    [InlineData("yes", 1)]
    [InlineData("YES", 1)]
    [InlineData("y", 1)]
    [InlineData("True", 1)]
    [InlineData("1", 1)]
    [InlineData("是", 1)]
    [InlineData(" yes ", 1)]
    [InlineData("no", 0)]
    [InlineData("N", 0)]
    [InlineData("false", 0)]
    [InlineData("0", 0)]
    [InlineData("否", 0)]
    public void A_yes_or_no_is_read_in_each_of_its_words(string text, long expected) =>
        AssertReads(expected, Of(FactKind.YesNo), text);

    [Theory]
    [InlineData("ja")]
    [InlineData("2")]
    [InlineData("yes!")]
    [InlineData("ｙｅｓ")]
    [InlineData("yes\t")]
    public void Other_words_are_no_yes_or_no(string text) => AssertFault(FactFault.NotYesNo, Of(FactKind.YesNo), text);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("+1", 1)]
    [InlineData("-0", 0)]
    [InlineData("007", 7)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775806", -9223372036854775806)]
    public void A_whole_number_is_read(string text, long expected) => AssertReads(expected, Of(FactKind.Integer), text);

    [Theory]
    [InlineData("9223372036854775808", FactFault.IntegerTooLarge)]
    [InlineData("-9223372036854775807", FactFault.IntegerTooLarge)]
    [InlineData("-9223372036854775808", FactFault.IntegerTooLarge)]
    [InlineData("99999999999999999999999999", FactFault.IntegerTooLarge)]
    [InlineData("1_000", FactFault.GroupingInNumber)]
    [InlineData("1,000", FactFault.CommaInNumber)]
    [InlineData("1e5", FactFault.ExponentInNumber)]
    [InlineData("1.0", FactFault.NotInteger)]
    [InlineData("0x10", FactFault.NotInteger)]
    [InlineData("5-", FactFault.NotInteger)]
    [InlineData("(5)", FactFault.NotInteger)]
    [InlineData("--5", FactFault.NotInteger)]
    [InlineData("-", FactFault.NotInteger)]
    [InlineData("1 000", FactFault.NotInteger)]
    [InlineData("5\0", FactFault.NotInteger)]
    [InlineData("\u00A05", FactFault.NotInteger)]
    [InlineData("١٢", FactFault.NotInteger)]
    [InlineData("１２", FactFault.NotInteger)]
    public void What_is_no_whole_number_is_refused_with_its_reason(string text, FactFault expected) =>
        AssertFault(expected, Of(FactKind.Integer), text);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1_000_000)]
    [InlineData("1.0", 1_000_000)]
    [InlineData("1.000000000000", 1_000_000)]
    [InlineData("-12.50", -12_500_000)]
    [InlineData("+0.000001", 1)]
    [InlineData("00.5", 500_000)]
    [InlineData("999999999999.999999", 999_999_999_999_999_999)]
    [InlineData("-999999999999.999999", -999_999_999_999_999_999)]
    public void A_decimal_is_read_in_millionths(string text, long expected) => AssertReads(expected, Of(FactKind.Decimal), text);

    [Theory]
    [InlineData("1,5", FactFault.CommaInNumber)]
    [InlineData("1.234,56", FactFault.CommaInNumber)]
    [InlineData("1e5", FactFault.ExponentInNumber)]
    [InlineData("1.5E5", FactFault.ExponentInNumber)]
    [InlineData("1'000", FactFault.GroupingInNumber)]
    [InlineData("NaN", FactFault.NotDecimal)]
    [InlineData("Infinity", FactFault.NotDecimal)]
    [InlineData(".5", FactFault.NotDecimal)]
    [InlineData("5.", FactFault.NotDecimal)]
    [InlineData("1.2.3", FactFault.NotDecimal)]
    [InlineData("1 .5", FactFault.NotDecimal)]
    [InlineData("1.-5", FactFault.NotDecimal)]
    [InlineData(".", FactFault.NotDecimal)]
    [InlineData("-", FactFault.NotDecimal)]
    [InlineData("1000000000000", FactFault.DecimalTooLarge)]
    [InlineData("79228162514264337593543950336", FactFault.DecimalTooLarge)]
    [InlineData("0.0000001", FactFault.TooManyDecimals)]
    [InlineData("100 Wh", FactFault.NotDecimal)]
    public void What_is_no_decimal_is_refused_with_its_reason(string text, FactFault expected) =>
        AssertFault(expected, Of(FactKind.Decimal), text);

    [Theory]
    [InlineData("100", FactFault.None)]
    [InlineData("100 Wh", FactFault.None)]
    [InlineData("100 wh", FactFault.WrongUnit)]
    [InlineData("100 kWh", FactFault.WrongUnit)]
    [InlineData("100  Wh", FactFault.WrongUnit)]
    [InlineData("100 Wh x", FactFault.WrongUnit)]
    [InlineData("100Wh", FactFault.NotDecimal)]
    [InlineData("Wh", FactFault.NotDecimal)]
    public void A_number_may_carry_the_fields_own_unit_and_no_other(string text, FactFault expected)
    {
        var reader = new FactReader(Of(FactKind.Decimal) with { Unit = "Wh" });

        Assert.Equal(expected, reader.Read(Encoding.UTF8.GetBytes(text), new TextDictionary(), out var fact));
        Assert.Equal(expected == FactFault.None ? 100_000_000 : Fact.Missing, fact);
    }

    [Theory]
    [InlineData("0001-01-01", 0)]
    [InlineData("0001-12-31", 364)]
    [InlineData("1970-01-01", 719162)]
    [InlineData("2000-02-29", 730178)]
    [InlineData("9999-12-31", 3652058)]
    [InlineData(" 1970-01-01  ", 719162)]
    public void A_date_is_read_as_a_day_number(string text, long expected) => AssertReads(expected, Of(FactKind.Date), text);

    [Theory]
    [InlineData("2023-02-29", FactFault.DateDoesNotExist)]
    [InlineData("1900-02-29", FactFault.DateDoesNotExist)]
    [InlineData("0000-01-01", FactFault.DateDoesNotExist)]
    [InlineData("2024-13-01", FactFault.DateDoesNotExist)]
    [InlineData("2024-00-01", FactFault.DateDoesNotExist)]
    [InlineData("2024-04-31", FactFault.DateDoesNotExist)]
    [InlineData("2024-04-00", FactFault.DateDoesNotExist)]
    [InlineData("10000-01-01", FactFault.NotDate)]
    [InlineData("2024-2-9", FactFault.NotDate)]
    [InlineData("29/02/2024", FactFault.NotDate)]
    [InlineData("2024-02", FactFault.NotDate)]
    [InlineData("20240229", FactFault.NotDate)]
    [InlineData("2024/02/29", FactFault.NotDate)]
    [InlineData("2024-02-29T00:00:00Z", FactFault.NotDate)]
    [InlineData("2024-02-2a", FactFault.NotDate)]
    [InlineData("-024-02-29", FactFault.NotDate)]
    [InlineData("٢٠٢٤-٠٢-٢٩", FactFault.NotDate)]
    public void What_is_no_date_is_refused_with_its_reason(string text, FactFault expected) =>
        AssertFault(expected, Of(FactKind.Date), text);

    [Theory]
    [InlineData(FactKind.Days, null, "10", 10)]
    [InlineData(FactKind.Days, "weeks", "10", 70)]
    [InlineData(FactKind.Days, "weeks", "10 days", 10)]
    [InlineData(FactKind.Days, "days", "2 weeks", 14)]
    [InlineData(FactKind.Days, "days", "1 day", 1)]
    [InlineData(FactKind.Days, "days", "3652058", 3652058)]
    [InlineData(FactKind.Months, null, "3", 3)]
    [InlineData(FactKind.Months, "years", "3", 36)]
    [InlineData(FactKind.Months, "years", "3 months", 3)]
    [InlineData(FactKind.Months, "months", "2 years", 24)]
    [InlineData(FactKind.Months, "months", "-2 years", -24)]
    public void A_duration_is_read_in_its_own_unit_or_the_fields(FactKind kind, string? unit, string text, long expected) =>
        AssertReads(expected, Of(kind) with { Unit = unit }, text);

    [Theory]
    [InlineData(FactKind.Days, "3 months", FactFault.WrongDurationUnit)]
    [InlineData(FactKind.Months, "3 weeks", FactFault.WrongDurationUnit)]
    [InlineData(FactKind.Months, "3 Months", FactFault.NotDuration)]
    [InlineData(FactKind.Months, "3  months", FactFault.NotDuration)]
    [InlineData(FactKind.Months, "3months", FactFault.NotDuration)]
    [InlineData(FactKind.Months, "1.5 months", FactFault.NotDuration)]
    [InlineData(FactKind.Months, "months", FactFault.NotDuration)]
    [InlineData(FactKind.Months, "P3M", FactFault.NotDuration)]
    [InlineData(FactKind.Months, "10000 years", FactFault.DurationTooLarge)]
    [InlineData(FactKind.Days, "3652059", FactFault.DurationTooLarge)]
    [InlineData(FactKind.Days, "9223372036854775807 weeks", FactFault.DurationTooLarge)]
    [InlineData(FactKind.Days, "9223372036854775808 weeks", FactFault.DurationTooLarge)]
    public void What_is_no_duration_is_refused_with_its_reason(FactKind kind, string text, FactFault expected) =>
        AssertFault(expected, Of(kind), text);

    [Fact]
    public void A_member_is_found_by_its_exact_name_among_any_number()
    {
        for (var count = 0; count <= 400; count += 25)
        {
            var members = Enumerable.Range(0, count).Select(i => $"m{i}").ToImmutableArray();
            var schema = Of(FactKind.Member) with { Members = members };
            for (var ordinal = 0; ordinal < count; ordinal++)
            {
                AssertReads(ordinal, schema, members[ordinal]);
            }

            AssertFault(FactFault.UnknownMember, schema, $"m{count}");
            AssertFault(FactFault.UnknownMember, schema, "M0");
        }

        AssertReads(2, Of(FactKind.Member) with { Members = Purposes }, "电池");
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("sale", 1)]
    [InlineData("电池;sale", 5)]
    [InlineData(" research | sale ", 3)]
    [InlineData("sale;sale", 1)]
    public void A_set_is_read_as_one_bit_a_member(string text, long expected) =>
        AssertReads(expected, Of(FactKind.Members) with { Members = Purposes }, text);

    [Theory]
    [InlineData("sale;", FactFault.NotMembers)]
    [InlineData(";", FactFault.NotMembers)]
    [InlineData("sale;;research", FactFault.NotMembers)]
    [InlineData("sale,research", FactFault.UnknownMember)]
    [InlineData("sale;Research", FactFault.UnknownMember)]
    [InlineData("{sale}", FactFault.UnknownMember)]
    public void What_is_no_set_is_refused_with_its_reason(string text, FactFault expected) =>
        AssertFault(expected, Of(FactKind.Members) with { Members = Purposes }, text);

    [Theory]
    [InlineData("CN", FactFault.None)]
    [InlineData("NA", FactFault.None)]
    [InlineData("cn", FactFault.NotCountry)]
    [InlineData("CHN", FactFault.NotCountry)]
    [InlineData("XX", FactFault.UnknownCountry)]
    public void A_country_must_exist(string text, FactFault expected)
    {
        var fault = new FactReader(Of(FactKind.Country)).Read(Encoding.UTF8.GetBytes(text), new TextDictionary(), out var fact);

        Assert.Equal(expected, fault);
        Assert.Equal(expected == FactFault.None ? text : "", FactFormatter.Format(Of(FactKind.Country), fact, new TextDictionary()));
    }

    [Theory]
    [InlineData("101", FactFault.HsCodeLeadingZeroLost)]
    [InlineData("8", FactFault.HsCodeLength)]
    [InlineData("8.703", FactFault.HsCodeMisplacedDot)]
    [InlineData("87 03", FactFault.NotHsCode)]
    public void What_is_no_HS_code_is_refused_with_its_reason(string text, FactFault expected) =>
        AssertFault(expected, Of(FactKind.HsCode), text);

    [Fact]
    public void An_HS_code_is_read_with_or_without_dots()
    {
        Assert.True(HsCode.TryParse("8507600090", out var code));
        AssertReads(code.Encoded, Of(FactKind.HsCode), "8507.60.00.90");
        AssertReads(code.Encoded, Of(FactKind.HsCode), "8507600090");
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_no_text()
    {
        foreach (var bytes in new byte[][] { [0xE9], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xFF] })
        {
            Assert.Equal(FactFault.InvalidUtf8, new FactReader(Of(FactKind.Text)).Read(bytes, new TextDictionary(), out _));
        }

        AssertFault(FactFault.NulCharacter, Of(FactKind.Text), "a\0b");
    }

    [Fact]
    public void An_empty_value_is_missing_or_none_or_a_fault_as_the_field_says()
    {
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            var schema = Of(kind) with { Members = Purposes };
            foreach (var text in new[] { "", " ", "   " })
            {
                AssertReads(Fact.Missing, schema, text);
                AssertReads(Fact.None, schema with { AllowsNone = true, EmptyIsNone = true }, text);
                AssertReads(Fact.None, schema with { AllowsNone = true, EmptyIsNone = true, IsRequired = true }, text);
                AssertFault(FactFault.RequiredButEmpty, schema with { IsRequired = true }, text);
            }
        }
    }

    [Fact]
    public void The_word_none_is_read_only_where_the_field_allows_it()
    {
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            var schema = Of(kind) with { Members = Purposes };
            AssertReads(Fact.None, schema with { AllowsNone = true }, "none");
            var expected = kind switch
            {
                FactKind.Text => FactFault.None,
                FactKind.Member or FactKind.Members => FactFault.UnknownMember,
                _ => FactFault.NoneNotAllowed,
            };
            AssertFault(expected, schema, "none");
        }
    }

    [Fact]
    public void Reading_allocates_nothing_but_texts_not_seen_before()
    {
        (FactSchema Schema, string Text)[] values =
        [
            (Of(FactKind.YesNo), "Yes"), (Of(FactKind.Integer), "-123"), (Of(FactKind.Decimal) with { Unit = "Wh" }, "1.5 Wh"),
            (Of(FactKind.Text), "seen"), (Of(FactKind.Date), "2026-03-01"), (Of(FactKind.Months), "3 months"),
            (Of(FactKind.Member) with { Members = Purposes }, "电池"), (Of(FactKind.Members) with { Members = Purposes }, "sale;电池"),
            (Of(FactKind.Country), "CN"), (Of(FactKind.HsCode), "8507.60"), (Of(FactKind.Date), "wrong"),
        ];
        var cases = values.Select(v => (Reader: new FactReader(v.Schema), Bytes: Encoding.UTF8.GetBytes(v.Text))).ToArray();
        var texts = new TextDictionary();
        void Run()
        {
            foreach (var (reader, bytes) in cases)
            {
                reader.Read(bytes, texts, out _);
            }
        }

        Run();
        Run();
        Assert.Equal(0, AllocatedBytes.OfRuns(1, Run));
    }

    [Fact]
    public void Every_fault_has_its_own_code_and_sentence()
    {
        var faults = Enum.GetValues<FactFault>().Where(f => f != FactFault.None).ToArray();

        Assert.All(faults, f => Assert.Matches("^CCC80[0-9]{2}$", f.Code()));
        Assert.Equal(faults.Length, faults.Select(f => f.Code()).Distinct().Count());
        Assert.Equal(faults.Length, faults.Select(f => f.Sentence()).Distinct().Count());
        Assert.Contains("Wh", FactFault.WrongUnit.Describe(Of(FactKind.Decimal) with { Unit = "Wh" }), StringComparison.Ordinal);
        Assert.Contains("sale, research", FactFault.UnknownMember.Describe(Of(FactKind.Member) with { Members = Purposes }), StringComparison.Ordinal);
    }

    internal static FactSchema Of(FactKind kind) => new() { Index = 0, Name = "field", Kind = kind };

    private static void AssertReads(long expected, FactSchema schema, string text)
    {
        Assert.Equal(FactFault.None, new FactReader(schema).Read(Encoding.UTF8.GetBytes(text), new TextDictionary(), out var fact));
        Assert.Equal(expected, fact);
    }

    private static void AssertFault(FactFault expected, FactSchema schema, string text)
    {
        Assert.Equal(expected, new FactReader(schema).Read(Encoding.UTF8.GetBytes(text), new TextDictionary(), out var fact));
        Assert.True(expected == FactFault.None || fact == Fact.Missing);
    }
}
