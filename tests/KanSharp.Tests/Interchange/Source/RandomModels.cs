using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Interchange.Lowering;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange.Source;

/// <summary>Models of every kind that can be exported: families, options, masks, formulas on edges, products, chosen inputs, tables and classes.</summary>
internal static class RandomModels
{
    private static readonly string[] Functions =
    [
        "x", "x^2", "x^3", "exp", "sin", "cos", "tanh", "arctan", "abs", "sgn", "step", "relu", "sigmoid", "softplus", "gaussian", "erf", "sinc", "1/(1+x^2)", "x/(1+x^2)", "J0", "J1", "0", "sinh", "cosh",
    ];

    /// <summary>Random cases, half of them in single precision, and those of <see cref="SpecialModels"/>.</summary>
    public static IReadOnlyList<SourceCase> Cases(int count)
    {
        var cases = new SourceCase[count];
        for (int index = 0; index < count; index++)
            cases[index] = index % 2 == 0 ? Case<double>(index) : Case<float>(index);
        return [.. cases, .. SpecialModels.Cases()];
    }

    private static SourceCase Case<T>(int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new RandomValues((ulong)index + 1);
        switch (index / 2 % 10)
        {
            case 8:
                return Formulas(index, random);
            case 9:
                int inputs = random.Whole(1, 5);
                return SourceCase.Of($"{index}: mlp", Mlp<T>.Create([inputs, random.Whole(1, 20), random.Whole(1, 4)], random.One(Activation.All), random.Seed()), inputs, random);
        }

        KanNetwork<T> network = Network<T>(random, index, out string name);
        return index / 2 % 10 is 6 or 7
            ? SourceCase.Of($"{index}: table, {name}", Table(network, random, index / 2 % 10 == 7 && network.Widths[^1] != 2), random)
            : SourceCase.Of($"{index}: {name}", network, network.Features, random);
    }

    /// <summary>A network with everything that a network may have.</summary>
    public static KanNetwork<T> Network<T>(RandomValues random, int index, out string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearOptions options = Options(random, index, out name);
        int levels = random.Whole(1, 3);
        string shape = string.Join(',', Enumerable.Range(0, levels + 1).Select(level =>
            level > 0 && random.Chance(0.25) ? $"[{random.Whole(1, 3)},{random.Whole(1, 2)}]" : $"{random.Whole(1, random.Chance(0.2) ? 12 : 5)}"));
        KanNetwork<T> network = KanNetwork<T>.Create(NetworkShape.Parse(shape), options, random.Seed(), trainNodes: random.Chance(0.3));
        Shake(network, random);
        if (options.HasFreeGrid && random.Chance(0.4))
        {
            var samples = new Tensor<T>(new Shape(50, network.Features), [.. Enumerable.Range(0, 50 * network.Features).Select(_ => T.CreateTruncating(random.Normal(1)))]);
            GridUpdate.Apply(network, samples, new GridUpdateOptions());
            name += ", grid from data";
        }

        if (options.Mask)
            Mask(network, random);
        if (random.Chance(0.5))
        {
            network = WithFormulas(network, random);
            name += ", formulas";
        }

        if (random.Chance(0.2) && network.Features > 1)
            network = network.WithInputs([.. Enumerable.Range(0, network.Features).Reverse().Take(network.Features - 1)]);
        return network;
    }

    private static KanLinearOptions Options(RandomValues random, int index, out string name)
    {
        KanLinearOptions options;
        if (index % 3 == 0)
        {
            options = new BSplineOptions { Degree = random.Whole(1, 5), Intervals = random.Whole(1, 12), Outside = random.One([OutsideGrid.Linear, OutsideGrid.Zero]), Low = random.Uniform(-3, -1), High = random.Uniform(0.5, 3) };
            name = $"{options.Basis}";
        }
        else
        {
            KanFamily family = KanFamilies.All[index * 7 / 3 % KanFamilies.All.Count];
            options = family.Options();
            if (options.Basis is WaveletOptions wavelet && random.Chance(0.5))
                options = options with { Basis = wavelet with { PublishedForm = true } };
            name = family.Name;
        }

        return options with
        {
            BaseActivation = random.Chance(0.2) ? null : random.Chance(0.5) ? options.BaseActivation : random.One([.. Activation.All.Where(activation => activation != Activation.Exp)]),
            BaseOnRawInput = random.Chance(0.3),
            Bias = random.Chance(0.5),
            EdgeScale = random.Chance(0.5),
            Mask = random.Chance(0.5),
            Normalization = random.Chance(0.5) ? options.Normalization : random.One([InputNormalization.None, InputNormalization.LayerNorm, InputNormalization.BatchNorm, InputNormalization.MinMax]),
            Squash = random.Chance(0.6) ? options.Squash : random.One([InputSquash.Tanh, InputSquash.Sigmoid]),
        };
    }

    /// <summary>Moves all parameters, and the states of normalisations, away from where they start.</summary>
    private static void Shake<T>(KanNetwork<T> network, RandomValues random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((_, Parameter<T> parameter) in network.Parameters())
        {
            foreach (ref T value in parameter.Value.Span)
                value = (value * T.CreateTruncating(random.Uniform(0.8, 1.2))) + T.CreateTruncating(random.Normal(0.05));
        }

        foreach (KanLinear<T> layer in network.Layers)
        {
            Tensor<T>[] factors = layer.Normalization switch
            {
                BatchNorm<T> norm => [norm.RunningVariance.Value],
                RangeNorm<T> norm => [norm.Scale.Value],
                _ => [],
            };
            foreach (Tensor<T> factor in factors)
            {
                foreach (ref T value in factor.Span)
                    value = T.CreateTruncating(random.Uniform(0.5, 2));
            }
        }
    }

    private static void Mask<T>(KanNetwork<T> network, RandomValues random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double share = random.One([0.2, 0.7, 0.9]);
        foreach (KanLinear<T> layer in network.Layers)
        {
            foreach (ref T value in layer.Mask!.Value.Span)
                value = random.Chance(share) ? T.Zero : T.CreateTruncating(random.One([1, 1, 0.5]));
        }
    }

    private static KanNetwork<T> WithFormulas<T>(KanNetwork<T> network, RandomValues random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double share = random.One([0.2, 1.0]);
        var edges = new List<EdgeFormula>();
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            for (int input = 0; input < network.Stages[layer].Inputs; input++)
            {
                for (int output = 0; output < network.Stages[layer].Subnodes; output++)
                {
                    if (random.Chance(share))
                        edges.Add(new EdgeFormula(layer, input, output, FunctionCatalog.Standard[random.One(Functions)], random.Uniform(-0.7, 0.7), random.Uniform(-0.5, 0.5), random.Uniform(-0.5, 0.5), random.Normal(0.3)));
                }
            }
        }

        return edges.Count == 0 ? network : network.WithSymbolicEdges(edges, keepNumeric: random.Chance(0.3));
    }

    private static TabularModel<T> Table<T>(KanNetwork<T> network, RandomValues random, bool classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = network.Widths[^1];
        FeatureEncoding[] features = [.. Enumerable.Range(0, network.Features).Select(column => new FeatureEncoding(column == 0 ? "say \"in\" (m/s)" : $"x_{column}", null, [0.0]))];
        string[] labels = [.. Enumerable.Range(0, Math.Max(2, outputs)).Select(label => $"class {label}")];
        TargetEncoding target = classes ? new TargetEncoding(TaskKind.Classification, ["kind"], labels) : new TargetEncoding(TaskKind.Regression, [.. Enumerable.Range(0, outputs).Select(column => $"target {column}")], []);
        return new TabularModel<T>(network, new TableEncoding(features, target, default, default), Scaling(features.Length, random), classes ? null : Scaling(outputs, random));
    }

    private static LinearScaling Scaling(int columns, RandomValues random) =>
        new([.. Enumerable.Range(0, columns).Select(_ => random.Normal(2))], [.. Enumerable.Range(0, columns).Select(_ => random.Uniform(0.5, 4))]);

    private static SourceCase Formulas(int index, RandomValues random)
    {
        string[] variables = ["temperature", "x", "class", "kind of wind", "y"];
        string[] texts = ["exp(-temperature^2) + x/3 - class", "erf(x)*J0(12*y) + J1(60*temperature)", "2", "log1p(exp(x)) + sqrt(1 + y^2) - 0.25*class^-2", "softplus(class) + sigmoid(temperature)*(x > 0)"];
        (string, Expression)[] results = [.. Enumerable.Range(0, random.Whole(1, 4)).Select(number => ($"f{number}", Expression.Parse(texts[number])))];
        LoweredModel model = ModelLowering.Of(variables, results);
        double[] x = [.. Enumerable.Range(0, 12 * variables.Length).Select(_ => random.Normal(1))];
        return new SourceCase($"{index}: formulas", model, x, [.. x.Chunk(variables.Length).SelectMany(row => results.Select(result =>
            result.Item2.Evaluate(variables.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))))]);
    }
}
