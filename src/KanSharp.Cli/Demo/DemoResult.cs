using KanSharp.Cli.Fitting;
using KanSharp.Cli.Runs;
using KanSharp.Data;
using KanSharp.Plotting;

namespace KanSharp.Cli.Demo;

/// <summary>What one demonstration came to.</summary>
internal sealed record DemoResult(DemoCase Case, FitSettings Settings, FitOutcome<float> Kan, FitOutcome<float> Mlp, OutcomePictures<float> KanPictures)
{
    private const int Side = 8, Shown = 24;
    private const double Darkest = 16;

    public string Measure => Kan.Error.Regression is null ? "accuracy" : "RMSE";

    public string ConstantName => Kan.Error.Regression is null ? "always the most frequent class" : "always the mean";

    public IEnumerable<(string Name, FitOutcome<float> Outcome)> Models() => [("KAN", Kan), ("MLP", Mlp)];

    /// <summary>The pictures with the last part of their file names.</summary>
    public IEnumerable<(string Name, Scene Scene)> Pictures()
    {
        yield return ("network", KanPictures.Network!);
        yield return ("loss", KanPictures.Loss);
        foreach (Scene scene in KanPictures.Errors)
            yield return (Kan.Error.Regression is null ? "confusion" : "parity", scene);
        if (Kan.Rows.Inputs == Side * Side)
            yield return ("images", Images());
        foreach ((string name, Scene scene) in Edges())
            yield return (name, scene);
    }

    /// <summary>Curves of the strongest edges of the two most important inputs.</summary>
    private IEnumerable<(string Name, Scene Scene)> Edges()
    {
        NetworkDiagram diagram = NetworkPictures.Diagram(Kan.Fit.Model, Kan.Fit.Problem.Split.Train);
        foreach (DiagramEdge edge in diagram.Edges.Where(edge => edge.Layer == 0).OrderByDescending(edge => edge.Score).DistinctBy(edge => edge.From).Take(2))
        {
            EdgeChart chart = NetworkPictures.Edge(Kan.Fit.Model, 0, edge.From, edge.To, Kan.Fit.Problem.Split.Train);
            yield return ($"edge-{diagram.InputNames[edge.From]}-{edge.To}", chart.Draw());
        }
    }

    /// <summary>Test digits: the mistakes first, then right ones.</summary>
    private Scene Images()
    {
        Dataset<double> rows = Kan.Rows;
        int[] predicted = [.. Enumerable.Range(0, rows.Count).Select(Predicted)];
        int[] classes = rows.Classes.ToArray();
        IEnumerable<int> shown = Enumerable.Range(0, rows.Count).OrderBy(row => predicted[row] == classes[row]).Take(Shown);
        return new ImageGrid
        {
            Title = "Test digits: mistakes first",
            Images =
            [
                .. shown.Select(row => new GridImage
                {
                    Rows = Side,
                    Columns = Side,
                    Pixels = [.. rows.Features.Slice(row * Side * Side, Side * Side).ToArray().Select(value => value / Darkest)],
                    Predicted = rows.ClassLabels[predicted[row]],
                    Actual = rows.ClassLabels[classes[row]],
                }),
            ],
        }.Draw();
    }

    private int Predicted(int row)
    {
        ReadOnlySpan<double> shares = Kan.Predictions.AsSpan(row * Kan.Rows.Outputs, Kan.Rows.Outputs);
        int best = 0;
        for (int label = 1; label < shares.Length; label++)
            best = shares[label] > shares[best] ? label : best;
        return best;
    }
}
