namespace KanSharp.Training;

/// <summary>Numbers of the line search that options are checked against.</summary>
internal static class LineSearchConstants
{
    /// <summary>c₁ of the Wolfe conditions: share of the promised decrease that a step must bring.</summary>
    public const double Armijo = 1e-4;

    /// <summary>Evaluations after which a search takes the best it has.</summary>
    public const int MaxTrials = 25;
}
