using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>The coefficients of all edges that leave one input, carried to new knots, and how much that changed their splines.</summary>
internal sealed class FeatureTransfer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LocalBasisTable<double> _before, _after;
    private readonly double[] _old, _new;
    private readonly int _outputs;

    /// <param name="oldKnots">Old extended knots.</param>
    /// <param name="oldDegree">Old degree.</param>
    /// <param name="coefficients">Old coefficients, [G + k, outputs].</param>
    /// <param name="newKnots">New extended knots, as stored.</param>
    /// <param name="newDegree">New degree.</param>
    /// <param name="outside">Outside behaviour of both.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="transfer">A transfer for the same knots, made before; null makes one.</param>
    public FeatureTransfer(
        double[] oldKnots, int oldDegree, ReadOnlySpan<T> coefficients, ReadOnlySpan<T> newKnots, int newDegree, OutsideGrid outside, int outputs, SplineTransfer? transfer)
    {
        double[] exact = FeatureGrid<T>.Exact(newKnots);
        _before = BSplineTable.Build<double>(oldKnots, 1, oldDegree, outside);
        _after = BSplineTable.Build<double>(exact, 1, newDegree, outside);
        _outputs = outputs;
        Transfer = transfer ?? SplineTransfer.Create(oldKnots, oldDegree, exact, newDegree, outside);
        Coefficients = new T[Transfer.Rows * outputs];
        Transfer.Apply(coefficients, outputs, Coefficients);
        _old = FeatureGrid<T>.Exact(coefficients);
        _new = FeatureGrid<T>.Exact(Coefficients);
        Span<double> points = exact.AsSpan(newDegree, exact.Length - 2 * newDegree);
        (double[] x, double[] weights) = SplineQuadrature.Points(SplineQuadrature.Breakpoints(_before, points), Math.Max(oldDegree, newDegree) + 1);
        (Change, Size) = Compare(x, weights);
    }

    public SplineTransfer Transfer { get; }

    /// <summary>New coefficients, [G + k, outputs].</summary>
    public T[] Coefficients { get; }

    /// <summary>∫(new − old)² over the new grid, summed over the outputs.</summary>
    public double Change { get; }

    /// <summary>∫old² over the new grid, summed over the outputs.</summary>
    public double Size { get; }

    /// <summary>Sums of squares of change and of old values at points.</summary>
    public (double Change, double Size) At(double[] points) => Compare(points, null);

    private (double Change, double Size) Compare(double[] points, double[]? weights)
    {
        double[] before = SplineFit.Evaluate(_before, points, _old, _outputs);
        double[] after = SplineFit.Evaluate(_after, points, _new, _outputs);
        double change = 0, size = 0;
        for (int index = 0; index < before.Length; index++)
        {
            double weight = weights is null ? 1 : weights[index / _outputs];
            change += weight * (after[index] - before[index]) * (after[index] - before[index]);
            size += weight * before[index] * before[index];
        }

        return (change, size);
    }
}
