namespace KanSharp.Benchmarks.Science;

/// <summary>The 20 dimensionless functions of arXiv 2509.03417, all variables in (−1, 1).</summary>
internal static class DimensionlessTasks
{
    /// <summary>Those that are singular inside the cube; reported apart.</summary>
    public static IReadOnlySet<string> Singular { get; } = new HashSet<string> { "f1", "f2", "f4", "f6", "f8" };

    public static IReadOnlyList<ScienceTask> All { get; } =
    [
        new("f1", 2, x => Math.Exp(-x[0] * x[0] / (2 * x[1] * x[1])) / Math.Sqrt(2 * Math.PI * x[1] * x[1])),
        new("f2", 3, x => Math.Exp(-(x[0] - x[1]) * (x[0] - x[1]) / (2 * x[2] * x[2])) / Math.Sqrt(2 * Math.PI * x[2] * x[2])),
        new("f3", 2, x => 1 + x[0] * Math.Sin(x[1])),
        new("f4", 2, x => x[0] * (1 / x[1] - 1)),
        new("f5", 2, x => (x[0] + x[1]) / (1 + x[0] * x[1])),
        new("f6", 2, x => (1 + x[0] * x[1]) / (1 + x[0])),
        new("f7", 2, x => Math.Asin(x[0] * Math.Sin(x[1]))),
        new("f8", 2, x => 1 / (1 + x[0] * x[1])),
        new("f9", 3, x => Math.Sqrt(1 + x[0] * x[0] - 2 * x[0] * Math.Cos(x[1] - x[2]))),
        new("f10", 2, x => Square(Math.Sin(x[0] * x[1] / 2) / Math.Sin(x[1] / 2))),
        new("f11", 2, x => x[0] * Math.Exp(-x[1])),
        new("f12", 2, x => Math.Cos(x[0]) + x[1] * Square(Math.Cos(x[0]))),
        new("f13", 2, x => (x[0] - 1) * x[1]),
        new("f14", 3, x => x[2] * Math.Sqrt(x[0] * x[0] + x[1] * x[1]) / (4 * Math.PI)),
        new("f15", 3, x => x[0] * (1 + x[1] * Math.Cos(x[2]))),
        new("f16", 2, x => x[0] * x[1] / (1 - x[0] * x[1] / 3)),
        new("f17", 2, x => x[0] / (Math.Exp(x[1]) + Math.Exp(-x[1]))),
        new("f18", 3, x => x[0] + x[1] * x[2]),
        new("f19", 2, x => Math.Sqrt(1 + x[0] * x[0] + x[1] * x[1])),
        new("f20", 3, x => x[0] * (1 + x[1] * Math.Cos(x[2]))),
    ];

    private static double Square(double x) => x * x;
}
