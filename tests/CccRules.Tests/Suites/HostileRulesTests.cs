using System.Text.Json;
using System.Text.RegularExpressions;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Suites;

/// <summary>
/// Texts that would run, or hide, if they reached C#: as names, members, titles, texts, places in sources, and comments. Each comes
/// back unchanged or is refused at its place; the emitted C# is the same to the letter as with harmless texts.
/// </summary>
public sealed class HostileRulesTests
{
    private static readonly string Harmless = Emitted(Rules("x", "x")) ?? throw new InvalidOperationException();

    private static IEnumerable<string> Hostile =>
        JsonDocument.Parse(Repository.Read("tests/suites/unicode/injection.json")).RootElement.GetProperty("strings").EnumerateArray()
            .Select(entry => Unescape(entry.GetProperty("string").GetRawText()));

    [Fact]
    public void Emitted_code_is_plain_ASCII() => Assert.DoesNotContain(Harmless, letter => letter is not ('\n' or >= ' ' and <= '~'));

    [Fact]
    public void No_hostile_text_changes_the_emitted_code()
    {
        var emitted = 0;
        foreach (var text in Hostile)
        {
            var escaped = string.Concat(text.Select(letter => letter is '"' or '\\' ? $"\\{letter}" : letter is < ' ' or > '~' ? $"\\u{{{(int)letter:X}}}" : $"{letter}"));
            foreach (var rules in new[] { Rules("x", escaped), Rules("x", text), Rules(text, "x") })
            {
                if (Emitted(rules) is { } code)
                {
                    Assert.Equal(Harmless, code);
                    emitted++;
                }
            }
        }

        Assert.True(emitted >= 60, $"only {emitted} texts got as far as C#");
    }

    [Fact]
    public void Keywords_of_C_sharp_are_names_like_any_other()
    {
        var words = JsonDocument.Parse(Repository.Read("tests/suites/unicode/csharp_keywords.json")).RootElement;
        foreach (var word in words.GetProperty("reserved").EnumerateArray().Concat(words.GetProperty("contextual").EnumerateArray()))
        {
            Assert.Equal(Harmless, Emitted(Rules(word.GetString() ?? "", "x")));
        }
    }

    [Fact]
    public void Texts_come_back_unchanged()
    {
        // Texts of more than 64 Ki characters are refused.
        foreach (var text in Hostile.Where(text => text.Length <= 60_000 && text.All(letter => letter is >= ' ' and <= '~')))
        {
            var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            var manifest = Compilation.Create(SyntaxTree.Parse(Rules("x", escaped))).Emitted.Manifest;
            Assert.Equal(text, manifest.Norms[0].Title);
            Assert.Equal(text, manifest.Norms[0].Citations[0].Locator);
            Assert.Contains(text, manifest.Tables.TextSets.SelectMany(set => set));
        }
    }

    [Fact]
    public void Controls_that_reorder_text_are_refused_at_their_place()
    {
        foreach (var control in "\u202A\u202E\u2066\u2069\u200E\u200F\u061C\u200B\u200D\u00AD\uFEFF\u2028\u2029\u0085\0")
        {
            foreach (var rules in new[] { $"// a{control}b\n", $"record r\n t : text \"a{control}b\"\n", $"record r\n a{control}b : text\n" })
            {
                var found = Assert.Single(Compilation.Create(SyntaxTree.Parse(rules)).Diagnostics, diagnostic => diagnostic.Id == "CCC1003");
                Assert.Equal(rules.IndexOf(control), found.Location.Span.Start);
            }
        }
    }

    private static string Rules(string name, string text) =>
        $"""
        ruleset sample "{text}"
        // {text}
        source s "{text}" link "{text}" article "{text}" "{text}"
        record r "{text}"
          other_field : text "{text}"
          member : one of (first, `{name}_m`) "{text}"
        question `{name}_q` "{text}"
        category `{name}_c` "{text}" when other_field = "{text}" and member is `{name}_m`
        obligation `{name}_o` "{text}"
          when `{name}_c` or `{name}_q`
          otherwise "{text}"
          subject to "{text}"
          cites s "{text}"
        """;

    /// <summary>A JSON text with half characters in it, which the library refuses.</summary>
    private static string Unescape(string json) => Regex.Replace(
        json[1..^1],
        """\\(u[0-9a-fA-F]{4}|.)""",
        match => match.Value[1] switch
        {
            'u' => ((char)Convert.ToInt32(match.Value[2..], 16)).ToString(),
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'b' => "\b",
            'f' => "\f",
            var letter => letter.ToString(),
        });

    /// <summary>The emitted C#; null where the rules are refused, which is as good.</summary>
    private static string? Emitted(string rules)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(rules));
        return compilation.HasErrors ? null : compilation.Emitted.Source;
    }
}
