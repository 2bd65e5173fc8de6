using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>A mother wavelet ψ with the sums over a tile of rows × outputs of one input: the loops know the shape, so that arguments and values stay in registers.</summary>
internal abstract class MotherWavelet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The wavelet of the options.</summary>
    public static MotherWavelet<T> Of(WaveletOptions options) => (options.Kind, options.PublishedForm) switch
    {
        (WaveletKind.MexicanHat, false) => new ShapedWavelet<MexicanHatShape, T>(MexicanHatShape.Amplitude),
        (WaveletKind.MexicanHat, true) => new ShapedWavelet<MexicanHatShape, T>(-MexicanHatShape.Amplitude),
        (WaveletKind.DerivativeOfGaussian, false) => new ShapedWavelet<GaussianSlopeShape, T>(GaussianSlopeShape.Amplitude),
        (WaveletKind.DerivativeOfGaussian, true) => new ShapedWavelet<GaussianSlopeShape, T>(1),
        (WaveletKind.Morlet, false) => new ShapedWavelet<MorletShape, T>(MorletShape.Amplitude),
        (WaveletKind.Morlet, true) => new ShapedWavelet<CosineGaussianShape, T>(1),
        (WaveletKind.Meyer, false) => new ShapedWavelet<MeyerShape, T>(1),
        (WaveletKind.Meyer, true) => new ShapedWavelet<MeyerTaperShape, T>(1),
        (_, false) => new ShapedWavelet<ShannonShape, T>(1),
        (_, true) => new ShapedWavelet<SincShape, T>(1),
    };

    /// <summary>values[n] = ψ(u[n]) for whole registers.</summary>
    public abstract void Evaluate<V>(ref T u, ref T values, int length)
        where V : unmanaged, ISimd<V, T>;

    /// <summary>y[n, o] += m[n]·W[o]·v[o]^d·ψ⁽ᵈ⁾((x[n] − τ[o])·v[o]).</summary>
    public abstract void Forward<V>(in WaveletTile<T> tile)
        where V : unmanaged, ISimd<V, T>;

    /// <summary>With g in place of y, adds to the tile's sums; see <see cref="WaveletTile{T}"/>.</summary>
    public abstract void Backward<V>(in WaveletTile<T> tile)
        where V : unmanaged, ISimd<V, T>;
}
