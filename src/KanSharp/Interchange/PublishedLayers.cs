using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Interchange;

/// <summary>
/// Layers from the tensors of public implementations, by the names and layouts of their <c>state_dict</c>. A layer computes what its original computes, including what
/// the original does outside its grid; where a public implementation differs from its own documentation, an argument says which is meant. What is not stored
/// (the base activation, a width) is an argument, too.
/// </summary>
public static partial class PublishedLayers
{
    /// <summary>A layer of efficient-kan (<c>KANLinear</c>): <c>base_weight</c> [O, I], <c>spline_weight</c> [O, I, G + k], <c>grid</c> [I, G + 2k + 1], and <c>spline_scaler</c> [O, I] where it is used.</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="baseActivation">Function of the base branch; SiLU if null.</param>
    /// <exception cref="ArgumentException">A tensor is missing or does not fit.</exception>
    public static KanLinear<T> EfficientKan<T>(NamedTensors<T> tensors, Activation? baseActivation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> knots = tensors.Take("grid", 2), weight = tensors.Take("spline_weight", 3);
        int count = weight.Shape[2], degree = knots.Shape[1] - count - 1;
        bool scaled = tensors.Has("spline_scaler");
        return Build(weight.Shape[1], weight.Shape[0], new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = degree, Intervals = count - degree, Outside = OutsideGrid.Zero },
            BaseActivation = baseActivation ?? Activation.SiLU,
            EdgeScale = scaled,
        }, new KanLinearTensors<T>(
            knots, tensors.Coefficients("spline_weight", 3, weight.Shape[1]), tensors.Transposed("base_weight"), scaled ? tensors.Transposed("spline_scaler") : null, null, null));
    }

    /// <summary>
    /// A layer of fast-kan (<c>FastKANLayer</c>): <c>rbf.grid</c> [N], <c>spline_linear.weight</c> [O, I·N]; <c>layernorm.weight</c> and <c>.bias</c> [I],
    /// <c>base_linear.weight</c> [O, I] and <c>.bias</c> [O] where they are used.
    /// </summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="baseActivation">Function of the base branch; SiLU if null.</param>
    /// <param name="width">Width of the Gaussians; the distance of the centres if null.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> FastKan<T>(NamedTensors<T> tensors, Activation? baseActivation = null, double? width = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        (double low, double high, int count) = Centres(tensors.Take("rbf.grid", 1));
        return Radial(tensors, new GaussianOptions { Centers = count, Low = low, High = high, Width = width }, count, baseActivation ?? Activation.SiLU, []);
    }

    /// <summary>A layer of faster-kan: the names of fast-kan without a base branch, and <c>rbf.inv_denominator</c>.</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="published">Whether the inverse width is left out of the functions, as the public code does; false follows its documentation. Default true, what a checkpoint was trained with.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> FasterKan<T>(NamedTensors<T> tensors, bool published = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> centres = tensors.Take("rbf.grid", 1), inverse = tensors.Take("rbf.inv_denominator", tensors.RankOf("rbf.inv_denominator"));
        (double low, double high, int count) = Centres(centres);
        var options = new Sech2Options { Centers = count, Low = low, High = high };
        return Radial(tensors, options, count, null, [centres, new Tensor<T>(new Shape(1), [published ? T.One : inverse.Span[0]])]);
    }

    /// <summary>
    /// A layer of BSRBF-KAN: <c>layernorm.*</c> [I], <c>base_weight</c> [O, I], <c>spline_weight</c> [O, I·(G + k)], <c>grid</c> [I, G + 2k + 1], <c>rbf.grid</c> [G + k]. Its
    /// knots must be even over the range of the centres, as they are unless somebody moved them.
    /// </summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="baseActivation">Function of the base branch; SiLU if null.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> Bsrbf<T>(NamedTensors<T> tensors, Activation? baseActivation = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> knots = tensors.Take("grid", 2), baseWeight = tensors.Transposed("base_weight");
        (double low, double high, int count) = Centres(tensors.Take("rbf.grid", 1));
        int degree = knots.Shape[1] - count - 1, inputs = knots.Shape[0];
        if (Math.Abs(double.CreateTruncating(knots[0, degree]) - low) > 1e-4 * (high - low) || Math.Abs(double.CreateTruncating(knots[inputs - 1, knots.Shape[1] - 1 - degree]) - high) > 1e-4 * (high - low))
            throw new ArgumentException($"The grid runs from {knots[0, degree]} to {knots[inputs - 1, knots.Shape[1] - 1 - degree]} and the centres from {low} to {high}; both ranges must be the same.", nameof(tensors));
        var options = new KanLinearOptions
        {
            Basis = new SplineGaussianOptions { Degree = degree, Intervals = count - degree, Low = low, High = high },
            BaseActivation = baseActivation ?? Activation.SiLU,
            EdgeScale = false,
            Normalization = InputNormalization.LayerNorm,
        };
        return Build(inputs, baseWeight.Shape[1], options, new KanLinearTensors<T>(null, tensors.Coefficients("spline_weight", 2, inputs), baseWeight, null, null, null)
        {
            Mapping = Normalized(tensors, inputs),
        });
    }

    /// <summary>
    /// A layer of relu_kan (<c>ReLUKANLayer</c>): <c>phase_low</c> and <c>phase_height</c> (or <c>phase_high</c>) [I, G + k], <c>equal_size_conv.weight</c> [O, 1, G + k, I], whose
    /// numbers the original reshapes, not transposes, and <c>.bias</c> [O].
    /// </summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="intervals">G.</param>
    /// <param name="span">k.</param>
    /// <param name="trainPhases">Whether its phases are parameters. Default true.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> ReluKan<T>(NamedTensors<T> tensors, int intervals, int span, bool trainPhases = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> low = tensors.Take("phase_low", 2), high = tensors.Take(tensors.Has("phase_high") ? "phase_high" : "phase_height", 2);
        Tensor<T> coefficients = tensors.Coefficients("equal_size_conv.weight", 4, low.Shape[0]);
        var basis = new ReluBumpOptions { Intervals = intervals, Span = span, TrainPhases = trainPhases, ConstantHeight = false };
        if (low.Shape[1] != basis.Count)
            throw new ArgumentException($"The layer has {low.Shape[1]} bumps for each input; G = {intervals} and k = {span} give {basis.Count}.", nameof(intervals));
        return Build(low.Shape[0], coefficients.Shape[2], Bare(basis) with { Bias = true }, new KanLinearTensors<T>(null, coefficients, null, null, tensors.Take("equal_size_conv.bias", 1), null)
        {
            Family = basis.IsLocal ? [] : [low, high],
        });
    }

    /// <summary>
    /// A layer of Wav-KAN without its batch normalisation: <c>scale</c>, <c>translation</c> and <c>wavelet_weights</c> [O, I]. <c>weight1</c> is dead in the original and left out;
    /// <see cref="WavKanNorm"/> reads the normalisation that follows the layer.
    /// </summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="kind">Its wavelet.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> WavKan<T>(NamedTensors<T> tensors, WaveletKind kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> scale = tensors.Transposed("scale"), translation = tensors.Transposed("translation");
        (int inputs, int outputs) = (scale.Shape[0], scale.Shape[1]);
        KanLinearOptions options = Bare(new WaveletOptions { Kind = kind, PublishedForm = true });
        KanLinearTensors<T> fresh = KanLinear<T>.Create(inputs, outputs, options, new SplitRandom(0)).CopyTensors();
        return Build(inputs, outputs, options, fresh with
        {
            Coefficients = tensors.Transposed("wavelet_weights").Reshape(new Shape(inputs, 1, outputs)),
            Family = [scale, translation, .. fresh.Family.Skip(2)],
        });
    }

    /// <summary>The batch normalisation of a Wav-KAN layer: <c>bn.weight</c>, <c>bn.bias</c>, <c>bn.running_mean</c>, <c>bn.running_var</c>, [O].</summary>
    /// <param name="tensors">The tensors of the layer.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static BatchNorm<T> WavKanNorm<T>(NamedTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var norm = new BatchNorm<T>(tensors.Take("bn.weight", 1).Shape.Count);
        tensors.CopyTo("bn.weight", norm.Weight!.Value);
        tensors.CopyTo("bn.bias", norm.Bias!.Value);
        tensors.CopyTo("bn.running_mean", norm.RunningMean.Value);
        tensors.CopyTo("bn.running_var", norm.RunningVariance.Value);
        return norm;
    }

    /// <summary>A layer of ChebyKAN: <c>cheby_coeffs</c> [I, O, d + 1].</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> ChebyKan<T>(NamedTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Polynomial(tensors, "cheby_coeffs", new PolynomialOptions());

    /// <summary>A layer of JacobiKAN: <c>jacobi_coeffs</c> [I, O, d + 1].</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="alpha">α; default 1.</param>
    /// <param name="beta">β; default 1.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> JacobiKan<T>(NamedTensors<T> tensors, double alpha = 1, double beta = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Polynomial(tensors, "jacobi_coeffs", new PolynomialOptions { Kind = PolynomialKind.Jacobi, Alpha = alpha, Beta = beta });

    /// <summary>A layer of FourierKAN: <c>fouriercoeffs</c> [2, O, I, G], cosines first, and <c>bias</c> [1, O] where it is used.</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> FourierKan<T>(NamedTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> source = tensors.Take("fouriercoeffs", 4);
        (int outputs, int inputs, int frequencies) = (source.Shape[1], source.Shape[2], source.Shape[3]);
        var coefficients = new Tensor<T>(new Shape(inputs, 2 * frequencies, outputs));
        for (int index = 0; index < source.Shape.Count; index++)
        {
            int k = index % frequencies, i = index / frequencies % inputs, o = index / (frequencies * inputs) % outputs, part = index / (frequencies * inputs * outputs);
            coefficients[i, (part * frequencies) + k, o] = source.Span[index];
        }

        Tensor<T>? bias = tensors.Has("bias") ? tensors.Take("bias", 2).Reshape(new Shape(outputs)) : null;
        return Build(inputs, outputs, Bare(new FourierOptions { Frequencies = frequencies }) with { Bias = bias is not null }, new KanLinearTensors<T>(null, coefficients, null, null, bias, null));
    }

    /// <summary>A layer of SineKAN: <c>amplitudes</c> [O, I, N], <c>freq</c> [1, 1, 1, N], <c>phase</c> [1, 1, I, N], <c>bias</c> [1, O].</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> SineKan<T>(NamedTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor<T> amplitudes = tensors.Take("amplitudes", 3), frequencies = tensors.Take("freq", 4), phases = tensors.Take("phase", 4);
        (int outputs, int inputs, int count) = (amplitudes.Shape[0], amplitudes.Shape[1], amplitudes.Shape[2]);
        return Build(inputs, outputs, Bare(new SineOptions { Frequencies = count }) with { Bias = true }, new KanLinearTensors<T>(
            null, tensors.Coefficients("amplitudes", 3, inputs), null, null, tensors.Take("bias", 2).Reshape(new Shape(outputs)), null)
        {
            Family = [frequencies.Reshape(new Shape(count)), phases.Reshape(new Shape(inputs, count))],
        });
    }

    /// <summary>
    /// A rational activation of KAT with the linear layer that follows it: <c>weight_numerator</c> [1, 6], <c>weight_denominator</c> [groups, 4], and the layer's <c>weight</c>
    /// [O, I] and <c>bias</c> [O].
    /// </summary>
    /// <param name="activation">Tensors of the activation.</param>
    /// <param name="linear">Tensors of the linear layer.</param>
    /// <inheritdoc cref="EfficientKan" path="/exception"/>
    public static KanLinear<T> Kat<T>(NamedTensors<T> activation, NamedTensors<T> linear)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentNullException.ThrowIfNull(linear);
        Tensor<T> numerator = activation.Take("weight_numerator", 2), denominator = activation.Take("weight_denominator", 2), weight = linear.Transposed("weight");
        (int inputs, int outputs, int groups) = (weight.Shape[0], weight.Shape[1], denominator.Shape[0]);
        var group = new Tensor<T>(new Shape(inputs));
        for (int input = 0; input < inputs; input++)
            group[input] = T.CreateTruncating((long)input * groups / inputs);
        return Build(inputs, outputs, Bare(new RationalOptions { Groups = groups }) with { Bias = true }, new KanLinearTensors<T>(
            null, weight.Reshape(new Shape(inputs, 1, outputs)), null, null, linear.Take("bias", 1), null)
        {
            Family = [numerator.Reshape(new Shape(numerator.Shape.Count)), denominator, group],
        });
    }
}
