namespace KanSharp.Benchmarks.Science;

/// <summary>The special functions of the KAN paper's table 1: best shape and error of its KANs (arXiv 2404.19756, section 3.2).</summary>
internal static class SpecialTasks
{
    public static IReadOnlyList<(string Name, int[] Widths, double Reference)> All { get; } =
    [
        ("ellipj", [2, 3, 2, 1, 1, 1], 1.33e-4),
        ("ellipkinc", [2, 2, 1, 1, 1], 1.24e-4),
        ("ellipeinc", [2, 2, 1, 1], 8.26e-5),
        ("jv", [2, 3, 1, 1, 1], 1.64e-3),
        ("yv", [2, 2, 2, 1], 1.49e-5),
        ("kv", [2, 2, 1], 2.52e-5),
        ("iv", [2, 4, 3, 2, 1, 1], 9.28e-3),
        ("lpmv0", [2, 2, 1], 5.25e-5),
        ("lpmv1", [2, 4, 1], 6.90e-4),
        ("lpmv2", [2, 3, 2, 1], 2.26e-4),
        ("sph_harm01", [2, 1, 1], 2.21e-7),
        ("sph_harm11", [2, 3, 2, 1], 1.22e-4),
        ("sph_harm02", [2, 1, 1], 1.95e-7),
        ("sph_harm12", [2, 2, 1, 1], 1.50e-5),
        ("sph_harm22", [2, 2, 3, 2, 1], 9.45e-5),
    ];
}
