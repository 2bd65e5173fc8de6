using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>The functions of global families.</summary>
internal static class GlobalFamily
{
    /// <summary>The functions, which read the tensors where these are.</summary>
    /// <param name="options">The family.</param>
    /// <param name="tensors">Its tensors as <see cref="BasisParts"/> lists them.</param>
    /// <exception cref="NotSupportedException">The family is not a global one.</exception>
    public static GlobalBasis<T> Create<T>(BasisOptions options, IReadOnlyList<Tensor<T>> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => options switch
        {
            GaussianOptions gaussian => new GaussianBasis<T>(gaussian.Low, gaussian.High, gaussian.Centers, gaussian.Width),
            Sech2Options bells => new Sech2Basis<T>(tensors[0].Array, tensors[1].Array, bells.TrainCenters, bells.TrainWidth),
            ReluBumpOptions bumps => new ReluBumpBasis<T>(
                tensors[0].Array, tensors[1].Array, bumps.Count, 2 * bumps.Power, bumps.ConstantHeight ? null : bumps.StartHeight, bumps.TrainPhases),
            SplineGaussianOptions both => new SplineGaussianBasis<T>(both),
            PolynomialOptions polynomial => new ThreeTermBasis<T>(polynomial.Steps()),
            GramOptions => new GramBasis<T>(tensors.Count == 0 ? [] : tensors[0].Array),
            FourierOptions fourier => new FourierBasis<T>(fourier.Frequencies, fourier.Frequency),
            SineOptions => new SineBasis<T>(tensors[0].Array, tensors[1].Array),
            RationalOptions => new RationalBasis<T>(tensors[0].Array, tensors[1].Array, tensors[2].Array),
            _ => throw new NotSupportedException($"Family '{options.Family}' has no functions here."),
        };
}
