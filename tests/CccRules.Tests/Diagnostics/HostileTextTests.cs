using System.Globalization;
using System.Text.Json;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Diagnostics;

/// <summary>A text must not steer the terminal of whoever reads what is wrong with it.</summary>
public sealed class HostileTextTests
{
    private const string Hostile = "\u001B[2J\u009B31m\u202Eabc\u2066\u200B\u00AD\u2028\r\n\b\u007F\0\u061C\uFEFF\U000E0041\uD800";

    [Fact]
    public void Controls_and_marks_of_direction_are_shown_by_their_numbers()
    {
        var text = Sample.Text("is_admin \u202E // \u001B[31m\u2066 \U000E0041 \uD800 x");
        var lines = Sample.Quote(Sample.Error(Sample.At(text, "\u001B"), "a control")).Split('\n');

        Assert.Equal("""1 | is_admin \u202E // \u001B[31m\u2066 \u{E0041} \uD800 x""", lines[2]);
        Assert.Equal("""  |                    ^^^^^^ a control""", lines[3]);
    }

    [Fact]
    public void No_part_of_a_message_reaches_the_terminal_as_it_is()
    {
        AssertHarmless(DiagnosticRenderer.Render(Everywhere()));
        var forged = DiagnosticRenderer.Render(Everywhere()).Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal));
        Assert.Single(forged);
    }

    [Fact]
    public void Machine_forms_are_harmless_too_and_keep_the_text()
    {
        var json = DiagnosticJson.Write([Everywhere()]);
        var sarif = DiagnosticSarif.Write([Everywhere()], "1.0");
        var message = JsonDocument.Parse(json).RootElement[0].GetProperty("message").GetString();

        AssertHarmless(json);
        AssertHarmless(sarif);
        Assert.Equal(Hostile.Replace('\uD800', '\uFFFD') + "\nerror[CCC0001]: forged", message);
    }

    [Fact]
    public void Escaping_leaves_ordinary_text_alone() =>
        Assert.Equal("移动电源 é e\u0301 `x` \\n \U0001F50B", DisplayText.Escape("移动电源 é e\u0301 `x` \\n \U0001F50B"));

    [Fact]
    public void An_endless_message_is_cut()
    {
        var shown = DisplayText.Escape(new string('x', 1_000_000));

        Assert.Equal(new string('x', 2000) + "...", shown);
    }

    private static Diagnostic Everywhere()
    {
        var forged = Hostile + "\nerror[CCC0001]: forged";
        var text = SourceText.From(forged, forged);
        var at = text.GetLocation(new TextSpan(0, 4));
        return new Diagnostic(Sample.UnknownField, at, forged)
        {
            Label = forged,
            Citation = forged,
            Labels = [new DiagnosticLabel(at, forged) { Citation = forged }, new DiagnosticLabel(at, forged)],
            Notes = [forged],
            Fixes = [new Fix(forged, [new TextEdit(at, forged)])],
        };
    }

    private static void AssertHarmless(string shown)
    {
        foreach (var rune in shown.Replace("\n", "", StringComparison.Ordinal).EnumerateRunes())
        {
            var category = System.Text.Rune.GetUnicodeCategory(rune);
            Assert.False(
                category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator,
                $"U+{rune.Value:X4} is shown as it is");
        }
    }
}
