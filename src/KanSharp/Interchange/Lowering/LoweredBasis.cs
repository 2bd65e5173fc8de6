using KanSharp.Bases;

namespace KanSharp.Interchange.Lowering;

/// <summary>The functions on the edges of a lowered layer. Values of φ are those of docs/families.md.</summary>
/// <param name="Count">Functions of an input, N; 1 for wavelets, whose functions belong to edges.</param>
internal abstract record LoweredBasis(int Count);

/// <summary>B-splines of a degree on knots of each input.</summary>
/// <param name="Degree">k.</param>
/// <param name="Intervals">G.</param>
/// <param name="Knots">[I, G + 2k + 1], row-major.</param>
/// <param name="LinearOutside">Whether the sum continues along its tangents outside the inner knots, t_k and t_{G+k}; otherwise every B-spline keeps its support and vanishes beyond it.</param>
internal sealed record SplineBasis(int Degree, int Intervals, double[] Knots, bool LinearOutside) : LoweredBasis(Intervals + Degree);

/// <summary>exp(−((x − Centers_n)·InverseWidth)²).</summary>
internal sealed record GaussianFunctions(double[] Centers, double InverseWidth) : LoweredBasis(Centers.Length);

/// <summary>sech²((x − Centers_n)·InverseWidth).</summary>
internal sealed record Sech2Functions(double[] Centers, double InverseWidth) : LoweredBasis(Centers.Length);

/// <summary>(Height_in·(High_in − x)·(x − Low_in))^Power where Low_in &lt; x &lt; High_in, else 0; all arrays are [I, N].</summary>
internal sealed record BumpFunctions(int Bumps, double[] Low, double[] High, double[] Height, int Power) : LoweredBasis(Bumps);

/// <summary>The sum of the n-th B-spline (uniform knots, the same for all inputs, zero outside) and the n-th Gaussian.</summary>
/// <param name="Splines">B-splines with one row of knots.</param>
/// <param name="Gaussians">Gaussians, as many.</param>
internal sealed record SplineGaussianFunctions(SplineBasis Splines, GaussianFunctions Gaussians) : LoweredBasis(Gaussians.Count);

/// <summary>P_0 = 1, P_{n+1} = (A_n·x + B_n)·P_n − C_n·P_{n−1} with P_{−1} = 0.</summary>
/// <param name="A">[N − 1].</param>
/// <param name="B">[N − 1].</param>
/// <param name="C">[N − 1].</param>
internal sealed record RecurrenceFunctions(double[] A, double[] B, double[] C) : LoweredBasis(A.Length + 1);

/// <summary>sin(Frequency_n·x + Phase_in): Fourier series (cosines have the phase π/2) and SineKAN.</summary>
/// <param name="Frequency">[N].</param>
/// <param name="Phase">[I, N].</param>
internal sealed record WaveFunctions(double[] Frequency, double[] Phase) : LoweredBasis(Frequency.Length);

/// <summary>F(x) = Σ_{n=0..5} Numerator_n·xⁿ / (1 + Σ_{n=1..4} Denominator_gn·|x|ⁿ), g = Group_i; the denominators are not negative.</summary>
/// <param name="Numerator">[6].</param>
/// <param name="Denominator">[groups, 4], magnitudes.</param>
/// <param name="Group">[I].</param>
internal sealed record RationalFunction(double[] Numerator, double[] Denominator, int[] Group) : LoweredBasis(1);

/// <summary>ψ((x − Translation_io)·InverseScale_io) with a mother wavelet ψ; a window over the inputs is in the coefficients.</summary>
/// <param name="Mother">ψ.</param>
/// <param name="InverseScale">[I, O].</param>
/// <param name="Translation">[I, O].</param>
internal sealed record WaveletFunctions(LoweredWavelet Mother, double[] InverseScale, double[] Translation) : LoweredBasis(1);

/// <summary>A mother wavelet, Amplitude·shape(u).</summary>
/// <param name="Kind">Which one.</param>
/// <param name="PublishedForm">The form of the public code, see <see cref="WaveletOptions.PublishedForm"/>.</param>
/// <param name="Amplitude">What the plain shape is multiplied by.</param>
internal sealed record LoweredWavelet(WaveletKind Kind, bool PublishedForm, double Amplitude);
