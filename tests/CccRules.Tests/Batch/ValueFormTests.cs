using System.Buffers;
using System.Text;
using CccRules.Batch.Mapping;
using CccRules.Batch.Mapping.Forms;

namespace CccRules.Tests.Batch;

public sealed class ValueFormTests
{
    [Theory]
    [InlineData("date dd/MM/yyyy", "31/05/2026", "2026-05-31")]
    [InlineData("date dd/MM/yyyy", "31/5/2026", null)]
    [InlineData("date dd/MM/yyyy", "31/05/26", null)]
    [InlineData("date dd/MM/yyyy", "29/02/2026", null)]
    [InlineData("date dd/MM/yyyy", "29/02/2024", "2024-02-29")]
    [InlineData("date dd/MM/yyyy", "31/05/2026 ", null)]
    [InlineData("date d.M.yyyy", "1.6.2026", "2026-06-01")]
    [InlineData("date d.M.yyyy", "01.06.2026", "2026-06-01")]
    [InlineData("date MM/dd/yyyy", "05/31/2026", "2026-05-31")]
    [InlineData("date yyyyMMdd", "20260531", "2026-05-31")]
    [InlineData("date yyyy年M月d日", "2026年5月31日", "2026-05-31")]
    [InlineData("date dd-MMM-yyyy", "31-MAY-2026", "2026-05-31")]
    [InlineData("date dd-MMM-yyyy", "31-Mai-2026", null)]
    [InlineData("date yyyy-MM-ddTHH:mm:ss", "2026-05-31T23:59:59", "2026-05-31")]
    [InlineData("date yyyy-MM-ddTHH:mm:ss", "2026-05-31T24:00:00", null)]
    [InlineData("number 1.234,5", "1.234.567,89", "1234567.89")]
    [InlineData("number 1.234,5", "1234,5", "1234.5")]
    [InlineData("number 1.234,5", "12.34,5", null)]
    [InlineData("number 1.234,5", "1.2345", null)]
    [InlineData("number 1.234,5", "-0,5", "-0.5")]
    [InlineData("number 1.234,5", "1,2,3", null)]
    [InlineData("number 1.234,5", ",5", null)]
    [InlineData("number 1.234,5", "5,", null)]
    [InlineData("number 1,234.5", "1,234.50", "1234.50")]
    [InlineData("number 1,234.5", "1,5", null)]
    [InlineData("number 1234,5", "1,5", "1.5")]
    [InlineData("number 1234,5", "1.234,5", null)]
    [InlineData("number 1 234,5", "12 345,6", "12345.6")]
    [InlineData("number 1'234.5", "1'234", "1234")]
    [InlineData("yes \"Y\", \"是\" no \"N\", \"\"", "是", "yes")]
    [InlineData("yes \"Y\", \"是\" no \"N\", \"\"", "", "no")]
    [InlineData("yes \"Y\", \"是\" no \"N\", \"\"", "y", null)]
    [InlineData("codes \"01\" sale, 02 research, \"a \"\"b\"\"\" none", "02", "research")]
    [InlineData("codes \"01\" sale, 02 research, \"a \"\"b\"\"\" none", "a \"b\"", "none")]
    [InlineData("codes \"01\" sale, 02 research", "1", null)]
    [InlineData("unknown \"ZZ\", \"N/A\"", "ZZ", "")]
    [InlineData("unknown \"ZZ\", \"N/A\"", "CN", "CN")]
    [InlineData("unknown \"ZZ\", \"N/A\"", "zz", "zz")]
    [InlineData("date yyyyMMdd unknown \"00000000\"", "00000000", "")]
    [InlineData("date yyyyMMdd unknown \"00000000\"", "20260531", "2026-05-31")]
    [InlineData("date yyyyMMdd unknown \"00000000\"", "0", null)]
    [InlineData("codes \"a unknown \"\"b\"\"\" sale", "a unknown \"b\"", "sale")]
    public void A_value_of_the_form_is_rewritten_and_no_other(string text, string value, string? expected)
    {
        var form = ValueForm.Parse(text);
        var to = new ArrayBufferWriter<byte>();
        Assert.Equal(expected is not null, form.TryRewrite(Encoding.UTF8.GetBytes(value), to));
        Assert.Equal(expected ?? "", Encoding.UTF8.GetString(to.WrittenSpan));
        Assert.Equal(text, form.Text);
    }

    [Fact]
    public void Entries_of_a_mapping_say_the_form_behind_the_field()
    {
        var mapping = ColumnMapping.Empty
            .WithFile("Date = declared_on as date dd/MM/yyyy\n\"a = b\" = purpose as codes \"x=1\" sale\nkilo=gross = weight\nSold as new = sold\n", "x.map");
        Assert.Equal(
            ["Date|declared_on|date dd/MM/yyyy", "a = b|purpose|codes \"x=1\" sale", "kilo=gross|weight|", "Sold as new|sold|"],
            mapping.Entries.Select(entry => $"{entry.Column}|{entry.Field}|{entry.Form?.Text}"));
    }
}
