using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of README.md.</summary>
public sealed class ReadmeSnippets : SnippetTestBase
{
    [Fact]
    public void Layer_and_gradient()
    {
        // begin snippet: layer-gradient
        KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], seed: 0);
        Tape<double> tape = new();
        Var<double> x = tape.Input([0.1, -0.2, 0.3, 0.4], new Shape(2, 2)); // two samples of two features
        Var<double> y = network.Forward(x);                                 // shape [2, 1]
        tape.Backward(y.Sum());
        double slope = x.Gradient[0];                                       // dy/dx1 at the first sample
        // end snippet
        Assert.Equal(new Shape(2, 1), y.Shape);
        double before = y.Values[0];
        tape.Reset();
        double after = network.Forward(tape.Input([0.1 + 1e-6, -0.2, 0.3, 0.4], new Shape(2, 2))).Values[0];
        Assert.Equal((after - before) / 1e-6, slope, 1e-4);
    }

    [Fact]
    public void Fit_table()
    {
        // begin snippet: fit-table
        Table table = Csv.Read("diabetes.csv"); // separator and header are found, gzip is unpacked
        TabularFit<float> fit = TabularTrainer.Fit<float>(table, ["target"], new TabularOptions { Test = 0.2, Seed = 0 });
        ModelFile.Save("diabetes.safetensors", fit.Model);
        TabularPrediction prediction = ModelFile.LoadTabular<float>("diabetes.safetensors").Predict(table);
        Console.WriteLine($"row 1: predicted {prediction.Row(0)[0]:F0}, measured {table["target"].Numbers[0]:F0}");
        // end snippet
        Assert.Equal(442, prediction.Count);
        Assert.Equal($"row 1: predicted {prediction.Row(0)[0]:F0}, measured 151", Printed.Trim());
        Assert.InRange(prediction.Row(0)[0], 25, 350);
    }

    [Fact]
    public void Fit_function()
    {
        // begin snippet: fit-function
        Dataset<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 0);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], new BSplineOptions { Intervals = 5 }, seed: 0);
        FitResult<double> fit = Trainer.Fit(network, data, new FitOptions { Optimizer = new Lbfgs(), Epochs = 10 });
        Console.WriteLine($"{fit.Reason}: RMSE {Math.Sqrt(fit.BestLoss):E1} after {fit.History.Count} epochs");
        // end snippet
        Assert.InRange(fit.BestLoss, 0, 1e-3);
        Assert.Contains("after 10 epochs", Printed);
    }

    [Fact]
    public void Discover()
    {
        // begin snippet: discover-readme
        Dataset<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 0);
        DiscoveryResult found = FormulaDiscovery.Discover(data, new DiscoveryOptions { Shapes = [NetworkShape.Parse("2,5,1")], UseTerms = false });
        Console.WriteLine($"{found.Pick.Formula}, RMSE {found.Rmse:E0}"); // exp(sin(pi*x1) + x2^2)
        // end snippet
        Assert.InRange(found.Rmse, 0, 1e-10);
        Assert.Contains("sin(pi*x1)", Printed);
    }
}
