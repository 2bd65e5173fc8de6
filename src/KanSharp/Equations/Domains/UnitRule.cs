using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Equations.Domains;

/// <summary>A rule of points and weights on the unit cube, and rules made from it by a map.</summary>
/// <param name="Points">Row-major [N × dimension].</param>
/// <param name="Weights">N weights.</param>
/// <param name="Dimension">Number of axes, 0 for a single point of weight 1.</param>
internal readonly record struct UnitRule(double[] Points, double[] Weights, int Dimension)
{
    /// <summary>Moves a point of the unit cube into place.</summary>
    public delegate void Map(ReadOnlySpan<double> unit, Span<double> point);

    /// <summary>The product rule of Gauss-Legendre, exact for polynomials of degree 2m − 1 in every variable.</summary>
    public static UnitRule Gauss(int pointsPerAxis, int dimension)
    {
        (double[] nodes, double[] weights) = Nodes(pointsPerAxis);
        double total = Math.Pow(pointsPerAxis, dimension);
        if (total * Math.Max(1, dimension) > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(pointsPerAxis), pointsPerAxis,
                $"{pointsPerAxis} points on each of {dimension} axes are too many. Take fewer, or the mean over Interior points.");
        }

        var points = new double[(int)total * dimension];
        var products = new double[(int)total];
        for (int row = 0; row < products.Length; row++)
        {
            int rest = row;
            products[row] = 1;
            for (int axis = dimension - 1; axis >= 0; axis--)
            {
                int node = rest % pointsPerAxis;
                rest /= pointsPerAxis;
                points[row * dimension + axis] = nodes[node];
                products[row] *= weights[node];
            }
        }

        return new UnitRule(points, products, dimension);
    }

    /// <summary>Nodes and weights of one axis.</summary>
    public static (double[] Nodes, double[] Weights) Nodes(int pointsPerAxis) => pointsPerAxis >= 1
        ? GaussLegendre.Rule(pointsPerAxis)
        : throw new ArgumentOutOfRangeException(nameof(pointsPerAxis), pointsPerAxis, "The number of points per axis is at least 1.");

    /// <summary>The rule through a map that keeps measure up to the factor <paramref name="measure"/>.</summary>
    public Quadrature Through(Map map, int coordinates, double measure)
    {
        var points = new Tensor<double>(new Shape(Weights.Length, coordinates));
        var weights = new Tensor<double>(new Shape(Weights.Length));
        for (int row = 0; row < Weights.Length; row++)
        {
            map(Points.AsSpan(row * Dimension, Dimension), points.Row(row));
            weights[row] = Weights[row] * measure;
        }

        return new Quadrature(points, weights);
    }
}
