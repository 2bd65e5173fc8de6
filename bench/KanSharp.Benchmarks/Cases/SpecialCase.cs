using System.IO.Compression;
using KanSharp.Autodiff;
using KanSharp.Benchmarks.Science;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks.Cases;

/// <summary>
/// The 15 special functions of the KAN paper's table 1 at its best shapes, from reference values in files (x, y and one column per function): test error
/// on a quarter of the rows, seconds. Medians over seeds, each with a split of its own. The Bessel functions come from the wide table.
/// </summary>
internal sealed class SpecialCase : IBenchmarkCase
{
    public string Name => "special";

    public string Usage => "--data FOLDER-WITH-formulas --seeds 10 --grid 2,4,8,16,32 --starts 8 --epochs 60 --degree 3 --only jv,yv";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string folder = Path.Combine(options.Text("data", Path.Combine("..", "shared", "data")), "formulas");
        int seeds = options.Count("seeds", 10), starts = options.Count("starts", 8), epochs = options.Count("epochs", 60), degree = options.Count("degree", 3);
        int[] grids = options.Counts("grid", "2,4,8,16,32");
        string only = options.Text("only", "");
        options.RefuseUnread();
        if (!Directory.Exists(folder))
            throw new FormatException($"There is no folder '{folder}' with the reference values; name the folder above it with --data.");
        (double[][] unit, double[][] wide) = (Read(Path.Combine(folder, "special_unit_square.csv.gz"), out string[] unitNames), Read(Path.Combine(folder, "special_bessel_wide.csv.gz"), out string[] wideNames));
        int better = 0, count = 0;
        foreach ((string name, int[] widths, double reference) in SpecialTasks.All)
        {
            if (only.Length > 0 && !only.Split(',').Contains(name))
                continue;
            bool isWide = wideNames.Contains(name);
            double[][] rows = isWide ? wide : unit;
            int column = Array.IndexOf(isWide ? wideNames : unitNames, name);
            var fit = new ScienceFit { Widths = widths, Grids = grids, Starts = starts, Epochs = epochs, Degree = degree, Survivors = 3 };
            if (count++ == 0)
                fit.Run(Part(rows, column, 0, held: false), Part(rows, column, 0, held: true), 0); // compiles the code
            var runs = new List<ScienceFit.Stage>();
            for (int seed = 0; seed < seeds; seed++)
                runs.Add(fit.Run(Part(rows, column, (ulong)seed, held: false), Part(rows, column, (ulong)seed, held: true), (ulong)seed).Stages[^1]);
            double error = ScienceFit.Median(runs.Select(run => run.Test));
            better += error < reference ? 1 : 0;
            yield return new Report(Name)
                .Add("function", name).Add("widths", string.Join(',', widths)).Add("rows", rows.Length).Add("seeds", seeds).Add("degree", degree)
                .Add("test_rmse", error).Add("test_rmse_max", runs.Max(run => run.Test)).Add("paper_best_kan", reference).Add("ratio", error / reference)
                .Add("seconds", ScienceFit.Median(runs.Select(run => run.Seconds))).Add("seconds_max", runs.Max(run => run.Seconds));
        }

        yield return new Report(Name).Add("of", "functions better than the paper's best KAN").Add("better", better).Add("functions", count);
    }

    /// <summary>Three quarters of the rows, or the last quarter, in a random order; x and y scaled to [−1, 1].</summary>
    private static TrainingData<double> Part(double[][] rows, int column, ulong seed, bool held)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        new SplitRandom(seed).Shuffle<int>(order);
        int cut = rows.Length * 3 / 4;
        int[] chosen = held ? order[cut..] : order[..cut];
        var inputs = new Tensor<double>(new Shape(chosen.Length, 2));
        var targets = new Tensor<double>(new Shape(chosen.Length, 1));
        for (int axis = 0; axis < 2; axis++)
        {
            double low = rows.Min(row => row[axis]), high = rows.Max(row => row[axis]);
            for (int index = 0; index < chosen.Length; index++)
                inputs[index, axis] = -1 + 2 * (rows[chosen[index]][axis] - low) / (high - low);
        }

        for (int index = 0; index < chosen.Length; index++)
            targets.Span[index] = rows[chosen[index]][column];
        return new TrainingData<double>(inputs, targets);
    }

    private static double[][] Read(string path, out string[] names)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        names = reader.ReadLine()!.Split(',');
        var rows = new List<double[]>();
        while (reader.ReadLine() is { } line)
            rows.Add([.. line.Split(',').Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))]);
        return [.. rows];
    }
}
