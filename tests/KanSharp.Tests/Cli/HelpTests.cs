using System.Text;
using System.Text.RegularExpressions;

namespace KanSharp.Tests.Cli;

/// <summary>What the commands say about themselves, and about command lines that are wrong.</summary>
public sealed class HelpTests
{
    private static readonly string[] Commands = ["demo", "fit", "predict", "evaluate", "inspect", "plot", "resume", "refine", "prune", "symbolic", "formula", "discover", "solve", "import", "export"];

    [Fact]
    public void Help_is_the_approved_one()
    {
        var text = new StringBuilder();
        foreach (string[] args in (string[][])[["--help"], .. Commands.Select(command => (string[])[command, "--help"]), ["data", "--help"], ["data", "get", "--help"], ["data", "list", "--help"]])
        {
            CliResult result = CliFolder.Run(args).Expect(0);
            Assert.Equal("", result.Error);
            text.Append("$ kan ").AppendJoin(' ', args).Append('\n').Append(string.Join('\n', result.Out.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd()).Append("\n\n");
        }

        CliApproved.Check("help.txt", text.ToString());
    }

    [Fact]
    public void Without_arguments_the_help_is_shown()
        => Assert.Equal(CliFolder.Run("--help").Out, CliFolder.Run().Expect(0).Out);

    [Fact]
    public void Wrong_usage_is_said_in_one_line_and_ends_with_2()
    {
        using var folder = new CliFolder();
        string table = folder.Table(), model = Model(folder, table);
        string[][] lines =
        [
            ["train"],
            ["fit"],
            ["fit", table],
            ["fit", table, "--target", "z"],
            ["fit", table, "--target", "y", "--widht", "3,1"],
            ["fit", table, "--target", "y", "--frobnicate"],
            ["fit", table, "--target", "y", "--width", "3,1", "--exclude", "class"],
            ["fit", table, "--target", "y", "--width", "4"],
            ["fit", table, "--target", "y", "--width", "4,x,1"],
            ["fit", table, "--target", "y", "--grid", "0"],
            ["fit", table, "--target", "y", "--degree", "11"],
            ["fit", table, "--target", "y", "--lr", "0"],
            ["fit", table, "--target", "y", "--lr", "1,5"],
            ["fit", table, "--target", "y", "--validation", "1"],
            ["fit", table, "--target", "y", "--validation", "0.7", "--test", "0.7"],
            ["fit", table, "--target", "y", "--optimizer", "magic"],
            ["fit", table, "--target", "class", "--optimizer", "lm"],
            ["fit", table, "--target", "class", "--optimizer", "nk"],
            ["fit", table, "--target", "y", "--optimizer", "nk", "--mlp"],
            ["fit", table, "--target", "y", "--grid", "3,5", "--mlp"],
            ["fit", table, "--target", "y", "--grid", "5,3"],
            ["fit", table, "--target", "y", "--grid", "3,,5"],
            ["fit", table, "--target", "y", "--grid", "3,5,10", "--epochs", "2"],
            ["fit", table, "--target", "y", "--optimizer", "nk", "--lambda", "0.1"],
            ["fit", table, "--target", "y", "--starts", "0"],
            ["fit", table, "--target", "y", "--starts", "4", "--mlp"],
            ["fit", table, "--target", "y", "--optimizer", "nk", "--smoothness", "1"],
            ["fit", table, "--target", "y", "--optimizer", "lbfgs", "--weight-decay", "1"],
            ["fit", table, "--target", "y", "--smoothness", "-1"],
            ["fit", table, "--target", "y", "--precision", "f16"],
            ["fit", table, "--target", "y", "--task", "ranking"],
            ["fit", table, "--target", "y", "--time-limit", "soon"],
            ["fit", table, "--target", "y", "--seed", "-1"],
            ["fit", table, "--target", "y", "--exclude", "q"],
            ["fit", table, "--target", "y,class", "--task", "classification"],
            ["fit", table, "--target", "y", "--out", folder["none/m.safetensors"]],
            ["fit", table, "--target"],
            ["predict", model],
            ["predict", model, table, table],
            ["evaluate", model, table, "--target", "y"],
            ["plot"],
            ["plot", model, "--edge", "0,1"],
            ["plot", model, "--edge", "7,0,0"],
            ["plot", model, "--beta", "0"],
            ["plot", "--loss", folder.Path, "--edge", "0,0,0"],
            ["resume"],
            ["resume", folder.Path, "--epochs", "0"],
            ["demo", "--out", table],
            ["refine", model],
            ["refine", model, "--grid", "5,10,20"],
            ["refine", model, "--grid", "0"],
            ["prune", model],
            ["prune", model, table, "--keep-edges", "0"],
            ["prune", model, table, "--least-harm", "0.1", "--edges", "0.1"],
            ["symbolic", model, table, "--edge", "9,0,0"],
            ["symbolic", model, table, "--fix", "sin"],
            ["symbolic", model, table, "--edge", "0,0,0", "--fix", "sine"],
            ["symbolic", model, table, "--library", "sine"],
            ["formula", model, "--to", "word"],
            ["formula", model, "--digits", "0"],
            ["discover", table],
            ["discover", table, "--target", "y,b"],
            ["discover", table, "--target", "y", "--shapes", "2,5,1"],
            ["discover", table, "--target", "y", "--time-limit", "soon"],
            ["discover", table, "--target", "y", "--no-terms", "--no-networks"],
            ["solve"],
            ["solve", "poison"],
            ["solve", "poisson", "--on", "x=0..1"],
            ["solve", "u_xx=1"],
            ["solve", "u_xx=1", "--on", "x=0"],
            ["solve", "u_xx=1+", "--on", "x=0..1"],
            ["solve", "u_xx=k", "--on", "x=0..1"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "v=0"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u(x=2)=0"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u(0)=0"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u(0)=0; u(0)=1"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--initial", "v=0"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--reference", "z"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--unknown-coefficient", "D=x"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--unknowns", "x"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--width", "2"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--width", "2,1"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--width", "1,1", "--rank", "2"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--grid", "20,10"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--degree", "2"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--windows", "2"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--solver", "nk"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--formula-time", "5s"],
            ["solve", "u_xx=1", "--on", "x=0..1", "--boundary", "u=0", "--out", table],
            ["data"],
            ["data", "get"],
            ["data", "get", "mnits"],
        ];
        CheckAll(folder, lines, 2, "usage-errors.txt");
    }

    [Fact]
    public void What_can_not_be_done_is_said_in_one_line_and_ends_with_1()
    {
        using var folder = new CliFolder();
        string table = folder.Table(), model = Model(folder, table);
        string stray = folder.Write("stray.csv", File.ReadAllText(table).Replace("\n0.", "\nn.a.,"));
        byte[] bytes = File.ReadAllBytes(model);
        File.WriteAllBytes(folder["cut.safetensors"], bytes[..(bytes.Length / 2)]);
        File.WriteAllText(folder["text.safetensors"], "this is no model");
        string empty = folder.Write("empty.csv", "");
        string gap = folder.Write("gap.csv", "a,b,kind,y,class\n1,,left,2,low\n2,3,left,4,low\n");
        string other = folder.Write("other.csv", "a,c\n1,2\n");
        string bad = folder.Write("bad.csv", "a,b\n1,2\n3,4\n5,x\n6,7\n8,9\n");
        string[][] lines =
        [
            ["fit", folder["missing.csv"], "--target", "y"],
            ["fit", folder.Path, "--target", "y"],
            ["fit", stray, "--target", "y"],
            ["fit", bad, "--target", "a"],
            ["fit", empty, "--target", "y"],
            ["fit", gap, "--target", "y", "--task", "regression"],
            ["fit", table, "--target", "class", "--task", "regression", "--out", folder["m"]],
            ["predict", folder["missing.safetensors"], table],
            ["predict", folder["cut.safetensors"], table],
            ["predict", folder["text.safetensors"], table],
            ["predict", folder.Path, table],
            ["predict", model, folder["missing.csv"]],
            ["predict", model, other],
            ["predict", model, gap],
            ["evaluate", model, other],
            ["evaluate", folder["text.safetensors"], table],
            ["inspect", folder["text.safetensors"]],
            ["inspect", table],
            ["plot", folder["text.safetensors"]],
            ["plot", "--loss", folder["none"]],
            ["resume", folder["none"]],
            ["resume", folder.Path],
            ["refine", folder["text.safetensors"], "--grid", "9"],
            ["prune", model, other],
            ["symbolic", model, gap],
            ["formula", model],
            ["discover", table, "--target", "class"],
            ["discover", gap, "--target", "y"],
            ["solve", "a_b=D", "--on", "b=0..1", "--unknown-coefficient", "D", "--data", folder["missing.csv"]],
            ["solve", "a_b=D", "--on", "b=0..1", "--unknown-coefficient", "D", "--data", bad],
            ["solve", "u_b=D", "--on", "b=0..1", "--unknown-coefficient", "D", "--data", other],
            ["data", "get", "mnist", "--from", folder["none"], "--to", folder["data"]],
        ];
        CheckAll(folder, lines, 1, "failures.txt");
    }

    private static string Model(CliFolder folder, string table)
    {
        CliFolder.Run("fit", table, "--target", "y", "--exclude", "class", "--epochs", "1", "--width", "4,2,1", "--out", folder["m.safetensors"]).Expect(0);
        return folder["m.safetensors"];
    }

    private static void CheckAll(CliFolder folder, string[][] lines, int code, string file)
    {
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            CliResult result = CliFolder.Run(line).Expect(code);
            Assert.Equal("", result.Out);
            Assert.DoesNotContain("   at ", result.Error);
            text.Append("$ kan ").AppendJoin(' ', line).Append('\n').Append(result.Error).Append('\n');
        }

        string cwd = Directory.GetCurrentDirectory();
        string written = Regex.Replace(text.ToString(), @"length \d+, but only \d+", "length #, but only #");
        CliApproved.Check(file, written.Replace(folder.Path + "/", "").Replace(folder.Path, "FOLDER").Replace(cwd, "HERE"));
    }
}
