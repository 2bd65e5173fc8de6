using System.Globalization;
using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>A layer or normalisation of the original, by the beginning of its tensors' names.</summary>
/// <param name="Owner">What the names begin with: <c>layers.0.</c></param>
/// <param name="Index">Place of its first tensor in the file.</param>
/// <param name="Layer">The layer, if it is one.</param>
/// <param name="Norm">A <see cref="LayerNorm{T}"/> or <see cref="BatchNorm{T}"/>; for a layer the one that is part of it and follows it.</param>
internal sealed record FoundModule<T>(string Owner, int Index, KanLinear<T>? Layer, Module<T>? Norm)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The name without the number at its end: <c>layers.</c>, <c>norm</c>.</summary>
    public string Base => Path[..(Path.Length - Digits)];

    /// <summary>The number at its end; null without.</summary>
    public int? Number => Digits is > 0 and < 10 ? int.Parse(Path.AsSpan(Path.Length - Digits), NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether it stands in a list (<c>nn.ModuleList</c>, <c>nn.Sequential</c>).</summary>
    public bool InList => Number is not null && (Base.Length == 0 || Base.EndsWith('.'));

    /// <summary>Features of a normalisation.</summary>
    public int Features => Norm switch { LayerNorm<T> norm => norm.Features, BatchNorm<T> norm => norm.Features, _ => 0 };

    private string Path => Owner.TrimEnd('.');

    private int Digits => Path.Length - Path.AsSpan().TrimEnd("0123456789").Length;
}
