namespace CccRules.Batch.Reporting;

/// <summary>The style sheet of the report. Colours are told apart by light as well, and open outcomes are hatched.</summary>
internal static class ReportStyle
{
    public const string Text =
        """

        :root { --ink: #1c2430; --soft: #5d6b7d; --line: #e3e8ee; --page: #f5f7f9; --card: #fff;
          --breached: #c8372d; --soon: #e06a1b; --open: #e0a100; --required: #7a52c7; --fulfilled: #2e8b57; --exempt: #3a7fc1; --notyet: #8fa3bb; --none: #dde3ea; --warn: #8a6100; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #9aa8ba; --line: #2c3644; --page: #12171e; --card: #1a212b; --none: #323d4b; --warn: #f3c44b; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
        main { max-width: 1140px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 26px; margin: 0; } h2 { font-size: 18px; margin: 0 0 4px; }
        .sub { color: var(--soft); margin: 2px 0 12px; }
        code { font: 12px ui-monospace, "SF Mono", Consolas, monospace; color: var(--soft); }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-top: 20px; }
        .cards { display: flex; flex-wrap: wrap; gap: 12px; background: none; border: 0; padding: 0; }
        .card { flex: 1 1 150px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; border-top: 4px solid var(--notyet); }
        .card b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; } .card span { color: var(--soft); } .card i { display: block; font-style: normal; font-size: 13px; color: var(--soft); }
        .lead { font-size: 16.5px; border-left: 4px solid var(--notyet); } .lead p { margin: 0 0 6px; } .lead p:last-child { margin: 0; } .lead em { font-style: normal; font-weight: 600; }
        .bad { color: var(--breached); } .card.bad, .card.warn { color: inherit; } strong.warn { color: var(--warn); }
        .card.bad { border-top-color: var(--breached); } .card.warn { border-top-color: var(--open); } .card.good { border-top-color: var(--fulfilled); }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--soft); font-size: 13px; margin: 6px 0 14px; }
        .legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
        .norm { border-top: 1px solid var(--line); padding: 9px 0; } .norm summary { display: flex; gap: 18px; align-items: center; cursor: pointer; list-style: none; }
        .norm summary::-webkit-details-marker { display: none; }
        .norm summary > .n { flex: 0 0 92px; } .name { flex: 0 0 44%; min-width: 0; } .name b { display: block; font-weight: 600; line-height: 1.3; font-size: 14px; } .name code { display: block; overflow: hidden; text-overflow: ellipsis; font-size: 11px; }
        .more { border-top: 1px solid var(--line); padding: 10px 0 2px; } .more > summary { cursor: pointer; color: var(--soft); } .more ul { columns: 2; gap: 32px; padding-left: 18px; font-size: 13px; } .more li { break-inside: avoid; margin-bottom: 4px; }
        .bar { flex: 1; display: flex; height: 26px; border-radius: 5px; overflow: hidden; background: var(--none); }
        .bar i { flex: 1 1 0; min-width: 2px; font: 12px/26px system-ui, sans-serif; color: #fff; text-align: center; overflow: hidden; white-space: nowrap; }
        .bar i.none { color: var(--soft); } .bar i.open { color: #3a2a00; text-shadow: 0 0 4px #ffe9ad; }
        table { border-collapse: collapse; margin: 8px 0; font-variant-numeric: tabular-nums; } td, th { padding: 4px 12px 4px 0; text-align: left; vertical-align: middle; }
        th { color: var(--soft); font-weight: 500; font-size: 13px; } .n { text-align: right; white-space: nowrap; }
        .wide { width: 100%; } .wide tr + tr td { border-top: 1px solid var(--line); } .track { width: 30%; } .wide td.track i { display: block; height: 14px; border-radius: 3px; min-width: 0; }
        .facts th { width: 170px; } .facts td { overflow-wrap: anywhere; color: var(--soft); }
        .dot { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 8px; }
        i.breached { background: var(--breached); } i.soon { background: var(--soon); } i.required { background: var(--required); } i.fulfilled { background: var(--fulfilled); }
        i.exempt { background: var(--exempt); } i.notyet { background: var(--notyet); } i.none { background: var(--none); }
        i.open { background: repeating-linear-gradient(135deg, var(--open) 0 7px, #f3c44b 7px 12px); }
        svg { width: 100%; height: auto; } svg .grid { stroke: var(--line); } svg .axis { fill: var(--soft); font-size: 12px; }
        rect.breached { fill: var(--breached); } rect.open { fill: var(--open); }
        @media (max-width: 700px) { .norm summary { display: block; } .name { margin-bottom: 6px; } }
        @media print { body { background: #fff; } section { break-inside: avoid; } }
        """;
}
