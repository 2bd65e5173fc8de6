using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Interchange.Source;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/source-export.md.</summary>
public sealed class SourceSnippets : SnippetTestBase
{
    [Fact]
    public void Code()
    {
        // begin snippet: source-code
        KanNetwork<float> network = KanNetwork<float>.Create([2, 5, 1], new BSplineOptions(), seed: 1);
        SourceExport.Save("Predictor.cs", SourceExport.Write(network, SourceLanguage.CSharp, new SourceOptions { Name = "Predictor", Namespace = "Plant.Models" }));
        SourceExport.Save("predictor.h", SourceExport.Write(network, SourceLanguage.C, new SourceOptions { Name = "Predictor" }));
        SourceExport.Save("predictor.py", SourceExport.Write(network, SourceLanguage.Python, new SourceOptions { Single = false }));
        // end snippet
        Assert.Contains("public static class Predictor", File.ReadAllText("Predictor.cs"), StringComparison.Ordinal);
        Assert.Contains("predictor_predict(const float *x, float *y)", File.ReadAllText("predictor.h"), StringComparison.Ordinal);
        Assert.Contains("DTYPE = np.float64", File.ReadAllText("predictor.py"), StringComparison.Ordinal);
    }

    [Fact]
    public void FixedPoint()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([2, 5, 1], new BSplineOptions(), seed: 1);
        // begin snippet: source-fixed-point
        FixedPointSource source = SourceExport.WriteFixedPoint(network, new FixedPointOptions { Name = "Predictor", Ranges = [(-1, 1), (0, 0.5)], TableBits = 5 });
        SourceExport.Save("predictor.h", source.Text);
        Console.WriteLine($"{source.TableBytes} bytes of tables, within {source.ErrorBounds[0]:G2} of the model");
        // end snippet
        Assert.InRange(source.TableBytes, 15 * 33 * 2, 15 * 35 * 2 + 60);
        Assert.InRange(source.ErrorBounds[0], 1e-6, 1e-2);
    }

    [Fact]
    public void Formula()
    {
        // begin snippet: source-formula
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1, 1], new BSplineOptions()).WithSymbolicEdges(
        [
            new EdgeFormula(0, 0, 0, FunctionCatalog.Standard["sin"], A: 3),
            new EdgeFormula(0, 1, 0, FunctionCatalog.Standard["x^2"]),
            new EdgeFormula(1, 0, 0, FunctionCatalog.Standard["exp"]),
        ]);
        string latex = SourceExport.Write(network, SourceLanguage.Latex); // y &= e^{x_{2}^{2} + \sin\left(3\,x_{1}\right)}
        string sympy = SourceExport.Write(network, SourceLanguage.SymPy);
        string lines = SourceExport.Write(network, SourceLanguage.C);     // y[0] += sin(3*x0); y[0] += x1*x1; …
        // end snippet
        Assert.Contains("e^{x_{2}^{2} + \\sin\\left(3\\,x_{1}\\right)}", latex, StringComparison.Ordinal);
        Assert.Contains("from sympy import *", sympy, StringComparison.Ordinal);
        Assert.Contains("y[0] += sin(3*x0);", lines, StringComparison.Ordinal);
        Assert.Contains("y[0] += x1*x1;", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors()
    {
        // begin snippet: source-tensors
        KanNetwork<float> network = KanNetwork<float>.Create([2, 5, 1], new BSplineOptions { Outside = OutsideGrid.Zero }, seed: 1);
        PublishedModel efficient = PublishedTensors.EfficientKan(network);
        efficient.Tensors.Save("efficient_kan.safetensors");
        PublishedModel pykan = PublishedTensors.Pykan(network);
        pykan.Tensors.Save("pykan.safetensors");
        File.WriteAllText("pykan_config.yml", pykan.Config);
        foreach (string note in pykan.Notes)
            Console.WriteLine(note);                                       // what Python does differently
        // end snippet
        Assert.Equal(8, efficient.Tensors.Tensors.Count);
        Assert.StartsWith("width: [[2, 0], [5, 0], [1, 0]]\ngrid: 5\nk: 3\n", File.ReadAllText("pykan_config.yml"), StringComparison.Ordinal);
    }
}
