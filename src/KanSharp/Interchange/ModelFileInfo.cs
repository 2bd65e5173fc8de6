namespace KanSharp.Interchange;

/// <summary>What a model file holds.</summary>
/// <param name="Kind">Kind of network: "kan" or "mlp".</param>
/// <param name="IsTabular">Whether column names and scaling are in it.</param>
/// <param name="IsSingle">Whether the numbers are 32 bits wide.</param>
/// <param name="File">Tensors and metadata.</param>
public sealed record ModelFileInfo(string Kind, bool IsTabular, bool IsSingle, SafetensorsFile File);
