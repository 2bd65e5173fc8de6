namespace KanSharp.Benchmarks.Cases;

/// <summary>The multiply-add peak of one thread, which the other cases are measured against.</summary>
internal sealed class PeakCase : IBenchmarkCase
{
    public string Name => "peak";

    public string Usage => "--dtype f32|f64";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        bool isDouble = options.IsDouble();
        options.RefuseUnread();
        yield return new Report(Name).Add("dtype", isDouble ? "f64" : "f32").Add("fma_peak_gflops", FmaPeak.GigaFlops(isDouble));
    }
}
