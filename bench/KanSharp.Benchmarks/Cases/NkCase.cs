using System.Diagnostics;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// Newton-Kaczmarz training on 4×4 determinants: microseconds per record of the steps (median over rounds of 4096 records, and the best round), Pearson's r on samples of another seed after every epoch, and the
/// processor time of everything the training run does (steps, order of records, validation) until r is reached.
/// </summary>
internal sealed class NkCase : IBenchmarkCase
{
    private static readonly double[] Levels = [0.970, 0.985];

    public string Name => "nk";

    public string Usage => "--seeds 10 --epochs 20 --train 100000 --test 20000 --units 70 --inner 2 --outer 29 --degree 1 --form projection|block|constant --rate 1 --damping 0 --subsets 1 --threads 1 --curve";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        int seeds = options.Count("seeds", 10), epochs = options.Count("epochs", 20), train = options.Count("train", 100_000), test = options.Count("test", 20_000);
        int units = options.Count("units", 70), inner = options.Count("inner", 2), outer = options.Count("outer", 29), degree = options.Count("degree", 1);
        string form = options.Text("form", "projection");
        var optimizer = new NewtonKaczmarz
        {
            Form = Enum.TryParse(form, ignoreCase: true, out KaczmarzForm parsed) ? parsed : throw new FormatException($"--form is projection, block or constant, got '{form}'."),
            LearningRate = options.Number("rate", 1),
            Damping = options.Number("damping", 0),
            Subsets = options.Count("subsets", 1),
        };
        int threads = options.Integer("threads", 1);
        bool curve = options.Flag("curve");
        options.RefuseUnread();
        using var executor = new Executor(threads);
        var runs = new List<Outcome>();
        for (int seed = 0; seed < seeds; seed++)
        {
            TrainingData<float> data = DeterminantTask.Sample(train, (ulong)seed), held = DeterminantTask.Sample(test, 1000 + (ulong)seed);
            KanNetwork<float> network = KaczmarzStart.Balanced<float>([16, units, 1], [inner, outer], RecordStatistics.Of(data), degree, (ulong)seed);
            if (seed == 0)
                Train(network.Clone(), data, held, optimizer, 2, 0, executor); // compiles the code
            Outcome run = Train(network, data, held, optimizer, epochs, (ulong)seed, executor);
            runs.Add(run);
            for (int epoch = 0; epoch < epochs && curve; epoch++)
                yield return new Report(Name).Add("seed", seed).Add("epoch", epoch + 1).Add("r", run.Correlation[epoch]).Add("cpu_seconds", run.Seconds[epoch]);
        }

        Report report = new Report(Name)
            .Add("task", "det4x4").Add("train", train).Add("test", test).Add("widths", $"16,{units},1").Add("intervals", $"{inner},{outer}").Add("degree", degree)
            .Add("dtype", "f32").Add("form", form).Add("subsets", optimizer.Subsets).Add("threads", executor.Threads).Add("epochs", epochs).Add("seeds", seeds)
            .Add("us_per_record", Median(runs.Select(run => run.MicrosecondsPerRecord))).Add("us_per_record_min", runs.Min(run => run.BestRound))
            .Add("r", Median(runs.Select(run => run.Correlation[^1]))).Add("r_min", runs.Min(run => run.Correlation[^1]))
            .Add("cpu_seconds", Median(runs.Select(run => run.Seconds[^1])));
        foreach (double level in Levels)
        {
            double[] seconds = [.. runs.Select(run => run.SecondsTo(level))];
            string name = $"r{(int)(level * 1000)}";
            report.Add($"cpu_seconds_to_{name}", Median(seconds)).Add($"cpu_seconds_to_{name}_max", seconds.Max())
                .Add($"epochs_to_{name}", Median(runs.Select(run => run.EpochsTo(level))));
        }

        yield return report;
    }

    private static Outcome Train(
        KanNetwork<float> network, TrainingData<float> data, TrainingData<float> held, NewtonKaczmarz optimizer, int epochs, ulong seed, Executor executor)
    {
        using var process = Process.GetCurrentProcess();
        NewtonKaczmarzOptimizer<float> steps = optimizer.Bind(network, executor);
        double[] scale = [.. RecordStatistics.Of(data).TargetDeviation], seconds = new double[epochs], correlation = new double[epochs];
        int[] order = [.. Enumerable.Range(0, data.Count)];
        var random = new SplitRandom(seed);
        float[] predictions = new float[held.Count];
        var rounds = new List<double>();
        TimeSpan begin = process.TotalProcessorTime;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Split((ulong)epoch).Shuffle<int>(order);
            for (int start = 0; start < order.Length; start += optimizer.Subsets * optimizer.RecordsPerRound)
            {
                int count = Math.Min(optimizer.Subsets * optimizer.RecordsPerRound, order.Length - start);
                double factor = 1 - (epoch + (double)start / order.Length) / epochs;
                long watch = Stopwatch.GetTimestamp();
                if (steps.Step(data, order.AsSpan(start, count), scale, factor) is double.NaN)
                    throw new InvalidOperationException("The residuals grew without bounds.");
                rounds.Add(Stopwatch.GetElapsedTime(watch).TotalMicroseconds / count);
            }

            network.Predict(held.Inputs.Span, predictions, executor);
            correlation[epoch] = Correlation(predictions, held.Targets!.Span);
            process.Refresh();
            seconds[epoch] = (process.TotalProcessorTime - begin).TotalSeconds;
        }

        return new Outcome(Median(rounds), rounds.Min(), correlation, seconds);
    }

    private static double Correlation(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
        for (int n = 0; n < x.Length; n++)
        {
            mx += x[n];
            my += y[n];
        }

        mx /= x.Length;
        my /= x.Length;
        for (int n = 0; n < x.Length; n++)
        {
            xx += (x[n] - mx) * (x[n] - mx);
            yy += (y[n] - my) * (y[n] - my);
            xy += (x[n] - mx) * (y[n] - my);
        }

        return xy / Math.Sqrt(xx * yy);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private sealed record Outcome(double MicrosecondsPerRecord, double BestRound, double[] Correlation, double[] Seconds)
    {
        public double EpochsTo(double level)
        {
            int index = Array.FindIndex(Correlation, value => value >= level);
            return index < 0 ? double.PositiveInfinity : index + 1;
        }

        public double SecondsTo(double level)
        {
            int index = Array.FindIndex(Correlation, value => value >= level);
            return index < 0 ? double.PositiveInfinity : Seconds[index];
        }
    }
}
