namespace KanSharp.Interpretation;

/// <summary>The inner part f(slope·t + shift) of a candidate, t = −1 … 1 over the range of x, and the share of the variance that it leaves.</summary>
internal readonly record struct EdgeShape(double Slope, double Shift, double Exponent, double Misfit);
