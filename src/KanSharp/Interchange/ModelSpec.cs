using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Interchange;

/// <summary>The structure of a model as a model file states it.</summary>
/// <param name="Kind">"kan" or "mlp".</param>
/// <param name="Layers">Layers of a KAN, input first; empty otherwise.</param>
/// <param name="Widths">Nodes per level of an MLP; empty otherwise.</param>
/// <param name="Activation">Activation of an MLP; null otherwise.</param>
/// <param name="Frozen">Paths of parameters that are not trained.</param>
/// <param name="Selection">Columns that a KAN reads of wider rows; null for all.</param>
/// <param name="Tabular">Columns and scaling; null for a bare network.</param>
internal sealed record ModelSpec(
    string Kind,
    IReadOnlyList<KanLayerSpec> Layers,
    IReadOnlyList<int> Widths,
    string? Activation,
    IReadOnlyList<string> Frozen,
    SelectionSpec? Selection,
    TabularSpec? Tabular);

/// <summary>Columns that are read of wider rows.</summary>
internal sealed record SelectionSpec(int Features, IReadOnlyList<int> Columns);

/// <summary>One KAN layer.</summary>
/// <param name="Inputs">Inputs of the numeric edges.</param>
/// <param name="Outputs">Outputs of the numeric edges.</param>
/// <param name="Options">Their options.</param>
/// <param name="Symbolic">Symbolic edges; none if empty.</param>
/// <param name="Nodes">What becomes of the outputs; null if they are the nodes.</param>
internal sealed record KanLayerSpec(int Inputs, int Outputs, KanLinearOptions Options, IReadOnlyList<SymbolicEdge> Symbolic, LevelShape? Nodes);

/// <summary>What a model for tables has beside its network.</summary>
internal sealed record TabularSpec(
    TableEncoding Encoding,
    LinearScaling InputScaling,
    LinearScaling? TargetScaling,
    IReadOnlyDictionary<string, string> Units,
    IReadOnlyDictionary<string, string> Notes);
