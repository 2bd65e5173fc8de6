using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>BSRBF-KAN: one coefficient for the sum of a spline and a Gaussian.</summary>
internal sealed class BsrbfFamily : ImportFamily
{
    public override string Name => "bsrbf";

    public override string Signature => "spline_weight";

    public override IReadOnlyList<string> Parts => ["base_weight", "grid", "rbf.grid", "layernorm.weight", "layernorm.bias"];

    public override IReadOnlyList<string> Settings => ["base"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 2 && layer.Has("rbf.grid") && layer.Has("layernorm.weight");

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes)
    {
        CheckEven(layer.Take("rbf.grid", 1), notes);
        return PublishedLayers.Bsrbf(layer, settings.Base(notes));
    }
}

/// <summary>FastKAN: Gaussians of layer-normalised inputs.</summary>
internal sealed class FastKanFamily : ImportFamily
{
    public override string Name => "fastkan";

    public override string Signature => "spline_linear.weight";

    public override IReadOnlyList<string> Parts => ["rbf.grid", "layernorm.weight", "layernorm.bias", "base_linear.weight", "base_linear.bias"];

    public override IReadOnlyList<string> Settings => ["base", "width"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 2 && layer.RankOf("rbf.grid") == 1 && !layer.Has("rbf.inv_denominator");

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes)
    {
        CheckEven(layer.Take("rbf.grid", 1), notes);
        double? width = settings.Number("width", 0);
        if (width is null)
            notes.Assume("width of the Gaussians: the distance of their centres (width=X says otherwise)");
        return PublishedLayers.FastKan(layer, layer.Has("base_linear.weight") ? settings.Base(notes) : null, width);
    }
}

/// <summary>FasterKAN: 1 − tanh² of layer-normalised inputs. Its code leaves the stored width out.</summary>
internal sealed class FasterKanFamily : ImportFamily
{
    public override string Name => "fasterkan";

    public override string Signature => "spline_linear.weight";

    public override IReadOnlyList<string> Parts => ["rbf.grid", "rbf.inv_denominator", "layernorm.weight", "layernorm.bias"];

    public override IReadOnlyList<string> Settings => ["published"];

    public override bool Matches<T>(NamedTensors<T> layer) => layer.RankOf(Signature) == 2 && layer.RankOf("rbf.grid") == 1 && layer.Has("rbf.inv_denominator");

    public override KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes)
    {
        bool? published = settings.Truth("published");
        if (published is null)
            notes.Assume("the stored inverse width is left out, as the public code does (published=false follows its documentation)");
        return PublishedLayers.FasterKan(layer, published ?? true);
    }
}
