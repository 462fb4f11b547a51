using System.Diagnostics;
using CccRules.Compiler.Diagnostics;
using Spectre.Console;

namespace CccRules.Cli;

/// <summary>
/// One of the two places where a command writes for people. Escape codes go to terminals only; everything else gets plain
/// text. Foreign text passes through <see cref="Escape"/> before it comes here.
/// </summary>
internal sealed class Screen
{
    /// <summary>Lines of diagnostics are never broken: their underlines would no longer fit.</summary>
    private const int Endless = 1_000_000;

    private readonly Lazy<IAnsiConsole> _lines;
    private readonly Lazy<IAnsiConsole> _console;

    /// <param name="writer">Where text goes.</param>
    /// <param name="isTerminal">Somebody reads along: progress makes sense.</param>
    /// <param name="hasColours">Escape codes are understood and wanted.</param>
    /// <param name="width">Columns that tables and trees may take.</param>
    public Screen(TextWriter writer, bool isTerminal = false, bool hasColours = false, int width = 100)
    {
        Writer = writer;
        Width = width;
        IsTerminal = isTerminal;
        HasColours = hasColours;
        // Made when needed only: making one writes escape codes to a terminal, wanted or not.
        _lines = new(() => Create(Endless));
        _console = new(() => Create(width));
    }

    public TextWriter Writer { get; }

    public bool IsTerminal { get; }

    public bool HasColours { get; }

    /// <summary>Columns that tables, trees and charts may take.</summary>
    public int Width { get; }

    /// <summary>For trees, tables and progress; only where there are colours.</summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>One line of foreign text that is safe to print.</summary>
    public static string Escape(string text) => DisplayText.Escape(text);

    public void Write(string text) => Writer.Write(text);

    public void WriteLine(string text = "") => Writer.Write(text + "\n");

    public void Write(string text, RenderStyle style)
    {
        if (HasColours && StyleOf(style) is { } look)
        {
            _lines.Value.Write(new Text(text, look));
        }
        else
        {
            Writer.Write(text);
        }
    }

    public void Write(IEnumerable<RenderedSegment> segments)
    {
        foreach (var segment in segments)
        {
            Write(segment.Text, segment.Style);
        }
    }

    private IAnsiConsole Create(int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = IsTerminal && HasColours ? InteractionSupport.Yes : InteractionSupport.No,
            // What a machine is must not change what is printed.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(Writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static Style? StyleOf(RenderStyle style) => style switch
    {
        RenderStyle.Plain or RenderStyle.Source => null,
        RenderStyle.Error => new Style(Color.Red, decoration: Decoration.Bold),
        RenderStyle.Warning => new Style(Color.Yellow, decoration: Decoration.Bold),
        RenderStyle.Info => new Style(Color.Aqua, decoration: Decoration.Bold),
        RenderStyle.Message => new Style(decoration: Decoration.Bold),
        RenderStyle.Gutter => new Style(Color.Blue),
        RenderStyle.Escape => new Style(Color.Fuchsia),
        RenderStyle.Secondary => new Style(Color.Blue, decoration: Decoration.Bold),
        RenderStyle.Keyword => new Style(decoration: Decoration.Bold),
        _ => throw new UnreachableException(),
    };
}
