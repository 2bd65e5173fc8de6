namespace KanSharp.Tests.Equations.Truth;

/// <summary>
/// The nodes of Gauss, Legendre and Lobatto on [−1, 1] with weights, matrix of derivatives and interpolation (C. Canuto et al., "Spectral Methods: Fundamentals in Single
/// Domains", section 2.3).
/// </summary>
internal sealed class LobattoElement
{
    private readonly double[] _barycentric;

    /// <param name="degree">Degree p; p + 1 nodes.</param>
    public LobattoElement(int degree)
    {
        Degree = degree;
        Nodes = [.. Enumerable.Range(0, degree + 1).Select(index => Root(degree, -Math.Cos(Math.PI * index / degree)))];
        Weights = [.. Nodes.Select(x => 2 / (degree * (degree + 1) * Math.Pow(Legendre(degree, x).Value, 2)))];
        _barycentric = [.. Nodes.Select((x, index) => 1 / Nodes.Where((_, other) => other != index).Aggregate(1.0, (product, node) => product * (x - node)))];
        Derivative = new double[degree + 1, degree + 1];
        for (int row = 0; row <= degree; row++)
        {
            for (int column = 0; column <= degree; column++)
            {
                if (row == column)
                    continue;
                Derivative[row, column] = _barycentric[column] / _barycentric[row] / (Nodes[row] - Nodes[column]);
                Derivative[row, row] -= Derivative[row, column];
            }
        }
    }

    public int Degree { get; }

    public double[] Nodes { get; }

    public double[] Weights { get; }

    /// <summary>Entry (i, j): derivative at node i of the polynomial that is 1 at node j and 0 at the others.</summary>
    public double[,] Derivative { get; }

    /// <summary>The interpolating polynomial at a place in [−1, 1].</summary>
    public double Interpolate(ReadOnlySpan<double> values, double x)
    {
        double top = 0, bottom = 0;
        for (int index = 0; index < Nodes.Length; index++)
        {
            if (x == Nodes[index])
                return values[index];
            double weight = _barycentric[index] / (x - Nodes[index]);
            (top, bottom) = (top + weight * values[index], bottom + weight);
        }

        return top / bottom;
    }

    /// <summary>A root of (1 − x²)·P'(x), by Newton's method with ((1 − x²)·P')' = −p(p + 1)·P.</summary>
    private static double Root(int degree, double x)
    {
        for (int iteration = 0; iteration < 30 && Math.Abs(x) < 1; iteration++)
        {
            (double value, double before) = Legendre(degree, x);
            x -= (x * value - before) / ((degree + 1) * value);
        }

        return x;
    }

    /// <summary>P of this degree and of the one before.</summary>
    private static (double Value, double Before) Legendre(int degree, double x)
    {
        (double before, double value) = (1, x);
        for (int order = 2; order <= degree; order++)
            (before, value) = (value, ((2 * order - 1) * x * value - (order - 1) * before) / order);
        return (value, before);
    }
}
