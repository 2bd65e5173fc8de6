namespace KanSharp.Plotting;

/// <summary>The style sheet of a report.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --text: #1f2328; --muted: #57606a; --page: #ffffff; --line: #d0d7de; --soft: #f6f8fa; }
        @media screen and (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --muted: #9aa5b1; --page: #0d1117; --line: #3d444d; --soft: #161b22; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.6 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
        main { max-width: 58rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 1.25rem; }
        h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.5rem 0 0.75rem; padding-bottom: 0.3rem; border-bottom: 1px solid var(--line); }
        h3, h4 { font-size: 1.1rem; margin: 1.75rem 0 0.5rem; }
        p { max-width: 44rem; margin: 0.75rem 0; }
        .wide, figure { overflow-x: auto; }
        table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.35rem 0.9rem 0.35rem 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { font-weight: 600; border-bottom-width: 2px; }
        .number { text-align: right; padding-left: 0.9rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.25rem; margin: 1rem 0; }
        dt { color: var(--muted); }
        dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        math { font-size: 1.15em; font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", math, serif; }
        td math { font-size: 1.05em; }
        code { font-size: 0.9em; overflow-wrap: anywhere; }
        details { font-size: 0.85rem; color: var(--muted); }
        summary { cursor: pointer; }
        .result { background: var(--soft); border: 1px solid var(--line); border-radius: 8px; padding: 1.1rem 1.25rem; margin: 1rem 0 1.5rem; font-size: 1.3rem; overflow-x: auto; }
        .pick td { background: var(--soft); font-weight: 600; }
        pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 1rem; overflow-x: auto; font-size: 0.85rem; line-height: 1.35; }
        figure { margin: 1.5rem 0; }
        figure svg { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
        figcaption { color: var(--muted); font-size: 0.9rem; margin-top: 0.5rem; }
        @media print { body { font-size: 11pt; } figure, tr, .result { break-inside: avoid; } h2, h3 { break-after: avoid; } .wide, figure { overflow: visible; } details { display: none; } }

        """;
}
