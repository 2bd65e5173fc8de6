using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Cases;

/// <summary>C = op(A)·op(B) in row-major storage.</summary>
internal sealed class GemmCase : IBenchmarkCase
{
    public string Name => "gemm";

    public string Usage => "--m 768 --n 768 --k 768 --dtype f32|f64 --threads 1 --transpose nn|tn|nt --samples 30";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        yield return options.IsDouble() ? Measure<double>(options) : Measure<float>(options);
    }

    private Report Measure<T>(CaseOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = options.Integer("m", 768), n = options.Integer("n", 768), k = options.Integer("k", 768);
        int threads = options.Integer("threads", 1), samples = options.Integer("samples", 30);
        string transpose = options.Text("transpose", "nn");
        if (transpose is not ("nn" or "tn" or "nt" or "tt"))
            throw new FormatException($"--transpose is nn, tn, nt or tt, got '{transpose}'.");
        bool transA = transpose[0] == 't', transB = transpose[1] == 't';
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        T[] a = Values<T>(m * k, 1), b = Values<T>(k * n, 2), c = new T[m * n];
        using var executor = new Executor(threads);
        double peakBefore = FmaPeak.GigaFlops(isDouble);
        Timing timing = Sampler.Measure(
            () => MatrixMultiply.Multiply(
                new MatrixOperand<T>(a, transA ? m : k, transA),
                new MatrixOperand<T>(b, transB ? k : n, transB),
                c, n, m, n, k, ProductMode.Assign, executor),
            samples);
        double peak = Math.Max(peakBefore, FmaPeak.GigaFlops(isDouble));
        double rate = 2.0 * m * n * k / timing.Median * 1e-3;
        return new Report(Name)
            .Add("shape", $"{m}x{n}x{k}")
            .Add("dtype", isDouble ? "f64" : "f32").Add("transpose", transpose).Add("threads", executor.Threads)
            .Add(timing)
            .Add("gflops", rate)
            .Add("fma_peak_gflops", peak)
            .Add("fraction_of_peak", rate / (peak * executor.Threads));
    }

    private static T[] Values<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = T.CreateChecked(random.NextDouble() - 0.5);
        return values;
    }
}
