using System.Numerics;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Models;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Cli.Edits;

/// <summary>The KAN of a model file, which a command measures and changes.</summary>
internal sealed class StoredNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TabularModel<T>? _model;

    private StoredNetwork(KanNetwork<T> network, TabularModel<T>? model) => (Network, _model) = (network, model);

    public KanNetwork<T> Network { get; }

    /// <summary>The network with its columns; for files that were checked to have them.</summary>
    public TabularModel<T> Model => _model ?? throw new InvalidOperationException("The file holds a bare network.");

    public static StoredNetwork<T> Load(ModelPath path, MissingValues? missing)
    {
        if (path.Info.Kind != "kan")
            throw new UserErrorException($"{path.Path} holds an {path.Info.Kind}; this command is for KANs");
        if (!path.Info.IsTabular)
            return new StoredNetwork<T>(ModelFile.LoadKan<T>(path.Path), null);
        TabularModel<T> model = path.Load<T>(missing);
        return new StoredNetwork<T>((KanNetwork<T>)model.Network, model);
    }

    /// <summary>The rows of a table with features and targets.</summary>
    public Dataset<double> Rows(Table table, Terminal terminal)
    {
        FitInput.CheckMissing(table, [.. Model.Encoding.Features.Select(feature => feature.Column), .. Model.Encoding.Target.Columns], Model.Encoding.Missing);
        Dataset<double> rows = Model.Encoding.Encode<double>(table, out EncodingReport report);
        FitNotes.Encoding(report, terminal);
        return rows;
    }

    /// <summary>The model with another network and a note of how it came about.</summary>
    public TabularModel<T> With(Layers.Module<T> network, string edit)
    {
        string before = Model.Notes.TryGetValue("edits", out string? edits) ? edits + "; " : "";
        var notes = new Dictionary<string, string>(Model.Notes) { ["edits"] = before + edit };
        return new TabularModel<T>(network, Model.Encoding, Model.InputScaling, Model.TargetScaling, Model.Units, notes);
    }

    /// <summary>What the model was trained for; null for the loss of numbers, whose root is shown.</summary>
    public Loss? Loss => Model.Task switch
    {
        TabularTask.Regression => null,
        TabularTask.Binary => new BinaryCrossEntropy(),
        _ => new CrossEntropy(),
    };

    /// <summary>Options for training the network further on the grids that it has: least squares for numbers in f64, else AdamW.</summary>
    public FitOptions TrainingOptions(int rows, int epochs)
    {
        bool leastSquares = Model.Task == TabularTask.Regression && typeof(T) == typeof(double);
        FitOptions usual = leastSquares ? new FitOptions { Optimizer = new LevenbergMarquardt() } : TabularDefaults.Training(rows) with { GridUpdates = null, Loss = Loss };
        return usual with { Epochs = epochs };
    }

    /// <summary>Writes the model with another network.</summary>
    public void Save(string file, KanNetwork<T> network, string edit)
    {
        if (_model is null)
            ModelFile.Save(file, network);
        else
            ModelFile.Save(file, With(network, edit));
    }
}
