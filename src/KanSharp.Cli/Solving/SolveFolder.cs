using KanSharp.Autodiff;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Equations;
using KanSharp.Interchange;
using KanSharp.Plotting;

namespace KanSharp.Cli.Solving;

/// <summary>The folder that solving writes: a page, pictures, the solution on a mesh, and the networks with the problem.</summary>
internal static class SolveFolder
{
    public const string Page = "report.html";

    private const string Mesh = "solution.csv";

    /// <summary>Writes everything.</summary>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Save(string folder, SolveOutcome outcome, Func<Tensor<double>, Tensor<double>>? truth)
    {
        List<string> files = [.. SolutionFolder.Save(folder, outcome.Solution)];
        using (var text = new StringWriter())
        {
            Csv.Write(text, SolutionMesh.Table(outcome.Solution, truth));
            Write(Mesh, text.ToString());
        }

        (string Name, Scene Scene, string Caption)[] pictures = [.. new SolutionPictures(outcome.Solution, truth).All()];
        foreach ((string name, Scene scene, _) in pictures)
            Write(name + ".svg", scene.ToSvg());
        var page = new SolutionPage
        {
            Solution = outcome.Solution,
            Pictures = [.. pictures.Select(picture => (picture.Scene, picture.Caption))],
            Error = outcome.Error,
            Formulas = outcome.Formulas,
            History = outcome.History,
            Notes = outcome.Warnings,
        };
        Write(Page, page.Write());
        return [.. files.Select(file => Path.Combine(folder, file))];

        void Write(string name, string text)
        {
            OutputFile.Write(Path.Combine(folder, name), text);
            files.Add(name);
        }
    }
}
