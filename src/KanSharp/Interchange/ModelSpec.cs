using KanSharp.Data;
using KanSharp.Layers;

namespace KanSharp.Interchange;

/// <summary>The structure of a model as a model file states it.</summary>
/// <param name="Kind">"kan" or "mlp".</param>
/// <param name="Layers">Layers of a KAN, input first; empty otherwise.</param>
/// <param name="Widths">Nodes per level of an MLP; empty otherwise.</param>
/// <param name="Activation">Activation of an MLP; null otherwise.</param>
/// <param name="Frozen">Paths of parameters that are not trained.</param>
/// <param name="Tabular">Columns and scaling; null for a bare network.</param>
internal sealed record ModelSpec(
    string Kind,
    IReadOnlyList<KanLayerSpec> Layers,
    IReadOnlyList<int> Widths,
    string? Activation,
    IReadOnlyList<string> Frozen,
    TabularSpec? Tabular);

/// <summary>One KAN layer.</summary>
internal sealed record KanLayerSpec(int Inputs, int Outputs, KanLinearOptions Options);

/// <summary>What a model for tables has beside its network.</summary>
internal sealed record TabularSpec(
    TableEncoding Encoding,
    LinearScaling InputScaling,
    LinearScaling? TargetScaling,
    IReadOnlyDictionary<string, string> Units,
    IReadOnlyDictionary<string, string> Notes);
