using KanSharp.Data;
using KanSharp.Extensions.DependencyInjection;
using KanSharp.Interchange;
using KanSharp.Training;
using Microsoft.Extensions.DependencyInjection;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/serving.md.</summary>
public sealed class ServingSnippets : SnippetTestBase
{
    public ServingSnippets() => ModelFile.Save("model.safetensors", Fitted("diabetes.csv"));

    [Fact]
    public void Rows_by_name()
    {
        // begin snippet: serve-rows
        var services = new ServiceCollection(); // builder.Services in an ASP.NET program
        services.AddKanPredictor("model.safetensors");
        IKanPredictor predictor = services.BuildServiceProvider().GetRequiredService<IKanPredictor>();

        var patient = new Dictionary<string, PredictorCell>
        {
            ["age"] = 59,
            ["sex"] = 2,
            ["bmi"] = 32.1,
            ["bp"] = 101,
            ["s1"] = 157,
            ["s2"] = 93.2,
            ["s3"] = 38,
            ["s4"] = 4,
            ["s5"] = 4.86,
            ["s6"] = 87,
        };
        Console.WriteLine($"{predictor.Predict(patient)["target"]:F0} of {string.Join(", ", predictor.FeatureNames)}");
        // end snippet
        Assert.EndsWith("of age, sex, bmi, bp, s1, s2, s3, s4, s5, s6", Printed.TrimEnd());
        Assert.InRange(double.Parse(Printed.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 50, 350);
    }

    [Fact]
    public void Rows_of_numbers()
    {
        // begin snippet: serve-spans
        KanPredictor predictor = KanPredictor.Load("model.safetensors");
        double[] features = [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.86, 87, 48, 1, 21.6, 87, 183, 103.2, 70, 3, 3.89, 69]; // two rows
        double[] outputs = new double[2];
        predictor.Predict(features, outputs); // no allocation, any number of threads at once
        // end snippet
        Assert.Equal(ModelFile.LoadTabular<float>("model.safetensors").Predict(features), outputs);
        Assert.True(outputs[0] > outputs[1]);
    }

    [Fact]
    public void Several_models()
    {
        File.Copy("model.safetensors", "other.safetensors");
        var services = new ServiceCollection();
        // begin snippet: serve-keyed
        services.AddKanPredictor("progression", "model.safetensors");
        services.AddKanPredictor("trial", "other.safetensors");
        IKanPredictor trial = services.BuildServiceProvider().GetRequiredKeyedService<IKanPredictor>("trial");
        // end snippet
        Assert.Equal(["target"], trial.Targets);
    }

    [Fact]
    public void What_is_wrong_with_a_row()
    {
        KanPredictor predictor = KanPredictor.Load("model.safetensors");
        // begin snippet: serve-errors
        try
        {
            predictor.Predict(new Dictionary<string, PredictorCell> { ["age"] = "unknown" });
        }
        catch (PredictorInputException error)
        {
            Console.WriteLine(error.Message); // row 0, column 'age': the text 'unknown'; expected a finite number
        }
        // end snippet
        Assert.Equal("row 0, column 'age': the text 'unknown'; expected a finite number", Printed.TrimEnd());
    }

    private static TabularModel<float> Fitted(string data)
    {
        var options = new TabularOptions { Hidden = [3] };
        return TabularTrainer.Fit<float>(Csv.Read(data), ["target"], options).Model;
    }
}
