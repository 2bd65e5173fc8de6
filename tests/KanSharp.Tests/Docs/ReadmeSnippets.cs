using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of README.md.</summary>
public sealed class ReadmeSnippets : SnippetTestBase
{
    [Fact]
    public void Layer_and_gradient()
    {
        // begin snippet: layer-gradient
        KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], seed: 0);
        Tape<double> tape = new();
        Var<double> x = tape.Input([0.1, -0.2, 0.3, 0.4], new Shape(2, 2)); // two samples of two features
        Var<double> y = network.Forward(x);                                 // shape [2, 1]
        tape.Backward(y.Sum());
        double slope = x.Gradient[0];                                       // dy/dx1 at the first sample
        // end snippet
        Assert.Equal(new Shape(2, 1), y.Shape);
        double before = y.Values[0];
        tape.Reset();
        double after = network.Forward(tape.Input([0.1 + 1e-6, -0.2, 0.3, 0.4], new Shape(2, 2))).Values[0];
        Assert.Equal((after - before) / 1e-6, slope, 1e-4);
    }

    [Fact]
    public void Read_csv()
    {
        // begin snippet: read-csv
        Table table = Csv.Read("diabetes.csv");
        Console.WriteLine($"{table.RowCount} rows, columns {string.Join(", ", table.Columns.Select(c => c.Name))}");
        // end snippet
        Assert.Equal("442 rows, columns age, sex, bmi, bp, s1, s2, s3, s4, s5, s6, target", Printed.Trim());
    }
}
