using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;

namespace KanSharp.Training;

/// <summary>
/// The slopes of a sparsity penalty R with respect to the sizes u of a layer's edges at the present parameters. As R is concave in u up to its entropy,
/// R ≈ Σ ½·slope/u·(mean of squares, or of squared deviations) touches it: weights for an iteratively reweighted quadratic model.
/// </summary>
/// <param name="Layer">The layer.</param>
/// <param name="X">Its input [N, I], valid until the tape is reset.</param>
/// <param name="IsDeviation">Whether u is the standard deviation of the edge function (else the mean of its magnitude).</param>
/// <param name="Sizes">u, [I, O]: never divided by the spread of the input.</param>
/// <param name="Slopes">∂R/∂u with everything else held, [I, O].</param>
internal sealed record EdgeSlopes<T>(KanLinear<T> Layer, Var<T> X, bool IsDeviation, double[] Sizes, double[] Slopes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Value of the penalty and slopes per KAN layer; no slopes for <see cref="RegularizationMetric.Weights"/>, which does not look at edge functions.</summary>
    /// <param name="module">The module.</param>
    /// <param name="inputs">Samples as the module takes them.</param>
    /// <param name="options">The penalty.</param>
    /// <param name="tape">Where it is computed; reset before.</param>
    public static (double Penalty, IReadOnlyList<EdgeSlopes<T>> Layers) Of(Module<T> module, Tensor<T> inputs, Regularization options, Tape<T> tape)
    {
        var regularizer = new Regularizer<T>(options);
        ITapeObserver<T>? observer = tape.Observer;
        tape.Reset();
        tape.Observer = regularizer;
        try
        {
            Var<T> penalty = regularizer.Penalty(module.Forward(tape.Constant(inputs)));
            (Parameter<T> Parameter, T[] Gradient)[] gradients =
                [.. module.Parameters().Select(entry => (entry.Parameter, entry.Parameter.Gradient.ToArray()))];
            tape.Backward(penalty);
            foreach ((Parameter<T> parameter, T[] gradient) in gradients)
                gradient.CopyTo(parameter.Gradient); // only the slopes were wanted
            return (double.CreateTruncating(penalty.Item), [.. regularizer.Terms.Select(Read)]);
        }
        finally
        {
            tape.Observer = observer;
        }
    }

    private static EdgeSlopes<T> Read(EdgeTerm<T> term)
    {
        KanLinear<T> layer = term.Source.Layer;
        var sizes = new double[layer.Inputs * layer.Outputs];
        var slopes = new double[sizes.Length];
        ReadOnlySpan<T> gradient = term.Sizes.Gradient;
        for (int edge = 0; edge < sizes.Length; edge++)
        {
            double divisor = term.Size == EdgeSize.RelativeDeviation ? Spread(term.Source.X, edge / layer.Outputs) + 0.1 : 1;
            sizes[edge] = double.CreateTruncating(term.Sizes.Values[edge]) * divisor;
            slopes[edge] = gradient.IsEmpty ? 0 : double.CreateTruncating(gradient[edge]) / divisor;
        }

        return new EdgeSlopes<T>(layer, term.Source.X, term.Size != EdgeSize.MeanMagnitude, sizes, slopes);
    }

    private static double Spread(Var<T> x, int column)
    {
        int width = x.Shape.Last, rows = x.Shape.Rows;
        double sum = 0, squares = 0;
        for (int row = 0; row < rows; row++)
            sum += double.CreateTruncating(x.Values[row * width + column]);
        for (int row = 0; row < rows; row++)
        {
            double difference = double.CreateTruncating(x.Values[row * width + column]) - sum / rows;
            squares += difference * difference;
        }

        return Math.Sqrt(squares / Math.Max(1, rows - 1));
    }
}
