using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// An ordinary convolution in one to three dimensions: y_o(p) = b_o + Σ_c Σ_t W_oct·x_c(p·stride + t·dilation − padding), as PyTorch's Conv1d, Conv2d and Conv3d
/// compute it (no kernel is flipped).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Conv<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ConvGeometry? _geometry;

    /// <summary>Creates the layer from its arrays, which become its own.</summary>
    /// <param name="window">The window.</param>
    /// <param name="weight">W, [O, C / groups, kernel ...].</param>
    /// <param name="bias">b, [O]; none if null.</param>
    /// <param name="groups">Groups of channels that do not see each other. Default 1.</param>
    /// <param name="padding">What lies outside the image. Default 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Conv(ConvWindow window, Tensor<T> weight, Tensor<T>? bias = null, int groups = 1, PaddingMode padding = PaddingMode.PadInput)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(weight);
        window.Validate();
        if (weight.Shape.Rank != window.Dimensions + 2 || !weight.Shape.ToArray().Skip(2).SequenceEqual(window.Kernel))
            throw new ArgumentException($"The weight has shape {weight.Shape}; with a window of {ConvWindow.Show(window.Kernel)} it must be [O, C / groups, {string.Join(", ", window.Kernel)}].", nameof(weight));
        if (groups < 1 || weight.Shape[0] % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {weight.Shape[0]} outputs.", nameof(groups));
        if (bias is not null && bias.Shape != new Shape(weight.Shape[0]))
            throw new ArgumentException($"The bias has shape {bias.Shape}; expected [{weight.Shape[0]}].", nameof(bias));
        (Window, Groups, Padding, Weight, Bias) = (window, groups, padding, new Parameter<T>(weight), bias is null ? null : new Parameter<T>(bias));
        Members = Bias is null ? [("weight", Weight)] : [("weight", Weight), ("bias", Bias)];
    }

    /// <summary>The window.</summary>
    public ConvWindow Window { get; }

    /// <summary>Groups of channels.</summary>
    public int Groups { get; }

    /// <summary>What lies outside the image.</summary>
    public PaddingMode Padding { get; }

    /// <summary>Input channels C.</summary>
    public int InputChannels => Weight.Shape[1] * Groups;

    /// <summary>Output channels O.</summary>
    public int OutputChannels => Weight.Shape[0];

    /// <summary>W, [O, C / groups, kernel ...].</summary>
    public Parameter<T> Weight { get; }

    /// <summary>b, [O]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Creates the layer with random values: weights and biases uniform in ±1/√(C / groups · taps), as PyTorch does.</summary>
    /// <param name="inputChannels">C, at least 1.</param>
    /// <param name="outputChannels">O, at least 1.</param>
    /// <param name="window">The window.</param>
    /// <param name="random">Source of the values.</param>
    /// <param name="bias">Whether the layer has a bias. Default true.</param>
    /// <param name="groups">Groups of channels; divides inputs and outputs. Default 1.</param>
    /// <param name="padding">What lies outside the image. Default 0.</param>
    /// <exception cref="ArgumentException">A size is out of its range, or the groups do not divide the channels.</exception>
    public static Conv<T> Create(
        int inputChannels, int outputChannels, ConvWindow window, SplitRandom random, bool bias = true, int groups = 1, PaddingMode padding = PaddingMode.PadInput)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(random);
        if (inputChannels < 1 || outputChannels < 1 || groups < 1 || inputChannels % groups != 0 || outputChannels % groups != 0)
            throw new ArgumentException($"{inputChannels} input and {outputChannels} output channels in {groups} groups; each must be at least 1, and the groups divide both.");
        T bound = T.CreateTruncating(1 / Math.Sqrt((double)inputChannels / groups * window.Taps));
        var weight = new Tensor<T>(new Shape([outputChannels, inputChannels / groups, .. window.Kernel]));
        random.Split("weight").FillUniform(weight.Span, -bound, bound);
        if (!bias)
            return new Conv<T>(window, weight, null, groups, padding);
        var shift = new Tensor<T>(new Shape(outputChannels));
        random.Split("bias").FillUniform(shift.Span, -bound, bound);
        return new Conv<T>(window, weight, shift, groups, padding);
    }

    /// <summary>Computes the convolution.</summary>
    /// <param name="x">Images [N, C, ...]; N may be 0.</param>
    /// <returns>[N, O, ...].</returns>
    /// <exception cref="ArgumentException">The axes or channels do not fit, or the window is larger than the padded image.</exception>
    public override Var<T> Forward(Var<T> x) => Forward(x, Bias);

    /// <summary>Computes the convolution and its derivative, the convolution of the derivative without bias.</summary>
    public override Jet<T> Forward(Jet<T> x) => x.Map(this, static (layer, value) => layer.Forward(value, layer.Bias), static (layer, derivative) => layer.Forward(derivative, null));

    private Var<T> Forward(Var<T> x, Parameter<T>? bias)
    {
        ConvGeometry geometry = ConvInput.Geometry("Conv", x, InputChannels, Window, Padding, ref _geometry);
        return PlainConvNode<T>.Record(x, geometry, Groups, x.Tape.Use(Weight), bias is null ? null : x.Tape.Use(bias));
    }
}
