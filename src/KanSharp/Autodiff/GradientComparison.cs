using System.Globalization;
using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// One run of <see cref="GradientCheck"/>: the function's result is weighted by fixed numbers of mixed sign and size, so that one scalar
/// shows an error in any of its elements.
/// </summary>
internal sealed class GradientComparison<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Func<IReadOnlyList<Var<T>>, Var<T>> _function;
    private readonly Tensor<T>[] _inputs;
    private readonly (string Path, Parameter<T> Parameter)[] _parameters;
    private readonly GradientCheckOptions _options;
    private readonly Tape<T> _tape;
    private readonly double _precision = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
    private T[] _weights = [];
    private double _size;

    public GradientComparison(
        Func<IReadOnlyList<Var<T>>, Var<T>> function,
        IReadOnlyList<Tensor<T>> inputs,
        IEnumerable<(string Path, Parameter<T> Parameter)> parameters,
        GradientCheckOptions options)
    {
        _function = function;
        _inputs = [.. inputs.Select(input => input.Clone())];
        _parameters = [.. parameters];
        _options = options;
        _tape = new Tape<T>(options.Executor) { Training = options.Training };
    }

    public double Tolerance => _options.Tolerance > 0 ? _options.Tolerance : typeof(T) == typeof(float) ? 3e-3 : 1e-6;

    public GradientCheckResult Run()
    {
        Dictionary<Parameter<T>, T[]> kept = _parameters.Select(entry => entry.Parameter).Distinct()
            .ToDictionary(parameter => parameter, parameter => parameter.Gradient.ToArray());
        try
        {
            return Compare();
        }
        finally
        {
            foreach ((Parameter<T> parameter, T[] gradient) in kept)
                gradient.CopyTo(parameter.Gradient);
        }
    }

    private GradientCheckResult Compare()
    {
        foreach ((_, Parameter<T> parameter) in _parameters)
            parameter.ClearGradient();
        Var<T>[] inputs = Record(out Var<T> output);
        _weights = Weights(output.Shape.Count);
        _size = 1;
        for (int index = 0; index < _weights.Length; index++)
            _size += Math.Abs(double.CreateTruncating(_weights[index] * output.Values[index]));
        _tape.Backward(output, _weights);
        T[][] gradients = [.. inputs.Select(input => input.Gradient.IsEmpty ? new T[input.Shape.Count] : input.Gradient.ToArray())];
        var result = new GradientCheckResult(true, 0, "", 0, 0, -1);
        for (int index = 0; index < _inputs.Length; index++)
            result = result.And(Entries(_inputs.Length == 1 ? "input" : $"input {index}", _inputs[index], gradients[index], true));
        foreach ((string path, Parameter<T> parameter) in _parameters)
            result = result.And(Entries(path, parameter.Value, parameter.Gradient.ToArray(), parameter.Trainable));
        return result;
    }

    private Var<T>[] Record(out Var<T> output)
    {
        _tape.Reset();
        _tape.Seed(_options.Seed);
        Var<T>[] inputs = [.. _inputs.Select(_tape.Input)];
        output = _function(inputs);
        return inputs;
    }

    private GradientCheckResult Entries(string name, Tensor<T> place, T[] analytic, bool trainable)
    {
        if (!trainable)
        {
            bool clean = analytic.All(value => value == T.Zero);
            return new GradientCheckResult(clean, analytic.Length, name + " (frozen)", clean ? 0 : 1, 0, clean ? 0 : double.PositiveInfinity);
        }

        var result = new GradientCheckResult(true, 0, "", 0, 0, -1);
        double largest = analytic.Length == 0 ? 0 : analytic.Max(value => double.CreateTruncating(T.Abs(value)));
        for (int index = 0; index < analytic.Length; index++)
            result = result.And(Entry(name, place, index, double.CreateTruncating(analytic[index]), largest));
        return result;
    }

    /// <summary>Tries steps around the first one until the difference agrees; keeps the best.</summary>
    private GradientCheckResult Entry(string name, Tensor<T> place, int index, double analytic, double largest)
    {
        GradientCheckResult? best = null;
        double first = (_options.Step > 0 ? _options.Step : Math.Cbrt(_precision)) * Math.Max(1, Math.Abs(double.CreateTruncating(place.Span[index])));
        foreach (double factor in (ReadOnlySpan<double>)[1, 0.25, 4, 0.06, 16])
        {
            double step = first * factor;
            double numeric = Difference(place.Span, index, T.CreateTruncating(step));
            double allowed = Tolerance * Math.Max(largest, Math.Abs(numeric)) + 8 * _precision * _size / step;
            double error = Math.Abs(analytic - numeric) / allowed;
            bool passed = error <= 1;
            if (best is null || error < best.Error || double.IsNaN(best.Error))
                best = new GradientCheckResult(passed, 1, Locate(name, place.Shape, index), analytic, numeric, double.IsNaN(error) ? double.PositiveInfinity : error);
            if (passed)
                break;
        }

        return best!;
    }

    private double Difference(Span<T> place, int index, T step)
    {
        T original = place[index];
        try
        {
            place[index] = original + step;
            T above = place[index];
            Record(out Var<T> output);
            T[] high = output.Values.ToArray();
            place[index] = original - step;
            double width = double.CreateTruncating(above) - double.CreateTruncating(place[index]);
            Record(out output);
            double sum = 0;
            for (int element = 0; element < high.Length; element++)
                sum += double.CreateTruncating(_weights[element]) * (double.CreateTruncating(high[element]) - double.CreateTruncating(output.Values[element]));
            return sum / width;
        }
        finally
        {
            place[index] = original;
        }
    }

    private static T[] Weights(int count)
    {
        var weights = new T[count];
        for (int index = 0; index < count; index++)
            weights[index] = T.CreateTruncating(Math.Sin(1 + 2.4 * index) + (index % 3 == 0 ? 1.25 : -0.5));
        return weights;
    }

    private static string Locate(string name, Shape shape, int index)
    {
        var position = new string[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (index, int at) = Math.DivRem(index, shape[axis]);
            position[axis] = at.ToString(CultureInfo.InvariantCulture);
        }

        return $"{name}[{string.Join(", ", position)}]";
    }
}
