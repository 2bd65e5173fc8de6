using KanSharp.Benchmarks.Accuracy;
using KanSharp.Layers;

namespace KanSharp.Benchmarks.Cases;

/// <summary>Every family at equal numbers of parameters on images, functions and tables; a line for each run, as soon as it is done.</summary>
internal sealed class AccuracyCase : IBenchmarkCase
{
    private const string Tasks = "mnist,fashion_mnist,f1,f2,f3,f4,f5,f6,concrete,airfoil";

    public string Name => "accuracy";

    public string Usage => $"--data ../shared/data --tasks {Tasks} --families all --seeds 3 --epochs 10 --image-parameters 50000 --function-parameters 150 --table-parameters 1500";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        string folder = options.Text("data", "../shared/data");
        string[] tasks = options.Text("tasks", Tasks).Split(',');
        string families = options.Text("families", "all");
        int seeds = options.Count("seeds", 3), epochs = options.Count("epochs", 10);
        int image = options.Count("image-parameters", 50000), function = options.Count("function-parameters", 150), table = options.Count("table-parameters", 1500);
        options.RefuseUnread();
        if (!Directory.Exists(folder))
            throw new FormatException($"--data '{folder}' is no folder; it must hold mnist, fashion_mnist and tables.");
        string[] unknown = [.. tasks.Except(Tasks.Split(','))];
        if (unknown.Length > 0)
            throw new FormatException($"--tasks are {Tasks}; got '{unknown[0]}'.");
        string[] names = families == "all" ? [.. KanFamilies.Names, FamilyModel.Perceptron] : families.Split(',');
        foreach (string task in tasks)
        {
            bool isImage = task.EndsWith("mnist", StringComparison.Ordinal);
            ImageRuns? images = isImage ? new ImageRuns(Path.Combine(folder, task), image, epochs) : null;
            foreach (string family in names)
            {
                IEnumerable<Report> runs = images is not null ? images.Run(task, family, seeds)
                    : task[0] == 'f' ? FunctionRuns.Run(task, family, function, seeds)
                    : TableRuns.Run(Path.Combine(folder, "tables"), task, family, table, seeds);
                foreach (Report run in runs)
                    yield return run;
            }
        }
    }
}
