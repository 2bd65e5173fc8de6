namespace KanSharp.Layers;

/// <summary>What moving the knots of one layer did to its functions.</summary>
/// <param name="IntervalsBefore">Grid intervals before.</param>
/// <param name="Intervals">Grid intervals now.</param>
/// <param name="DegreeBefore">Degree before.</param>
/// <param name="Degree">Degree now.</param>
/// <param name="Inserted">Inputs whose knots were inserted: their functions are the same to rounding on the new grid.</param>
/// <param name="Projected">Inputs whose functions were projected onto the new knots.</param>
/// <param name="RelativeChange">
/// √∫(new − old)² over √∫old² of the splines of all edges on the new grids, with the numbers as they are stored; 0 if the splines are 0. Where a new grid
/// reaches past the old one, the old spline is what it was outside.
/// </param>
/// <param name="RelativeChangeAtData">The same as root mean squares at the given inputs; null without.</param>
/// <param name="OutsideBefore">Share of the given inputs, over all features, that lay outside of the old grids; null without.</param>
/// <param name="Outside">The same for the new grids.</param>
/// <param name="Notes">Inputs that could not be treated as asked, with the reason.</param>
public sealed record LayerRefinement(
    int IntervalsBefore,
    int Intervals,
    int DegreeBefore,
    int Degree,
    int Inserted,
    int Projected,
    double RelativeChange,
    double? RelativeChangeAtData,
    double? OutsideBefore,
    double? Outside,
    IReadOnlyList<string> Notes);
