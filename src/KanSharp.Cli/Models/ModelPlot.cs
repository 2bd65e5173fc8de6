using System.Globalization;
using System.Numerics;
using KanSharp.Cli.Fitting;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Models;

/// <summary>Draws the network of a model or one of its edges.</summary>
internal static class ModelPlot
{
    public static Scene Draw<T>(ModelPath path, Table? data, int[]? edge, double beta, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (path.Info.Kind != "kan")
            throw new UserErrorException($"{path.Path} holds an {path.Info.Kind}; only the edges of a KAN have curves to draw");
        if (path.Info.IsTabular)
            return Tabular(path.Load<T>(), data, edge, beta, terminal);
        if (data is not null)
            throw UserErrorException.Usage($"--data: {path.Path} is a bare network without column names, so a table can not be put in");
        KanNetwork<T> network = ModelFile.LoadKan<T>(path.Path);
        CheckEdge(network, edge);
        return edge is null
            ? (NetworkPictures.Diagram(network) with { Beta = beta }).Draw()
            : NetworkPictures.Edge(network, edge[0], edge[1], edge[2]).Draw();
    }

    private static Scene Tabular<T>(TabularModel<T> model, Table? data, int[]? edge, double beta, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dataset<double>? rows = data is null ? null : Rows(model, data, terminal);
        CheckEdge((KanNetwork<T>)model.Network, edge);
        if (rows is null)
            terminal.Note("note: curves and darkness are taken over the grid; --data DATA.csv takes them over what the data reach");
        return edge is null
            ? (NetworkPictures.Diagram(model, rows) with { Beta = beta }).Draw()
            : NetworkPictures.Edge(model, edge[0], edge[1], edge[2], rows).Draw();
    }

    private static void CheckEdge<T>(KanNetwork<T> network, int[]? edge)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (edge is null)
            return;
        if (edge[0] < network.Stages.Count && edge[1] < network.Stages[edge[0]].Inputs && edge[2] < network.Stages[edge[0]].Subnodes)
            return;
        throw UserErrorException.Usage(string.Create(
            CultureInfo.InvariantCulture,
            $"--edge {string.Join(',', edge)}: the network [{string.Join(", ", network.Widths)}] has no such edge; layer, input and output count from 0"));
    }

    /// <summary>Features alone are needed; the targets may be missing.</summary>
    private static Dataset<double> Rows<T>(TabularModel<T> model, Table table, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] features = model.Encoding.EncodeFeatures<double>(table, out EncodingReport report);
        FitNotes.Encoding(report, terminal);
        if (features.Length == 0)
            throw new UserErrorException($"{table.Name}: there is no row to take curves from");
        return Dataset.Regression(features, model.Encoding.Inputs, new double[features.Length / model.Encoding.Inputs], featureNames: model.Encoding.FeatureNames);
    }
}
