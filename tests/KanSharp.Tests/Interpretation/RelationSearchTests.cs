using KanSharp.Interpretation;
using KanSharp.Numerics;

namespace KanSharp.Tests.Interpretation;

/// <summary>Relations between columns without a target.</summary>
public sealed class RelationSearchTests
{
    [Fact]
    public void Both_relations_among_six_columns_are_found()
    {
        double[] rows = Table(300);
        var reports = new List<RelationSearchProgress>();
        RelationSearchResult result = RelationSearch.Find(rows, 6, new RelationSearchOptions { Runs = 4 }, new Reports(reports));
        string text = string.Join("; ", result.Relations.Select(relation => $"{string.Join(' ', relation.Variables)}: {relation.Count} {relation.Residual:g3} {relation.Accuracy:g3}"));
        Assert.True(result.Relations.Any(relation => relation.Variables.SequenceEqual([0, 1, 2])), text);
        Assert.True(result.Relations.Any(relation => relation.Variables.SequenceEqual([3, 4])), text);
        Assert.DoesNotContain(result.Relations, relation => relation.Variables.Contains(5));
        Assert.Equal(0, result.Participation[5]);
        Assert.Equal([1, 2, 3, 4], reports.Select(report => report.Run));
    }

    [Fact]
    public void Independent_columns_have_no_relation()
    {
        double[] rows = StructureCases.Points(4, 200);
        RelationSearchResult result = RelationSearch.Find(rows, 4, new RelationSearchOptions { Runs = 2, Epochs = 20 });
        Assert.Empty(result.Relations);
        Assert.Equal(2, result.Runs);
    }

    [Fact]
    public void A_search_can_be_cancelled_and_keeps_what_it_has()
    {
        using var source = new CancellationTokenSource();
        var reports = new List<RelationSearchProgress>();
        var progress = new Reports(reports) { Then = source.Cancel };
        RelationSearchResult result = RelationSearch.Find(Table(100), 6, new RelationSearchOptions { Epochs = 5 }, progress, source.Token);
        Assert.Equal(1, result.Runs);
        Assert.Single(reports);
        Assert.All(result.Participation, share => Assert.True(share is 0 or 1));
    }

    [Fact]
    public void Misuse_is_named()
    {
        double[] rows = StructureCases.Points(2, 20);
        Assert.Contains("two columns", Refused(() => RelationSearch.Find(rows, 1)));
        Assert.Contains("40 values are not ten rows of 3", Refused(() => RelationSearch.Find(rows, 3)));
        Assert.Contains("Row 1, column 0 is NaN", Refused(() => RelationSearch.Find([1, 2, double.NaN, .. rows[3..]], 2)));
        Assert.Contains("Column 1 is 3 in every row", Refused(() => RelationSearch.Find([.. rows.Select((value, index) => index % 2 == 0 ? value : 3)], 2)));
        Assert.Contains("Runs is at least 1", Refused(() => new RelationSearchOptions { Runs = 0 }));

        static string Refused(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    /// <summary>x3 = exp(sin πx1 + x2²), x5 = x4³, x6 free: the example of the KAN paper.</summary>
    private static double[] Table(int count)
    {
        var random = new SplitRandom(5);
        var rows = new double[6 * count];
        for (int row = 0; row < count; row++)
        {
            Span<double> line = rows.AsSpan(6 * row, 6);
            foreach (ref double value in line)
                value = 2 * random.NextDouble() - 1;
            line[2] = Math.Exp(Math.Sin(Math.PI * line[0]) + line[1] * line[1]);
            line[4] = line[3] * line[3] * line[3];
        }

        return rows;
    }

    private sealed class Reports(List<RelationSearchProgress> list) : IProgress<RelationSearchProgress>
    {
        public Action? Then { get; init; }

        public void Report(RelationSearchProgress value)
        {
            list.Add(value);
            Then?.Invoke();
        }
    }
}
