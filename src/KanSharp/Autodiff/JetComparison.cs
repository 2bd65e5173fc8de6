using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>Compares a jet's derivative with central differences of its value, all rows moved at once along one feature.</summary>
internal static class JetComparison
{
    public static GradientCheckResult Run<T>(Func<Jet<T>, Jet<T>> function, Tensor<T> input, int feature, GradientCheckOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tape = new Tape<T>(options.Executor) { Training = options.Training };
        Jet<T> center = Evaluate(tape, function, input, feature, options.Seed);
        T[] derivative = center.Derivative.Values.ToArray();
        double precision = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        double size = 1;
        foreach (T value in center.Value.Values)
            size = Math.Max(size, Math.Abs(double.CreateTruncating(value)));
        double tolerance = options.Tolerance > 0 ? options.Tolerance : typeof(T) == typeof(float) ? 3e-3 : 1e-6;
        double largest = derivative.Length == 0 ? 0 : derivative.Max(value => double.CreateTruncating(T.Abs(value)));
        double first = options.Step > 0 ? options.Step : Math.Cbrt(precision);
        var best = new GradientCheckResult[derivative.Length];
        foreach (double factor in (ReadOnlySpan<double>)[1, 0.25, 4, 0.06, 16])
        {
            double step = first * factor;
            T[] high = Evaluate(tape, function, Moved(input, feature, step), feature, options.Seed).Value.Values.ToArray();
            T[] low = Evaluate(tape, function, Moved(input, feature, -step), feature, options.Seed).Value.Values.ToArray();
            for (int index = 0; index < derivative.Length; index++)
            {
                double analytic = double.CreateTruncating(derivative[index]);
                double numeric = (double.CreateTruncating(high[index]) - double.CreateTruncating(low[index])) / (2 * step);
                double error = Math.Abs(analytic - numeric) / (tolerance * Math.Max(largest, Math.Abs(numeric)) + 8 * precision * size / step);
                error = double.IsNaN(error) ? double.PositiveInfinity : error;
                if (best[index] is null || error < best[index].Error)
                    best[index] = new GradientCheckResult(error <= 1, 1, $"derivative element {index} along feature {feature}", analytic, numeric, error);
            }
        }

        return best.Aggregate(new GradientCheckResult(true, 0, "", 0, 0, -1), (all, one) => all.And(one));
    }

    private static Jet<T> Evaluate<T>(Tape<T> tape, Func<Jet<T>, Jet<T>> function, Tensor<T> input, int feature, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        tape.Reset();
        tape.Seed(seed);
        return function(Jet<T>.Seed(tape.Input(input), feature));
    }

    /// <summary>The step is rounded into the sum; the error is within the noise that the tolerance allows for inputs of size 1.</summary>
    private static Tensor<T> Moved<T>(Tensor<T> input, int feature, double step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> moved = input.Clone();
        for (int index = feature; index < moved.Span.Length; index += input.Shape.Last)
            moved.Span[index] += T.CreateTruncating(step);
        return moved;
    }
}
