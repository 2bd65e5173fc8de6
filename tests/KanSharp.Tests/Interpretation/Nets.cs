using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interpretation;

/// <summary>Networks and samples whose scores are known.</summary>
internal static class Nets
{
    /// <summary>Layers whose edges are w·x; the weights of a layer are [inputs, sub-nodes].</summary>
    public static KanNetwork<double> Linear(params double[][,] weights) => new([.. weights.Select(LinearLayer)]);

    public static KanLinear<double> LinearLayer(double[,] weights)
    {
        var options = new KanLinearOptions { BaseActivation = Activation.Identity, EdgeScale = false };
        KanLinear<double> layer = KanLinear<double>.Create(weights.GetLength(0), weights.GetLength(1), options, new SplitRandom(1));
        layer.Coefficients.Value.Span.Clear();
        Tensor<double>.From(weights).Span.CopyTo(layer.BaseWeight!.Value.Span);
        return layer;
    }

    /// <summary>A network with lively edges of every part.</summary>
    public static KanNetwork<double> Lively(params int[] widths)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Intervals = 4 }, Bias = true, Mask = true };
        KanNetwork<double> network = KanNetwork<double>.Create(widths, options, 3);
        var random = new Random(7);
        foreach ((_, Parameter<double> parameter) in network.Parameters())
        {
            foreach (ref double value in parameter.Value.Span)
                value = random.NextDouble() - 0.4;
        }

        return network;
    }

    /// <summary>
    /// A network of 3 of 4 columns with product nodes of 2 and 3 factors, symbolic edges beside and in place of numeric ones, and scales and biases that are not neutral.
    /// </summary>
    public static KanNetwork<double> Rich()
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Intervals = 4 }, Mask = true };
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("4,[3,x2,x3],[2,1],2"), options, 5, trainNodes: true);
        var random = new Random(11);
        foreach ((_, Parameter<double> parameter) in network.Parameters())
        {
            foreach (ref double value in parameter.Value.Span)
                value = 0.3 + 0.6 * random.NextDouble();
        }

        FunctionCatalog catalog = FunctionCatalog.Standard;
        network = network.WithSymbolicEdges(
        [
            new EdgeFormula(0, 0, 1, catalog["sin"], 1.5, 0.2, 0.7, 0.1),
            new EdgeFormula(0, 2, 7, catalog["x^2"], 0.8, 0.1, 0.5, 0.2),
            new EdgeFormula(1, 3, 0, catalog["tanh"], 0.5, 0.1, 0.9, 0),
            new EdgeFormula(2, 2, 1, catalog["x"], 1, 0, 0.5, 0.1),
        ]);
        return network.WithSymbolicEdge(1, 4, 2, catalog["sin"], 0.3, 0.1, 0.4, 0.2, keepNumeric: true).WithoutEdge(0, 1, 2).WithInputs([3, 0, 2]);
    }

    /// <summary>All corners of the cube [−1, 1]^n: columns without correlation, each of variance 2^n/(2^n − 1).</summary>
    public static Tensor<double> Corners(int inputs)
    {
        var x = new Tensor<double>(new Shape(1 << inputs, inputs));
        for (int row = 0; row < x.Shape[0]; row++)
        {
            for (int input = 0; input < inputs; input++)
                x[row, input] = (row >> input & 1) == 0 ? -1 : 1;
        }

        return x;
    }

    public static Tensor<double> Uniform(int rows, int inputs, int seed = 1)
    {
        var random = new Random(seed);
        var x = new Tensor<double>(new Shape(rows, inputs));
        foreach (ref double value in x.Span)
            value = 2 * random.NextDouble() - 1;
        return x;
    }

    /// <summary>Largest difference of two networks' outputs.</summary>
    public static double Difference(KanNetwork<double> left, KanNetwork<double> right, Tensor<double> x)
    {
        double[] a = left.Predict(x).Span.ToArray(), b = right.Predict(x).Span.ToArray();
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (first, second) => Math.Abs(first - second)).Max();
    }
}
