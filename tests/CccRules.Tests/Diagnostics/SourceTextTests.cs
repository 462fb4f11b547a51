using System.Text;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Diagnostics;

public sealed class SourceTextTests
{
    [Theory]
    [InlineData("", new[] { "" })]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a", "" })]
    [InlineData("a\nb\r\nc\rd", new[] { "a", "b", "c", "d" })]
    [InlineData("\r\r\n\n", new[] { "", "", "", "" })]
    [InlineData("a\u2028b\u0085c\fd", new[] { "a\u2028b\u0085c\fd" })]
    public void Lines_end_where_an_editor_ends_them(string content, string[] lines)
    {
        var text = SourceText.From("a.ccc", content);

        Assert.Equal(lines, text.Lines.Select(line => text.ToString(line.Span)));
        Assert.Equal(content, string.Concat(text.Lines.Select(line => text.ToString(line.SpanWithBreak))));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(5, 2, 3)]
    [InlineData(6, 3, 1)]
    public void A_position_has_a_line_and_a_column(int position, int lineNumber, int columnNumber)
    {
        // An emoji is two UTF-16 units and so two columns.
        var text = SourceText.From("a.ccc", "a\r\n\U0001F50B\n");
        var place = text.GetLinePosition(position);

        Assert.Equal((lineNumber, columnNumber), (place.LineNumber, place.ColumnNumber));
        Assert.Equal((lineNumber - 1, columnNumber - 1), (place.Line, place.Column));
    }

    [Fact]
    public void Every_position_survives_the_way_to_lines_and_back()
    {
        var text = SourceText.From("a.ccc", "one\ntwo\n\n  three");
        for (var position = 0; position <= text.Length; position++)
        {
            Assert.Equal(position, text.GetPosition(text.GetLinePosition(position)));
        }

        Assert.Equal(3, text.GetPosition(new LinePosition(0, 99)));
    }

    [Fact]
    public void Places_outside_the_text_are_refused()
    {
        var text = SourceText.From("a.ccc", "abc");

        Assert.Throws<ArgumentOutOfRangeException>(() => text.GetLinePosition(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.GetLinePosition(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.GetLocation(new TextSpan(2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.GetPosition(new LinePosition(1, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextSpan(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextSpan.FromBounds(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextSpan(1, int.MaxValue));
    }

    [Fact]
    public void A_location_knows_its_lines_and_prints_as_an_editor_opens_it()
    {
        var text = SourceText.From("rules/a.ccc", "one\ntwo three\nfour");
        var location = text.GetLocation(TextSpan.FromBounds(8, 16));

        Assert.Equal("rules/a.ccc:2:5", location.ToString());
        Assert.Equal("three\nfo", location.SpanText);
        Assert.Equal((1, 4, 2, 2), (location.StartLine, location.StartColumn, location.EndLine, location.EndColumn));
    }

    [Fact]
    public void Two_readings_of_one_file_are_equal()
    {
        var first = SourceText.From("a.ccc", "abc");
        var again = SourceText.From("a.ccc", "abc");

        Assert.Equal(first, again);
        Assert.Equal(first.GetLocation(new TextSpan(1, 1)), again.GetLocation(new TextSpan(1, 1)));
        Assert.NotEqual(first, SourceText.From("b.ccc", "abc"));
        Assert.NotEqual(first, SourceText.From("a.ccc", "abd"));
    }

    [Theory]
    [InlineData(2, 3, 4, 1, true)]
    [InlineData(2, 3, 5, 1, false)]
    [InlineData(2, 3, 3, 0, false)]
    [InlineData(2, 3, 0, 9, true)]
    public void Spans_overlap_only_where_they_share_a_unit(int start, int length, int otherStart, int otherLength, bool expected)
    {
        var span = new TextSpan(start, length);
        var other = new TextSpan(otherStart, otherLength);

        Assert.Equal(expected, span.OverlapsWith(other));
        Assert.Equal(expected, other.OverlapsWith(span));
    }

    [Fact]
    public void One_byte_order_mark_is_dropped_and_a_second_is_text()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, (byte)'a'];
        var text = SourceText.FromUtf8("a.ccc", bytes, out var badByteOffset);

        Assert.Null(badByteOffset);
        Assert.Equal("\uFEFFa", text.Content);
    }

    [Fact]
    public void Text_of_any_script_is_decoded()
    {
        var text = SourceText.FromUtf8("a.ccc", Encoding.UTF8.GetBytes("移动电源 \U0001F50B é"), out var badByteOffset);

        Assert.Null(badByteOffset);
        Assert.Equal("移动电源 \U0001F50B é", text.Content);
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0x80 }, 1)] // a byte that only continues
    [InlineData(new byte[] { 0x61, 0x62, 0xC0, 0x80 }, 2)] // an overlong zero
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0)] // half of a surrogate pair
    [InlineData(new byte[] { 0xE7, 0xA7, 0xBB, 0xE7, 0xA7 }, 3)] // cut off at the end
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, 0)] // beyond the last character
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xFF }, 4)] // counted in the file, with its mark
    public void The_first_bytes_that_are_not_utf8_are_named(byte[] bytes, int offset)
    {
        var text = SourceText.FromUtf8("a.ccc", bytes, out var badByteOffset);

        Assert.Equal(offset, badByteOffset);
        Assert.Contains('\uFFFD', text.Content);
    }
}
