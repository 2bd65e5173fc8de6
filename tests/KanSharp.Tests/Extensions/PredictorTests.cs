using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Extensions.DependencyInjection;
using KanSharp.Training;

namespace KanSharp.Tests.Extensions;

/// <summary>Predictions of rows of numbers: against the model, on several threads, without allocation.</summary>
public sealed class PredictorTests
{
    public static TheoryData<TabularTask, bool> Cases => PredictorModels.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Spans_and_the_model_agree_exactly_and_with_a_tape_but_for_rounding(TabularTask task, bool mlp)
    {
        Agree<float>(task, mlp, 1e-4);
        Agree<double>(task, mlp, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Eight_threads_at_once_agree_with_one(TabularTask task, bool mlp)
    {
        KanPredictor predictor = KanPredictor.Of(PredictorModels.Create<float>(task, mlp));
        double[] rows = PredictorModels.Rows(64), single = new double[64 * predictor.OutputNames.Count], batch = new double[single.Length];
        int width = predictor.OutputNames.Count;
        for (int row = 0; row < 64; row++)
            predictor.Predict(rows.AsSpan(5 * row, 5), single.AsSpan(width * row, width));
        predictor.Predict(rows, batch);
        using var start = new Barrier(8);
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            var one = new double[width];
            var all = new double[batch.Length];
            start.SignalAndWait();
            for (int round = 0; round < 200; round++)
            {
                int row = ((7 * round) + number) % 64;
                predictor.Predict(rows.AsSpan(5 * row, 5), one);
                predictor.Predict(rows, all);
                if (!one.AsSpan().SequenceEqual(single.AsSpan(width * row, width)) || !all.AsSpan().SequenceEqual(batch))
                    Interlocked.Increment(ref wrong);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(0, wrong);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_steady_state_nothing_is_allocated(TabularTask task, bool mlp)
    {
        IKanPredictor single = KanPredictor.Of(PredictorModels.Create<float>(task, mlp)), full = KanPredictor.Of(PredictorModels.Create<double>(task, mlp));
        double[] rows = PredictorModels.Rows(100), outputs = new double[100 * single.OutputNames.Count];
        var row = new Dictionary<string, PredictorCell> { ["mass"] = 1.5, ["kind"] = "right", ["height"] = -2 };
        var features = new double[5];
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            single.Encode(row, features);
            single.Predict(features, outputs.AsSpan(0, single.OutputNames.Count));
            single.Predict(rows, outputs);
            full.Predict(features, outputs.AsSpan(0, full.OutputNames.Count));
            full.Predict(rows, outputs);
        }));
    }

    [Fact]
    public void More_rows_than_a_chunk_are_those_of_the_chunks()
    {
        TabularModel<double> model = PredictorModels.Create<double>(TabularTask.Regression, false);
        double[] rows = PredictorModels.Rows(5000), outputs = new double[10_000];
        model.Predict(rows, outputs);
        Assert.Equal(model.Predict(rows), outputs);
        double[] last = model.Predict(rows.AsSpan(5 * 4096));
        Assert.Equal(last, outputs.AsSpan(2 * 4096).ToArray());
    }

    [Fact]
    public void Lengths_that_do_not_fit_and_overlaps_are_refused()
    {
        KanPredictor predictor = KanPredictor.Of(PredictorModels.Create<double>(TabularTask.Regression, false));
        Assert.Contains("7 values are not a whole number of rows of 5", Assert.Throws<ArgumentException>(() => predictor.Predict(new double[7], new double[2])).Message);
        Assert.Contains("there is room for 3", Assert.Throws<ArgumentException>(() => predictor.Predict(new double[10], new double[3])).Message);
        var memory = new double[7];
        Assert.Contains("overlap", Assert.Throws<ArgumentException>(() => predictor.Predict(memory.AsSpan(0, 5), memory.AsSpan(4, 2))).Message);
        predictor.Predict([], []);
        Assert.Contains("room for 4", Assert.Throws<ArgumentException>(() => predictor.Encode(new Dictionary<string, PredictorCell>(), new double[4])).Message);
    }

    private static void Agree<T>(TabularTask task, bool mlp, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TabularModel<T> model = PredictorModels.Create<T>(task, mlp);
        KanPredictor predictor = KanPredictor.Of(model);
        double[] rows = PredictorModels.Rows(300), outputs = new double[300 * predictor.OutputNames.Count];
        predictor.Predict(rows, outputs);
        Assert.Equal(model.Predict(rows), outputs);
        double[] scaled = [.. rows];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (scaled[i] - model.InputScaling.Center[i % 5]) / model.InputScaling.Spread[i % 5];
        var tape = new Tape<T>();
        double[] y = [.. model.Network.Forward(tape.Constant(new Tensor<double>(new Shape(300, 5), scaled).Cast<T>())).Values.ToArray().Select(double.CreateChecked)];
        double[] expected = task switch
        {
            TabularTask.Regression => [.. y.Select((value, i) => model.TargetScaling!.Center[i % 2] + (model.TargetScaling.Spread[i % 2] * value))],
            TabularTask.Binary => [.. y.SelectMany(value => (double[])[1 / (1 + Math.Exp(value)), 1 / (1 + Math.Exp(-value))])],
            _ => [.. y.Chunk(3).SelectMany(row => row.Select(value => Math.Exp(value) / row.Sum(Math.Exp)))],
        };
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], outputs[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
        Assert.True(outputs.Distinct().Count() > outputs.Length / 2);
    }
}
