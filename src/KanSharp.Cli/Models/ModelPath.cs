using System.Numerics;
using KanSharp.Cli.Images;
using KanSharp.Cli.Runs;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Training;

namespace KanSharp.Cli.Models;

/// <summary>The model that a command names: a file, or the folder of a run, whose best model is meant.</summary>
internal sealed record ModelPath(string Path, ModelFileInfo Info)
{
    public static ModelPath Open(string path)
    {
        path = FileOf(path);
        if (ImageModelFile.IsImageModel(path))
            throw new UserErrorException($"{path} is an image model; kan evaluate measures it, this command is for models of tables");
        return new ModelPath(path, ModelFile.Inspect(path));
    }

    /// <summary>The file, if it holds an image model; null for other models.</summary>
    public static string? ImageModel(string path)
    {
        path = FileOf(path);
        return ImageModelFile.IsImageModel(path) ? path : null;
    }

    private static string FileOf(string path)
    {
        if (Directory.Exists(path))
        {
            string best = System.IO.Path.Combine(path, "best.safetensors");
            if (!File.Exists(best))
                throw new UserErrorException(RunFolder.Exists(path) || ImageRun.Exists(path) ? $"{path}: the run has no best model yet" : $"{path} is a folder without a run; a model file was expected");
            path = best;
        }

        return File.Exists(path) ? path : throw new UserErrorException($"{path}: there is no such model file (kan fit and kan train write them)");
    }

    /// <summary>Loads the model, with another policy for missing cells where one is given.</summary>
    public TabularModel<T> Load<T>(MissingValues? missing = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TabularModel<T> model = ModelFile.LoadTabular<T>(Path);
        if (missing is null || missing == model.Encoding.Missing)
            return model;
        var encoding = new TableEncoding(model.Encoding.Features, model.Encoding.Target, missing.Value, model.Encoding.Unknown);
        return new TabularModel<T>(model.Network, encoding, model.InputScaling, model.TargetScaling, model.Units, model.Notes);
    }

    /// <summary>The model must know its columns.</summary>
    public ModelPath RequireTabular() => Info.IsTabular
        ? this
        : throw new UserErrorException($"{Path}: the file holds a bare network without column names; a model from kan fit was expected");
}
