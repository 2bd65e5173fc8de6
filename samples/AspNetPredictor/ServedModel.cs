using System.Reflection;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Training;

namespace AspNetPredictor;

/// <summary>The model that is served where none was named: disease progression of 442 patients from ten measurements.</summary>
internal static class ServedModel
{
    public static void Train(string path)
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream("diabetes.csv")!;
        using var text = new StreamReader(data);
        Table table = Csv.Read(text, name: "diabetes.csv");
        var options = new TabularOptions { Hidden = [3], Units = new Dictionary<string, string> { ["bmi"] = "kg/m²", ["bp"] = "mmHg" } };
        TabularFit<float> fit = TabularTrainer.Fit<float>(table, ["target"], options);
        ModelFile.Save(path, fit.Model);
        Console.WriteLine($"model: {string.Join(", ", fit.Model.Encoding.FeatureNames)} -> target, {fit.Model.Network.CountParameters()} parameters");
    }
}
