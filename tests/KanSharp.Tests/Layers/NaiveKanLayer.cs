using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Tests.Bases;

namespace KanSharp.Tests.Layers;

/// <summary>
/// A layer as the formula says it, one edge and one basis function at a time, in double: outputs and all gradients, each with the sum of the
/// absolute terms that went into it, from which the allowed rounding error follows.
/// </summary>
internal sealed class NaiveKanLayer
{
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _count;

    public NaiveKanLayer(int inputs, int outputs, int count, int rows, bool hasBias)
    {
        _inputs = inputs;
        _outputs = outputs;
        _count = count;
        Y = new Sums(rows * outputs);
        X = new Sums(rows * inputs);
        Coefficients = new Sums(inputs * count * outputs);
        Base = new Sums(inputs * outputs);
        Scale = new Sums(inputs * outputs);
        Bias = new Sums(hasBias ? outputs : 0);
    }

    public Sums Y { get; }

    public Sums X { get; }

    public Sums Coefficients { get; }

    public Sums Base { get; }

    public Sums Scale { get; }

    public Sums Bias { get; }

    public static NaiveKanLayer Compute<T>(KanLinear<T> layer, Tensor<T> x, ReadOnlySpan<T> cotangent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Shape.Rows;
        var result = new NaiveKanLayer(layer.Inputs, layer.Outputs, layer.Options.Basis.Count, rows, layer.Bias is not null);
        for (int n = 0; n < rows; n++)
        {
            for (int o = 0; o < layer.Outputs && layer.Bias is not null; o++)
            {
                result.Y.Add(n * layer.Outputs + o, double.CreateTruncating(layer.Bias.Value[o]));
                result.Bias.Add(o, double.CreateTruncating(cotangent[n * layer.Outputs + o]));
            }

            for (int i = 0; i < layer.Inputs; i++)
                result.Feature(layer, n, i, double.CreateTruncating(x.Row(n)[i]), cotangent.Slice(n * layer.Outputs, layer.Outputs));
        }

        return result;
    }

    private void Feature<T>(KanLinear<T> layer, int n, int i, double x, ReadOnlySpan<T> cotangent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int degree = layer.Options.Spline.Degree;
        double[] knots = KnotRows.Exact(layer.Knots.Value.Row(i).ToArray());
        bool linear = layer.Options.Spline.Outside == OutsideGrid.Linear;
        double[] values = linear ? NaiveBSpline.AllContinued(knots, degree, x) : NaiveBSpline.All(knots, degree, x);
        double[] slopes = linear ? NaiveBSpline.AllContinued(knots, degree, x, 1) : NaiveBSpline.All(knots, degree, x, 1);
        double baseValue = layer.Options.BaseActivation?.Evaluate(x) ?? 0;
        double baseSlope = layer.Options.BaseActivation?.Evaluate(x, 1) ?? 0;
        for (int o = 0; o < _outputs; o++)
        {
            int edge = i * _outputs + o;
            int y = n * _outputs + o;
            double g = double.CreateTruncating(cotangent[o]);
            double mask = Read(layer.Mask?.Value, edge, 1);
            double scale = Read(layer.EdgeScale?.Value, edge, 1);
            double weight = Read(layer.BaseWeight?.Value, edge, 0);
            Y.Add(y, mask * weight * baseValue);
            X.Add(n * _inputs + i, g * mask * weight * baseSlope);
            Base.Add(edge, g * mask * baseValue);
            for (int b = 0; b < _count; b++)
            {
                if (values[b] == 0 && slopes[b] == 0)
                    continue;
                int index = (i * _count + b) * _outputs + o;
                double coefficient = Read(layer.Coefficients.Value, index, 0);
                Y.Add(y, mask * scale * coefficient * values[b]);
                X.Add(n * _inputs + i, g * mask * scale * coefficient * slopes[b]);
                Coefficients.Add(index, g * mask * scale * values[b]);
                Scale.Add(edge, g * mask * coefficient * values[b]);
            }
        }
    }

    private static double Read<T>(Tensor<T>? tensor, int index, double otherwise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => tensor is null ? otherwise : double.CreateTruncating(tensor.Span[index]);

    /// <summary>Sums with the sums of absolute terms beside them.</summary>
    internal sealed class Sums(int count)
    {
        private readonly double[] _values = new double[count];
        private readonly double[] _sizes = new double[count];

        public void Add(int index, double term)
        {
            _values[index] += term;
            _sizes[index] += Math.Abs(term);
        }

        /// <summary>Asserts that every value is the sum but for rounding: <paramref name="relative"/> of its terms' size.</summary>
        public void Check<T>(string what, ReadOnlySpan<T> actual, double relative)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Assert.True(_values.Length == actual.Length, $"{what}: {actual.Length} values, expected {_values.Length}");
            for (int index = 0; index < actual.Length; index++)
            {
                double value = double.CreateTruncating(actual[index]);
                double allowed = relative * (_sizes[index] + 1e-3);
                Assert.True(Math.Abs(value - _values[index]) <= allowed, $"{what}[{index}]: {value:G17}, expected {_values[index]:G17}, allowed error {allowed:G3}");
            }
        }
    }
}
