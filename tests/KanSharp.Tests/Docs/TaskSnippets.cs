using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/tables.md, docs/layers.md and docs/reproducibility.md.</summary>
public sealed class TaskSnippets : SnippetTestBase
{
    [Fact]
    public void Fit_a_table()
    {
        // begin snippet: tables-fit
        Table table = Csv.Read("diabetes.csv");
        var options = new TabularOptions
        {
            Test = 0.2,                                                        // rows that nothing sees until the end
            Seed = 0,
            Units = new Dictionary<string, string> { ["bmi"] = "kg/m2", ["age"] = "years" },
            Encoding = new EncodingOptions { Exclude = ["sex"], Missing = MissingValues.Mean },
        };
        TabularFit<float> fit = TabularTrainer.Fit<float>(table, ["target"], options);
        TabularEvaluation held = TabularEvaluation.Of(fit.Model, fit.Problem.Split.Test!);
        Console.WriteLine($"RMSE {held.Regression!.Rmse:F1} on {held.Rows} rows, R2 {held.Regression.R2:F2}");
        Console.WriteLine(string.Join('\n', fit.Choices));                     // what was chosen where you said nothing
        // end snippet
        Assert.Equal(88, held.Rows);
        Assert.InRange(held.Regression.Rmse, 40, 65);
        Assert.Equal(9, fit.Model.Encoding.Inputs);
        Assert.Equal("kg/m2", fit.Model.Units["bmi"]);
    }

    [Fact]
    public void Cross_validation()
    {
        // begin snippet: tables-folds
        Dataset<double> rows = TableEncoding.Fit(Csv.Read("diabetes.csv"), ["target"]).Encode<double>(Csv.Read("diabetes.csv"), out _);
        CrossValidationResult folds = CrossValidation.Run(rows, fold =>
        {
            double mean = fold.Train.Targets.ToArray().Average();              // the trivial guess; put your model here
            double[] guess = [.. Enumerable.Repeat(mean, fold.HeldOut.Count)];
            return new Dictionary<string, double> { ["rmse"] = RegressionMetrics.Of<double>(guess, fold.HeldOut.Targets).Rmse };
        }, folds: 5, seed: 0);
        Console.WriteLine($"RMSE {folds.Mean("rmse"):F1} ± {folds.StandardDeviation("rmse"):F1}");
        // end snippet
        Assert.Equal(5, folds.Rounds.Count);
        Assert.InRange(folds.Mean("rmse"), 70, 85);
    }

    [Fact]
    public void Layers_in_order()
    {
        // begin snippet: layers-sequential
        var random = new SplitRandom(0);
        var model = new Sequential<float>(
            Linear<float>.Create(64, 16, random.Split("in")),
            new LayerNorm<float>(16),
            KanLinear<float>.Create(16, 8, new KanLinearOptions { Basis = new GaussianOptions(), Bias = true }, random.Split("kan")),
            Linear<float>.Create(8, 3, random.Split("out")));
        Tape<float> tape = new();
        Var<float> logits = model.Forward(tape.Input(new float[2 * 64], new Shape(2, 64)));
        // end snippet
        Assert.Equal(new Shape(2, 3), logits.Shape);
        Assert.Equal(logits.Values[..3].ToArray(), logits.Values[3..].ToArray());
    }

    [Fact]
    public void A_loop_of_your_own()
    {
        // begin snippet: layers-loop
        Dataset<double> train = Dataset.Sample((x, y) => Math.Sin(3 * x) + y * y, samples: 500, seed: 0);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 1], seed: 0);
        Tape<double> tape = new();
        var optimizer = new AdamW { LearningRate = 0.02 }.Bind(network);
        for (int step = 0; step < 200; step++)
        {
            tape.Reset();
            Var<double> x = tape.Constant(train.Features, new Shape(train.Count, 2));
            Var<double> y = tape.Constant(train.Targets, new Shape(train.Count, 1));
            Var<double> loss = (network.Forward(x) - y).Square().Mean();
            optimizer.ClearGradients();
            tape.Backward(loss);
            optimizer.Step();
        }
        // end snippet
        tape.Reset();
        Var<double> last = (network.Forward(tape.Constant(train.Features, new Shape(500, 2))) - tape.Constant(train.Targets, new Shape(500, 1))).Square().Mean();
        Assert.InRange(last.Item, 0, 0.01);
    }

    [Fact]
    public void The_same_bits()
    {
        // begin snippet: reproducible
        Dataset<double> data = Dataset.Sample((x, y) => Math.Sin(x) * y, samples: 400, seed: 0);
        double Loss(int threads)
        {
            using var executor = new Executor(threads);
            KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 1], seed: 7);
            return Trainer.Fit(network, data, new FitOptions { Epochs = 5, Seed = 7, Executor = executor }).BestLoss;
        }

        Console.WriteLine(Loss(threads: 1) == Loss(threads: 2)); // True
        // end snippet
        Assert.Equal("True", Printed.Trim());
    }
}
