using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Interchange.Lowering;

/// <summary>The functions of a layer without their options.</summary>
internal static class BasisLowering
{
    /// <summary>The functions.</summary>
    /// <param name="layer">The layer.</param>
    public static LoweredBasis Of<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IReadOnlyList<Tensor<T>> own = layer.Functions.Tensors;
        return layer.Options.Basis switch
        {
            BSplineOptions spline => new SplineBasis(spline.Degree, spline.Intervals, Numbers(layer.Knots.Value), spline.Outside == OutsideGrid.Linear),
            GaussianOptions gaussian => Gaussians<T>(gaussian.Low, gaussian.High, gaussian.Centers, gaussian.Width),
            Sech2Options => new Sech2Functions(Numbers(own[0]), double.CreateTruncating(own[1][0])),
            ReluBumpOptions bumps => Bumps(bumps, layer.Inputs, own),
            SplineGaussianOptions both => new SplineGaussianFunctions(
                new SplineBasis(both.Degree, both.Intervals, UniformKnots<T>(both), false), Gaussians<T>(both.Low, both.High, both.Count, null)),
            PolynomialOptions polynomial => Recurrence(polynomial.Steps()),
            GramOptions => Recurrence([(1, 0, 0), .. own.SelectMany(beta => Numbers(beta)).Select(beta => (1.0, 0.0, beta))]),
            FourierOptions fourier => Waves(fourier, layer.Inputs),
            SineOptions => new WaveFunctions(Numbers(own[0]), Numbers(own[1])),
            RationalOptions => new RationalFunction(Numbers(own[0]), Array.ConvertAll(Numbers(own[1]), Math.Abs), Array.ConvertAll(Numbers(own[2]), group => (int)group)),
            WaveletOptions wavelet => Wavelets(wavelet, own),
            BasisOptions other => throw new NotSupportedException($"Functions of family '{other.Family}' can not be exported."),
        };
    }

    /// <summary>A tensor in double precision.</summary>
    public static double[] Numbers<T>(Tensor<T> tensor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numbers = new double[tensor.Shape.Count];
        for (int index = 0; index < numbers.Length; index++)
            numbers[index] = double.CreateTruncating(tensor.Span[index]);
        return numbers;
    }

    /// <summary>Centres and width rounded as the layer has them.</summary>
    private static GaussianFunctions Gaussians<T>(double low, double high, int count, double? width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double spacing = (high - low) / (count - 1);
        return new GaussianFunctions([.. Enumerable.Range(0, count).Select(n => Rounded<T>(low + (n * spacing)))], Rounded<T>(1 / (width ?? spacing)));
    }

    private static double[] UniformKnots<T>(SplineGaussianOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var knots = new T[options.Intervals + (2 * options.Degree) + 1];
        KnotVector.Uniform<T>(options.Low, options.High, options.Intervals, options.Degree, knots);
        return Array.ConvertAll(knots, knot => double.CreateTruncating(knot));
    }

    private static BumpFunctions Bumps<T>(ReluBumpOptions options, int inputs, IReadOnlyList<Tensor<T>> own)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = options.Count;
        var low = new double[inputs * count];
        var high = new double[inputs * count];
        for (int index = 0; index < low.Length; index++)
        {
            (low[index], high[index]) = own.Count > 0
                ? (double.CreateTruncating(own[0].Span[index]), double.CreateTruncating(own[1].Span[index]))
                : (options.Low + (((index % count) - options.Span) * options.Step), options.Low + (((index % count) + 1) * options.Step));
        }

        var height = new double[low.Length];
        for (int index = 0; index < height.Length; index++)
            height[index] = options.ConstantHeight ? 4 / ((high[index] - low[index]) * (high[index] - low[index])) : options.StartHeight;
        return new BumpFunctions(count, low, high, height, 2 * options.Power);
    }

    private static RecurrenceFunctions Recurrence((double A, double B, double C)[] steps) =>
        new([.. steps.Select(step => step.A)], [.. steps.Select(step => step.B)], [.. steps.Select(step => step.C)]);

    private static WaveFunctions Waves(FourierOptions options, int inputs)
    {
        IEnumerable<double> multiples = Enumerable.Range(1, options.Frequencies).Select(k => k * options.Frequency);
        double[] phase = [.. Enumerable.Repeat(Math.PI / 2, options.Frequencies), .. new double[options.Frequencies]];
        return new WaveFunctions([.. multiples, .. multiples], [.. Enumerable.Repeat(phase, inputs).SelectMany(row => row)]);
    }

    private static WaveletFunctions Wavelets<T>(WaveletOptions options, IReadOnlyList<Tensor<T>> own)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] inverse = Array.ConvertAll(
            Numbers(own[0]), scale => 1 / (Math.Abs(scale) < WaveletOptions.LeastScale ? Math.CopySign(WaveletOptions.LeastScale, scale) : scale));
        double amplitude = (options.Kind, options.PublishedForm) switch
        {
            (WaveletKind.MexicanHat, false) => MexicanHatShape.Amplitude,
            (WaveletKind.MexicanHat, true) => -MexicanHatShape.Amplitude,
            (WaveletKind.DerivativeOfGaussian, false) => GaussianSlopeShape.Amplitude,
            (WaveletKind.Morlet, false) => MorletShape.Amplitude,
            _ => 1,
        };
        return new WaveletFunctions(new LoweredWavelet(options.Kind, options.PublishedForm, amplitude), inverse, Numbers(own[1]));
    }

    private static double Rounded<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => double.CreateTruncating(T.CreateTruncating(value));
}
