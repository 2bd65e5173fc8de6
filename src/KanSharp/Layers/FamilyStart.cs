using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Draws the arrays of a new layer of another family than B-splines: what the family's publication does, unless the layer's <see cref="KanInitialization"/> says
/// otherwise by its scales (base weights uniform ±<see cref="KanInitialization.BaseScale"/>/√I, edge scale as for splines).
/// </summary>
internal static class FamilyStart
{
    public static KanLinearTensors<T> Draw<T>(int inputs, int outputs, KanLinearOptions options, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanInitialization scheme = options.Initialization;
        double rootInputs = Math.Sqrt(inputs);
        var edges = new Shape(inputs, outputs);
        var coefficients = new Tensor<T>(new Shape(inputs, options.Basis.Count, outputs));
        Tensor<T>[] family = [.. BasisParts.Of(options.Basis, inputs, outputs).Select(part => new Tensor<T>(part.Shape))];
        Tensor<T>? bias = options.Bias ? new Tensor<T>(new Shape(outputs)) : null;
        Fill(options.Basis, coefficients, family, bias, random);
        if (scheme.ScalesWithInputs)
        {
            double square = MeanSquare(options.Basis, inputs, outputs, family);
            Normal(coefficients, scheme.SplineScale / Math.Sqrt(inputs * Math.Max(square, 1e-6)), random.Split("coefficients"));
        }

        return new KanLinearTensors<T>(
            null,
            coefficients,
            options.BaseActivation is null ? null : KanLinearInitializer.Uniform<T>(edges, scheme.BaseMean / rootInputs, scheme.BaseScale / rootInputs, random.Split("base_weight")),
            options.EdgeScale ? KanLinearInitializer.Constant<T>(edges, scheme.SplineScale) : null,
            bias,
            scheme.Sparse ? KanLinearInitializer.SparseMask<T>(inputs, outputs) : options.Mask ? KanLinearInitializer.Constant<T>(edges, 1) : null)
        {
            Family = family,
        };
    }

    /// <summary>Mean over the range of Σ_n φ_n², for the first input.</summary>
    private static double MeanSquare<T>(BasisOptions basis, int inputs, int outputs, Tensor<T>[] family)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Points = 129;
        EdgeBasis<T> functions = EdgeBasis<T>.Create(basis, inputs, outputs, [.. family.Select(tensor => tensor.Clone())]);
        (double low, double high) = functions.Range(0);
        T[] x = [.. Enumerable.Range(0, Points).Select(point => T.CreateTruncating(low + (high - low) * point / (Points - 1)))];
        int count = basis.Count, width = functions is WaveletEdges<T> ? outputs : 1;
        var one = new T[count * width];
        var values = new double[Points * width];
        double sum = 0;
        for (int n = 0; n < count; n++)
        {
            Array.Clear(one);
            one[n * width] = T.One;
            functions.Edges(one, 0, x, values);
            for (int point = 0; point < Points; point++)
                sum += values[point * width] * values[point * width];
        }

        return sum / Points;
    }

    private static void Fill<T>(BasisOptions basis, Tensor<T> coefficients, Tensor<T>[] family, Tensor<T>? bias, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SplitRandom weights = random.Split("coefficients");
        int inputs = coefficients.Shape[0], count = coefficients.Shape[1], outputs = coefficients.Shape[2];
        switch (basis)
        {
            case GaussianOptions:
                // FastKAN: truncated at two, which is twenty deviations away
                Normal(coefficients, 0.1, weights);
                break;
            case Sech2Options bells:
                Bells(bells, family);
                Uniform(coefficients, Math.Sqrt(6.0 / (inputs * count + outputs)), weights);
                break;
            case ReluBumpOptions bumps:
                if (!bumps.IsLocal)
                    Phases(bumps, family);
                double bound = 1 / Math.Sqrt(inputs * count);
                Uniform(coefficients, bound, weights);
                Uniform(bias, bound, random.Split("bias"));
                break;
            case SplineGaussianOptions:
                Uniform(coefficients, 1 / Math.Sqrt(inputs * count), weights);
                break;
            case PolynomialOptions { Kind: PolynomialKind.Monomial }:
                Normal(coefficients, 0.01, weights);
                break;
            case PolynomialOptions:
                Normal(coefficients, 1.0 / (inputs * count), weights);
                break;
            case GramOptions gram:
                for (int n = 2; n <= gram.Degree; n++)
                    family[0][n - 2] = T.CreateTruncating(GramOptions.Classical(n));
                Uniform(coefficients, Math.Sqrt(6.0 / ((inputs + outputs) * count)), weights);
                break;
            case FourierOptions fourier:
                Waves(fourier, coefficients, weights);
                break;
            case SineOptions sine:
                Sines(sine, coefficients, family, bias, weights);
                break;
            case RationalOptions rational:
                Rationals(rational, family);
                Normal(coefficients, 1 / Math.Sqrt(inputs * rational.MeanSquare()), weights);
                break;
            case WaveletOptions wavelet:
                Uniform(coefficients, 1 / Math.Sqrt(inputs), weights);
                family[0].Span.Fill(T.One);
                for (int input = 0; input < inputs && wavelet.HasWindow; input++)
                    family[2][input] = T.CreateTruncating(inputs == 1 ? 1 : 0.54 - 0.46 * Math.Cos(2 * Math.PI * input / (inputs - 1)));
                break;
            default:
                throw new NotSupportedException($"Family '{basis.Family}' has no start.");
        }
    }

    private static void Bells<T>(Sech2Options bells, Tensor<T>[] family)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double step = (bells.High - bells.Low) / (bells.Centers - 1);
        for (int j = 0; j < bells.Centers; j++)
            family[0][j] = T.CreateTruncating(bells.Low + j * step);
        family[1][0] = T.CreateTruncating(bells.InverseWidth ?? 1 / step);
    }

    private static void Phases<T>(ReluBumpOptions bumps, Tensor<T>[] family)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < family[0].Shape.Count; index++)
        {
            double low = bumps.Low + (index % bumps.Count - bumps.Span) * bumps.Step;
            family[0].Span[index] = T.CreateTruncating(low);
            family[1].Span[index] = T.CreateTruncating(low + (bumps.Span + 1) * bumps.Step);
        }
    }

    /// <summary>FourierKAN: normal, over √I and the square of the frequency, or over √(I·G) for all.</summary>
    private static void Waves<T>(FourierOptions fourier, Tensor<T> coefficients, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = coefficients.Shape[0], outputs = coefficients.Shape[2];
        for (int index = 0; index < coefficients.Shape.Count; index++)
        {
            double k = index / outputs % fourier.Frequencies + 1;
            double deviation = fourier.DampedStart ? 1 / (Math.Sqrt(inputs) * k * k) : 1 / Math.Sqrt((double)inputs * fourier.Frequencies);
            coefficients.Span[index] = T.CreateTruncating(deviation * random.NextNormal());
        }
    }

    /// <summary>SineKAN: one amplitude for each edge, over the number of outputs and of the frequency; a bias of 1 over the number of outputs.</summary>
    private static void Sines<T>(SineOptions sine, Tensor<T> coefficients, Tensor<T>[] family, Tensor<T>? bias, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = coefficients.Shape[0], outputs = coefficients.Shape[2];
        for (int k = 1; k <= sine.Frequencies; k++)
            family[0][k - 1] = T.CreateTruncating(sine.StartFrequency(k));
        for (int input = 0; input < inputs; input++)
        {
            for (int k = 1; k <= sine.Frequencies; k++)
                family[1][input, k - 1] = T.CreateTruncating(sine.Phase(k, input, inputs));
            for (int output = 0; output < outputs; output++)
            {
                double amplitude = (sine.IsFirst ? 0.4 * random.NextNormal() : 2 * random.NextDouble() - 1) / outputs;
                for (int k = 1; k <= sine.Frequencies; k++)
                    coefficients[input, k - 1, output] = T.CreateTruncating(amplitude / k);
            }
        }

        bias?.Span.Fill(T.CreateTruncating(1.0 / outputs));
    }

    private static void Rationals<T>(RationalOptions rational, Tensor<T>[] family)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double[] numerator, double[] denominator) = rational.Coefficients();
        for (int n = 0; n < numerator.Length; n++)
            family[0][n] = T.CreateTruncating(numerator[n]);
        for (int index = 0; index < family[1].Shape.Count; index++)
            family[1].Span[index] = T.CreateTruncating(denominator[index % denominator.Length]);
        int inputs = family[2].Shape.Count;
        for (int input = 0; input < inputs; input++)
            family[2][input] = T.CreateTruncating((long)input * Math.Min(rational.Groups, inputs) / inputs);
    }

    private static void Uniform<T>(Tensor<T>? target, double bound, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in target is null ? default : target.Span)
            value = T.CreateTruncating(bound * (2 * random.NextDouble() - 1));
    }

    private static void Normal<T>(Tensor<T> target, double deviation, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in target.Span)
            value = T.CreateTruncating(deviation * random.NextNormal());
    }
}
