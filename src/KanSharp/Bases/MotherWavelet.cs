using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>A mother wavelet evaluated over a block of arguments.</summary>
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

    /// <summary>ψ⁽ᵈ⁾ of a block.</summary>
    /// <param name="order">d, 0 to 2.</param>
    /// <param name="u">Arguments, whole registers.</param>
    /// <param name="values">Receives them.</param>
    /// <param name="length">Number of arguments, a multiple of the lanes.</param>
    public abstract void Evaluate<V>(int order, ref T u, ref T values, int length)
        where V : unmanaged, ISimd<V, T>;

    /// <summary>ψ⁽ᵈ⁾ and ψ⁽ᵈ⁺¹⁾ of a block.</summary>
    /// <param name="order">d, 0 or 1.</param>
    /// <param name="u">Arguments, whole registers.</param>
    /// <param name="values">Receives ψ⁽ᵈ⁾.</param>
    /// <param name="slopes">Receives ψ⁽ᵈ⁺¹⁾.</param>
    /// <param name="length">Number of arguments, a multiple of the lanes.</param>
    public abstract void Evaluate<V>(int order, ref T u, ref T values, ref T slopes, int length)
        where V : unmanaged, ISimd<V, T>;
}
