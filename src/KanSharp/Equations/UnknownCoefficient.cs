namespace KanSharp.Equations;

/// <summary>A number in the equations that is identified together with the solution.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where the search starts.</param>
public sealed record UnknownCoefficient(string Name, double Start = 1);
