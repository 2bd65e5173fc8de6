using System.Globalization;

namespace KanSharp.Plotting;

/// <summary>
/// The page about one search for a formula: what was found, the data, the way, the network, what matters, the structure, all formulas and
/// their errors. Everything but the formulas is optional; what is not given is left out. One file without scripts that needs no network.
/// </summary>
public sealed record DiscoveryReport
{
    /// <summary>Title of the page.</summary>
    public required string Title { get; init; }

    /// <summary>The formulas, best or simplest first; may be empty.</summary>
    public required IReadOnlyList<ReportFormula> Formulas { get; init; }

    /// <summary>Index of the picked formula; null (default) where none was picked.</summary>
    public int? Pick { get; init; }

    /// <summary>Name of the target, written in front of the picked formula; default "y".</summary>
    public string Target { get; init; } = "y";

    /// <summary>The rows that the errors of the formulas belong to, as "150 test rows"; empty (default) does not say.</summary>
    public string ErrorRows { get; init; } = "";

    /// <summary>Columns of the data; none by default.</summary>
    public IReadOnlyList<ReportColumn> Columns { get; init; } = [];

    /// <summary>Choices made by the caller or for him: name and value; none by default.</summary>
    public IReadOnlyList<(string Name, string Value)> Choices { get; init; } = [];

    /// <summary>What the reader must know: warnings, why a search ended early; none by default.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The steps in their order; none by default.</summary>
    public IReadOnlyList<ReportStep> Steps { get; init; } = [];

    /// <summary>The training curve; null (default) for none.</summary>
    public LossChart? Training { get; init; }

    /// <summary>Networks with a sentence about each, as before and after pruning; none by default.</summary>
    public IReadOnlyList<(NetworkDiagram Diagram, string Caption)> Networks { get; init; } = [];

    /// <summary>Importance of the features; none by default.</summary>
    public IReadOnlyList<(string Name, double Score)> Attribution { get; init; } = [];

    /// <summary>Edges with the formulas fitted to them; none by default.</summary>
    public IReadOnlyList<CandidateChart> Edges { get; init; } = [];

    /// <summary>How the inputs of each row of edges spread; null (default) for none.</summary>
    public HistogramGrid? Activations { get; init; }

    /// <summary>The structure that was found in the target; null (default) for none.</summary>
    public TreeDiagram? Structure { get; init; }

    /// <summary>True values of the rows of the error plots [rows]; none by default.</summary>
    public IReadOnlyList<double> Actual { get; init; } = [];

    /// <summary>Values of the picked formula for the same rows [rows].</summary>
    public IReadOnlyList<double> Predicted { get; init; } = [];

    /// <summary>The page.</summary>
    /// <exception cref="ArgumentException">The pick is no formula, a MathML is none, or a part does not fit; the message says which.</exception>
    public string Write()
    {
        if (Pick is int pick && (uint)pick >= (uint)Formulas.Count)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{nameof(Pick)}: {pick}; allowed are 0 to {Formulas.Count - 1}."));
        PlotGuard.SameLength(Predicted.Count, Actual.Count, nameof(Predicted), nameof(Actual));
        return DiscoveryPage.Write(this);
    }
}
