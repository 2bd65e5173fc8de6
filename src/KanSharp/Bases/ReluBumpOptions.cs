namespace KanSharp.Bases;

/// <summary>
/// Bumps (r·ReLU(e − x)·ReLU(x − s))^(2m) between s and e (ReLU-KAN: Qiu et al., arXiv 2406.02075; with m above 1 HRKAN: So and Yung, arXiv 2409.14248). At the start
/// bump j lies from s_j = Low + j·h, j = −k … G − 1, to e_j = s_j + (k + 1)·h with h = (High − Low)/G. Outside all functions vanish.
/// </summary>
/// <remarks>
/// With trained phases r = 4/(e − s)² follows them, so that every bump keeps the height 1; the published code keeps the r of the start
/// (<see cref="ConstantHeight"/> false). Where training has brought s past e, a bump is 0 and stays it. With fixed phases and m = 1 a bump is a piecewise quartic on
/// the grid and runs through the same kernels as B-splines.
/// </remarks>
public sealed record ReluBumpOptions : BasisOptions
{
    /// <summary>Number of grid intervals G, at least 1. Default 5. (ReLU-KAN: <c>g</c>.)</summary>
    public int Intervals { get; init; } = 5;

    /// <summary>Intervals that a bump reaches past its first one, k, 1 to 10. Default 3. (ReLU-KAN: <c>k</c>.)</summary>
    public int Span { get; init; } = 3;

    /// <summary>Lower end of the grid. Default 0.</summary>
    public double Low { get; init; }

    /// <summary>Upper end of the grid. Default 1.</summary>
    public double High { get; init; } = 1;

    /// <summary>m, 1 to 4: a bump has 2m − 1 continuous derivatives. Default 1.</summary>
    public int Power { get; init; } = 1;

    /// <summary>Whether s and e of every bump are trained. Default true. (ReLU-KAN: <c>train_ab</c>.)</summary>
    public bool TrainPhases { get; init; } = true;

    /// <summary>Whether trained bumps keep the height 1. Default true; false keeps the factor r of the start, as the published code does.</summary>
    public bool ConstantHeight { get; init; } = true;

    /// <inheritdoc/>
    public override string Family => "relu";

    /// <summary>Number of bumps, G + k.</summary>
    public override int Count => Intervals + Span;

    /// <inheritdoc/>
    public override (double Low, double High) Domain => (Low, High);

    /// <summary>Whether the bumps are piecewise quartics on a grid.</summary>
    internal bool IsLocal => !TrainPhases && Power == 1 && Count > Math.Max(Span, 4);

    /// <summary>The factor r at the start, 4/(e − s)².</summary>
    internal double StartHeight => 4 / ((Span + 1) * Step * ((Span + 1) * Step));

    /// <summary>Length of an interval.</summary>
    internal double Step => (High - Low) / Intervals;

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckNumber(nameof(Intervals), Intervals, 1);
        CheckNumber(nameof(Span), Span, 1, 10);
        CheckNumber(nameof(Power), Power, 1, 4);
        CheckRange(Low, High);
    }
}
