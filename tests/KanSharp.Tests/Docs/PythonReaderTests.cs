using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Docs;

/// <summary>The named Python blocks of docs/formats.md read a model that KanSharp wrote, and compute what KanSharp computes.</summary>
public sealed class PythonReaderTests
{
    private const string Document = "docs/formats.md";

    [Fact]
    public void Named_python_blocks_are_those_tested_here()
        => Assert.Equal(["read-model", "forward-model"], Markdown.Documents.SelectMany(Markdown.Blocks).Where(b => b is { Language: "python", Snippet: not null }).Select(b => b.Snippet));

    [Fact]
    public void Reader_in_double_precision_computes_the_same() => Check<double>(1e-12);

    [Fact]
    public void Reader_in_single_precision_computes_the_same() => Check<float>(1e-5);

    private static void Check<T>(double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using ScratchFolder folder = new();
        if (!PythonProgram.HasNumPy(folder.Path))
            Assert.Skip($"{PythonProgram.Name} has no NumPy: the reader of {Document} was not run.");
        // the noise of the initial splines is small, so that the hidden values stay inside the grid of the next layer
        KanNetwork<T> network = KanNetwork<T>.Create([2, 3, 2], new KanLinearOptions(), seed: 3);
        ModelFile.Save(Path.Combine(folder.Path, "model.safetensors"), network);
        double[] x = [.. Enumerable.Range(0, 20).Select(i => 0.9 * Math.Sin(i))];
        Tape<T> tape = new();
        Var<T> y = network.Forward(tape.Constant(new Tensor<double>(new Shape(10, 2), x).Cast<T>()));

        Dictionary<string, CodeBlock> blocks = Markdown.Blocks(Document).Where(b => b.Snippet is not null).ToDictionary(b => b.Snippet!);
        string program = string.Join('\n', blocks["read-model"].Lines.Concat(blocks["forward-model"].Lines)
            .Append($"x = np.array([{string.Join(',', x.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]).reshape(10, 2)")
            .Append("print(' '.join(repr(float(v)) for v in forward(x).ravel()))"));
        (int code, string output) = CommandLineProcess.Run(PythonProgram.Name, ["-c", program], folder.Path);
        Assert.True(code == 0, output);
        double[] computed = [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        Assert.Equal(20, computed.Length);
        for (int i = 0; i < 20; i++)
            Assert.Equal(double.CreateChecked(y.Values[i]), computed[i], tolerance);
    }
}
