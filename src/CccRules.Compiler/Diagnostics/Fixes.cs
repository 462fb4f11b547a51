using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>The usual shapes of a way out.</summary>
internal static class Fixes
{
    public static Fix Advice(string help) => new(help);

    public static Fix Insert(TextLocation at, string text, string help) => new(help, [new TextEdit(at, text)]);

    public static Fix Replace(TextLocation at, string text, string help) => new(help, [new TextEdit(at, text)]);

    public static Fix Surround(SourceText text, TextSpan span, string before, string after, string help) =>
        new(help,
        [
            new TextEdit(text.GetLocation(new TextSpan(span.Start, 0)), before),
            new TextEdit(text.GetLocation(new TextSpan(span.End, 0)), after),
        ]);
}
