namespace KanSharp.Bases;

/// <summary>Mother wavelets ψ; each has mean 0 and L2 norm 1.</summary>
public enum WaveletKind
{
    /// <summary>The Mexican hat or Ricker wavelet, 2/(√3·π^¼)·(1 − u²)·e^(−u²/2).</summary>
    MexicanHat,

    /// <summary>The Morlet wavelet, real, ω = 5: c·(cos 5u − e^(−25/2))·e^(−u²/2).</summary>
    Morlet,

    /// <summary>First derivative of a Gaussian, −√2/π^¼·u·e^(−u²/2).</summary>
    DerivativeOfGaussian,

    /// <summary>The Meyer wavelet, in space: the inverse Fourier transform of its smooth band from 2π/3 to 8π/3.</summary>
    Meyer,

    /// <summary>The Shannon wavelet, real: sinc(u/2)·cos(3πu/2) with sinc t = sin πt/(πt).</summary>
    Shannon,
}
