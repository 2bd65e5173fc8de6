namespace KanSharp.Benchmarks;

/// <summary>One kind of measurement: a file in Cases and a line in <see cref="CaseRegistry"/>.</summary>
internal interface IBenchmarkCase
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>Options and their defaults, as the usage text shows them.</summary>
    string Usage { get; }

    /// <summary>Measures and returns one report for each line of output.</summary>
    IEnumerable<Report> Run(CaseOptions options);
}
