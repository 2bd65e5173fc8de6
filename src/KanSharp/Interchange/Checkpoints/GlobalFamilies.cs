using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>ChebyKAN and JacobiKAN: polynomials of tanh x.</summary>
internal sealed class PolynomialFamily(string name, string signature) : ImportFamily
{
    public override string Name => name;

    public override string Signature => signature;

    public override IReadOnlyList<string> Parts => ["arange"];

    public override IReadOnlyList<string> Settings => name == "jacobikan" ? ["alpha", "beta"] : [];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 3;

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes)
    {
        if (name == "chebykan")
            return PublishedLayers.ChebyKan(layer);
        (double? alpha, double? beta) = (settings.Number("alpha", -1), settings.Number("beta", -1));
        if (alpha is null || beta is null)
            notes.Assume("Jacobi polynomials with α = β = 1 (alpha=X and beta=X say otherwise)");
        return PublishedLayers.JacobiKan(layer, alpha ?? 1, beta ?? 1);
    }
}

/// <summary>FourierKAN.</summary>
internal sealed class FourierKanFamily : ImportFamily
{
    public override string Name => "fourierkan";

    public override string Signature => "fouriercoeffs";

    public override IReadOnlyList<string> Parts => ["bias"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 4;

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes) => PublishedLayers.FourierKan(layer);
}

/// <summary>SineKAN.</summary>
internal sealed class SineKanFamily : ImportFamily
{
    public override string Name => "sinekan";

    public override string Signature => "amplitudes";

    public override IReadOnlyList<string> Parts => ["freq", "phase", "bias", "grid_phase", "input_phase"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 3 && layer.Has("freq");

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes) => PublishedLayers.SineKan(layer);
}

/// <summary>KAT: a rational activation; the linear layer after it is found by <see cref="ModuleFinder{T}"/>.</summary>
internal sealed class KatFamily : ImportFamily
{
    public override string Name => "kat";

    public override string Signature => "weight_numerator";

    public override IReadOnlyList<string> Parts => ["weight_denominator"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 2 && layer.RankOf("weight_denominator") == 2;

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes) =>
        throw new InvalidOperationException("A rational activation is read with its linear layer.");
}
