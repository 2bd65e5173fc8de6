using System.Numerics;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Every optimiser against its textbook formula, element by element in plain double arithmetic.</summary>
public class FirstOrderOptimizerTests
{
    public static TheoryData<string> Cases =>
    [
        "sgd", "sgd-decay", "sgd-momentum", "sgd-dampening", "sgd-nesterov", "adam", "adam-decay", "adamw", "rmsprop", "rmsprop-momentum",
    ];

    private static FirstOrderOptions Options(string name) => name switch
    {
        "sgd" => new Sgd { LearningRate = 0.1 },
        "sgd-decay" => new Sgd { LearningRate = 0.1, WeightDecay = 0.01 },
        "sgd-momentum" => new Sgd { LearningRate = 0.1, Momentum = 0.9, WeightDecay = 0.01 },
        "sgd-dampening" => new Sgd { LearningRate = 0.1, Momentum = 0.9, Dampening = 0.3 },
        "sgd-nesterov" => new Sgd { LearningRate = 0.1, Momentum = 0.8, Nesterov = true },
        "adam" => new Adam { LearningRate = 0.05 },
        "adam-decay" => new Adam { LearningRate = 0.05, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-3, WeightDecay = 0.1 },
        "adamw" => new AdamW { LearningRate = 0.05, WeightDecay = 0.1 },
        "rmsprop" => new RmsProp { WeightDecay = 0.1 },
        _ => new RmsProp { LearningRate = 0.02, Alpha = 0.9, Momentum = 0.7 },
    };

    private static double Gradient(double p, int index, int step) => 2 * p - Math.Sin(index + 3 * step);

    private static double[] Reference(FirstOrderOptions options, double[] start, int steps, double factor)
    {
        double[] p = [.. start];
        var first = new double[p.Length];
        var second = new double[p.Length];
        double rate = options.LearningRate * factor;
        for (int t = 1; t <= steps; t++)
        {
            for (int i = 0; i < p.Length; i++)
            {
                double g = Gradient(p[i], i, t);
                if (options is not AdamW)
                    g += options.WeightDecay * p[i];
                switch (options)
                {
                    case Sgd { Momentum: 0 }:
                        p[i] -= rate * g;
                        break;
                    case Sgd sgd:
                        first[i] = t == 1 ? g : sgd.Momentum * first[i] + (1 - sgd.Dampening) * g;
                        p[i] -= rate * (sgd.Nesterov ? g + sgd.Momentum * first[i] : first[i]);
                        break;
                    case Adam adam:
                        p[i] -= AdamStep(ref first[i], ref second[i], g, t, adam.Beta1, adam.Beta2, adam.Epsilon, rate);
                        break;
                    case AdamW adamW:
                        p[i] *= 1 - rate * adamW.WeightDecay;
                        p[i] -= AdamStep(ref first[i], ref second[i], g, t, adamW.Beta1, adamW.Beta2, adamW.Epsilon, rate);
                        break;
                    case RmsProp rms:
                        second[i] = rms.Alpha * second[i] + (1 - rms.Alpha) * g * g;
                        double u = g / (Math.Sqrt(second[i]) + rms.Epsilon);
                        first[i] = rms.Momentum * first[i] + u;
                        p[i] -= rate * first[i];
                        break;
                }
            }
        }

        return p;
    }

    private static double AdamStep(ref double m, ref double v, double g, int t, double beta1, double beta2, double epsilon, double rate)
    {
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        return rate * (m / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v / (1 - Math.Pow(beta2, t))) + epsilon);
    }

    private static T[] Train<T>(FirstOrderOptions options, double[] start, int steps, double factor, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var bag = new ParameterBag<T>(Array.ConvertAll(start, T.CreateTruncating));
        using var executor = new Executor(2, width);
        FirstOrderOptimizer<T> optimizer = options.Bind(bag, executor);
        for (int t = 1; t <= steps; t++)
        {
            optimizer.ClearGradients();
            for (int i = 0; i < start.Length; i++)
                bag[0].Gradient[i] = T.CreateTruncating(Gradient(double.CreateTruncating(bag[0].Value[i]), i, t));
            Assert.Null(optimizer.Step(factor));
        }

        return bag[0].Value.Span.ToArray();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_follow_the_formula_at_every_width(string name)
    {
        double[] start = [.. Enumerable.Range(0, 37).Select(i => Math.Cos(i))];
        double[] expected = Reference(Options(name), start, 12, 0.7);
        foreach (SimdWidth width in SimdWidths.All)
        {
            double[] actual = Train<double>(Options(name), start, 12, 0.7, width);
            float[] single = Train<float>(Options(name), start, 12, 0.7, width);
            for (int i = 0; i < start.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 1e-12);
                Assert.Equal(expected[i], single[i], 2e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void State_round_trips_bit_for_bit(string name)
    {
        var straight = new ParameterBag<float>([1, 2, 3], [4, 5]);
        FirstOrderOptimizer<float> optimizer = Options(name).Bind(straight);
        Steps(straight, optimizer, 0, 9);
        var first = new ParameterBag<float>([1, 2, 3], [4, 5]);
        FirstOrderOptimizer<float> before = Options(name).Bind(first);
        Steps(first, before, 0, 4);
        var arrays = new Dictionary<string, float[]>();
        var counters = new Dictionary<string, long>();
        before.Save(new StateWriter<float>("o.", arrays, counters));
        var second = new ParameterBag<float>(first[0].Value.Span.ToArray(), first[1].Value.Span.ToArray());
        FirstOrderOptimizer<float> after = Options(name).Bind(second);
        after.Load(new StateReader<float>("o.", arrays, counters));
        Steps(second, after, 4, 9);
        Assert.Equal(straight[0].Value.Span, second[0].Value.Span);
        Assert.Equal(straight[1].Value.Span, second[1].Value.Span);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reset_makes_the_next_step_a_first_one(string name)
    {
        var used = new ParameterBag<double>([1, 2, 3], [4, 5]);
        FirstOrderOptimizer<double> optimizer = Options(name).Bind(used);
        Steps(used, optimizer, 0, 5);
        optimizer.Reset("p0");
        var fresh = new ParameterBag<double>(used[0].Value.Span.ToArray(), used[1].Value.Span.ToArray());
        FirstOrderOptimizer<double> other = Options(name).Bind(fresh);
        Steps(used, optimizer, 5, 6);
        Steps(fresh, other, 5, 6);
        Assert.Equal(fresh[0].Value.Span, used[0].Value.Span);
        if (name is not ("sgd" or "sgd-decay"))
            Assert.NotEqual(fresh[1].Value.Span.ToArray(), used[1].Value.Span.ToArray());
    }

    [Fact]
    public void Gradients_are_clipped_by_norm_then_by_value()
    {
        var bag = new ParameterBag<double>([0, 0], [0]);
        FirstOrderOptimizer<double> optimizer = new Sgd { LearningRate = 1 }.Bind(bag);
        bag[0].Gradient[0] = 3;
        bag[0].Gradient[1] = -4;
        bag[1].Gradient[0] = 12;
        optimizer.Step(1, maxNorm: 1.3);
        Assert.Equal([-0.3, 0.4], bag[0].Value.Span.ToArray().Select(value => Math.Round(value, 15)));
        Assert.Equal(-1.2, bag[1].Value[0], 1e-15);
        bag[0].Value.Span.Clear();
        bag[1].Value.Span.Clear();
        optimizer.Step(1, maxNorm: 100, maxValue: 3.5);
        Assert.Equal([-3, 3.5], bag[0].Value.Span);
        Assert.Equal(-3.5, bag[1].Value[0]);
    }

    [Theory]
    [InlineData(3e200, 4e200)]
    [InlineData(3e155, 4e155)]
    [InlineData(1.2e308, 1.6e308)]
    public void Gradients_whose_squares_overflow_are_clipped(double first, double second)
    {
        var bag = new ParameterBag<double>([0.0, 0], [0.0]);
        FirstOrderOptimizer<double> optimizer = new Sgd { LearningRate = 1 }.Bind(bag);
        bag[0].Gradient[0] = first;
        bag[0].Gradient[1] = second;
        Assert.Null(optimizer.Step(1, maxNorm: 5));
        Assert.Equal(-3, bag[0].Value[0], 1e-12);
        Assert.Equal(-4, bag[0].Value[1], 1e-12);
        bag[1].Gradient[0] = double.PositiveInfinity;
        Assert.Equal("p1", optimizer.Step(1, maxNorm: 5));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_non_finite_gradient_is_named(float bad)
    {
        var bag = new ParameterBag<float>([1, 2], new float[40]);
        FirstOrderOptimizer<float> optimizer = new AdamW().Bind(bag);
        bag[1].Gradient[33] = bad;
        Assert.Equal("p1", optimizer.Step());
    }

    [Fact]
    public void Groups_set_rate_and_decay()
    {
        var bag = new ParameterBag<double>([1], [1], [1]);
        FirstOrderOptimizer<double> optimizer = new AdamW
        {
            LearningRate = 0.1,
            WeightDecay = 0.5,
            Groups = [new ParameterGroup { Path = "p0", Decays = false }, new ParameterGroup { Path = "p1", LearningRateFactor = 0.1 }],
        }.Bind(bag);
        optimizer.Step();
        Assert.Equal([1, 1 - 0.01 * 0.5, 1 - 0.1 * 0.5], new[] { bag[0].Value[0], bag[1].Value[0], bag[2].Value[0] });
        Assert.Throws<ArgumentException>(() => new Sgd { Groups = [new ParameterGroup { Path = "q" }] }.Bind(bag));
    }

    [Fact]
    public void Frozen_parameters_stay()
    {
        var bag = new ParameterBag<double>([1], [1]);
        bag[0].Trainable = false;
        FirstOrderOptimizer<double> optimizer = new AdamW { LearningRate = 0.1, WeightDecay = 0.5 }.Bind(bag);
        optimizer.Step();
        Assert.Equal(1, bag[0].Value[0]);
        Assert.NotEqual(1, bag[1].Value[0]);
        bag[1].Trainable = false;
        Assert.Throws<ArgumentException>(() => new Sgd().Bind(bag));
    }

    [Fact]
    public void A_step_allocates_nothing_and_has_the_same_bits_on_any_number_of_threads()
    {
        float[] start = [.. Enumerable.Range(0, 100_003).Select(i => MathF.Sin(i))];
        byte[][] bits = [.. new[] { 1, 2, 8 }.Select(threads =>
        {
            using var executor = new Executor(threads);
            var bag = new ParameterBag<float>([.. start], [1, 2]);
            FirstOrderOptimizer<float> optimizer = new AdamW().Bind(bag, executor);
            start.CopyTo(bag[0].Gradient);
            optimizer.Step(1, maxNorm: 5);
            byte[] moved = System.Runtime.InteropServices.MemoryMarshal.AsBytes(bag[0].Value.Span).ToArray();
            Assert.Equal(0, SteadyState.AllocatedBytes(() =>
            {
                optimizer.Step(1, maxNorm: 5);
                optimizer.ClearGradients();
            }));
            return moved;
        })];
        Assert.Equal(bits[0], bits[1]);
        Assert.Equal(bits[0], bits[2]);
    }

    [Fact]
    public void Settings_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { LearningRate = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Momentum = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW { WeightDecay = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Epsilon = 0 });
        Assert.Throws<ArgumentException>(() => new Sgd { Nesterov = true }.Bind(new ParameterBag<float>([1])));
        Assert.Throws<ArgumentException>(() => OptimizerOptions.Parse("lion"));
        Assert.All(OptimizerOptions.Names, name => Assert.Equal(name, OptimizerOptions.Parse(name).Name));
    }

    private static void Steps<T>(ParameterBag<T> bag, FirstOrderOptimizer<T> optimizer, int from, int to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int t = from + 1; t <= to; t++)
        {
            for (int p = 0; p < 2; p++)
            {
                for (int i = 0; i < bag[p].Shape.Count; i++)
                    bag[p].Gradient[i] = T.CreateTruncating(Gradient(double.CreateTruncating(bag[p].Value[i]), i + 10 * p, t));
            }

            optimizer.Step();
        }
    }
}
