using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Networks;

/// <summary>Networks of everything: numeric and symbolic edges, both on one edge, edges that are off, products of 2 and 3 factors, trained node scales.</summary>
internal static class MixedNetworks
{
    /// <summary>3 inputs, a level of 1 sum and products of 2 and 3 factors (6 sub-nodes), 2 outputs.</summary>
    public static KanNetwork<T> Create<T>(ulong seed = 1, bool exponent = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FunctionCatalog catalog = FunctionCatalog.Standard;
        var options = new KanLinearOptions { Basis = new BSplineOptions { Intervals = 4, Low = 0, High = 2 } };
        KanNetwork<T> network = KanNetwork<T>.Create(NetworkShape.Parse("3,[1,x2,x3],2"), options, seed, trainNodes: true);
        network = network
            .WithSymbolicEdges(
            [
                new EdgeFormula(0, 0, 0, catalog["sin"], 1.3, 0.2, 0.7, -0.1),
                new EdgeFormula(0, 1, 0, catalog["sin"], -0.6, 0.5, 1.1, 0.2),
                new EdgeFormula(0, 1, 3, catalog["x^2"], 0.9, -0.4, 0.6, 0.3),
                new EdgeFormula(0, 2, 5, exponent ? catalog["x^p"] : catalog["exp"], 0.8, 0.3, 0.5, 0.1, exponent ? 1.7 : double.NaN),
                new EdgeFormula(1, 2, 1, catalog["tanh"], 0.7, 0.1, 1.2, -0.3),
            ])
            .WithSymbolicEdges([new EdgeFormula(0, 2, 2, catalog["exp"], 0.4, -0.2, 0.5, 0.1)], keepNumeric: true)
            .WithoutEdge(0, 0, 4);
        foreach ((string path, Parameter<T> parameter) in network.Parameters())
        {
            if (path.StartsWith("nodes", StringComparison.Ordinal))
                Check.Sample<T>(parameter.Shape, path.Length, 0.5, 1.5).Span.CopyTo(parameter.Value.Span);
        }

        return network;
    }

    /// <summary>A network without numeric edges: y = exp(sin(1.5·x0 + 0.3) + 0.8·x1²).</summary>
    public static KanNetwork<T> Formula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FunctionCatalog catalog = FunctionCatalog.Standard;
        return KanNetwork<T>.Create([2, 1, 1], seed: 3).WithSymbolicEdges(
        [
            new EdgeFormula(0, 0, 0, catalog["sin"], 1.5, 0.3),
            new EdgeFormula(0, 1, 0, catalog["x^2"], C: 0.8),
            new EdgeFormula(1, 0, 0, catalog["exp"]),
        ]);
    }

    /// <summary>Inputs where every function is defined and no spline piece ends.</summary>
    public static Tensor<T> Inputs<T>(int rows, int features, int seed = 5)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Check.Sample<T>(new Shape(rows, features), seed, 0.1, 1.9);
}
