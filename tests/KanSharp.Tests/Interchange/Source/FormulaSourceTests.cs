using System.Runtime.InteropServices;
using System.Xml.Linq;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Source;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Tests.Docs;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange.Source;

public sealed class FormulaSourceTests
{
    [Fact]
    public void SymPy_computes_what_the_model_predicts()
    {
        using ScratchFolder folder = new();
        if (!PythonProgram.HasNumPy(folder.Path) || CommandLineProcess.Run(PythonProgram.Name, ["-c", "import sympy"], folder.Path).Code != 0)
            Assert.Skip($"{PythonProgram.Name} has no SymPy: the modules were not run.");
        List<SourceCase> cases = [];
        foreach (SourceCase item in RandomModels.Cases(100).Where(item => !item.Model.IsSingle))
        {
            try
            {
                string text = SourceExport.Write(item.Model, SourceLanguage.SymPy);
                File.WriteAllText(Path.Combine(folder.Path, $"case{cases.Count}.py"), text);
                cases.Add(item);
            }
            catch (NotSupportedException error)
            {
                Assert.True(error.Message.Contains("numeric", StringComparison.Ordinal), error.Message);
            }
        }

        Assert.True(cases.Count >= 30, $"only {cases.Count} models have SymPy");
        File.WriteAllBytes(Path.Combine(folder.Path, "x.bin"), MemoryMarshal.AsBytes<double>(cases.SelectMany(item => item.X).ToArray()).ToArray());
        File.WriteAllText(Path.Combine(folder.Path, "main.py"), $"""
            import numpy as np
            import sympy
            x, y, start = np.fromfile("x.bin"), [], 0
            for index, (rows, inputs, formula) in enumerate([{string.Join(", ", cases.Select(item => $"({item.X.Length / item.Model.Inputs}, {item.Model.Inputs}, {(item.Model.Steps[0] is FormulaStep ? 1 : 0)})"))}]):
                row, text = x[start:start + inputs], open("case%d.py" % index).read()
                start += rows * inputs
                if formula:
                    module = dict()
                    exec(text, module)
                    place = dict(zip(module["variables"], row))
                    y += [float(f.evalf(25, subs=place)) for f in module["formulas"].values()]
                else:
                    # put together, the formulas of a network repeat a node for every edge that leaves it; with numbers for symbols each line is one number
                    values = iter(row)
                    module = dict(number=lambda name, real: sympy.Float(next(values), 25))
                    exec(text.replace("from sympy import *", "from sympy import *\nSymbol = number"), module)
                    y += [float(f) for f in module["formulas"].values()]
            np.array(y).tofile("y.bin")
            """);
        (int code, string output) = CommandLineProcess.Run(PythonProgram.Name, ["main.py"], folder.Path);
        Assert.True(code == 0, output);
        List<SourceCase> first = [.. cases.Select(item => item with { Y = item.Y[..(item.Model.Outputs)] })];
        Differences.Check(first, HeaderProgram.Split(first, Path.Combine(folder.Path, "y.bin")));
    }

    [Fact]
    public void A_symbolic_network_is_one_formula_for_each_result()
    {
        KanNetwork<double> network = Symbolic();
        Assert.Equal("\\begin{align}\ny &= e^{x_{2}^{2} + \\sin\\left(3\\,x_{1}\\right)}\n\\end{align}\n", SourceExport.Write(network, SourceLanguage.Latex));
        string mathML = SourceExport.Write(network, SourceLanguage.MathML);
        Assert.StartsWith("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow><mi>y</mi><mo>=</mo>", mathML, StringComparison.Ordinal);
        _ = XElement.Parse(mathML);
        Assert.Contains("formulas = {\"y\": sympify(h1_1)}", SourceExport.Write(network, SourceLanguage.SymPy), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_for_tables_is_a_formula_in_original_units()
    {
        var encoding = new TableEncoding([new FeatureEncoding("mass", null, [0.0]), new FeatureEncoding("speed", null, [0.0])], new TargetEncoding(TaskKind.Regression, ["energy"], []), default, default);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], new BSplineOptions()).WithSymbolicEdges([new EdgeFormula(0, 0, 0, FunctionCatalog.Standard["x"]), new EdgeFormula(0, 1, 0, FunctionCatalog.Standard["x^2"])]);
        var model = new TabularModel<double>(network, encoding, new LinearScaling([0, 0], [2, 1]), new LinearScaling([0], [4]));
        Assert.Contains("\\mathrm{energy} &= ", SourceExport.Write(model, SourceLanguage.Latex), StringComparison.Ordinal);
        Assert.Contains("2\\,\\mathrm{mass}", SourceExport.Write(model, SourceLanguage.Latex), StringComparison.Ordinal);
    }

    [Fact]
    public void Numeric_edges_are_named_in_the_equations_of_the_layers()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 2, 1], new BSplineOptions());
        string latex = SourceExport.Write(network, SourceLanguage.Latex);
        Assert.Contains("h_{1,2} &= \\phi_{1,1,2} + \\phi_{1,2,2}", latex, StringComparison.Ordinal);
        Assert.Contains("y &= \\phi_{2,1,1} + \\phi_{2,2,1}", latex, StringComparison.Ordinal);
        Assert.Contains("% Layer 2: B-splines of degree 3 on 5 intervals plus SiLU times a weight.\n", latex, StringComparison.Ordinal);
        Assert.Contains("h_{0,2} &= x_{2}", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void Equations_of_a_table_begin_with_its_columns_and_their_scaling()
    {
        var encoding = new TableEncoding([new FeatureEncoding("mass", null, [0.0]), new FeatureEncoding("a<b", null, [0.0])], new TargetEncoding(TaskKind.Regression, ["energy"], []), default, default);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 2, 1], new BSplineOptions());
        var model = new TabularModel<double>(network, encoding, new LinearScaling([3, 0], [2, 1]), new LinearScaling([5], [4]));
        string latex = SourceExport.Write(model, SourceLanguage.Latex);
        Assert.Contains("% \\phi_{l,i,j} is the value of a learned function of one number, the edge from node i, h_{l-1,i}, to sum j of layer l", latex, StringComparison.Ordinal);
        int begin = latex.IndexOf("\\begin{align}\n", StringComparison.Ordinal);
        Assert.All(latex[..begin].TrimEnd().Split('\n'), line => Assert.StartsWith("% ", line, StringComparison.Ordinal));
        string[] lines = latex[begin..].Split('\n');
        Assert.Equal("h_{0,1} &= 0.5\\,\\left(\\mathrm{mass} - 3\\right) \\\\", lines[1]);
        Assert.Equal("\\mathrm{energy} &= 4\\,h_{2,1} + 5", lines[^3]);

        // one document: a table whose rows are the notes and the equations
        XElement math = XElement.Parse(SourceExport.Write(model, SourceLanguage.MathML));
        XName Of(string name) => math.Name.Namespace + name;
        XElement[] rows = [.. math.Descendants(Of("mtr"))];
        Assert.Equal("math", math.Name.LocalName);
        Assert.Equal(lines.Length - 3, rows.Count(row => row.Elements(Of("mtd")).Count() == 2));
        Assert.Equal("a<b", Assert.Single(math.Descendants(Of("mi")), letter => letter.Value.StartsWith('a')).Value);
        Assert.Contains(rows, row => row.Value.StartsWith("φ(l,i,j) is the value of a learned function", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_many_splines_for_SymPy_are_refused_with_what_to_do()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([20, 20, 1], new BSplineOptions());
        string message = Assert.Throws<NotSupportedException>(() => SourceExport.Write(network, SourceLanguage.SymPy)).Message;
        Assert.Contains("420 edges", message, StringComparison.Ordinal);
        Assert.Contains("kan symbolic", message, StringComparison.Ordinal);
    }

    private static KanNetwork<double> Symbolic() => KanNetwork<double>.Create([2, 1, 1], new BSplineOptions()).WithSymbolicEdges(
    [
        new EdgeFormula(0, 0, 0, FunctionCatalog.Standard["sin"], A: 3),
        new EdgeFormula(0, 1, 0, FunctionCatalog.Standard["x^2"]),
        new EdgeFormula(1, 0, 0, FunctionCatalog.Standard["exp"]),
    ]);
}
