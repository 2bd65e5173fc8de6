using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>Result of <see cref="PykanSymbolic"/> for one function.</summary>
/// <param name="Function">f.</param>
/// <param name="R2">Squared correlation as pykan computes it, with 10⁻⁴ in the denominator.</param>
/// <param name="A">a of c·f(a·x + b) + d.</param>
/// <param name="B">b.</param>
/// <param name="C">c.</param>
/// <param name="D">d.</param>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="Score">pykan's total loss; less is better.</param>
public sealed record PykanFit(CatalogFunction Function, double R2, double A, double B, double C, double D, double Rmse, double Score);
