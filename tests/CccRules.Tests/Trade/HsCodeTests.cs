using System.Text;
using CccRules.Runtime.Trade;

namespace CccRules.Tests.Trade;

public sealed class HsCodeTests
{
    [Theory]
    [InlineData("85", 2, 8500000000000, 8599999999999)]
    [InlineData("8507", 4, 8507000000000, 8507999999999)]
    [InlineData("8507.60", 6, 8507600000000, 8507609999999)]
    [InlineData("850760", 6, 8507600000000, 8507609999999)]
    [InlineData("85.07.60", 6, 8507600000000, 8507609999999)]
    [InlineData("8507.600", 7, 8507600000000, 8507600999999)]
    [InlineData("8507.60.00.90", 10, 8507600090000, 8507600090999)]
    [InlineData("8507.60.0090", 10, 8507600090000, 8507600090999)]
    [InlineData("8507600090.103", 13, 8507600090103, 8507600090103)]
    [InlineData("0101", 4, 101000000000, 101999999999)]
    [InlineData("0000000000000", 13, 0, 0)]
    [InlineData("9999999999999", 13, 9999999999999, 9999999999999)]
    public void A_code_covers_the_interval_of_all_codes_that_begin_with_it(string text, int digits, long lower, long upper)
    {
        Assert.Equal(HsCodeFault.None, HsCode.Parse(text, out var code));
        Assert.Equal((digits, lower, upper), (code.Digits, code.Lower, code.Upper));
        Assert.Equal(lower * 16 + digits, code.Encoded);
        Assert.Equal(code, HsCode.FromEncoded(code.Encoded));

        Assert.True(HsCode.TryParse(Encoding.UTF8.GetBytes(text), out var same));
        Assert.Equal(code, same);
    }

    [Theory]
    [InlineData("", HsCodeFault.NotDigits)]
    [InlineData(".", HsCodeFault.NotDigits)]
    [InlineData("8", HsCodeFault.WrongLength)]
    [InlineData("101", HsCodeFault.LeadingZeroLost)]
    [InlineData("10121", HsCodeFault.LeadingZeroLost)]
    [InlineData("12345678901234", HsCodeFault.WrongLength)]
    [InlineData("99999999999999999999999999999999999999999", HsCodeFault.WrongLength)]
    [InlineData("8.703", HsCodeFault.MisplacedDot)]
    [InlineData("8507.6.0", HsCodeFault.MisplacedDot)]
    [InlineData("8507..60", HsCodeFault.MisplacedDot)]
    [InlineData(".8507", HsCodeFault.MisplacedDot)]
    [InlineData("8507.", HsCodeFault.MisplacedDot)]
    [InlineData("850760009010.3", HsCodeFault.MisplacedDot)]
    [InlineData("87 03", HsCodeFault.NotDigits)]
    [InlineData("8703e", HsCodeFault.NotDigits)]
    [InlineData("-8703", HsCodeFault.NotDigits)]
    [InlineData("８７０３", HsCodeFault.NotDigits)]
    [InlineData("٨٧٠٣", HsCodeFault.NotDigits)]
    public void What_is_no_code_is_refused_with_its_reason(string text, HsCodeFault expected)
    {
        Assert.Equal(expected, HsCode.Parse(text, out _));
        Assert.Equal(expected, HsCode.Parse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Codes_in_memory_are_read_as_those_in_files()
    {
        // What lies beside the digits in ASCII, what looks like one, and what a sum of four units could mistake for one.
        const string Odd = "/:. aA\0\u0130\u0662\uff18\u8030\ufff0\ud83d\ude00";
        var random = new Random(20260301);
        var codes = 0;
        for (var i = 0; i < 60_000; i++)
        {
            var text = new char[random.Next(3) switch { 0 => 6, 1 => 8, _ => 10 }];
            for (var at = 0; at < text.Length; at++)
            {
                text[at] = random.Next(i % 3 == 0 ? 1_000 : 12) == 0 ? Odd[random.Next(Odd.Length)] : (char)('0' + random.Next(10));
            }

            var fault = HsCode.Parse(text, out var code);
            Assert.Equal(HsCode.Parse(Encoding.UTF8.GetBytes(text), out var same), fault);
            Assert.Equal(same, code);
            codes += fault == HsCodeFault.None ? 1 : 0;
        }

        Assert.InRange(codes, 20_000, 55_000);
    }

    [Theory]
    [InlineData("85", "85")]
    [InlineData("8507", "8507")]
    [InlineData("85.07.60", "8507.60")]
    [InlineData("8507600", "8507.60.0")]
    [InlineData("850760009", "8507.60.00.9")]
    [InlineData("8507600090", "8507.60.00.90")]
    [InlineData("8507600090103", "8507.60.00.90.103")]
    [InlineData("0101", "0101")]
    public void A_code_prints_in_groups_and_reads_back(string text, string printed)
    {
        Assert.True(HsCode.TryParse(text, out var code));
        Assert.Equal(printed, code.ToString());
        Assert.True(HsCode.TryParse(code.ToString(), out var back));
        Assert.Equal(code, back);
    }

    [Fact]
    public void A_code_lies_under_each_of_its_beginnings_and_under_no_other()
    {
        string[] beginnings = ["85", "8507", "850760", "85076000", "8507600090", "8507600090103"];
        Assert.True(HsCode.TryParse("8507600090103", out var code));
        foreach (var text in beginnings)
        {
            Assert.True(HsCode.TryParse(text, out var beginning));
            Assert.True(code.IsUnder(beginning));
            Assert.Equal(text.Length == 13, beginning.IsUnder(code));
        }

        Assert.True(HsCode.TryParse("850761", out var other));
        Assert.False(code.IsUnder(other));
    }
}
