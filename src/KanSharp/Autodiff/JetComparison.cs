using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// Compares every derivative of a jet with central differences of the one that lacks one of its directions, all rows moved at once along the feature of that
/// direction.
/// </summary>
/// <param name="function">The jet of an input.</param>
/// <param name="input">Where to compare.</param>
/// <param name="options">Tolerance and mode.</param>
internal sealed class JetComparison<T>(Func<Var<T>, Jet<T>> function, Tensor<T> input, GradientCheckOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tape<T> _tape = new(options.Executor) { Training = options.Training };
    private readonly double _precision = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
    private readonly double _tolerance = options.Tolerance > 0 ? options.Tolerance : typeof(T) == typeof(float) ? 3e-3 : 1e-6;
    private JetShape? _shape;

    /// <summary>Compares the derivatives that have a direction.</summary>
    /// <param name="direction">The direction of the jet.</param>
    /// <param name="feature">The feature that it moves.</param>
    public GradientCheckResult Run(int direction, int feature)
    {
        T[][] center = Evaluate(input);
        Pair[] pairs = [.. Pairs(direction, center)];
        double first = options.Step > 0 ? options.Step : Math.Cbrt(_precision);
        foreach (double factor in (ReadOnlySpan<double>)[1, 0.25, 4, 0.06, 16])
        {
            double step = first * factor;
            T[][] high = Evaluate(Moved(feature, step)), low = Evaluate(Moved(feature, -step));
            foreach (Pair pair in pairs)
                Compare(pair, high[pair.Below], low[pair.Below], step, feature);
        }

        return pairs.SelectMany(pair => pair.Best).Aggregate(new GradientCheckResult(true, 0, "", 0, 0, -1), (all, one) => all.And(one!));
    }

    private IEnumerable<Pair> Pairs(int direction, T[][] center)
    {
        JetShape shape = _shape!;
        for (int index = 1; index < shape.Count; index++)
        {
            PartialDerivative derivative = shape.Components[index];
            int place = Enumerable.Range(0, derivative.Order).FirstOrDefault(place => derivative[place] == direction, -1);
            if (place < 0)
                continue;
            int below = shape.IndexOf(derivative.Choose(~(1 << place)));
            double largest = center[index].Length == 0 ? 0 : center[index].Max(value => double.CreateTruncating(T.Abs(value)));
            double size = center[below].Aggregate(1.0, (size, value) => Math.Max(size, Math.Abs(double.CreateTruncating(value))));
            string name = shape.Count == 2 ? "derivative" : derivative.ToString();
            yield return new Pair(name, below, center[index], largest, size, new GradientCheckResult?[center[index].Length]);
        }
    }

    private void Compare(Pair pair, T[] high, T[] low, double step, int feature)
    {
        for (int index = 0; index < pair.Derivative.Length; index++)
        {
            double analytic = double.CreateTruncating(pair.Derivative[index]);
            double numeric = (double.CreateTruncating(high[index]) - double.CreateTruncating(low[index])) / (2 * step);
            double error = Math.Abs(analytic - numeric) / (_tolerance * Math.Max(pair.Largest, Math.Abs(numeric)) + 8 * _precision * pair.Size / step);
            error = double.IsNaN(error) ? double.PositiveInfinity : error;
            if (pair.Best[index] is not { } best || error < best.Error)
                pair.Best[index] = new GradientCheckResult(error <= 1, 1, $"{pair.Name} element {index} along feature {feature}", analytic, numeric, error);
        }
    }

    /// <summary>All components.</summary>
    private T[][] Evaluate(Tensor<T> at)
    {
        _tape.Reset();
        _tape.Seed(options.Seed);
        Jet<T> jet = function(_tape.Input(at));
        _shape = jet.Shape;
        return [.. jet.Shape.Components.Select(component => jet[component].Values.ToArray())];
    }

    /// <summary>The step is rounded into the sum; the error is within the noise that the tolerance allows for inputs of size 1.</summary>
    private Tensor<T> Moved(int feature, double step)
    {
        Tensor<T> moved = input.Clone();
        for (int index = feature; index < moved.Span.Length; index += input.Shape.Last)
            moved.Span[index] += T.CreateTruncating(step);
        return moved;
    }

    /// <summary>A derivative and the one that it is the derivative of.</summary>
    /// <param name="Name">What messages call it.</param>
    /// <param name="Below">Component of the latter.</param>
    /// <param name="Derivative">Its values.</param>
    /// <param name="Largest">Largest of them.</param>
    /// <param name="Size">Largest value of the latter, at least 1.</param>
    /// <param name="Best">The result of every element, with the step that agrees best.</param>
    private sealed record Pair(string Name, int Below, T[] Derivative, double Largest, double Size, GradientCheckResult?[] Best);
}
