using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A sparsity penalty on a matrix v of sizes, none negative: λ₁·Σv + λ₂·(entropy). With one entropy over all (the KAN paper, section 2.5.1) p = v/Σv and
/// the entropy is −Σ p ln p. As pykan has it, p = v/(row sum + 1), the entropy of a row is −Σ p log₂(p + 10⁻⁴), and the mean over rows
/// is added to the same over columns.
/// </summary>
internal sealed class SizePenaltyNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Offset = 1e-4;
    private Node<T> _sizes = null!;
    private bool _rowsAndColumns;
    private double _l1;
    private double _entropyWeight;
    private double _total;
    private double _entropy;

    /// <summary>Computes the penalty.</summary>
    /// <param name="sizes">The matrix.</param>
    /// <param name="rowsAndColumns">Whether pykan's two entropies are meant.</param>
    /// <param name="l1">λ₁.</param>
    /// <param name="entropy">λ₂.</param>
    public void Set(Node<T> sizes, bool rowsAndColumns, double l1, double entropy)
    {
        (_sizes, _rowsAndColumns, _l1, _entropyWeight) = (sizes, rowsAndColumns, l1, entropy);
        Initialize(Shape.Scalar, sizes.RequiresGradient);
        _total = 0;
        foreach (T size in sizes.Value.Span)
            _total += double.CreateTruncating(size);
        _entropy = 0;
        if (rowsAndColumns)
        {
            _entropy = LinesEntropy(byRow: true, default, 0) + LinesEntropy(byRow: false, default, 0);
        }
        else
        {
            foreach (T size in sizes.Value.Span)
            {
                double share = double.CreateTruncating(size) / _total;
                if (share > 0)
                    _entropy -= share * Math.Log(share);
            }
        }

        Value.Span[0] = T.CreateTruncating(l1 * _total + entropy * _entropy);
    }

    public override void Backward()
    {
        double g = double.CreateTruncating(Gradient.Span[0]);
        Span<T> target = _sizes.GradientSum();
        ReadOnlySpan<T> sizes = _sizes.Value.Span;
        for (int index = 0; index < sizes.Length; index++)
        {
            double size = double.CreateTruncating(sizes[index]);
            double slope = _l1;
            if (!_rowsAndColumns)
                slope = size > 0 ? _l1 - _entropyWeight * (Math.Log(size / _total) + _entropy) / _total : 0;
            target[index] += T.CreateTruncating(g * slope);
        }

        if (!_rowsAndColumns)
            return;
        LinesEntropy(byRow: true, target, g * _entropyWeight);
        LinesEntropy(byRow: false, target, g * _entropyWeight);
    }

    /// <summary>pykan's mean entropy of the rows or the columns; adds its gradient times a factor where a target is given.</summary>
    private double LinesEntropy(bool byRow, Span<T> target, double factor)
    {
        ReadOnlySpan<T> sizes = _sizes.Value.Span;
        int columns = _sizes.Shape.Last, rows = sizes.Length / columns;
        (int lines, int length) = byRow ? (rows, columns) : (columns, rows);
        (int lineStep, int step) = byRow ? (columns, 1) : (1, columns);
        double entropy = 0;
        for (int line = 0; line < lines; line++)
        {
            double sum = 1;
            for (int index = 0; index < length; index++)
                sum += double.CreateTruncating(sizes[line * lineStep + index * step]);
            double mean = 0;
            for (int index = 0; index < length; index++)
            {
                double share = double.CreateTruncating(sizes[line * lineStep + index * step]) / sum;
                entropy -= share * Math.Log2(share + Offset);
                mean += share * Slope(share);
            }

            for (int index = 0; index < length && !target.IsEmpty; index++)
            {
                int at = line * lineStep + index * step;
                target[at] -= T.CreateTruncating(factor * (Slope(double.CreateTruncating(sizes[at]) / sum) - mean) / (sum * lines));
            }
        }

        return entropy / lines;
    }

    /// <summary>Derivative of p·log₂(p + 10⁻⁴).</summary>
    private static double Slope(double share) => Math.Log2(share + Offset) + share / ((share + Offset) * Math.Log(2));
}
