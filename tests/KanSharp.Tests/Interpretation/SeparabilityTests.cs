using KanSharp.Interpretation;

namespace KanSharp.Tests.Interpretation;

/// <summary>Sums, products and functions of sums against closed forms.</summary>
public sealed class SeparabilityTests
{
    public static TheoryData<int, string> Sums => new()
    {
        { 0, "0 1|2" },
        { 1, "0|1|2" },
        { 2, "0 2|1" },
        { 3, "0 1 2" },
        { 4, "0|1|2" },
    };

    public static TheoryData<int, string> Products => new()
    {
        { 0, "0 1|2" },
        { 1, "0|1|2" },
        { 2, "0 2|1" },
        { 3, "0 1 2" },
    };

    private static readonly Func<double[], double>[] SumFunctions =
    [
        x => Math.Sin(x[0] * x[1]) + Math.Exp(x[2]),
        x => x[0] * x[0] - 3 * x[1] + Math.Log(x[2]),
        x => 1e6 * (x[0] / x[2] + Math.Cos(x[1])),
        x => x[0] * x[1] * x[2],
        x => 2 * x[0] - x[1] + 5,
    ];

    private static readonly Func<double[], double>[] ProductFunctions =
    [
        x => (x[0] + x[1]) * Math.Exp(x[2]),
        x => -x[0] * x[0] / x[1] * Math.Sqrt(x[2]),
        x => 1e-6 * Math.Sin(x[0] - x[2]) * (1 + x[1]),
        x => x[0] + x[1] * x[2],
    ];

    [Theory]
    [MemberData(nameof(Sums))]
    public void Sums_fall_into_their_terms(int number, string expected)
    {
        double[] rows = StructureCases.Points(3);
        SeparabilityResult result = Separability.Detect(StructureCases.Function(3, SumFunctions[number], rows), rows, SeparabilityMode.Additive);
        Assert.Equal(expected, StructureCases.Text(result.Groups));
        Assert.True(result.Score < 1e-5 && result.Residual < 1e-5, $"{result.Score} {result.Residual}");
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void Products_fall_into_their_factors(int number, string expected)
    {
        double[] rows = StructureCases.Points(3);
        SeparabilityResult result = Separability.Detect(StructureCases.Function(3, ProductFunctions[number], rows), rows, SeparabilityMode.Multiplicative);
        Assert.Equal(expected, StructureCases.Text(result.Groups));
        Assert.Equal(0, result.Bias);
    }

    [Fact]
    public void A_large_constant_does_not_make_a_function_separable()
    {
        double[] rows = StructureCases.Points(2);
        SmoothFunction function = StructureCases.Function(2, x => 1e5 + x[0] / (x[0] + x[1]), rows);
        Assert.False(Separability.Detect(function, rows, SeparabilityMode.Multiplicative).IsSeparable);
        Assert.False(Separability.Detect(function, rows, SeparabilityMode.Multiplicative, new StructureOptions { Bias = null }).IsSeparable);
    }

    [Theory]
    [InlineData(3.5)]
    [InlineData(-100)]
    public void The_constant_beside_a_product_is_found(double constant)
    {
        double[] rows = StructureCases.Points(3);
        SmoothFunction function = StructureCases.Function(3, x => x[0] * x[1] * Math.Exp(x[2]) + constant, rows);
        SeparabilityResult result = Separability.Detect(function, rows, SeparabilityMode.Multiplicative, new StructureOptions { Bias = null });
        Assert.Equal("0|1|2", StructureCases.Text(result.Groups));
        Assert.Equal(-constant, result.Bias, 1e-3);
        Assert.False(Separability.Detect(function, rows, SeparabilityMode.Multiplicative).IsSeparable);
    }

    [Fact]
    public void Given_groups_are_tested()
    {
        double[] rows = StructureCases.Points(4);
        SmoothFunction function = StructureCases.Function(4, x => x[0] * x[1] + Math.Sin(x[2] * x[3]), rows);
        StructureTest right = Separability.Test(function, rows, [[0, 1], [2, 3]], SeparabilityMode.Additive);
        StructureTest wrong = Separability.Test(function, rows, [[0, 2], [1, 3]], SeparabilityMode.Additive);
        Assert.True(right.Holds && right.Score < 1e-5);
        Assert.True(!wrong.Holds && wrong.Score > 0.1);
        Assert.Equal(1e-2, right.Threshold);
    }

    [Fact]
    public void A_score_is_the_median_interaction_per_standard_deviation()
    {
        // f = x·y with standard deviations a and b and spread of f s: a·b/s
        double[] rows = [.. StructureCases.Points(2, 500).Select((value, index) => index % 2 == 0 ? value : 10 * value)];
        var function = SmoothFunction.Of(
            2,
            (points, values) =>
            {
                for (int row = 0; row < values.Length; row++)
                    values[row] = points[2 * row] * points[2 * row + 1];
            },
            (points, gradient) =>
            {
                for (int row = 0; row < gradient.Length; row += 2)
                    (gradient[row], gradient[row + 1]) = (points[row + 1], points[row]);
            },
            (_, hessian) =>
            {
                for (int index = 0; index < hessian.Length; index++)
                    hessian[index] = index % 4 is 1 or 2 ? 1 : 0;
            });
        SeparabilityResult result = Separability.Detect(function, rows, SeparabilityMode.Additive);
        SeparabilityResult differences = Separability.Detect(StructureCases.Function(2, x => x[0] * x[1], rows), rows, SeparabilityMode.Additive);
        Assert.Equal(differences.Scores[0, 1], result.Scores[0, 1], 1e-6);
        Assert.Equal(0, result.Scores[0, 0]);
        double[] x = [.. rows.Where((_, index) => index % 2 == 0)], y = [.. rows.Where((_, index) => index % 2 == 1)];
        double[] f = [.. x.Zip(y, (a, b) => a * b)];
        Assert.Equal(Deviation(x) * Deviation(y) / Deviation(f), result.Scores[0, 1], 0.05);

        static double Deviation(double[] values) => Math.Sqrt(values.Select(value => value * value).Average() - Math.Pow(values.Average(), 2));
    }

    [Fact]
    public void Errors_of_a_model_do_not_hide_a_sum()
    {
        // a ripple as a fitted spline may have it: small values, huge second derivatives
        double[] rows = StructureCases.Points(2);
        Func<double[], double> model = x => x[0] * x[0] + Math.Exp(x[1]) + 1e-4 * Math.Sin(70 * x[0]) * Math.Sin(60 * x[1]);
        Assert.False(Separability.Detect(StructureCases.Function(2, model, rows), rows, SeparabilityMode.Additive).IsSeparable);
        SeparabilityResult aware = Separability.Detect(StructureCases.Function(2, model, rows, 1e-4), rows, SeparabilityMode.Additive);
        Assert.True(aware.IsSeparable);
        SmoothFunction interacting = StructureCases.Function(2, x => model(x) + x[0] * x[1], rows, 1e-4);
        Assert.False(Separability.Detect(interacting, rows, SeparabilityMode.Additive).IsSeparable);
    }

    [Theory]
    [InlineData(0, "0 1|2 3")]
    [InlineData(1, "0|1|2|3")]
    [InlineData(2, "0 1 2|3")]
    [InlineData(3, "0 1 2 3")]
    [InlineData(4, "0 1|2 3")]
    public void Functions_of_sums_fall_into_their_terms(int number, string expected)
    {
        Func<double[], double>[] functions =
        [
            x => Math.Sqrt(Math.Pow(x[0] - x[1], 2) * x[0] + Math.Pow(x[2] + x[3], 2) / x[3]),
            x => Math.Tanh(0.1 * (x[0] * x[0] + Math.Exp(x[1]) + x[2] - Math.Sin(x[3]))),
            x => Math.Exp(Math.Sin(x[0] * x[1] + x[2] * x[0]) + x[3]) + 2,
            x => x[0] * x[1] + x[1] * x[2] * x[2] + Math.Sin(x[2] * x[3]) + x[3] * x[0],
            x => Math.Log(x[0] * x[0] * x[1] + x[2] * x[2] / x[3]),
        ];
        double[] rows = StructureCases.Points(4);
        SmoothFunction function = StructureCases.Function(4, functions[number], rows);
        GeneralSeparabilityResult result = GeneralSeparability.Detect(function, rows);
        Assert.Equal(expected, StructureCases.Text(result.Groups));
        if (result.IsSeparable)
            Assert.True(GeneralSeparability.Test(function, rows, result.Groups).Holds);
        Assert.False(GeneralSeparability.Test(function, rows, [[0, 2], [1, 3]]).Holds && number != 1);
    }

    [Fact]
    public void Misuse_is_named()
    {
        double[] rows = StructureCases.Points(2);
        SmoothFunction function = StructureCases.Function(2, x => x[0], rows);
        Assert.Contains("3 values are not a whole number of rows of 2", Refused(() => Separability.Detect(function, [1, 2, 3], SeparabilityMode.Additive)));
        Assert.Contains("There are 1 rows", Refused(() => Separability.Detect(function, [1, 2], SeparabilityMode.Additive)));
        Assert.Contains("Row 1, variable 0 is NaN", Refused(() => Separability.Detect(function, [1, 2, double.NaN, 1], SeparabilityMode.Additive)));
        Assert.Contains("1 groups", Refused(() => Separability.Test(function, rows, [[0, 1]], SeparabilityMode.Additive)));
        double[] triples = StructureCases.Points(3);
        SmoothFunction three = StructureCases.Function(3, x => x[0], triples);
        Assert.Contains("Variable 1 is in no group", Refused(() => Separability.Test(three, triples, [[0], [2]], SeparabilityMode.Additive)));
        Assert.Contains("named twice", Refused(() => GeneralSeparability.Test(function, rows, [[0], [0, 1]])));
        Assert.Contains("Variable 7 does not exist", Refused(() => Separability.Test(function, rows, [[0, 1], [7]], SeparabilityMode.Additive)));
        Assert.Contains("at least 0", Refused(() => SmoothFunction.Of(2, (double[] x) => x[0], rows, -1)));
        Assert.Contains("not finite at nine of ten", Refused(() => SmoothFunction.Of(2, (double[] x) => double.NaN, rows)));
        Assert.Contains("13 variables", Refused(() => GeneralSeparability.Detect(StructureCases.Function(13, x => x[0], StructureCases.Points(13)), StructureCases.Points(13))));

        static string Refused(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }
}
