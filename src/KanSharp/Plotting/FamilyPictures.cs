using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Plotting;

/// <summary>Pictures of the functions that a family puts on an edge, computed by the layer itself.</summary>
public static class FamilyPictures
{
    private const int Points = 401;

    /// <summary>Share of the functions' range that is shown on either side of it.</summary>
    private const double Beyond = 0.25;

    /// <summary>
    /// The functions φ_n of a fresh layer over their range and a quarter of it on either side; over the range alone where tanh or a sigmoid keeps the inputs in it.
    /// Of families with one function on every edge, some shapes that it can take.
    /// </summary>
    /// <param name="options">Options of a layer. What it does to its inputs is left out: the horizontal axis is what the functions see.</param>
    /// <param name="title">Headline; the family's name if null.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Chart Functions(KanLinearOptions options, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        KanLinear<double> layer = Layer(options with
        {
            BaseActivation = null,
            EdgeScale = false,
            Bias = false,
            Mask = false,
            Normalization = InputNormalization.None,
            Squash = InputSquash.None,
        });
        (double low, double high) = options.Basis.Domain;
        double margin = options.Squash == InputSquash.None ? Beyond * (high - low) : 0;
        double[] x = [.. Enumerable.Range(0, Points).Select(index => low - margin + (high - low + 2 * margin) * index / (Points - 1))];
        double[] basePart = new double[Points * layer.Outputs], values = new double[Points * layer.Outputs];
        EdgeFunctions.Evaluate(layer, 0, x, basePart, values);
        string name = title ?? options.Basis.Family;
        return new Chart
        {
            Title = name,
            Description = string.Create(CultureInfo.InvariantCulture, $"The functions of {BasisText.Of(options)} from {x[0]:G4} to {x[^1]:G4}."),
            X = new ChartAxis { Label = "x", Minimum = x[0], Maximum = x[^1] },
            Y = Vertical(x, values, layer.Outputs, low, high),
            Series = [.. Enumerable.Range(0, layer.Outputs).Select(output => new ChartSeries
            {
                X = x, Y = [.. Enumerable.Range(0, Points).Select(point => values[point * layer.Outputs + output])],
            })],
            Width = 480,
            Height = 280,
            Legend = false,
        };
    }

    /// <summary>A layer whose edges are the functions themselves.</summary>
    private static KanLinear<double> Layer(KanLinearOptions options)
    {
        int count = options.Basis.Count;
        KanLinear<double> layer = KanLinear<double>.Create(1, count == 1 ? 3 : count, options, new SplitRandom(0));
        Span<double> coefficients = layer.Coefficients.Value.Span;
        if (count == 1)
        {
            coefficients.Fill(1);
            Shapes(layer);
            return layer;
        }

        coefficients.Clear();
        for (int n = 0; n < count; n++)
            layer.Coefficients.Value[0, n, n] = 1;
        return layer;
    }

    /// <summary>Three shapes of a function with parameters on every edge: as it starts, narrower and to the left, wider and to the right.</summary>
    private static void Shapes(KanLinear<double> layer)
    {
        BasisPart[] parts = BasisParts.Of(layer.Options.Basis, 1, layer.Outputs);
        for (int index = 0; index < parts.Length; index++)
        {
            Tensor<double> tensor = layer.Functions.Tensors[index];
            if (parts[index].Axis != BasisAxis.Edge)
                continue;
            bool isScale = parts[index].Name == "scale";
            (tensor[0, 1], tensor[0, 2]) = isScale ? (0.5, 1.5) : (-2, 2);
        }
    }

    /// <summary>The range of the functions where they are made for, a little more; what runs away outside is cut off.</summary>
    private static ChartAxis Vertical(double[] x, double[] values, int outputs, double low, double high)
    {
        double least = 0, most = 0;
        for (int point = 0; point < x.Length; point++)
        {
            if (x[point] < low || x[point] > high)
                continue;
            for (int output = 0; output < outputs; output++)
            {
                least = Math.Min(least, values[point * outputs + output]);
                most = Math.Max(most, values[point * outputs + output]);
            }
        }

        double room = 0.1 * Math.Max(most - least, 1e-6);
        return new ChartAxis { Label = "φ(x)", Minimum = least < 0 ? least - room : 0, Maximum = most + room };
    }
}
