using System.Numerics;
using KanSharp.Bases;
using KanSharp.Interchange.Source;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Source;

public sealed class SharpSourceTests
{
    [Fact]
    public void Every_kind_of_model_predicts_the_same_and_allocates_nothing()
    {
        IReadOnlyList<SourceCase> cases = RandomModels.Cases(100);
        using ScratchFolder folder = new();
        using SharpProgram program = new(folder, cases.Select((item, index) =>
            SourceExport.Write(item.Model, SourceLanguage.CSharp, new SourceOptions { Name = $"Case{index}", Namespace = "Generated" })));
        List<string> failures = [];
        double single = 0, twice = 0;
        for (int index = 0; index < cases.Count; index++)
        {
            string type = $"Generated.Case{index}";
            double error = cases[index].Model.IsSingle ? Error<float>(program, type, cases[index]) : Error<double>(program, type, cases[index]);
            (single, twice) = cases[index].Model.IsSingle ? (Math.Max(single, error), twice) : (single, Math.Max(twice, error));
            if (!(error <= cases[index].Tolerance))
                failures.Add($"{cases[index].Name}: {error:E2}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest differences: {twice:E1} double, {single:E1} single");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void Wide_models_take_their_scratch_from_the_caller_and_not_a_number_stays_one()
    {
        Mlp<double> wide = Mlp<double>.Create([2, 2100, 2, 1], Activation.Tanh, seed: 3);
        KanNetwork<double> zero = KanNetwork<double>.Create([1, 1], new BSplineOptions { Outside = OutsideGrid.Zero }), linear = KanNetwork<double>.Create([1, 1], new BSplineOptions());
        using ScratchFolder folder = new();
        using SharpProgram program = new(folder, [
            SourceExport.Write(wide, SourceLanguage.CSharp, new SourceOptions { Name = "Wide" }),
            SourceExport.Write(zero, SourceLanguage.CSharp, new SourceOptions { Name = "Zero" }),
            SourceExport.Write(linear, SourceLanguage.CSharp, new SourceOptions { Name = "Linear" })]);
        Assert.Equal(4200, program.Value("Wide", "ScratchSize"));
        double[] y = new double[2], expected = new double[2];
        program.Method<SharpProgram.Rows<double>>("Wide", "PredictRows")([0.1, -0.4, 2, 3], y, new double[4200]);
        wide.Predict([0.1, -0.4, 2, 3], expected);
        Assert.Equal(expected[0], y[0], 1e-12);
        Assert.Equal(expected[1], y[1], 1e-12);
        foreach (string name in (string[])["Zero", "Linear"])
        {
            program.Method<SharpProgram.Row<double>>(name, "Predict")([double.NaN], y.AsSpan(0, 1));
            Assert.True(double.IsNaN(y[0]));
        }
    }

    [Theory]
    [InlineData("Predict")]
    [InlineData("AddRows")]
    [InlineData("Coefficients0")]
    [InlineData("class")]
    [InlineData("my model")]
    public void A_name_that_would_not_compile_is_refused(string name)
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1]);
        Assert.Contains($"'{name}'", Assert.Throws<ArgumentException>(() => SourceExport.Write(network, SourceLanguage.CSharp, new SourceOptions { Name = name })).Message, StringComparison.Ordinal);
    }

    private static double Error<T>(SharpProgram program, string type, SourceCase item)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Array.ConvertAll(item.X, T.CreateTruncating), rows = new T[item.Y.Length];
        int inputs = item.Model.Inputs, outputs = item.Model.Outputs;
        SharpProgram.Row<T> predict = program.Method<SharpProgram.Row<T>>(type, "Predict"), all = program.Method<SharpProgram.Row<T>>(type, "PredictRows");
        all(x, rows);
        var single = new T[outputs];
        predict(x.AsSpan(0, inputs), single);
        Assert.Equal(rows[..outputs], single);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int repeat = 0; repeat < 10; repeat++)
            predict(x.AsSpan(0, inputs), single);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(item.Model.InputNames, (IReadOnlyList<string>)program.Value(type, "InputNames")!);
        return item.Error(Array.ConvertAll(rows, double.CreateTruncating));
    }
}
