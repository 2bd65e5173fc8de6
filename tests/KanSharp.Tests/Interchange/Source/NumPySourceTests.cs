using System.Runtime.InteropServices;
using KanSharp.Interchange.Source;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Source;

public sealed class NumPySourceTests
{
    [Fact]
    public void Every_kind_of_model_predicts_the_same()
    {
        using ScratchFolder folder = new();
        if (!PythonProgram.HasNumPy(folder.Path))
            Assert.Skip($"{PythonProgram.Name} has no NumPy: the Python modules were not run.");
        IReadOnlyList<SourceCase> cases = RandomModels.Cases(100);
        for (int index = 0; index < cases.Count; index++)
            File.WriteAllText(Path.Combine(folder.Path, $"case{index}.py"), SourceExport.Write(cases[index].Model, SourceLanguage.Python));
        File.WriteAllBytes(Path.Combine(folder.Path, "x.bin"), MemoryMarshal.AsBytes<double>(cases.SelectMany(item => item.X).ToArray()).ToArray());
        File.WriteAllText(Path.Combine(folder.Path, "main.py"), $"""
            import importlib, warnings
            import numpy as np
            warnings.simplefilter("error")
            x, y, start = np.fromfile("x.bin"), [], 0
            for index, (rows, inputs) in enumerate([{string.Join(", ", cases.Select(item => $"({item.X.Length / item.Model.Inputs}, {item.Model.Inputs})"))}]):
                module = importlib.import_module("case%d" % index)
                result = module.predict(x[start:start + rows * inputs].reshape(rows, inputs))
                assert result.dtype == module.DTYPE, (index, result.dtype)
                y.append(result.astype(np.float64).ravel())
                start += rows * inputs
            np.concatenate(y).tofile("y.bin")
            """);
        (int code, string output) = CommandLineProcess.Run(PythonProgram.Name, ["main.py"], folder.Path);
        Assert.True(code == 0, output);
        Differences.Check(cases, HeaderProgram.Split(cases, Path.Combine(folder.Path, "y.bin")));
    }
}
