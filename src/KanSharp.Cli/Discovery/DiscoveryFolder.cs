using KanSharp.Cli.Output;
using KanSharp.Interchange;
using KanSharp.Plotting;

namespace KanSharp.Cli.Discovery;

/// <summary>The folder that a search writes: a page, its pictures, the formulas as JSON, the formula as a model, and the trained network.</summary>
internal static class DiscoveryFolder
{
    public const string Page = "report.html";

    public static void Save(DiscoveryOutcome outcome, string folder)
    {
        Directory.CreateDirectory(folder);
        var pictures = new DiscoveryPictures(outcome);
        Write("formulas.json", JsonResult.Text(outcome.Members) + "\n");
        foreach ((string name, Scene scene) in pictures.All())
            Write(name + ".svg", scene.ToSvg());
        ModelFile.Save(Path.Combine(folder, "formula.safetensors"), DiscoveryModels.Formula(outcome));
        if (pictures.Network is { } network)
            ModelFile.Save(Path.Combine(folder, "network.safetensors"), network);
        Write(Page, pictures.Report().Write());

        void Write(string name, string text) => OutputFile.Write(Path.Combine(folder, name), text);
    }
}
