using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>Wav-KAN: a wavelet on every edge and a batch normalisation after each layer.</summary>
internal sealed class WavKanFamily : ImportFamily
{
    public override string Name => "wav-kan";

    public override string Signature => "wavelet_weights";

    /// <summary><c>weight1</c> is computed with and thrown away by the original.</summary>
    public override IReadOnlyList<string> Parts => ["scale", "translation", "weight1", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"];

    public override IReadOnlyList<string> Settings => ["wavelet"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 2 && layer.Has("scale") && layer.Has("translation");

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes) => PublishedLayers.WavKan(layer, settings.Wavelet(notes));

    public override BatchNorm<T>? NormAfter<T>(NamedTensors<T> layer) => layer.Has("bn.running_mean") ? PublishedLayers.WavKanNorm(layer) : null;
}
