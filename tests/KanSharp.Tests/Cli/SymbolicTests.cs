using System.Globalization;
using System.Text;
using System.Text.Json;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Cli;

/// <summary>From a model to a formula: one edge, all edges, and the formula written out.</summary>
public sealed class SymbolicTests
{
    [Fact]
    public void An_edge_is_listed_and_given_a_function()
    {
        using var folder = new CliFolder();
        string table = Table(folder), model = Model(folder, table, "f64", "3,1");
        JsonElement json = CliFolder.Run("symbolic", model, table, "--edge", "0,0,0", "--top", "3", "--json").Expect(0).Json();
        Assert.Equal(3, json.GetProperty("candidates").GetArrayLength());
        Assert.Equal("sin", json.GetProperty("candidates")[0].GetProperty("function").GetString());
        Assert.True(json.GetProperty("candidates")[0].GetProperty("r2").GetDouble() > 0.999);
        string text = CliFolder.Run("symbolic", model, table, "--edge", "0,1,0", "--fix", "x^2", "--out", folder["s.safetensors"]).Expect(0).Out;
        Assert.Contains("x^2", text);
        Assert.Equal(EdgeMode.Symbolic, ((KanNetwork<double>)ModelFile.LoadTabular<double>(folder["s.safetensors"]).Network).Mode(0, 1, 0));
        CliResult formula = CliFolder.Run("formula", folder["s.safetensors"]).Expect(1);
        Assert.Contains("2 edges are still numeric: (0, 0, 0), (0, 2, 0); kan symbolic", formula.Error);
    }

    [Fact]
    public void A_whole_network_becomes_a_formula_in_the_names_and_units_of_the_table()
    {
        using var folder = new CliFolder();
        string table = Table(folder), model = Model(folder, table, "f64", "3,1");
        JsonElement json = CliFolder.Run("symbolic", model, table, "--library", "x,x^2,sin", "--json", "--out", folder["s.safetensors"]).Expect(0).Json();
        Assert.True(json.GetProperty("after").GetProperty("rmse").GetDouble() < 0.05, json.ToString());
        CliFolder.Run("symbolic", model, table, "--library", "x,x^2,sin", "--out", folder["t.safetensors"]).Expect(0);
        string text = CliFolder.Run("formula", folder["s.safetensors"]).Expect(0).Out;
        Assert.StartsWith("y = ", text);
        Expression formula = Expression.Parse(text[4..]);
        Assert.Equal(json.GetProperty("formulas")[0].GetProperty("complexity").GetInt32(), formula.Complexity);
        Table rows = Csv.Read(table);
        double[] predicted = Predict(folder, folder["s.safetensors"], table);
        for (int row = 0; row < 10; row++)
        {
            var point = rows.Columns.Take(3).ToDictionary(column => column.Name, column => column.Numbers[row]);
            Assert.Equal(predicted[row], formula.Evaluate(point), 1e-8);
        }

        foreach ((string format, string part) in (ReadOnlySpan<(string, string)>)[("latex", "\\sin"), ("csharp", "Math.Sin"), ("c", "sin("), ("python", "sin("), ("mathml", "<math")])
            Assert.Contains(part, CliFolder.Run("formula", folder["s.safetensors"], "--to", format, "--digits", "4").Expect(0).Out);
        JsonElement members = CliFolder.Run("formula", folder["s.safetensors"], "--json").Expect(0).Json();
        Assert.Equal("y", members.GetProperty("formulas")[0].GetProperty("target").GetString());
    }

    /// <summary>y = 10 + 3·sin(2a) + b², and a column of noise.</summary>
    private static string Table(CliFolder folder)
    {
        var text = new StringBuilder("a,b,noise,y\n");
        for (int row = 0; row < 200; row++)
        {
            double a = 1.5 * Math.Sin(row * 1.7), b = 2 * Math.Cos(row * 0.9), noise = Math.Sin(row * row);
            text.Append(CultureInfo.InvariantCulture, $"{a:R},{b:R},{noise:R},{10 + 3 * Math.Sin(2 * a) + b * b:R}\n");
        }

        return folder.Write("t.csv", text.ToString());
    }

    private static string Model(CliFolder folder, string table, string precision, string width)
    {
        string model = folder["m.safetensors"];
        string[] optimizer = precision == "f64" ? ["--optimizer", "lm", "--grid", "8", "--epochs", "25"] : ["--optimizer", "adamw", "--epochs", "10"];
        CliFolder.Run(["fit", table, "--target", "y", "--precision", precision, "--width", width, .. optimizer, "--out", model]).Expect(0);
        return model;
    }

    private static double[] Predict(CliFolder folder, string model, string table)
    {
        CliFolder.Run("predict", model, table, "--out", folder["p.csv"]).Expect(0);
        return Csv.Read(folder["p.csv"])["y"].Numbers.ToArray();
    }
}
