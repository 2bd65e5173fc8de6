namespace KanSharp.Data.Images;

/// <summary>A public data set of images.</summary>
/// <param name="Name">Short name, such as "fashion-mnist".</param>
/// <param name="Summary">What it holds, in a few words.</param>
/// <param name="Normalization">The customary normalisation.</param>
/// <param name="ClassNames">Names of the classes.</param>
/// <param name="Files">The files.</param>
public sealed record KnownDataset(
    string Name, string Summary, ImageNormalization Normalization, IReadOnlyList<string> ClassNames, IReadOnlyList<KnownFile> Files)
{
    /// <summary>Bytes to download.</summary>
    public long Size => Files.Sum(file => file.Size);
}
