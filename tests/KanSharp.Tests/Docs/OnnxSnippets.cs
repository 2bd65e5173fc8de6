using KanSharp.Data;
using KanSharp.Interchange.Onnx;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;
using Microsoft.ML.OnnxRuntime;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/onnx.md.</summary>
public sealed class OnnxSnippets : SnippetTestBase
{
    [Fact]
    public void Export_and_run()
    {
        // begin snippet: onnx-export
        Table table = Csv.Read("diabetes.csv");
        TabularFit<float> fit = TabularTrainer.Fit<float>(table, ["target"], new TabularOptions { Seed = 0 });
        OnnxExport.Save("diabetes.onnx", fit.Model);
        OnnxExport.Save("network.onnx", KanNetwork<double>.Create([4, 5, 1]), new OnnxOptions { Precision = OnnxPrecision.Single });
        OnnxExport.Save("law.onnx", ["mass", "speed"], [("energy", Expression.Parse("mass*speed^2/2"))]);
        // end snippet
        Assert.All((string[])["network.onnx", "law.onnx"], file => Assert.True(File.Exists(file)));
        // begin snippet: onnx-run
        using InferenceSession session = new("diabetes.onnx");
        float[] rows = [59, 2, 32.1f, 101, 157, 93.2f, 38, 4, 4.8598f, 87]; // one row of ten features
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(rows, [1, 10]);
        using var results = session.Run(new RunOptions(), ["input"], [input], ["output"]);
        float predicted = results[0].GetTensorDataAsSpan<float>()[0];
        // end snippet
        double expected = fit.Model.Predict(Array.ConvertAll(rows, value => (double)value))[0];
        Assert.Equal(expected, predicted, 1e-4 * Math.Abs(expected));
    }
}
