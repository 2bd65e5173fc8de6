using System.Globalization;
using System.Text;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Networks;
using KanSharp.Tests.Cli;
using KanSharp.Tests.Interchange.PyTorch;

namespace KanSharp.Tests.Parity;

/// <summary>The parameters of the reference cases as checkpoints: recognised and imported, they give the outputs of the public implementations themselves.</summary>
[Trait("Category", "Parity")]
public sealed class VectorImportTests
{
    private static readonly string[] Families = ["efficient-kan", "fast-kan", "relu_kan", "ChebyKAN", "Wav-KAN", "pykan"];

    public static TheoryData<string> Cases
    {
        get
        {
            string[] names = [.. VectorFolder.Cases.Where(name => VectorCase.Load(name) is var vector && Families.Contains(vector.Family) && vector.Kind.Contains("forward", StringComparison.Ordinal)
                && !vector.Config.TryGetProperty("q_dim", out _) && vector.Text("mode", "") != "train" && !Avoids(vector))];
            return names.Length == 0 ? ["(none)"] : [.. names];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_are_those_of_the_reference(string name)
    {
        if (VectorFolder.Path is null)
            Assert.Skip("No reference values: set KANSHARP_VECTORS to a folder of kan-parity/1 files.");
        VectorCase vector = VectorCase.Load(name);
        using var folder = new CliFolder();
        var state = new TorchState();
        foreach (JsonProperty property in Sections(vector).SelectMany(section => section.EnumerateObject()).Where(property => property.Value.ValueKind != JsonValueKind.Null))
            state.From(property.Name, VectorCase.Tensor(property.Value));
        state.Save(folder["m_state"]);
        if (vector.Family == "pykan")
            folder.Write("m_config.yml", Config(vector));
        var network = (KanNetwork<double>)CheckpointImport.Read<double>(folder["m"], new ImportOptions { Settings = Settings(vector) }).Network;
        Tensor<double> x = vector.Tensor("inputs", "x");
        JsonElement outputs = vector.Root.TryGetProperty("eval", out JsonElement eval) ? eval.GetProperty("outputs") : vector.Root.GetProperty("outputs");
        double[] y = network.Predict(x.Reshape(new Shape(x.Shape.Count / network.Features, network.Features))).Span.ToArray();
        Compare.Close<double>("y", VectorCase.Tensor(outputs.GetProperty("y")), y, vector.IsSingle ? 1e-4 : vector.Family == "fast-kan" ? 5e-11 : 1e-12);
    }

    private static bool Avoids(VectorCase vector) => vector.Config.TryGetProperty("singularity_avoiding", out JsonElement flag) && flag.GetBoolean();

    private static IEnumerable<JsonElement> Sections(VectorCase vector)
    {
        yield return vector.Root.GetProperty("params");
        if (vector.Root.TryGetProperty("buffers", out JsonElement buffers))
            yield return buffers;
    }

    private static Dictionary<string, string> Settings(VectorCase vector)
    {
        var settings = new Dictionary<string, string>();
        if (vector.Family == "Wav-KAN")
            settings["wavelet"] = vector.Text("wavelet_type", "");
        if (vector.Family == "relu_kan")
            (settings["g"], settings["k"]) = (Text(vector.Number("g", vector.Number("grid", 5))), Text(vector.Number("k", 3)));
        if (vector.Family == "efficient-kan")
            settings["base"] = vector.Text("base_activation", "SiLU");
        return settings;
    }

    private static string Config(VectorCase vector)
    {
        var text = new StringBuilder($"base_fun_name: {vector.Text("base_fun", "silu")}\n");
        Append("width", vector.Config.GetProperty("width"));
        if (vector.Config.TryGetProperty("mult_arity", out JsonElement arity))
            Append("mult_arity", arity);
        if (vector.Has("expect", "funs_name"))
        {
            for (int layer = 0; layer < vector.Expect.GetProperty("funs_name").GetArrayLength(); layer++)
                Append($"symbolic.funs_name.{Text(layer)}", vector.Expect.GetProperty("funs_name")[layer]);
        }

        return text.ToString();

        // JSON on one line is YAML in flow style
        void Append(string key, JsonElement value) => text.Append(CultureInfo.InvariantCulture, $"{key}: {value.GetRawText().ReplaceLineEndings(" ")}\n");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
