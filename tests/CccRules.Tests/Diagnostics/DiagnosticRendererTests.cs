using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Diagnostics;

public sealed class DiagnosticRendererTests
{
    [Fact]
    public void A_message_shows_its_place_its_notes_and_a_way_out()
    {
        var text = SourceText.From("rules/cn.ccc", "record product\n\ncategory bank\n  when hs_cod under 8507.60\n");
        var at = Sample.At(text, "hs_cod");
        var diagnostic = Sample.Error(at, "no field has this name") with
        {
            Notes = ["`product` has 12 fields"],
            Fixes = [.. Suggestions.Rename(at, "hs_cod", ["hs_code"], "field"), new Fix("declare the field in `product`")],
        };

        Assert.Equal(
            """
            error[CCC2001]: unknown field `hs_cod` on `product`
             --> rules/cn.ccc:4:8
              |
            4 |   when hs_cod under 8507.60
              |        ^^^^^^ no field has this name
              |
              = note: `product` has 12 fields
              = help: a field with a similar name exists: `hs_code`
              = help: declare the field in `product`
              = see: ccc explain CCC2001

            """,
            DiagnosticRenderer.Render(diagnostic));
    }

    [Fact]
    public void Other_places_are_quoted_with_their_citations()
    {
        var padding = new string('\n', 11);
        var text = SourceText.From("import.ccc", padding + "obligation pay_vat when value > 0 EUR\n\nexemption low_value when value <= 22 EUR\n");
        var other = SourceText.From("other.ccc", "source directive\n");
        var diagnostic = new Diagnostic(Sample.NeverHolds, Sample.At(text, "obligation pay_vat"), "two rules give different outcomes")
        {
            Label = "requires `vat`",
            Citation = "the directive, art. 2",
            Labels =
            [
                new DiagnosticLabel(Sample.At(text, "exemption low_value"), "removes `vat`") { Citation = "the directive, art. 23" },
                new DiagnosticLabel(Sample.At(other, "directive"), "cited by both"),
            ],
        };

        Assert.Equal(
            """
            warning[CCC4002]: two rules give different outcomes
              --> import.ccc:12:1     (cites: the directive, art. 2)
               |
            12 | obligation pay_vat when value > 0 EUR
               | ^^^^^^^^^^^^^^^^^^ requires `vat`
               |
              ::: import.ccc:14:1     (cites: the directive, art. 23)
               |
            14 | exemption low_value when value <= 22 EUR
               | ------------------- removes `vat`
               |
              ::: other.ccc:1:8
               |
             1 | source directive
               |        --------- cited by both
               |
               = see: ccc explain CCC4002

            """,
            DiagnosticRenderer.Render(diagnostic));
    }

    [Fact]
    public void Places_on_one_line_share_its_quotation()
    {
        var text = Sample.Text("when price > 10 USD");
        var diagnostic = Sample.Error(Sample.At(text, "10 USD"), "is `USD`") with
        {
            Labels = [new DiagnosticLabel(Sample.At(text, "price"), "is `EUR`")],
        };

        Assert.Equal(
            """
             --> a.ccc:1:14
              |
            1 | when price > 10 USD
              |              ^^^^^^ is `USD`
              |      ----- is `EUR`
              |
            """,
            Sample.Quote(diagnostic));
    }

    [Fact]
    public void A_place_over_some_lines_is_underlined_on_each()
    {
        var text = Sample.Text("category bank\n  when a\n\n\t and b\nend\n");

        Assert.Equal(
            """
             --> a.ccc:1:10
              |
            1 | category bank
              |          ^^^^
            2 |   when a
              |   ^^^^^^
            3 |
            4 |      and b
              |      ^^^^^ too long
              |
            """,
            Sample.Quote(Sample.Error(text.GetLocation(TextSpan.FromBounds(9, 31)), "too long")));
    }

    [Fact]
    public void A_place_over_many_lines_leaves_the_middle_out()
    {
        var text = Sample.Text(string.Concat(Enumerable.Range(1, 12).Select(number => $"line {number}\n")));

        Assert.Equal(
            """
              --> a.ccc:1:1
               |
             1 | line 1
               | ^^^^^^
             2 | line 2
               | ^^^^^^
            ...
            12 | line 12
               | ^^^^^^^ all of it
               |
            """,
            Sample.Quote(Sample.Error(text.GetLocation(new TextSpan(0, text.Length)), "all of it")));
    }

    [Theory]
    [InlineData("abc\n", 4, " --> a.ccc:2:1\n  |\n2 |\n  | ^\n  |")]
    [InlineData("abc", 3, " --> a.ccc:1:4\n  |\n1 | abc\n  |    ^\n  |")]
    [InlineData("abc\r\ndef", 1, " --> a.ccc:1:2\n  |\n1 | abc\n  |  ^\n  |")]
    public void An_empty_place_gets_one_mark(string content, int position, string expected) =>
        Assert.Equal(expected, Sample.Quote(Sample.Error(Sample.Text(content).GetLocation(new TextSpan(position, 0)))));

    [Fact]
    public void A_line_break_is_marked_after_its_line() =>
        Assert.Equal(
            " --> a.ccc:1:3\n  |\n1 | ab\n  |   ^\n  |",
            Sample.Quote(Sample.Error("ab\r\ncd", "\r\n")));

    [Fact]
    public void An_empty_text_has_nothing_to_quote() =>
        Assert.Equal(" --> a.ccc", Sample.Quote(Sample.Error(Sample.Text("").GetLocation(new TextSpan(0, 0)), "label")));

    [Theory]
    [InlineData("\tx = y", "y", "    x = y", "        ^")]
    [InlineData("a\tb", "b", "a    b", "     ^")]
    [InlineData("移动电源 x", "x", "移动电源 x", "         ^")]
    [InlineData("移动电源 x", "电源", "移动电源 x", "    ^^^^")]
    [InlineData("e\u0301e\u0301 x", "x", "e\u0301e\u0301 x", "   ^")]
    [InlineData("\U0001F50B x", "x", "\U0001F50B x", "   ^")]
    [InlineData("\uFF41 x", "x", "\uFF41 x", "   ^")]
    public void Marks_stand_under_what_is_seen(string content, string part, string line, string marks) =>
        Assert.Equal($"1 | {line}\n  | {marks}", string.Join('\n', Sample.Quote(Sample.Error(content, part)).Split('\n')[2..4]));

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(500)]
    [InlineData(100_000)]
    [InlineData(199_994)]
    public void A_very_long_line_is_quoted_around_the_place(int position)
    {
        var content = string.Concat(Enumerable.Repeat("0123456789", 20_000));
        content = string.Concat(content.AsSpan(0, position), "hs_cod", content.AsSpan(position + 6));
        var lines = Sample.Quote(Sample.Error(content, "hs_cod", "here")).Split('\n');
        var (quoted, marks) = (lines[2]["1 | ".Length..], lines[3]["  | ".Length..]);

        Assert.Equal(QuotedLine.MaximumWidth, quoted.Length + (position is 0 or 199_994 ? 3 : 0));
        Assert.Equal(position > 0, quoted.StartsWith("...", StringComparison.Ordinal));
        Assert.Equal(position < 199_994, quoted.EndsWith("...", StringComparison.Ordinal));
        Assert.Equal(quoted.IndexOf("hs_cod", StringComparison.Ordinal), marks.IndexOf("^^^^^^ here", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_of_just_the_limit_is_quoted_whole()
    {
        var line = new string('x', QuotedLine.MaximumWidth - 1) + "y";

        Assert.Contains($"1 | {line}\n", Sample.Quote(Sample.Error(line, "y")), StringComparison.Ordinal);
        Assert.Contains("1 | ...x", Sample.Quote(Sample.Error("x" + line, "y")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_place_is_shown_from_its_start()
    {
        var lines = Sample.Quote(Sample.Error($"when {new string('x', 5000)} end", new string('x', 5000))).Split('\n');

        Assert.Equal($"1 | ...{new string('x', 114)}...", lines[2]);
        Assert.Equal($"  |    {new string('^', 114)}", lines[3]);
    }

    [Fact]
    public void Places_far_apart_on_a_very_long_line_are_quoted_apart()
    {
        var text = Sample.Text($"first{new string(' ', 1000)}second");
        var diagnostic = Sample.Error(Sample.At(text, "second")) with
        {
            Labels = [new DiagnosticLabel(Sample.At(text, "first"), "the other")],
        };

        Assert.Contains("\n ::: a.ccc:1:1\n", Sample.Quote(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lines_of_any_characters_can_be_quoted_anywhere()
    {
        string[] contents =
        [
            new string('\u0301', 3000),
            string.Concat(Enumerable.Repeat("\U0001F50B", 1500)),
            string.Concat(Enumerable.Repeat("\u202E", 3000)),
            new string('\uD83D', 3000),
            string.Concat(Enumerable.Repeat("e\u0301\u0301移", 800)),
            new string('\t', 3000),
        ];
        foreach (var text in contents.Select(Sample.Text))
        {
            for (var position = 0; position <= text.Length; position += 37)
            {
                var length = Math.Min(position % 5, text.Length - position);
                var quote = Sample.Quote(Sample.Error(text.GetLocation(new TextSpan(position, length)), "here"));
                Assert.Contains("^ here", quote, StringComparison.Ordinal);
                Assert.DoesNotContain('\u202E', quote);
            }
        }
    }

    [Fact]
    public void Runs_of_text_carry_what_they_are_and_make_up_the_plain_form()
    {
        var text = Sample.Text("when hs_cod\u202E under product");
        var diagnostic = Sample.Error(Sample.At(text, "hs_cod"), "here") with
        {
            Labels = [new DiagnosticLabel(Sample.At(text, "product"), "there")],
        };
        var segments = DiagnosticRenderer.RenderSegments(diagnostic);

        Assert.Equal(DiagnosticRenderer.Render(diagnostic), string.Concat(segments.Select(segment => segment.Text)));
        Assert.Contains(new RenderedSegment("error[CCC2001]", RenderStyle.Error), segments);
        Assert.Contains(new RenderedSegment("^^^^^^ here", RenderStyle.Error), segments);
        Assert.Contains(new RenderedSegment("------- there", RenderStyle.Secondary), segments);
        Assert.Contains(new RenderedSegment("\\u202E", RenderStyle.Escape), segments);
        Assert.Contains(new RenderedSegment("see:", RenderStyle.Keyword), segments);
    }

    [Fact]
    public void No_line_ends_in_a_blank_and_several_messages_are_set_apart()
    {
        var diagnostic = Sample.Error("when hs_cod   ", "hs_cod");
        var both = DiagnosticRenderer.Render([diagnostic, diagnostic]);

        Assert.DoesNotContain(" \n", both, StringComparison.Ordinal);
        Assert.Equal($"{DiagnosticRenderer.Render(diagnostic)}\n{DiagnosticRenderer.Render(diagnostic)}", both);
    }

    [Fact]
    public void A_summary_counts_by_severity()
    {
        var at = Sample.Text("abc").GetLocation(new TextSpan(0, 1));
        var error = new Diagnostic(Sample.UnknownField, at, "m");
        var warning = new Diagnostic(Sample.NeverHolds, at, "m");
        var info = new Diagnostic(Sample.MissingCitation, at, "m");

        Assert.Equal("no errors", DiagnosticRenderer.Summarize([]));
        Assert.Equal("1 error", DiagnosticRenderer.Summarize([error]));
        Assert.Equal("2 errors, 1 warning", DiagnosticRenderer.Summarize([warning, error, error]));
        Assert.Equal("3 warnings, 2 infos", DiagnosticRenderer.Summarize([info, warning, warning, info, warning]));
    }
}
