using KanSharp.Cli.Models;
using KanSharp.Interchange;
using KanSharp.Interchange.Source;
using KanSharp.Networks;

namespace KanSharp.Cli.Exports;

/// <summary>Source and named tensors of a model file, in the precision that the file has.</summary>
internal static class SourceTargets
{
    /// <summary>Source in a language; the model of a table is exported with its scaling and names.</summary>
    public static string Source(ModelPath model, SourceLanguage language, SourceOptions options) => Convert(() => (model.Info.IsTabular, model.Info.IsSingle) switch
    {
        (true, false) => SourceExport.Write(ModelFile.LoadTabular<double>(model.Path), language, options),
        (true, true) => SourceExport.Write(ModelFile.LoadTabular<float>(model.Path), language, options),
        (false, false) => SourceExport.Write(ModelFile.LoadNetwork<double>(model.Path), language, options),
        _ => SourceExport.Write(ModelFile.LoadNetwork<float>(model.Path), language, options),
    });

    /// <summary>A C header of integers.</summary>
    public static FixedPointSource FixedPoint(ModelPath model, FixedPointOptions options) => Convert(() => model.Info.IsTabular
        ? SourceExport.WriteFixedPoint(ModelFile.LoadTabular<double>(model.Path), options)
        : SourceExport.WriteFixedPoint(ModelFile.LoadNetwork<double>(model.Path), options));

    /// <summary>Tensors of efficient-kan or pykan names of the network, without scaling and names of a table.</summary>
    public static PublishedModel Tensors(ModelPath model, bool pykan) => Convert(() => model.Info.IsSingle
        ? Tensors(ModelFile.LoadKan<float>(model.Path), pykan)
        : Tensors(ModelFile.LoadKan<double>(model.Path), pykan));

    private static PublishedModel Tensors<T>(KanNetwork<T> network, bool pykan)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => pykan ? PublishedTensors.Pykan(network) : PublishedTensors.EfficientKan(network);

    private static TResult Convert<TResult>(Func<TResult> export)
    {
        try
        {
            return export();
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            throw new UserErrorException(Tool.WithoutParameter(error));
        }
    }
}
