using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

/// <summary>Trees of functions whose structure is known.</summary>
public sealed class StructureTreeTests
{
    private static readonly Func<double[], double>[] Functions =
    [
        x => (x[0] + x[1]) * Math.Exp(x[2]) + x[3],
        x => Math.Sqrt(Math.Pow(x[0] - x[1], 2) + Math.Pow(x[2] - x[3], 2)),
        x => x[0] * x[1] * x[2] + 3,
        x => Math.Exp(Math.Sin(Math.PI * x[0]) + x[1] * x[1]),
        x => Math.Sin(x[0] * x[0] + x[1] * x[1]) * x[2] + Math.Exp(x[2]) / (x[0] * x[0] + x[1] * x[1]),
        x => x[0] / x[1] + x[2] * Math.Sin(x[3] * x[2] + Math.Exp(x[3]) / (1 + x[2] * x[2] * x[3])),
        x => x[1],
        x => (x[0] + x[1]) / (1 + x[0] * x[1]),
        x => 7,
        x => 1 / Math.Sqrt(1 - x[0] * x[0] / (9 * x[1] * x[1])) * x[2],
    ];

    [Theory]
    [InlineData(0, 4, "Add(Mul(Add(0 1) 2) 3)")]
    [InlineData(1, 4, "GeneralSeparability(GeneralSeparability(0 1) GeneralSeparability(2 3))")]
    [InlineData(2, 3, "Mul(0 1 2)")]
    [InlineData(3, 2, "Mul(0 1)")]
    [InlineData(4, 3, "Symmetry(GeneralSeparability(0 1) 2)")]
    [InlineData(5, 4, "Add(Mul(0 1) None(2 3))")]
    [InlineData(6, 3, "1")]
    [InlineData(7, 2, "GeneralSeparability(0 1)")]
    [InlineData(8, 2, "")]
    [InlineData(9, 3, "Mul(GeneralSeparability(0 1) 2)")]
    public void Known_functions_have_their_tree(int number, int inputs, string expected)
    {
        double[] rows = StructureCases.Points(inputs);
        StructureTree tree = StructureTree.Build(StructureCases.Function(inputs, Functions[number], rows), rows);
        Assert.Equal(expected, tree.Root is null ? "" : StructureCases.Text(tree.Root));
    }

    [Fact]
    public void Variables_without_effect_are_named()
    {
        double[] rows = StructureCases.Points(5);
        StructureTree tree = StructureTree.Build(StructureCases.Function(5, x => x[1] * x[4] + 1e-5 * x[0], rows), rows);
        Assert.Equal([0, 2, 3], tree.Unused);
        Assert.Equal([1, 4], tree.Root!.Variables);
    }

    [Fact]
    public void The_text_is_indented()
    {
        double[] rows = StructureCases.Points(4);
        StructureTree tree = StructureTree.Build(StructureCases.Function(4, Functions[0], rows), rows);
        Assert.Equal(
            """
            sum over (x1, x2, x3, x4)
              product over (x1, x2, x3)
                sum over (x1, x2)
                  x1
                  x2
                x3
              x4

            """.ReplaceLineEndings("\n"),
            tree.ToString());
        Assert.StartsWith("sum over (a, b, c, d)\n  product", tree.Print(["a", "b", "c", "d"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+b)*exp(c)+d", "Add(Mul(Add(0 1) 2) 3)")]
    [InlineData("log(a^2*b+d*(c-4)^2)", "GeneralSeparability(GeneralSeparability(0 1) GeneralSeparability(2 3))")]
    [InlineData("a*b/(c^2+d^2)", "Mul(0 1 GeneralSeparability(2 3))")]
    [InlineData("a*sqrt(b)-2*c*sin(d)+1", "Add(Mul(0 1) Mul(2 3))")]
    [InlineData("1/sqrt(c-a*a)+b*d", "Add(GeneralSeparability(0 2) Mul(1 3))")]
    public void Formulas_have_exact_derivatives(string formula, string expected)
    {
        double[] rows = [.. StructureCases.Points(4).Select((value, index) => index % 4 == 2 ? value + 4 : value)];
        StructureTree tree = StructureTree.Build(SmoothFunction.Of(Expression.Parse(formula), ["a", "b", "c", "d"]), rows);
        Assert.Equal(expected, StructureCases.Text(tree.Root!));
        Assert.True(tree.Root!.Score < 1e-9, $"{tree.Root.Score}");
    }

    [Fact]
    public void Networks_have_exact_derivatives()
    {
        double[] rows = StructureCases.Points(4);
        string[] names = ["a", "b", "c", "d"];
        Expression[] outputs = [Expression.Parse("a+b"), Expression.Parse("(a+b)*exp(c)+d^3*sin(a)*sin(c)")];
        KanNetwork<double> network = NetworkCompiler.Compile<double>(outputs, names);
        for (int output = 0; output < 2; output++)
        {
            var formula = SmoothFunction.Of(outputs[output], names);
            var computed = SmoothFunction.Of(network, output);
            foreach ((Action<SmoothFunction, double[]> derivative, int size) in new (Action<SmoothFunction, double[]>, int)[]
            {
                ((function, target) => function.Value(rows, target), 1),
                ((function, target) => function.Gradient(rows, target), 4),
                ((function, target) => function.Hessian(rows, target), 16),
            })
            {
                double[] expected = new double[size * rows.Length / 4], actual = new double[expected.Length];
                derivative(formula, expected);
                derivative(computed, actual);
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            }
        }

        Assert.Equal("Add(0 1)", StructureCases.Text(StructureTree.Build(SmoothFunction.Of(network), rows).Root!));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothFunction.Of(network, 2));
    }

    [Fact]
    public void A_fitted_network_shows_the_structure_of_its_data()
    {
        Dataset<double> data = Dataset.Sample(x => x[0] * x[1] + Math.Sin(x[2]), 3, 400, -1, 1, 1);
        KanNetwork<double> network = KanNetwork<double>.Create([3, 4, 1], KanLinearOptions.SplinesOnly, 3);
        FitResult<double> fit = Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 60 });
        double error = Math.Sqrt(fit.BestLoss);
        Assert.True(error < 1e-3, $"{error}");
        double[] rows = data.Features.ToArray();
        SmoothFunction exact = SmoothFunction.Of(network), aware = SmoothFunction.Of(network, 3, rows, noise: error);
        Assert.Equal("Add(Mul(0 1) 2)", StructureCases.Text(StructureTree.Build(exact, rows).Root!));
        Assert.Equal("Add(Mul(0 1) 2)", StructureCases.Text(StructureTree.Build(aware, rows).Root!));
    }

    [Fact]
    public void A_network_of_one_layer_is_a_sum_in_either_precision()
    {
        double[] rows = StructureCases.Points(3, 200, -0.9, 0.9);
        Module<double> wide = KanNetwork<double>.Create([3, 2], seed: 3);
        Module<float> narrow = KanNetwork<float>.Create([3, 2], seed: 3);
        Assert.Equal("Add(0 1 2)", StructureCases.Text(StructureTree.Build(SmoothFunction.Of(wide, 3, rows, 1), rows).Root!));
        Assert.Equal("Add(0 1 2)", StructureCases.Text(StructureTree.Build(SmoothFunction.Of(narrow, 3, rows, 1), rows).Root!));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothFunction.Of(wide, 3, rows, 2));
    }
}
