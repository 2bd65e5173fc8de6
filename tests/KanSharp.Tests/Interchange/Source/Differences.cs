namespace KanSharp.Tests.Interchange.Source;

/// <summary>What generated programs compute against what the models predict.</summary>
internal static class Differences
{
    public static void Check(IReadOnlyList<SourceCase> cases, IReadOnlyList<double[]> results)
    {
        double single = 0, twice = 0;
        List<string> failures = [];
        for (int index = 0; index < cases.Count; index++)
        {
            double error = cases[index].Error(results[index]);
            (single, twice) = cases[index].Model.IsSingle ? (Math.Max(single, error), twice) : (single, Math.Max(twice, error));
            if (!(error <= cases[index].Tolerance))
                failures.Add($"{cases[index].Name}: {error:E2}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest differences: {twice:E1} double, {single:E1} single");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
