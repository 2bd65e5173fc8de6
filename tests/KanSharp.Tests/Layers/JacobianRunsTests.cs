using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>The rows of the Jacobian that layers tell in runs against central differences of their outputs.</summary>
public class JacobianRunsTests
{
    public static TheoryData<string> Models =>
    [
        "degree-1", "degree-2", "degree-3", "degree-4", "degree-5", "zero-outside", "one-cell", "no-base", "plain", "frozen-scale", "frozen-base",
        "frozen-coefficients", "frozen-first", "wide", "three-layers", "ordinary", "residual", "jet", "jet-and-value",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_are_the_derivatives_of_the_outputs(string name)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(2, width);
            Tensor<double> x = Points<double>(name);
            Func<Var<double>, Var<double>> forward = Forward<double>(name, out _);
            double[,] rows = DenseJacobian.FromRuns(forward, x, executor, out JacobianLayout<double> layout);
            Assert.Empty(layout.Refused);
            Assert.True(layout.Unknowns > 0);
            DenseJacobian.Near(DenseJacobian.FromDifferences(forward, x, layout), rows, 2e-8);
        }
    }

    /// <summary>The truth is the same model in double, whose numbers differ by the rounding to float.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_in_single_precision(string name)
    {
        if (name == "degree-1")
            return;
        Func<Var<double>, Var<double>> exact = Forward<double>(name, out _);
        Tensor<double> x = Points<float>(name).Cast<double>();
        DenseJacobian.FromRuns(exact, x, Executor.Default, out JacobianLayout<double> layout);
        double[,] expected = DenseJacobian.FromDifferences(exact, x, layout);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(2, width);
            double[,] rows = DenseJacobian.FromRuns(Forward<float>(name, out _), Points<float>(name), executor, out _);
            DenseJacobian.Near(expected, rows, name.StartsWith("jet", StringComparison.Ordinal) ? 1e-4 : 2e-5);
        }
    }

    [Theory]
    [InlineData("three-layers")]
    [InlineData("wide")]
    [InlineData("ordinary")]
    public void Threads_do_not_change_a_bit(string name)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            double[,] Rows(int threads)
            {
                using var executor = new Executor(threads, width);
                return DenseJacobian.FromRuns(Forward<float>(name, out _), Inputs<float>(200), executor, out _);
            }

            double[,] one = Rows(1);
            Assert.Equal(one, Rows(2));
            Assert.Equal(one, Rows(3));
        }
    }

    [Fact]
    public void What_is_frozen_is_no_unknown()
    {
        Func<Var<double>, Var<double>> forward = Forward<double>("three-layers", out Module<double> module);
        foreach ((_, Parameter<double> parameter) in module.Parameters())
            parameter.Trainable = false;
        DenseJacobian.FromRuns(forward, Inputs<double>(3), Executor.Default, out JacobianLayout<double> layout);
        Assert.Equal(0, layout.Unknowns);
        Assert.Empty(layout.Segments);
        foreach ((_, Parameter<double> chosen) in module.Parameters())
        {
            chosen.Trainable = true;
            DenseJacobian.FromRuns(forward, Inputs<double>(3), Executor.Default, out layout);
            // a scale that is trained without its coefficients has no derivatives of its own
            bool scale = module.Modules().OfType<KanLinear<double>>().Any(layer => layer.EdgeScale == chosen);
            Assert.Equal(scale ? 0 : chosen.Shape.Count, layout.Unknowns);
            Assert.Equal(scale, layout.Refused.ContainsKey(chosen));
            Assert.All(layout.Segments, segment => Assert.Same(chosen, segment.Parameter));
            chosen.Trainable = false;
        }
    }

    [Fact]
    public void Unknowns_go_to_their_parameters_and_back()
    {
        DenseJacobian.FromRuns(Forward<float>("three-layers", out Module<float> module), Inputs<float>(3), Executor.Default, out JacobianLayout<float> layout);
        Assert.Equal(module.Parameters().Where(entry => !entry.Path.EndsWith("edge_scale", StringComparison.Ordinal)).Sum(entry => entry.Parameter.Shape.Count), layout.Unknowns);
        var numbers = new double[layout.Unknowns];
        for (int index = 0; index < numbers.Length; index++)
            numbers[index] = index;
        layout.Write(numbers);
        var read = new double[layout.Unknowns];
        layout.Read(read);
        Assert.Equal(numbers, read);
        Assert.Equal(numbers.Length, module.Parameters().Where(entry => !entry.Path.EndsWith("edge_scale", StringComparison.Ordinal))
            .SelectMany(entry => entry.Parameter.Value.Span.ToArray()).Distinct().Count());
    }

    [Fact]
    public void A_linear_layer_that_is_used_twice_has_the_sum_of_both()
    {
        Linear<double> layer = Linear<double>.Create(3, 3, new SplitRandom(4));
        Tensor<double> x = Inputs<double>(5);
        Var<double> Twice(Var<double> input) => layer.Forward(layer.Forward(input).Tanh());
        double[,] rows = DenseJacobian.FromRuns<double>(Twice, x, Executor.Default, out JacobianLayout<double> layout);
        Assert.Empty(layout.Refused);
        Assert.False(layout.EndsLinearly);
        DenseJacobian.Near(DenseJacobian.FromDifferences(Twice, x, layout), rows, 1e-8);
    }

    [Fact]
    public void What_can_not_be_told_is_refused_with_the_reason()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 3, new KanLinearOptions(), 1);
        JacobianLayout<double> twice = Layout(x => layer.Forward(layer.Forward(x)), new Shape(2, 3));
        Assert.Contains("two different inputs", twice.Refused[layer.Coefficients]);
        JacobianLayout<double> several = Layout(layer.Forward, new Shape(2, 4, 3));
        Assert.Contains("8 rows for 2 samples", several.Refused[layer.Coefficients]);
        var free = new Parameter<double>(new Shape(3));
        JacobianLayout<double> own = Layout(x => layer.Forward(x * x.Tape.Use(free)), new Shape(2, 3));
        Assert.Contains("outside of KAN", Assert.Single(own.Refused).Value);
        JacobianLayout<double> beside = Layout(x => layer.Forward(x) + x.Tape.Use(layer.BaseWeight!), new Shape(3, 3));
        Assert.Same(layer.BaseWeight, Assert.Single(beside.Refused).Key);
    }

    private static JacobianLayout<double> Layout(Func<Var<double>, Var<double>> forward, Shape shape)
    {
        var tape = new Tape<double> { ForJacobian = true };
        forward(tape.Constant(new Tensor<double>(shape)));
        return new JacobianLayout<double>(tape, shape[0]);
    }

    private static Tensor<T> Inputs<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Check.Sample<T>(new Shape(count, 3), 17, -1.9, 1.9);

    private static Tensor<T> Points<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Inputs<T>(name == "plain" ? 70 : 9);

    private static Func<Var<T>, Var<T>> Forward<T>(string name, out Module<T> module)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int degree = name.StartsWith("degree", StringComparison.Ordinal) ? name[^1] - '0' : 3;
        var basis = new BSplineOptions
        {
            Degree = degree,
            Intervals = name == "one-cell" ? 1 : 4,
            Outside = name == "zero-outside" ? OutsideGrid.Zero : OutsideGrid.Linear,
        };
        var full = new KanLinearOptions { Basis = basis, Bias = true, Mask = true };
        var plain = new KanLinearOptions { Basis = basis, BaseActivation = null, EdgeScale = false };
        KanLinear<T> Layer(int inputs, int outputs, KanLinearOptions options, int seed) => LayerFactory.Filled<T>(inputs, outputs, options, seed);
        Module<T> made = name switch
        {
            "no-base" => new KanNetwork<T>(Layer(3, 4, full with { BaseActivation = null }, 2), Layer(4, 2, full with { BaseActivation = null }, 3)),
            "plain" => new KanNetwork<T>(Layer(3, 2, plain, 2), Layer(2, 1, plain, 3)),
            "frozen-scale" => new KanNetwork<T>(Layer(3, 2, full with { EdgeScaleTrainable = false }, 2), Layer(2, 2, full with { EdgeScaleTrainable = false }, 3)),
            "frozen-base" => new KanNetwork<T>(Layer(3, 2, full with { BaseTrainable = false }, 2), Layer(2, 2, full with { BaseTrainable = false }, 3)),
            "wide" => new KanNetwork<T>(Layer(3, 11, full, 2), Layer(11, 9, plain, 3)),
            "three-layers" => new KanNetwork<T>(Layer(3, 4, full, 2), Layer(4, 2, plain, 3), Layer(2, 3, full, 5)),
            "ordinary" => new Sequential<T>(
                Filled(Linear<T>.Create(3, 5, new SplitRandom(1)), 1), Filled(new LayerNorm<T>(5), 2), new ActivationLayer<T>(Activation.SiLU),
                Running(new BatchNorm<T>(5)), Layer(5, 2, full, 4), Filled(Linear<T>.Create(2, 2, new SplitRandom(6)), 5)),
            "residual" => new Sequential<T>(new Residual<T>(Layer(3, 3, full, 4)), Layer(3, 2, plain, 5)),
            _ => new KanNetwork<T>(Layer(3, 3, full, 2), Layer(3, 2, full, 3)),
        };
        module = made;
        KanLinear<T>[] layers = [.. made.Modules().OfType<KanLinear<T>>()];
        if (name == "frozen-coefficients")
            layers[1].Coefficients.Trainable = layers[1].EdgeScale!.Trainable = false;
        if (name == "frozen-first")
        {
            foreach ((_, Parameter<T> parameter) in layers[0].Parameters())
                parameter.Trainable = false;
        }

        Var<T> Both(Var<T> x)
        {
            Jet<T> y = made.Forward(Jet<T>.Seed(x, 0));
            return y.Value + y.Value * y.Derivative;
        }

        return name switch
        {
            "jet" => x => made.Forward(Jet<T>.Seed(x, 1)).Derivative,
            "jet-and-value" => Both,
            _ => made.Forward,
        };
    }

    private static Module<T> Filled<T>(Module<T> module, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        foreach ((_, Parameter<T> parameter) in module.Parameters())
            Fill(parameter.Value.Span, random);
        return module;
    }

    private static void Fill<T>(Span<T> values, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
            value = T.CreateTruncating(0.4 + random.NextDouble());
    }

    private static BatchNorm<T> Running<T>(BatchNorm<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(8);
        Filled(layer, 3);
        Fill(layer.RunningMean.Value.Span, random);
        Fill(layer.RunningVariance.Value.Span, random);
        return layer;
    }
}
