using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Interchange.PyTorch;
using KanSharp.Layers;
using KanSharp.Networks.Images;

namespace KanSharp.Tests.Interchange.Checkpoints;

/// <summary>
/// Checkpoints of every family with random shapes and parameters, in four types of numbers, with prefixes, transposed and shared storages and inside dictionaries of a
/// training run: the family is recognised, and predictions are those of the original.
/// </summary>
public sealed class PythonImportTests(PythonCheckpoints checkpoints) : IClassFixture<PythonCheckpoints>
{
    public static TheoryData<string> Families => [.. CheckpointImport.Families];

    [Theory]
    [MemberData(nameof(Families))]
    public void Predictions_in_double_precision_are_those_of_the_original(string family)
    {
        foreach (PythonCase one in checkpoints.Of(family))
            Check<double>(one, one.Tolerance);
    }

    /// <summary>1e-5 of the size of the outputs, and where a network magnifies rounding errors as much more as it does so.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Predictions_in_single_precision_are_those_of_the_original(string family)
    {
        foreach (PythonCase one in checkpoints.Of(family))
        {
            double[] exact = Predict<double>(one, one.X), moved = Predict<double>(one, [.. one.X.Select(x => x * (1 + 1e-6))]);
            double size = Math.Max(1, one.Y.Max(Math.Abs)), growth = exact.Zip(moved, (left, right) => Math.Abs(left - right)).Max() / (1e-6 * size);
            Check<float>(one, 1e-5 * Math.Max(1, growth));
        }
    }

    /// <summary>A model file keeps what was imported.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Imported_networks_are_saved_and_loaded(string family)
    {
        string file = Path.Combine(checkpoints.Folder, family + ".safetensors");
        foreach (PythonCase one in checkpoints.Of(family).Take(10))
        {
            ImportResult<double> result = CheckpointImport.Read<double>(one.Path, new ImportOptions { Settings = one.Settings });
            Module<double> loaded;
            if (result.Network is ImageNetwork<double>)
            {
                ImageModelFile.Save(file, result.ToImageModel());
                loaded = ImageModelFile.Load<double>(file).Network;
            }
            else
            {
                ModelFile.Save(file, result.ToTabularModel());
                loaded = ModelFile.LoadTabular<double>(file).Network;
            }

            Assert.Equal(Predict(one, one.X, result.Network), Predict(one, one.X, loaded));
        }
    }

    [Theory]
    [InlineData("model.pt", "this file stores a Python object of class torch.nn.modules.linear.Linear; save model.state_dict() instead")]
    [InlineData("legacy.pt", "torch.load(old, weights_only=True) and save it again")]
    [InlineData("protocol4.pt", "pickle protocol 4; protocol 2 is read")]
    [InlineData("script.pt", "TorchScript")]
    public void Files_of_other_forms_say_what_to_do(string file, string message)
    {
        checkpoints.Of("kat");
        Assert.Contains(message, Assert.Throws<ModelFileException>(() => PyTorchFile.Read(Path.Combine(checkpoints.Folder, file))).Message);
    }

    [Fact]
    public void Tensors_of_other_types_are_read()
    {
        checkpoints.Of("kat");
        IReadOnlyList<SafetensorsTensor> tensors = PyTorchFile.Read(Path.Combine(checkpoints.Folder, "kinds.pt")).Tensors;
        Assert.Equal(["a: Int64 [3]", "b: Bool [2]", "c: Float16 []", "d: Float32 [0, 3]"], tensors.Select(tensor => $"{tensor.Name}: {tensor.Type} [{string.Join(", ", tensor.Shape.ToArray())}]"));
        Assert.Equal([0, 1, 2], tensors[0].ToInt64Array());
        Assert.Equal([2.5], tensors[2].ToArray<double>());
    }

    private static void Check<T>(PythonCase one, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] y = Predict<T>(one, one.X);
        Assert.Equal(one.Y.Length, y.Length);
        double size = Math.Max(1, one.Y.Max(Math.Abs));
        for (int index = 0; index < y.Length; index++)
            Assert.True(Math.Abs(y[index] - one.Y[index]) <= tolerance * size, $"{Path.GetFileName(one.Path)}: output {index} is {y[index]:R}, the original gives {one.Y[index]:R}");
    }

    private static double[] Predict<T>(PythonCase one, double[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImportResult<T> result = CheckpointImport.Read<T>(one.Path, new ImportOptions { Settings = one.Settings });
        Assert.Equal(one.Family, result.Report.Family);
        Assert.Empty(result.Report.Unmapped);
        return Predict(one, rows, result.Network);
    }

    private static double[] Predict<T>(PythonCase one, double[] rows, Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> x = new Tensor<double>(new Shape(one.Rows, rows.Length / one.Rows), rows).Cast<T>();
        if (network is ImageNetwork<T> { Shape: var shape })
            x = x.Reshape(new Shape(one.Rows, shape.Channels, shape.Height, shape.Width));
        return [.. network.Predict(x).Span.ToArray().Select(double.CreateChecked)];
    }
}
