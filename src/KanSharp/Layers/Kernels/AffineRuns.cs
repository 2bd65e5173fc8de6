using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Kernels;

/// <summary>Runs of Jacobian rows for the weight and bias that follow a normalisation, y = w·x̂ + b: ∂y/∂w = g·x̂, ∂y/∂b = g.</summary>
/// <param name="WeightRun">Run of w; −1 without.</param>
/// <param name="BiasRun">Run of b; −1 without.</param>
internal readonly record struct AffineRuns(int WeightRun, int BiasRun)
{
    /// <summary>Declares the runs.</summary>
    public static AffineRuns Declare<T>(JacobianLayout<T> layout, Node<T>? weight, Node<T>? bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(ParameterRuns.Declare(layout, weight), ParameterRuns.Declare(layout, bias));

    /// <summary>Adds the runs of all rows.</summary>
    /// <param name="rows">Receives them.</param>
    /// <param name="gradient">[rows, features].</param>
    /// <param name="normalized">x̂, [rows, features].</param>
    /// <param name="features">Number of features.</param>
    public void Add<T>(JacobianRows rows, ReadOnlySpan<T> gradient, ReadOnlySpan<T> normalized, int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<T> slopes = gradient.Slice(row * features, features);
            if (WeightRun >= 0)
            {
                Span<double> run = rows.Run(row, WeightRun, 0);
                for (int feature = 0; feature < features; feature++)
                    run[feature] += double.CreateTruncating(slopes[feature]) * double.CreateTruncating(normalized[row * features + feature]);
            }

            if (BiasRun >= 0)
                ParameterRuns.AddScaled(1, slopes, rows.Run(row, BiasRun, 0));
        }
    }
}
