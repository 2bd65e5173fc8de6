// One program for both compilers: trains, saves, loads and predicts, and checks that each number is the one it should be.
// Compiled ahead of time: dotnet publish -c Release samples/NativeAot
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.Intrinsics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
Console.WriteLine($"{(JitInfo.GetCompiledMethodCount() > 0 ? "just in time" : "ahead of time")}, registers of {bits} bits");
bool failed = false;

// A function of two variables, learned to the same error by either compiler
Dataset<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 0);
KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], seed: 0);
FitResult<double> fit = Trainer.Fit(network, data, new FitOptions { Optimizer = new Lbfgs(), Epochs = 20 });
Check("training error", Math.Sqrt(fit.BestLoss) < 0.02, $"RMSE {Math.Sqrt(fit.BestLoss):E2}");

// Every optimiser takes steps, in float, on a table with texts and classes
string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{(i % 2 == 0 ? "left" : "right")},{(i % 7 > 3 ? "far" : "near")}\n"));
Table table = Csv.Read(new StringReader("distance,side,label\n" + rows));
foreach (string name in OptimizerOptions.Names.Except(["lm", "nk"]))
{
    TabularFit<float> tabular = TabularTrainer.Fit<float>(table, ["label"], new TabularOptions { Fit = new FitOptions { Optimizer = OptimizerOptions.Parse(name), Epochs = 2 } });
    Check(name, double.IsFinite(tabular.Training.BestLoss), $"cross-entropy {tabular.Training.BestLoss:F3} after 2 epochs, first row {tabular.Model.Classes[tabular.Model.Predict(table).ClassOf(0)]}");
}

// Those that minimise squared errors learn numbers: least squares from several starts on finer grids, then row by row
var grids = new FitOptions { Optimizer = new LevenbergMarquardt(), GridSchedule = new GridSchedule(2, 5, 10) { EpochsPerStage = 20 } };
var starts = new MultiStartOptions { Starts = 4, Epochs = 10 };
MultiStartResult<double> squares = MultiStart.Fit(
    seed => KanNetwork<double>.Create([2, 1, 1], KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 2 } }, seed), data, grids, starts);
Check("lm", Math.Sqrt(squares.Fit.BestLoss) < 1e-3, $"RMSE {Math.Sqrt(squares.Fit.BestLoss):E2} on 10 intervals");
TrainingData<float> records = new(
    new Tensor<float>(new Shape(1000, 2), [.. data.Features.ToArray().Select(value => (float)value)]),
    new Tensor<float>(new Shape(1000, 1), [.. data.Targets.ToArray().Select(value => (float)value)]));
KanNetwork<float> kaczmarz = KaczmarzStart.Balanced<float>([2, 4, 1], [2, 8], RecordStatistics.Of(records));
FitResult<float> rowByRow = Trainer.Fit(kaczmarz, records, new FitOptions { Optimizer = new NewtonKaczmarz(), Epochs = 10 });
Check("nk", rowByRow.BestLoss < 0.1, $"mean squared error {rowByRow.BestLoss:E2}");

// Every family of functions is trained by a few steps
List<string> stuck = [];
foreach (KanFamily family in KanFamilies.All)
{
    KanNetwork<float> own = KanNetwork<float>.Create([2, 4, 1], family.Options());
    IReadOnlyList<EpochRecord> epochs = Trainer.Fit(own, records, new FitOptions { Optimizer = new AdamW { LearningRate = 0.01 }, BatchSize = 100, Epochs = 6 }).History;
    if (!(epochs[^1].TrainingLoss < epochs[0].TrainingLoss))
        stuck.Add(family.Name);
}

Check("families", stuck.Count == 0, stuck.Count == 0 ? $"{KanFamilies.All.Count} learn" : $"do not learn: {string.Join(", ", stuck)}");

// The model file holds the network bit for bit
string file = Path.Combine(Path.GetTempPath(), $"native-aot-{Environment.ProcessId}.safetensors");
ModelFile.Save(file, network);
KanNetwork<double> loaded = ModelFile.LoadKan<double>(file);
File.Delete(file);
Tensor<double> points = new(new Shape(100, 2), data.Features[..200].ToArray());
Check("saved and loaded", network.Predict(points).Span.SequenceEqual(loaded.Predict(points).Span), ModelText(loaded));

// Prediction against the forward pass of the tape, another path through other kernels
double distance = 0;
Var<double> forward = network.Forward(new Tape<double>().Constant(points));
for (int row = 0; row < 100; row++)
    distance = Math.Max(distance, Math.Abs(forward.Values[row] - loaded.Predict(points).Span[row]));
Check("prediction and forward pass", distance < 1e-12, $"at most {distance:E1} apart");

// A number known beforehand: a linear function is a spline, so a grid of any kind holds it exactly
KanNetwork<float> line = Line(0.75f);
float[] y = new float[2];
line.Predict([0.25f, -0.5f], y);
Check("a straight line", Math.Abs(y[0] - 0.1875f) < 1e-6f && Math.Abs(y[1] + 0.375f) < 1e-6f, $"0.75·0.25 = {y[0]:R}, 0.75·(−0.5) = {y[1]:R}");

Console.WriteLine($"one prediction of [4, 5, 1] in double: {Microseconds(KanNetwork<double>.Create([4, 5, 1]), 10_000):F2} µs");
Console.WriteLine($"one prediction of [784, 64, 10] in float: {Microseconds(KanNetwork<float>.Create([784, 64, 10]), 500):F1} µs");
return failed ? 1 : 0;

void Check(string what, bool holds, string detail)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}: {detail}");
    failed |= !holds;
}

static string ModelText(KanNetwork<double> network) => network.Summary().Split('\n')[0];

// φ(x) = slope·x: a B-spline's coefficients for x are the means of its inner knots (Greville abscissae)
static KanNetwork<float> Line(float slope)
{
    KanNetwork<float> network = KanNetwork<float>.Create([1, 1]);
    network.Layers[0].BaseWeight!.Value.Span.Clear();
    network.Layers[0].EdgeScale!.Value.Span.Fill(1);
    Span<float> knots = network.Layers[0].Knots.Value.Span;
    Span<float> coefficients = network.Layers[0].Coefficients.Value.Span;
    for (int n = 0; n < coefficients.Length; n++)
        coefficients[n] = slope * (knots[n + 1] + knots[n + 2] + knots[n + 3]) / 3;
    return network;
}

static double Microseconds<T>(KanNetwork<T> network, int calls)
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    var x = new T[network.Widths[0]];
    var y = new T[network.Widths[^1]];
    double best = double.PositiveInfinity;
    for (int round = 0; round < 20; round++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
            network.Predict(x, y);
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
    }

    return best;
}
