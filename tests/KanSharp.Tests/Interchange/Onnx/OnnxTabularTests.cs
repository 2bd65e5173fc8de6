using KanSharp.Data;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx;
using KanSharp.Interchange.Onnx.Messages;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange.Onnx;

/// <summary>Models for tables: scaling, original units, probabilities and labels.</summary>
public class OnnxTabularTests
{
    private static readonly LinearScaling s_scaling = new([3, -40, 0.01], [2, 15, 0.003]);

    [Fact]
    public void Regression_is_in_original_units()
    {
        Check<double>(Model<double>(new TargetEncoding(TaskKind.Regression, ["a", "b"], []), new LinearScaling([100, -3], [25, 0.1])), 1e-12);
        Check<float>(Model<float>(new TargetEncoding(TaskKind.Regression, ["a", "b"], []), new LinearScaling([100, -3], [25, 0.1])), 1e-5);
        Check<double>(Model<double>(new TargetEncoding(TaskKind.Regression, ["a"], []), new LinearScaling([100], [25])), 1e-12);
    }

    [Fact]
    public void Two_classes_have_probabilities_and_labels()
    {
        Check<double>(Model<double>(new TargetEncoding(TaskKind.Classification, ["c"], ["no", "yes"]), null), 1e-12);
        Check<float>(Model<float>(new TargetEncoding(TaskKind.Classification, ["c"], ["no", "yes"]), null), 1e-5);
    }

    [Fact]
    public void More_classes_have_probabilities_and_labels()
    {
        Check<double>(Model<double>(new TargetEncoding(TaskKind.Classification, ["c"], ["red", "green", "blue", "grey"]), null), 1e-12);
        Check<float>(Model<float>(new TargetEncoding(TaskKind.Classification, ["c"], ["red", "green", "blue", "grey"]), null), 1e-5);
    }

    private static TabularModel<T> Model<T>(TargetEncoding target, LinearScaling? scaling)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var encoding = new TableEncoding([new FeatureEncoding("a", null, [0]), new FeatureEncoding("b", null, [0]), new FeatureEncoding("c", null, [0])], target, MissingValues.Mean, UnknownCategories.Zeros);
        int outputs = target.Classes.Count == 2 ? 1 : target.Outputs;
        KanNetwork<T> network = KanNetwork<T>.Create([3, 4, outputs], new KanLinearOptions { Initialization = new KanInitialization { NoiseScale = 3 } }, seed: 4);
        return new TabularModel<T>(network, encoding, s_scaling, scaling, new Dictionary<string, string> { ["a"] = "m/s" }, new Dictionary<string, string> { ["origin"] = "test" });
    }

    private static void Check<T>(TabularModel<T> model, double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(8);
        double[] rows = new double[3 * 200];
        for (int index = 0; index < rows.Length; index++)
            rows[index] = (float)(s_scaling.Center[index % 3] + (1.2 * s_scaling.Spread[index % 3] * random.NextNormal()));
        LoweredModel lowered = ModelLowering.Of(model);
        byte[] file = OnnxRun.File(lowered, OnnxPrecision.Model);
        double[] expected = model.Predict(rows), actual = OnnxRun.First(file, rows, 3);
        int width = lowered.Outputs;
        for (int column = 0; column < width; column++)
        {
            double difference = OnnxCases.Difference([.. expected.Where((_, index) => index % width == column)], [.. actual.Where((_, index) => index % width == column)]);
            Assert.True(difference < tolerance, $"{typeof(T).Name}: {difference}");
        }

        Dictionary<string, string> metadata = ModelProto.Parser.ParseFrom(file).MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal("""["a","b","c"]""", metadata["kan.features"]);
        Assert.Equal("""{"origin":"test"}""", metadata["kan.notes"]);
        Assert.Equal("""{"a":"m/s"}""", metadata["kan.units"]);
        if (model.Task == TabularTask.Regression)
            return;
        Assert.Equal($"[{string.Join(',', model.Classes.Select(label => $"\"{label}\""))}]", metadata["kan.classes"]);
        Assert.Equal(width, lowered.OutputNames.Count);
        Assert.Equal(Enumerable.Range(0, 200).Select(row => (long)actual.AsSpan(row * width, width).IndexOf(actual.AsSpan(row * width, width).ToArray().Max())), OnnxRun.Labels(file, rows, 3));
    }
}
