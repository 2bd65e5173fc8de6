using System.Globalization;
using System.Text;
using System.Text.Json;
using KanSharp.Equations;
using KanSharp.Equations.Problems;
using KanSharp.Interchange;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Cli;

/// <summary>Differential equations on the command line.</summary>
public sealed class SolveCommandTests
{
    private static readonly string[] Poisson =
    [
        "solve", "u_xx + u_yy = -2*pi^2*sin(pi*x)*sin(pi*y)", "--on", "x=-1..1, y=-1..1", "--boundary", "u=0", "--reference", "sin(pi*x)*sin(pi*y)", "--grid", "8", "--rank", "2",
    ];

    private static readonly string[] Growth = ["solve", "y' = x^2 + y", "--on", "x=-2..2", "--boundary", "y(0)=1", "--reference", "3*exp(x) - x^2 - 2*x - 2", "--grid", "10"];

    [Fact]
    public void The_result_has_residual_error_and_what_is_built_in()
    {
        CliResult result = CliFolder.Run(Poisson).Expect(0);
        Assert.Matches(@"(?m)^equation +u_xx \+ u_yy = -2\*pi", result.Out);
        Assert.Matches(@"(?m)^domain +x=-1\.\.1, y=-1\.\.1$", result.Out);
        Assert.Matches(@"(?m)^residual +[0-9.e-]+ root mean square, [0-9.e-]+ at most$", result.Out);
        Assert.Matches(@"(?m)^error +[0-9.e-]+ relative to the known solution", result.Out);
        Assert.Matches(@"(?m)^built in +u = 0 on x=-1, x=1, y=-1, y=1$", result.Out);
        Assert.Matches(@"(?m)^network +\d+ parameters, [\d,]+ points, \d+ steps$", result.Out);
    }

    [Fact]
    public void Json_has_the_documented_members()
    {
        JsonElement json = CliFolder.Run([.. Growth, "--json"]).Expect(0).Json();
        Assert.Equal(
            ["command", "problem", "equations", "domain", "unknowns", "residual", "max_residual", "relative_l2_error", "max_error", "error_estimate", "parameters", "points", "iterations",
             "seconds", "stop_reason", "seed", "coefficients", "conditions", "formulas", "notes", "files"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.InRange(json.GetProperty("relative_l2_error").GetDouble(), 0, 1e-6);
        Assert.InRange(json.GetProperty("residual").GetDouble(), 0, 1e-4);
        Assert.Equal("y = 1 on (0)", json.GetProperty("conditions")[0].GetProperty("condition").GetString());
        Assert.False(json.GetProperty("conditions")[0].GetProperty("built_in").GetBoolean());
    }

    [Fact]
    public void The_same_seed_gives_the_same_solution_in_every_culture()
    {
        string[] line = [.. Growth, "--json", "--seed", "5"];
        string first = CliFolder.Run([.. line, "--threads", "1"]).Expect(0).Json().GetProperty("residual").GetRawText();
        using (new Plotting.GermanCulture())
            Assert.Equal(first, CliFolder.Run([.. line, "--threads", "2"]).Expect(0).Json().GetProperty("residual").GetRawText());
    }

    [Fact]
    public void The_folder_has_page_pictures_mesh_and_a_solution_that_reads_back()
    {
        using var folder = new CliFolder();
        JsonElement json = CliFolder.Run([.. Poisson, "--out", folder["out"], "--json"]).Expect(0).Json();
        string[] files = [.. Directory.EnumerateFiles(folder["out"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["network.safetensors", "problem.json", "report.html", "residual.svg", "solution.csv", "u-error.svg", "u-slices.svg", "u.svg"], files);
        Assert.Equal(files, json.GetProperty("files").EnumerateArray().Select(file => Path.GetFileName(file.GetString()!)).Order(StringComparer.Ordinal));
        Assert.StartsWith("x,y,u,residual,exact_u,error_u\n", File.ReadAllText(folder["out/solution.csv"]));
        Assert.DoesNotContain("<script", File.ReadAllText(folder["out/report.html"]));
        EquationSolution loaded = SolutionFolder.Load(folder["out"]);
        Assert.Equal(1, loaded.Evaluate(new(new(1, 2), [0.5, 0.5])).Span[0], 1e-3);
        Assert.Equal(json.GetProperty("residual").GetDouble(), loaded.Report.Residual);
    }

    [Fact]
    public void A_system_with_an_initial_condition_and_soft_conditions()
    {
        CliResult result = CliFolder.Run(
            "solve", "x' = y; y' = -x", "--on", "t=0..3", "--initial", "x=0", "--initial", "y=1", "--reference", "x=sin(t); y=cos(t)", "--soft", "--grid", "10").Expect(0);
        Assert.Matches(@"(?m)^in the loss +x = 0 on t=0: [0-9.e-]+ root mean square$", result.Out);
        Assert.DoesNotContain("built in", result.Out);
    }

    [Fact]
    public void A_coefficient_is_identified_from_a_table()
    {
        using var folder = new CliFolder();
        var text = new StringBuilder("x,u,other\n");
        for (int row = 0; row <= 20; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row / 20.0},{Math.Exp(-1.5 * row / 20):R},x\n");
        JsonElement json = CliFolder.Run(
            "solve", "u_x = -k*u", "--on", "x=0..1", "--boundary", "u(0)=1", "--unknown-coefficient", "k=0.5", "--data", folder.Write("data.csv", text.ToString()), "--grid", "8", "--json").Expect(0).Json();
        Assert.Equal(1.5, json.GetProperty("coefficients").GetProperty("k").GetDouble(), 1e-4);
    }

    [Fact]
    public void A_formula_is_handed_over()
    {
        JsonElement json = CliFolder.Run("solve", "u_xx = 2", "--on", "x=-1..1", "--boundary", "u=1", "--grid", "4", "--formula", "--formula-time", "10s", "--json").Expect(0).Json();
        JsonElement formula = json.GetProperty("formulas")[0];
        Assert.Equal(0.25, Expression.Parse(formula.GetProperty("formula").GetString()!).Evaluate(new Dictionary<string, double> { ["x"] = 0.5 }), 1e-6);
        Assert.InRange(json.GetProperty("formula_residual").GetDouble(), 0, 1e-4);
    }

    [Fact]
    public void Built_in_problems_are_listed_and_solved_by_name()
    {
        CliResult list = CliFolder.Run("solve", "list").Expect(0);
        Assert.All(BuiltInProblems.All, problem => Assert.Contains(problem.Name, list.Out));
        JsonElement problems = CliFolder.Run("solve", "list", "--json").Expect(0).Json().GetProperty("problems");
        Assert.Equal(BuiltInProblems.All.Count, problems.GetArrayLength());
        CliResult result = CliFolder.Run("solve", "ode", "--grid", "6", "--quiet").Expect(0);
        Assert.Matches("(?m)^error ", result.Out);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Cancelling_keeps_the_best_so_far_and_ends_with_130()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(new CancellationToken(canceled: true), [.. Poisson, "--out", folder["out"], "--json"]).Expect(130);
        Assert.Equal("cancelled", result.Json().GetProperty("stop_reason").GetString());
        Assert.True(File.Exists(folder["out/report.html"]));
    }

    [Fact]
    public void Warnings_are_notes_and_all_errors_are_said()
    {
        CliResult unusual = CliFolder.Run("solve", "u_xx = u", "--on", "x=0..1", "--boundary", "u=1; u(0)=1", "--grid", "4").Expect(0);
        Assert.Contains("note: the conditions 'u = 1 on x=0, x=1' and 'u = 1 on x=0' say the same of 'u'", unusual.Error);
        CliResult wrong = CliFolder.Run("solve", "u_xx + u_yy = 1", "--on", "x=0..1, y=0..1", "--boundary", "u(x=0)=0").Expect(2);
        Assert.Equal(2, wrong.Error.Split("error: ").Length - 1);
    }

    [Fact]
    public void A_terminal_gets_a_bar_and_the_output_stays_clean()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = KanSharp.Cli.Tool.Run([.. Growth, "--json"], new KanSharp.Cli.Terminal(output, error) { IsInteractive = true, Width = 80 }, CancellationToken.None);
        Assert.Equal(0, code);
        Assert.Contains('%', error.ToString());
        Assert.DoesNotContain('\u001b', output.ToString());
    }
}
