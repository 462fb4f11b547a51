namespace CccRules.Cli.Documents;

/// <summary>A page that needs nothing but itself: no script, no font, no address.</summary>
internal static class HtmlPage
{
    private const string Style =
        """
        :root { color-scheme: light dark; --ink: #1b2330; --soft: #5a6675; --line: #d8dee6; --paper: #ffffff; --back: #f3f5f8; --key: #23508e;
          --must: #a4262c; --must-back: #fbeceb; --open: #7a5200; --open-back: #fdf3dc; --good: #1d6b3a; --good-back: #e6f4ea;
          --free: #23508e; --free-back: #e8effa; --later: #5b3f93; --later-back: #f0ebfa; --none-back: #eef1f4; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #a2adbb; --line: #39434f; --paper: #1b2129; --back: #12161b; --key: #8fb7ef;
          --must: #ff9d96; --must-back: #43201f; --open: #f2cc7d; --open-back: #3d3014; --good: #8fd6a5; --good-back: #17321f;
          --free: #9dc2f5; --free-back: #1a2c46; --later: #c8b4f5; --later-back: #2e2447; --none-back: #262d36; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
        main { max-width: 66rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.3rem; margin: 2.25rem 0 .5rem; }
        h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
        p { margin: .35rem 0; }
        .soft { color: var(--soft); }
        .small { font-size: .875rem; }
        .card { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem; margin: 1rem 0; }
        .warn { border-left: .35rem solid var(--must); }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .94rem; }
        th { text-align: left; font-weight: 600; color: var(--soft); font-size: .82rem; vertical-align: bottom; }
        th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
        td { vertical-align: top; }
        tr:last-child > td { border-bottom: 0; }
        .date { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .mark { display: inline-block; border-radius: 1rem; padding: .05rem .65rem; font-size: .82rem; font-weight: 600; white-space: nowrap; background: var(--none-back); color: var(--ink); }
        .must { background: var(--must-back); color: var(--must); } .open { background: var(--open-back); color: var(--open); }
        .good { background: var(--good-back); color: var(--good); } .free { background: var(--free-back); color: var(--free); }
        .later { background: var(--later-back); color: var(--later); }
        ul { margin: .25rem 0; padding-left: 1.2rem; }
        code { font: .88em ui-monospace, "DejaVu Sans Mono", monospace; }
        svg { display: block; width: 100%; height: auto; }
        @media print { body { background: #fff; } main { max-width: none; padding: 0; } .card { break-inside: avoid; } }
        """;

    /// <param name="title">Foreign text.</param>
    /// <param name="body">HTML.</param>
    public static string Of(string title, string body) =>
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + $"<title>{HtmlText.Escape(title)}</title>\n<style>\n{Style.ReplaceLineEndings("\n")}\n</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n";
}
