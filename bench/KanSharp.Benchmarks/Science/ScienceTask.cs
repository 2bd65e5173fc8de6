using KanSharp.Autodiff;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Science;

/// <summary>A function to be learned from samples without noise.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">Number of variables.</param>
/// <param name="Function">The function.</param>
internal sealed record ScienceTask(string Name, int Inputs, Func<double[], double> Function)
{
    /// <summary>Every variable is drawn uniformly from here.</summary>
    public double Low { get; init; } = -1;

    /// <summary>Every variable is drawn uniformly up to here.</summary>
    public double High { get; init; } = 1;

    /// <summary>The example of the KAN paper's section 2.4.</summary>
    public static ScienceTask Toy { get; } = new("exp(sin(pi x)+y^2)", 2, x => Math.Exp(Math.Sin(Math.PI * x[0]) + x[1] * x[1]));

    /// <summary>The example of four variables and three layers.</summary>
    public static ScienceTask DeepToy { get; } = new(
        "exp((sin(pi(a^2+b^2))+sin(pi(c^2+d^2)))/2)",
        4,
        x => Math.Exp((Math.Sin(Math.PI * (x[0] * x[0] + x[1] * x[1])) + Math.Sin(Math.PI * (x[2] * x[2] + x[3] * x[3]))) / 2));

    /// <summary>J₀(20x).</summary>
    public static ScienceTask Bessel { get; } = new("J0(20x)", 1, x => MathNet.Numerics.SpecialFunctions.BesselJ(0, new System.Numerics.Complex(20 * x[0], 0)).Real);

    /// <summary>xy.</summary>
    public static ScienceTask Product { get; } = new("xy", 2, x => x[0] * x[1]);

    /// <summary>The example in 100 dimensions.</summary>
    public static ScienceTask HundredDimensions { get; } = new(
        "exp(mean of sin^2(pi x/2))", 100, x => Math.Exp(x.Average(value => Math.Sin(Math.PI * value / 2) * Math.Sin(Math.PI * value / 2))));

    /// <summary>Random samples with their values.</summary>
    public TrainingData<double> Sample(int count, ulong seed)
    {
        var random = new SplitRandom(seed);
        var inputs = new Tensor<double>(new Shape(count, Inputs));
        random.FillUniform(inputs.Span, Low, High);
        return Evaluate(inputs);
    }

    /// <summary>The function at given points.</summary>
    public TrainingData<double> Evaluate(Tensor<double> inputs)
    {
        int count = inputs.Shape[0];
        var values = new Tensor<double>(new Shape(count, 1));
        for (int row = 0; row < count; row++)
            values.Span[row] = Function(inputs.Row(row).ToArray());
        return new TrainingData<double>(inputs, values);
    }
}
