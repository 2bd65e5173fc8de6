namespace KanSharp.Interpretation;

/// <summary>One thing that a formula search did.</summary>
/// <param name="Name">What: "columns", "terms", "network [2,1,1]", ….</param>
/// <param name="Message">What came of it, for people.</param>
/// <param name="Rmse">Error on the validation rows of what the step ended with, in units of the target; NaN where it has none.</param>
/// <param name="Elapsed">Time since the search began.</param>
public sealed record DiscoveryStep(string Name, string Message, double Rmse, TimeSpan Elapsed);
