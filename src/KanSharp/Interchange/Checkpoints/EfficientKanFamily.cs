using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>efficient-kan: k and G follow from the shapes.</summary>
internal sealed class EfficientKanFamily : ImportFamily
{
    public override string Name => "efficient-kan";

    public override string Signature => "spline_weight";

    public override IReadOnlyList<string> Parts => ["base_weight", "spline_scaler", "grid"];

    public override IReadOnlyList<string> Settings => ["base"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 3 && layer.Has("base_weight") && layer.Has("grid");

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes) => PublishedLayers.EfficientKan(layer, settings.Base(notes));
}
