using KanSharp.Interchange.Checkpoints;
using KanSharp.Interchange.PyTorch;
using KanSharp.Tests.Interchange.PyTorch;
using KanSharp.Training;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/interchange-import.md.</summary>
public sealed class ImportSnippets : SnippetTestBase
{
    [Fact]
    public void Import()
    {
        new TorchState().EfficientKan("layers.0.", 2, 5).EfficientKan("layers.1.", 5, 1).Save("state.pt");

        // begin snippet: import
        ImportResult<double> result = CheckpointImport.Read<double>(
            "state.pt", new ImportOptions { Settings = new Dictionary<string, string> { ["base"] = "gelu" } });
        Console.WriteLine(result.Report.Family);                          // efficient-kan
        Console.WriteLine(string.Join('\n', result.Report.Assumptions)); // what the file does not say
        TabularModel<double> model = result.ToTabularModel(["force", "length"], ["torque"]);
        double[] y = model.Predict([0.2, -0.4]);
        // end snippet
        Assert.StartsWith("efficient-kan\n", Printed.ReplaceLineEndings("\n"));
        Assert.True(double.IsFinite(Assert.Single(y)));
    }

    [Fact]
    public void Tensors()
    {
        new TorchState().Random("fc.weight", 3, 2).Save("state.pt");

        // begin snippet: torch-tensors
        foreach (var tensor in PyTorchFile.Read("state.pt").Tensors)
            Console.WriteLine($"{tensor.Name}: {tensor.Type} [{string.Join(", ", tensor.Shape.ToArray())}]");
        // end snippet
        Assert.Equal("fc.weight: Float64 [3, 2]\n", Printed.ReplaceLineEndings("\n"));
    }
}
