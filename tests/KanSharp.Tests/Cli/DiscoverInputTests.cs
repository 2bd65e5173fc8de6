using System.Globalization;
using System.Text.Json;
using KanSharp.Data;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Cli;

/// <summary>Tables that are no good, or odd, for a formula: one clear line, or a sensible result.</summary>
public sealed class DiscoverInputTests
{
    [Fact]
    public void A_constant_column_is_left_out_with_a_note()
    {
        using var folder = new CliFolder();
        JsonElement json = Discover(folder, Rows(60, i => [X(i), 3, 2 * X(i) + 1]));
        Assert.Contains(json.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("'b' is constant"));
        Exact(json, "2*a + 1");
    }

    [Fact]
    public void A_constant_target_is_its_own_formula()
    {
        using var folder = new CliFolder();
        JsonElement json = Discover(folder, Rows(60, i => [X(i), X(i + 7), 4.5]));
        Exact(json, "4.5");
        Assert.Equal(JsonValueKind.Null, json.GetProperty("r2").ValueKind);
        CliFolder.Run("discover", folder["t.csv"], "--target", "y", "--out", folder["m.safetensors"]).Expect(0);
        Assert.Equal(4.5, CliFolder.Run("predict", folder["m.safetensors"], folder["t.csv"], "--json").Expect(0).Json().GetProperty("predictions")[0].GetProperty("y").GetDouble(), 1e-12);
    }

    [Fact]
    public void A_target_that_repeats_a_column_is_said_to()
    {
        using var folder = new CliFolder();
        JsonElement json = Discover(folder, Rows(60, i => [X(i), X(3 * i + 1), X(3 * i + 1)]));
        Assert.Equal("b", json.GetProperty("formula").GetString());
        Assert.Contains(json.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("'y' repeats column 'b'"));
    }

    [Fact]
    public void Ten_rows_give_a_simple_formula_and_a_note()
    {
        using var folder = new CliFolder();
        JsonElement json = Discover(folder, Rows(10, i => [X(i), X(i + 5), X(i) - X(i + 5)]));
        Exact(json, "a - b");
        Assert.Contains(json.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("10 rows are too few"));
    }

    [Fact]
    public void Rows_with_missing_cells_are_refused_until_it_is_said_what_to_do()
    {
        using var folder = new CliFolder();
        string table = folder.Write("t.csv", Rows(60, i => [X(i), X(i + 5), 2 * X(i) - X(i + 5)]) + "0.5,NaN,1\n,0.1,1\n");
        CliResult refused = CliFolder.Run("discover", table, "--target", "y").Expect(1);
        Assert.Equal("", refused.Out);
        Assert.Equal("error: t.csv: row 62, column 'b': the cell is missing, one of 2; --missing drop leaves such rows out, --missing mean fills in the column's mean\n", refused.Error);
        JsonElement json = CliFolder.Run("discover", table, "--target", "y", "--missing", "drop", "--no-networks", "--json").Expect(0).Json();
        Exact(json, "2*a - b");
        Assert.Equal(2, json.GetProperty("rows").GetProperty("dropped").GetInt32());
    }

    [Fact]
    public void Of_two_hundred_columns_those_that_matter_are_found()
    {
        using var folder = new CliFolder();
        string names = string.Join(',', Enumerable.Range(0, 200).Select(column => $"c{column}"));
        var random = new SplitRandom(1);
        string rows = string.Concat(Enumerable.Range(0, 200).Select(_ =>
        {
            double[] x = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() + 0.5)];
            return Line([.. x, 2 * x[17] - x[142] + 0.5 * x[99]]);
        }));
        string table = folder.Write("wide.csv", names + ",y\n" + rows);
        JsonElement json = CliFolder.Run("discover", table, "--target", "y", "--time-limit", "3s", "--no-networks", "--json").Expect(0).Json();
        Assert.True(json.GetProperty("r2").GetDouble() > 0.9, json.GetProperty("formula").GetString());
    }

    [Fact]
    public void Values_of_a_million_millions_are_no_harder_than_others()
    {
        using var folder = new CliFolder();
        JsonElement json = Discover(folder, Rows(80, i => [1e12 * X(i), 1e-12 * (X(i + 5) + 2), 3e12 * X(i) + 1e12]));
        Assert.True(json.GetProperty("rmse").GetDouble() < 1e-9 * 1e12, json.ToString());
    }

    [Fact]
    public void What_no_formula_can_be_found_for_is_said_in_one_line()
    {
        using var folder = new CliFolder();
        string table = folder.Table(), pairs = Rows(30, i => [X(i), X(i + 5), 1 + X(i)]);
        string twice = folder.Write("twice.csv", pairs.Replace("a,b,y", "a,a,y")), two = folder.Write("two.csv", "a,b,y\n1,2,3\n2,3,4\n");
        string infinite = folder.Write("infinite.csv", pairs + "0.5,inf,1\n"), alone = folder.Write("alone.csv", "y\n1\n2\n3\n4\n");
        (string[] Line, int Code, string Message)[] cases =
        [
            (["discover", twice, "--target", "y"], 1, "'a'"),
            (["discover", two, "--target", "y"], 2, "2 rows"),
            (["discover", infinite, "--target", "y"], 1, "row 32, column 'b'"),
            (["discover", alone, "--target", "y"], 1, "column"),
            (["discover", table, "--target", "class"], 1, "holds texts, and a formula gives numbers; kan fit"),
            (["discover", table], 2, "--target NAME is missing"),
            (["discover", table, "--target", "y,b"], 2, "one column"),
            (["discover", table, "--target", "z"], 2, "no such column"),
            (["discover", table, "--target", "y", "--exclude", "q"], 2, "--exclude 'q'"),
            (["discover", table, "--target", "y", "--shapes", "2,5,1"], 2, "6 inputs"),
            (["discover", table, "--target", "y", "--shapes", "two"], 2, "is no shape"),
            (["discover", table, "--target", "y", "--library", "sin,foo"], 2, "'foo'"),
            (["discover", table, "--target", "y", "--function", "foo"], 2, "a name and an expression"),
            (["discover", table, "--target", "y", "--function", "foo=x*z"], 2, "'z'"),
            (["discover", table, "--target", "y", "--function", "foo=x*("], 2, "foo"),
            (["discover", table, "--target", "y", "--validation", "0.7"], 2, "from 0.05"),
            (["discover", table, "--target", "y", "--report", table], 2, "is a file"),
            (["discover", folder["none.csv"], "--target", "y"], 1, "no such file"),
        ];
        foreach ((string[] line, int code, string message) in cases)
        {
            CliResult result = CliFolder.Run(line).Expect(code);
            Assert.Equal("", result.Out);
            string error = Assert.Single(result.Error.Split('\n'), part => part.StartsWith("error: ", StringComparison.Ordinal));
            Assert.Contains(message, error);
            Assert.DoesNotContain("   at ", result.Error);
        }
    }

    [Fact]
    public void Texts_become_columns_of_zeros_and_ones()
    {
        using var folder = new CliFolder();
        string rows = "a,kind,y\n" + string.Concat(Enumerable.Range(0, 80).Select(i => Invariant($"{X(i):R},{(i % 3 == 0 ? "left" : "right")},{2 * X(i) + (i % 3 == 0 ? 1 : 0):R}\n")));
        JsonElement json = Discover(folder, rows);
        Assert.True(json.GetProperty("rmse").GetDouble() < 1e-9, json.ToString());
        Assert.Contains("kind=", json.GetProperty("formula").GetString());
    }

    [Fact]
    public void The_shipped_lens_data_are_what_the_notice_says()
    {
        Dataset<double> rows = Dataset.Sample(x => 1 / (1 / x[0] + x[2] / x[1]), 3, 500, 1, 5, seed: 27);
        SplitRandom noise = new SplitRandom(27).Split("noise");
        string text = "d1,d2,n,f\n" + string.Concat(Enumerable.Range(0, rows.Count).Select(row => Invariant(
            $"{rows.Features[3 * row]:G6},{rows.Features[3 * row + 1]:G6},{rows.Features[3 * row + 2]:G6},{rows.Targets[row] + 0.005 * noise.NextNormal():G5}\n")));
        Assert.Equal(text, File.ReadAllText(CliFolder.Shipped("lens.csv")));
    }

    private static JsonElement Discover(CliFolder folder, string rows) =>
        CliFolder.Run("discover", folder.Write("t.csv", rows), "--target", "y", "--no-networks", "--json").Expect(0).Json();

    private static void Exact(JsonElement json, string expected)
    {
        Expression formula = Expression.Parse(json.GetProperty("formula").GetString()!), truth = Expression.Parse(expected);
        var point = new Dictionary<string, double> { ["a"] = 0.37, ["b"] = 1.41 };
        Assert.Equal(truth.Evaluate(point), formula.Evaluate(point), 1e-9);
    }

    /// <summary>Columns a, b, y.</summary>
    private static string Rows(int count, Func<int, double[]> row) => "a,b,y\n" + string.Concat(Enumerable.Range(0, count).Select(i => Line(row(i))));

    private static double X(int i) => Math.Sin(1.3 * i + 0.4) * 1.5;

    private static string Line(double[] values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))) + "\n";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
