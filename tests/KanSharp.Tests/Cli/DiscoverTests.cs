using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KanSharp.Symbolics;
using KanSharp.Tests.Plotting;

namespace KanSharp.Tests.Cli;

/// <summary>Formulas from tables, on the command line.</summary>
public sealed class DiscoverTests
{
    private static readonly string[] Columns = ["--target", "y", "--exclude", "class,kind", "--no-networks"];

    [Fact]
    public void A_formula_is_found_and_printed_with_its_rivals()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(["discover", folder.Table(), .. Columns[..^1], "--no-terms"]).Expect(0);
        Assert.Contains("<- pick", result.Out);
        Assert.Matches(@"(?m)^formula +y = ", result.Out);
        string formula = Regex.Match(result.Out, @"(?m)^formula +y = (.*)$").Groups[1].Value;
        Expression found = Expression.Parse(formula);
        Assert.Equal(100 + 10 * (0.3 * 0.3 - 0.7), found.Evaluate(new Dictionary<string, double> { ["a"] = 0.3, ["b"] = 0.7 }), 1e-9);
        Assert.Contains("120 rows, 2 feature columns", result.Error);
        Assert.Contains("best so far", result.Error);
    }

    [Fact]
    public void Json_has_the_documented_members_and_nothing_else_goes_to_the_output()
    {
        using var folder = new CliFolder();
        JsonElement json = CliFolder.Run(["discover", Line(folder), .. Columns, "--json"]).Expect(0).Json();
        Assert.Equal(
            ["command", "data", "target", "formula", "rmse", "r2", "complexity", "seconds", "reason", "seed", "rows", "hall_of_fame", "steps", "notes"],
            json.EnumerateObject().Select(member => member.Name));
        JsonElement[] hall = [.. json.GetProperty("hall_of_fame").EnumerateArray()];
        Assert.Equal(["formula", "complexity", "rmse", "r2", "origin", "pick"], hall[0].EnumerateObject().Select(member => member.Name));
        JsonElement pick = Assert.Single(hall, one => one.GetProperty("pick").GetBoolean());
        Assert.Equal(json.GetProperty("formula").GetString(), pick.GetProperty("formula").GetString());
        Assert.Equal(json.GetProperty("complexity").GetInt32(), pick.GetProperty("complexity").GetInt32());
        Assert.Equal(hall.OrderBy(one => one.GetProperty("complexity").GetInt32()), hall);
        Assert.True(json.GetProperty("rmse").GetDouble() < 1e-9);
        Assert.Equal(1, json.GetProperty("r2").GetDouble(), 1e-12);
        Assert.Equal("converged", json.GetProperty("reason").GetString());
        Assert.All(hall, one => Expression.Parse(one.GetProperty("formula").GetString()!));
    }

    [Fact]
    public void The_same_seed_gives_the_same_formulas_in_every_culture_with_any_number_of_threads()
    {
        using var folder = new CliFolder();
        string[] line = ["discover", Noisy(folder), "--target", "y", "--shapes", "2,1", "--no-terms", "--json"];
        string first = Hall(CliFolder.Run([.. line, "--threads", "1"]).Expect(0));
        using (new GermanCulture())
            Assert.Equal(first, Hall(CliFolder.Run([.. line, "--threads", "3"]).Expect(0)));
    }

    [Fact]
    public void Cancelling_prints_the_best_so_far_and_ends_with_130()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(new CancellationToken(canceled: true), ["discover", folder.Table(), .. Columns, "--json"]).Expect(130);
        Assert.Equal("cancelled", result.Json().GetProperty("reason").GetString());
        Assert.True(double.IsFinite(Expression.Parse(result.Json().GetProperty("formula").GetString()!).Evaluate(new Dictionary<string, double> { ["a"] = 0.1, ["b"] = 0.2 })));
    }

    [Fact]
    public void The_report_folder_holds_page_pictures_formulas_and_network()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run("discover", Noisy(folder), "--target", "y", "--shapes", "2,1", "--no-terms", "--report", folder["out"]).Expect(0);
        string[] files = [.. Directory.EnumerateFiles(folder["out"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["fit.svg", "formula.safetensors", "formulas.json", "loss.svg", "network.safetensors", "network.svg", "pareto.svg", "report.html"], files);
        string page = File.ReadAllText(folder["out/report.html"]);
        Assert.Contains("<math", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http:", page.Replace("http://www.w3.org/", ""));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["out/formulas.json"]));
        Assert.Equal("discover", json.RootElement.GetProperty("command").GetString());
        Assert.Contains("report.html", result.Out);
        CliFolder.Run("evaluate", folder["out/network.safetensors"], folder["noisy.csv"]).Expect(0);
    }

    [Fact]
    public void The_formula_as_a_model_predicts_and_gives_the_formula_back()
    {
        using var folder = new CliFolder();
        string model = folder["m.safetensors"], table = Line(folder);
        JsonElement json = CliFolder.Run(["discover", table, .. Columns, "--json", "--out", model]).Expect(0).Json();
        JsonElement evaluated = CliFolder.Run("evaluate", model, table, "--json").Expect(0).Json();
        Assert.Equal(json.GetProperty("rmse").GetDouble(), evaluated.GetProperty("rmse").GetDouble(), 1e-9);
        Expression back = Expression.Parse(CliFolder.Run("formula", model).Expect(0).Out.Trim()[4..]), found = Expression.Parse(json.GetProperty("formula").GetString()!);
        var point = new Dictionary<string, double> { ["a"] = 0.3, ["b"] = 0.7 };
        Assert.Equal(found.Evaluate(point), back.Evaluate(point), 1e-9);
    }

    [Fact]
    public void A_terminal_gets_a_bar_and_the_output_stays_clean()
    {
        using var folder = new CliFolder();
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = KanSharp.Cli.Tool.Run(["discover", Line(folder), .. Columns, "--json"], new KanSharp.Cli.Terminal(output, error) { IsInteractive = true, Width = 80 }, CancellationToken.None);
        Assert.Equal(0, code);
        Assert.Contains('%', error.ToString());
        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.Equal("y", new CliResult(code, output.ToString(), "").Json().GetProperty("target").GetString());
    }

    [Fact]
    public void Functions_and_shapes_of_ones_own_are_understood()
    {
        using var folder = new CliFolder();
        string table = folder.Write("bump.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 80).Select(i => Row(i / 20.0 - 2, 2 * Math.Exp(-Math.Pow(i / 20.0 - 2, 4)) + 1))));
        JsonElement json = CliFolder.Run("discover", table, "--target", "y", "--library", "x,x^2,sin", "--function", "bump=exp(-x^4)", "--shapes", "1,1", "--json").Expect(0).Json();
        Assert.True(json.GetProperty("rmse").GetDouble() < 1e-6, json.ToString());
    }

    private static string Hall(CliResult result) => result.Json().GetProperty("hall_of_fame").ToString();

    /// <summary>y = 2a − 3b + 1, with the columns of <see cref="CliFolder.Table"/>.</summary>
    private static string Line(CliFolder folder) => folder.Write("line.csv", "a,b,kind,y,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
        FormattableString.Invariant($"{Math.Sin(1.7 * i):R},{Math.Cos(0.9 * i):R},left,{2 * Math.Sin(1.7 * i) - 3 * Math.Cos(0.9 * i) + 1:R},low\n"))));

    /// <summary>y = a·b + sin(a) with noise of one percent.</summary>
    private static string Noisy(CliFolder folder)
    {
        var text = new StringBuilder("a,b,y\n");
        for (int row = 0; row < 150; row++)
        {
            double a = 2 * Math.Sin(row * 1.7), b = Math.Cos(row * 0.9) + 1;
            text.Append(CultureInfo.InvariantCulture, $"{a:R},{b:R},{a * b + Math.Sin(a) + 0.01 * Math.Sin(row * 77.7):R}\n");
        }

        return folder.Write("noisy.csv", text.ToString());
    }

    private static string Row(params double[] values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))) + "\n";
}
