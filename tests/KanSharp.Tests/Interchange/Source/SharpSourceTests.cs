using System.Numerics;
using KanSharp.Interchange.Source;
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
