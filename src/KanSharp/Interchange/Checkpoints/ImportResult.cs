using System.Numerics;
using KanSharp.Data;
using KanSharp.Data.Images;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Networks.Images;
using KanSharp.Training;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>A network from another program, and what was found and assumed on the way.</summary>
/// <param name="Network">A <see cref="KanNetwork{T}"/>, or an <see cref="ImageNetwork{T}"/> for the networks of Convolutional-KANs.</param>
/// <param name="Report">What was found, assumed and left out.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record ImportResult<T>(Module<T> Network, ImportReport Report)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The network as a model for tables, without scaling: files of other programs hold none.</summary>
    /// <param name="inputs">Names of the columns; x1, x2 … if null.</param>
    /// <param name="targets">Names of the targets; y, or y1, y2 …, if null.</param>
    /// <exception cref="ArgumentException">The network is for images, or has another number of inputs or outputs than there are names.</exception>
    public TabularModel<T> ToTabularModel(IReadOnlyList<string>? inputs = null, IReadOnlyList<string>? targets = null)
    {
        if (Network is not KanNetwork<T> network)
            throw new ArgumentException("The network reads images; a model for tables needs rows of numbers. Use ToImageModel.");
        string[] columns = [.. inputs ?? Names("x", network.Features)], outputs = [.. targets ?? (network.Widths[^1] == 1 ? ["y"] : Names("y", network.Widths[^1]))];
        if (columns.Length != network.Features || outputs.Length != network.Widths[^1])
            throw new ArgumentException($"The network has {network.Features} inputs and {network.Widths[^1]} outputs; {columns.Length} and {outputs.Length} names were given.");
        var encoding = new TableEncoding(
            [.. columns.Select(column => new FeatureEncoding(column, null, [0]))], new TargetEncoding(TaskKind.Regression, outputs, []), MissingValues.Error, UnknownCategories.Error);
        return new TabularModel<T>(network, encoding, LinearScaling.Identity(columns.Length), LinearScaling.Identity(outputs.Length), notes: Notes);
    }

    /// <summary>The network as a model for images, whose pixels 0 to 255 become −1 to 1, as Convolutional-KANs has it; classes are numbered.</summary>
    /// <exception cref="ArgumentException">The network is for tables.</exception>
    public ImageModel<T> ToImageModel() => Network is ImageNetwork<T> network
        ? new ImageModel<T>(network, ImageNormalization.Half, [.. Names("", network.Shape.Classes, 0)], Notes)
        : throw new ArgumentException("The network reads rows of numbers; use ToTabularModel.");

    private Dictionary<string, string> Notes => new() { ["imported_from"] = Report.Family };

    private static IEnumerable<string> Names(string letter, int count, int first = 1) =>
        Enumerable.Range(first, count).Select(number => letter + number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
