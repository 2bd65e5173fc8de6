using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>Numbers in equations, found from measurements.</summary>
internal static class InverseProblems
{
    /// <summary>The diffusion coefficient that the measurements were made with.</summary>
    public const double Diffusivity = 0.3;

    private const int Measurements = 200;
    private const double Noise = 0.01;

    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        BuiltInProblem.Of("diffusion-inverse", "the D of u_t = D u_xx on [0, 1] for t in [0, 1] from 200 measurements with 1 % noise; D = 0.3", () => Diffusion(0)),
    ];

    /// <summary>Measurements at random points with normal noise of 1 % of the root mean square of the values.</summary>
    /// <param name="seed">Seed of points and noise.</param>
    public static EquationProblem Diffusion(ulong seed)
    {
        TimeDomain line = Given.Line(0, 1, 1);
        Expression exact = Expression.Parse("exp(-0.3*pi^2*t)*sin(pi*x) + exp(-1.2*pi^2*t)*sin(2*pi*x)/2");
        Tensor<double> points = line.Interior(Measurements, PointSequence.Random, seed);
        double[] values = exact.Compile(line.Variables).Evaluate(points.Span);
        double scale = Noise * Math.Sqrt(values.Sum(value => value * value) / values.Length);
        SplitRandom random = new SplitRandom(seed).Split("noise");
        for (int index = 0; index < values.Length; index++)
            values[index] += scale * random.NextNormal();
        return new EquationProblem(line, "u")
        {
            Equations = ["u_t = D*u_xx"],
            Conditions = [Given.On(line, "initial", "u = sin(pi*x) + sin(2*pi*x)/2"), Given.On(line, "boundary", "u = 0")],
            Coefficients = [new UnknownCoefficient("D", 1)],
            Data = [new Observations("u", points, values)],
            Reference = Given.Known("u", exact),
        };
    }
}
