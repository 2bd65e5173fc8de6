using KanSharp.Symbolics;

namespace KanSharp.Networks;

/// <summary>The symbolic function c·f(a·x + b) + d of an edge of a network.</summary>
/// <param name="Layer">Layer, from 0.</param>
/// <param name="Input">Node below, from 0.</param>
/// <param name="Output">Sub-node above, from 0; the node itself where nodes are sums.</param>
/// <param name="Function">f.</param>
/// <param name="A">Factor inside.</param>
/// <param name="B">Shift inside.</param>
/// <param name="C">Factor outside.</param>
/// <param name="D">Shift outside.</param>
/// <param name="Exponent">The shape parameter of f where it has one, else NaN.</param>
public sealed record EdgeFormula(
    int Layer, int Input, int Output, CatalogFunction Function, double A = 1, double B = 0, double C = 1, double D = 0, double Exponent = double.NaN)
{
    /// <summary>The value at a place, in double precision.</summary>
    public double Evaluate(double x) => C * Function.Evaluate(A * x + B, 0, Exponent) + D;
}
