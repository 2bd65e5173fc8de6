using System.Xml.Linq;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Cli;

/// <summary>kan export to source code, formulas and named tensors.</summary>
public sealed class ExportTargetTests
{
    private static readonly string[] Targets = ["csharp", "c", "fixed-point", "python", "latex", "mathml", "efficient-kan", "pykan"];

    [Fact]
    public void Every_target_writes_its_file_and_says_so()
    {
        using var folder = new CliFolder();
        (string table, string model) = Fitted(folder);
        foreach (string target in Targets)
        {
            string file = folder["out." + target];
            string[] more = target == "fixed-point" ? ["--data", table, "--table-bits", "5"] : [];
            CliResult result = CliFolder.Run(["export", model, "--to", target, "--out", file, .. more]).Expect(0);
            Assert.Contains("out." + target, result.Out, StringComparison.Ordinal);
            Assert.True(new FileInfo(file).Length > 100, target);
        }

        Assert.StartsWith("<math", XDocument.Load(folder["out.mathml"]).Root!.ToString(), StringComparison.Ordinal);
        Assert.Contains("#include <stdint.h>", File.ReadAllText(folder["out.fixed-point"]), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["out_config.yml"]));
    }

    [Fact]
    public void Numbers_and_names_are_as_asked()
    {
        using var folder = new CliFolder();
        (string table, string model) = Fitted(folder);
        CliFolder.Run("export", model, "--to", "c", "--name", "Plant", "--precision", "f64", "--out", folder["a.h"]).Expect(0);
        Assert.Contains("static inline void plant_predict(const double *x", File.ReadAllText(folder["a.h"]), StringComparison.Ordinal);
        Assert.Equal("int32", CliFolder.Run("export", model, "--to", "fixed-point", "--data", table, "--out", folder["b.h"], "--json").Expect(0).Json().GetProperty("numbers").GetString());
        Assert.False(CliFolder.Run("export", model, "--to", "latex", "--out", folder["c.tex"], "--json").Expect(0).Json().TryGetProperty("numbers", out _));
        Assert.Equal("f32", CliFolder.Run("export", model, "--to", "efficient-kan", "--out", folder["d.st"], "--json").Expect(0).Json().GetProperty("numbers").GetString());
    }

    [Fact]
    public void The_ending_of_the_file_chooses_the_target()
    {
        using var folder = new CliFolder();
        (string table, string model) = Fitted(folder);
        foreach ((string file, string target) in new[] { ("a.py", "python"), ("a.cs", "csharp"), ("a.fixed.h", "fixed-point"), ("a.h", "c"), ("a.pykan.safetensors", "pykan") })
        {
            string[] more = target == "fixed-point" ? ["--data", table] : [];
            Assert.Equal(target, CliFolder.Run(["export", model, "--out", folder[file], "--json", .. more]).Expect(0).Json().GetProperty("target").GetString());
        }
    }

    [Fact]
    public void C_of_a_fitted_table_predicts_what_the_tool_predicts()
    {
        using var folder = new CliFolder();
        (string table, string model) = Fitted(folder);
        CliFolder.Run("export", model, "--to", "c", "--out", folder["model.h"]).Expect(0);
        CliFolder.Run("predict", model, table, "--out", folder["predicted.csv"]).Expect(0);
        string[] cells = File.ReadAllLines(table)[3].Split(',');
        folder.Write("main.c", $$"""
            #include <stdio.h>
            #include "model.h"
            int main(void) { float x[KAN_MODEL_INPUTS] = { (float){{cells[0]}}, (float){{cells[1]}} }, y[1]; kan_model_predict(x, y); printf("%.6f\n", (double)y[0]); return 0; }
            """);
        (int code, string output) = CommandLineProcess.Run("gcc", ["-std=c99", "-O1", "-o", folder["main"], folder["main.c"], "-lm"], folder.Path);
        if (code == -1)
            Assert.Skip("gcc is not there: exported C was not compiled.");
        Assert.True(code == 0, output);
        double predicted = double.Parse(File.ReadAllLines(folder["predicted.csv"])[3].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(predicted, double.Parse(CommandLineProcess.Run(folder["main"], [], folder.Path).Output, System.Globalization.CultureInfo.InvariantCulture), 1e-2);
    }

    [Fact]
    public void Nothing_that_is_read_is_written_over()
    {
        using var folder = new CliFolder();
        (string table, string model) = Fitted(folder);
        byte[] before = File.ReadAllBytes(model), rows = File.ReadAllBytes(table);
        Assert.Contains("overwritten", CliFolder.Run("export", model, "--to", "pykan", "--out", model).Expect(2).Error);
        Assert.Contains("overwritten", CliFolder.Run("export", model, "--to", "fixed-point", "--data", table, "--out", table).Expect(2).Error);
        Assert.Equal(before, File.ReadAllBytes(model));
        Assert.Equal(rows, File.ReadAllBytes(table));
    }

    [Fact]
    public void Options_that_do_nothing_are_refused()
    {
        using var folder = new CliFolder();
        (string table, string model) = Fitted(folder);
        Assert.Contains("--precision does not go with --to latex", CliFolder.Run("export", model, "--to", "latex", "--precision", "f64", "--out", folder["a"]).Expect(2).Error);
        Assert.Contains("--data does not go with --to c", CliFolder.Run("export", model, "--to", "c", "--data", table, "--out", folder["a"]).Expect(2).Error);
        Assert.Contains("--table-bits does not go with --to c", CliFolder.Run("export", model, "--to", "c", "--table-bits", "8", "--out", folder["a"]).Expect(2).Error);
        Assert.Contains("--name does not go with --to onnx", CliFolder.Run("export", model, "--to", "onnx", "--name", "A", "--out", folder["a"]).Expect(2).Error);
        Assert.Contains("--data CSV is missing", CliFolder.Run("export", model, "--to", "fixed-point", "--out", folder["a"]).Expect(2).Error);
    }

    [Fact]
    public void What_a_target_can_not_say_is_refused_by_name()
    {
        using var folder = new CliFolder();
        ModelFile.Save(folder["net.safetensors"], KanNetwork<double>.Create([8, 20, 1], new KanLinearOptions { Basis = new GaussianOptions(), Bias = true }));
        Assert.Contains("efficient-kan", CliFolder.Run("export", folder["net.safetensors"], "--to", "efficient-kan", "--out", folder["a"]).Expect(1).Error);
        ModelFile.Save(folder["wide.safetensors"], KanNetwork<double>.Create([8, 20, 1]));
        Assert.Contains("kan symbolic", CliFolder.Run("export", folder["wide.safetensors"], "--to", "sympy", "--out", folder["a"]).Expect(1).Error);
    }

    private static (string Table, string Model) Fitted(CliFolder folder)
    {
        string table = folder.Table(), model = folder["model.safetensors"];
        CliFolder.Run("fit", table, "--target", "y", "--exclude", "class,kind", "--width", "2,2,1", "--epochs", "2", "--precision", "f32", "--optimizer", "adamw", "--out", model).Expect(0);
        return (table, model);
    }
}
