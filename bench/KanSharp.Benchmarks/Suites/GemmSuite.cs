using BenchmarkDotNet.Attributes;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks.Suites;

/// <summary>Single-precision products from a small layer to the reference size, one thread.</summary>
[MemoryDiagnoser]
public class GemmSuite
{
    private readonly Executor _executor = new(1);
    private float[] _a = [];
    private float[] _b = [];
    private float[] _c = [];

    [Params(64, 256, 768)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _a = [.. Enumerable.Range(0, Size * Size).Select(_ => random.NextSingle())];
        _b = [.. Enumerable.Range(0, Size * Size).Select(_ => random.NextSingle())];
        _c = new float[Size * Size];
    }

    [GlobalCleanup]
    public void Cleanup() => _executor.Dispose();

    [Benchmark]
    public void Multiply() => MatrixMultiply.Multiply<float>(_a, _b, _c, Size, Size, Size, _executor);
}
