using System.Globalization;
using System.Text;

namespace KanSharp.Plotting;

/// <summary>Puts the sections of a discovery report together.</summary>
internal static class DiscoveryPage
{
    public static string Write(DiscoveryReport report)
    {
        var page = new HtmlReport(report.Title);
        AddResult(report, page);
        AddData(report, page);
        AddWay(report, page);
        AddNetwork(report, page);
        AddStructure(report, page);
        AddFormulas(report, page);
        AddErrors(report, page);
        return page.Write();
    }

    private static void AddResult(DiscoveryReport report, HtmlReport page)
    {
        if (report.Pick is int pick)
        {
            ReportFormula formula = report.Formulas[pick];
            string math = formula.MathMl.Length > 0 ? MathMarkup.Clean(formula.MathMl, inline: true) : $"<code>{SvgText.Escape(formula.Text)}</code>";
            page.Raw($"<div class=\"result\"><span>{SvgText.Escape(report.Target)} =</span> {math}</div>\n");
            page.KeyValues(
            [
                ("as text", formula.Text),
                ("complexity", formula.Complexity.ToString(CultureInfo.InvariantCulture)),
                (report.ErrorRows.Length > 0 ? $"RMSE on {report.ErrorRows}" : "RMSE", PlotNumber.Short(formula.Rmse)),
                ("R²", PlotNumber.R2(formula.R2)),
                .. formula.Origin.Length > 0 ? [("found by", formula.Origin)] : Array.Empty<(string, string)>(),
            ]);
        }
        else
        {
            page.Paragraph(report.Formulas.Count == 0 ? "No formula was found." : "No formula was picked; the table below has all that were found.");
        }

        foreach (string note in report.Notes)
            page.Paragraph("Note: " + note);
    }

    private static void AddData(DiscoveryReport report, HtmlReport page)
    {
        if (report.Columns.Count > 0)
        {
            page.Heading("Data");
            page.Table(
                ["column", "role", "rows", "missing", "minimum", "mean", "maximum", "standard deviation"],
                [.. report.Columns.Select(Summary)]);
        }

        if (report.Choices.Count == 0)
            return;
        page.Heading("Choices", report.Columns.Count > 0 ? 3 : 2);
        page.KeyValues(report.Choices);
    }

    private static string[] Summary(ReportColumn column)
    {
        double[] present = [.. column.Values.Where(value => !double.IsNaN(value))];
        double mean = present.Length == 0 ? double.NaN : present.Sum(value => value / present.Length);
        double deviation = present.Length == 0 ? double.NaN : Math.Sqrt(present.Sum(value => (value - mean) * (value - mean) / present.Length));
        return
        [
            column.Name, column.Role, column.Values.Count.ToString(CultureInfo.InvariantCulture),
            (column.Values.Count - present.Length).ToString(CultureInfo.InvariantCulture),
            PlotNumber.Short(present.Length == 0 ? double.NaN : present.Min()), PlotNumber.Short(mean),
            PlotNumber.Short(present.Length == 0 ? double.NaN : present.Max()), PlotNumber.Short(deviation),
        ];
    }

    private static void AddWay(DiscoveryReport report, HtmlReport page)
    {
        if (report.Steps.Count == 0 && report.Training is null)
            return;
        page.Heading("The way");
        if (report.Steps.Count > 0)
        {
            page.Table(
                ["step", "what happened", "error after it", "seconds"],
                [.. report.Steps.Select(step => (string[])[step.Name, step.Detail, PlotNumber.Short(step.Error), PlotNumber.Short(step.Seconds, 3)])]);
        }

        if (report.Training is not null)
            page.Figure(report.Training.Draw(), "Loss of the training.");
    }

    private static void AddNetwork(DiscoveryReport report, HtmlReport page)
    {
        if (report.Networks.Count > 0 || report.Edges.Count > 0 || report.Activations is not null)
            page.Heading("The network");
        foreach ((NetworkDiagram diagram, string caption) in report.Networks)
            page.Figure(diagram.Draw(), caption);
        if (report.Activations is not null)
        {
            page.Heading("What reaches the edges", 3);
            page.Figure(report.Activations.Draw(), "The dashed lines are the ends of the grids, what lies outside is red.");
        }

        if (report.Edges.Count > 0)
            page.Heading("Edges and what fits them", 3);
        foreach (CandidateChart edge in report.Edges)
            page.Figure(edge.Draw());
    }

    private static void AddStructure(DiscoveryReport report, HtmlReport page)
    {
        if (report.Attribution.Count > 0)
        {
            page.Heading("What matters");
            page.Figure(new ScoreBars { Scores = report.Attribution }.Draw(), "Attribution of the features: how much of the output's variation comes through each.");
        }

        if (report.Structure is null)
            return;
        page.Heading("Structure");
        page.Figure(report.Structure.Draw(), "How the target is built from parts, as far as its derivatives tell.");
    }

    private static void AddFormulas(DiscoveryReport report, HtmlReport page)
    {
        if (report.Formulas.Count == 0)
            return;
        page.Heading("Formulas");
        page.Paragraph((report.ErrorRows.Length > 0 ? $"Errors are measured on {report.ErrorRows}. " : "") + "The picked formula is marked ★.");
        page.Raw(Table(report));
        ParetoPoint[] points = [.. report.Formulas.Select(formula => new ParetoPoint(formula.Complexity, formula.Rmse, formula.Text))];
        page.Figure(new ParetoPlot { Points = points, Pick = report.Pick }.Draw(), "The line joins the formulas that nothing simpler beats.");
    }

    private static string Table(DiscoveryReport report)
    {
        bool origins = report.Formulas.Any(formula => formula.Origin.Length > 0);
        var text = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">pick</th><th scope=\"col\">formula</th>");
        text.Append("<th scope=\"col\" class=\"number\">complexity</th><th scope=\"col\" class=\"number\">RMSE</th><th scope=\"col\" class=\"number\">R²</th>");
        text.Append(origins ? "<th scope=\"col\">found by</th>" : "").Append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < report.Formulas.Count; i++)
        {
            ReportFormula formula = report.Formulas[i];
            bool picked = report.Pick == i;
            string shown = SvgText.Escape(formula.Text);
            text.Append(picked ? "<tr class=\"pick\"><td><span role=\"img\" aria-label=\"picked\">★</span></td>" : "<tr><td></td>");
            text.Append(formula.MathMl.Length > 0 ? $"<td>{MathMarkup.Clean(formula.MathMl, inline: true)}<details><summary>text</summary><code>{shown}</code></details></td>" : $"<td><code>{shown}</code></td>");
            text.Append("<td class=\"number\">").Append(formula.Complexity.ToString(CultureInfo.InvariantCulture)).Append("</td><td class=\"number\">")
                .Append(PlotNumber.Short(formula.Rmse)).Append("</td><td class=\"number\">").Append(PlotNumber.R2(formula.R2)).Append("</td>");
            text.Append(origins ? $"<td>{SvgText.Escape(formula.Origin)}</td>" : "").Append("</tr>\n");
        }

        return text.Append("</tbody>\n</table></div>\n").ToString();
    }

    private static void AddErrors(DiscoveryReport report, HtmlReport page)
    {
        if (report.Actual.Count == 0)
            return;
        page.Heading("Errors of the picked formula");
        page.Figure(new ParityPlot { Actual = report.Actual, Predicted = report.Predicted, Quantity = report.Target }.Draw());
        page.Figure(new ResidualPlot { Actual = report.Actual, Predicted = report.Predicted, Quantity = report.Target }.Draw());
    }
}
