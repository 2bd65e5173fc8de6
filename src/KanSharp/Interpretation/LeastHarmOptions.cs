using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>How <see cref="LeastHarm"/> goes on and when it stops.</summary>
public sealed record LeastHarmOptions
{
    /// <summary>
    /// How far the error may rise above the lowest that was seen, relatively, at least 0 (default 0.05). The error is the root mean squared error for target values, else the loss.
    /// </summary>
    public double Tolerance
    {
        get;
        init => field = NonNegative(value, nameof(Tolerance));
    } = 0.05;

    /// <summary>An error up to this is always good enough, at least 0 (default 0): what the noise or the purpose allows.</summary>
    public double GoodEnough
    {
        get;
        init => field = NonNegative(value, nameof(GoodEnough));
    }

    /// <summary>Edges to keep, at least 1: removal goes on to this number whatever the error. Null (default) stops by the error.</summary>
    public int? KeepEdges
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(KeepEdges), value, "KeepEdges is at least 1, or null.");
    }

    /// <summary>Edges of lowest score, and as many hidden nodes, whose removal is tried in every step, at least 1 (default 6).</summary>
    public int Shortlist
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Shortlist), value, "Shortlist is at least 1.");
    } = 6;

    /// <summary>Whether whole hidden nodes are tried, too (default true).</summary>
    public bool WholeNodes { get; init; } = true;

    /// <summary>Training after every removal, on the training samples alone; null (default) for none.</summary>
    public FitOptions? Refit { get; init; }

    /// <summary>Loss that errors are measured by; null (default) by the kind of targets.</summary>
    public Loss? Loss { get; init; }

    private static double NonNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is finite and at least 0.");
}
