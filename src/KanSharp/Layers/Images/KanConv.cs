using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// A convolution whose every kernel element is a learnable function: y_o(p) = bias_o + Σ_c Σ_t φ_cto(x_c(p·stride + t·dilation − padding)), with
/// φ = m·(w·b + s·Σ_n C_n·B_n) as on the edges of a <see cref="KanLinear{T}"/> (Bodner et al., Convolutional Kolmogorov-Arnold Networks, arXiv 2406.13155). Works on
/// [N, C, L], [N, C, H, W] or [N, C, D, H, W], by the axes of the window.
/// </summary>
/// <remarks>
/// A kernel is kept as a layer from the channels of a group to (place of the window, output): a convolution is that layer at every pixel, its outputs shifted and
/// added. All that is known of layers counts for it: initial values, grid updates, curves of edges, penalties. Functions are evaluated once for a pixel, and
/// neither (pixels × functions) nor (pixels × window) is ever stored, but for wavelets and for layers with a normalisation, noise or dropout of their own, whose
/// (pixels × window × outputs) values are.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class KanConv<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ConvGeometry? _geometry;

    /// <summary>Puts a convolution together; kernels and bias become its own.</summary>
    /// <param name="inputChannels">C.</param>
    /// <param name="outputChannels">O.</param>
    /// <param name="window">The window.</param>
    /// <param name="options">Padding, groups and convention.</param>
    /// <param name="kernels">A layer for each group: from its input channels to taps · outputs of the group, (tap, output) counted output first, without bias.</param>
    /// <param name="bias">[O]; none if null.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public KanConv(int inputChannels, int outputChannels, ConvWindow window, KanConvOptions options, IReadOnlyList<KanLinear<T>> kernels, Parameter<T>? bias = null)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        window.Validate();
        options.Validate(inputChannels, outputChannels);
        (InputChannels, OutputChannels, Window, Options, Kernels, Bias) = (inputChannels, outputChannels, window, options, [.. kernels], bias);
        (int channels, int outputs) = (options.SharedKernels ? 1 : inputChannels / options.Groups, window.Taps * KernelOutputs);
        if (kernels.Count != options.Groups || kernels.Any(kernel => kernel.Inputs != channels || kernel.Outputs != outputs || kernel.Bias is not null))
            throw new ArgumentException($"The convolution needs {options.Groups} kernels from {channels} channels to {outputs} (tap, output) without bias; given are {string.Join(", ", kernels.Select(kernel => $"{kernel.Inputs} → {kernel.Outputs}"))}.", nameof(kernels));
        if (bias is not null && bias.Shape != new Shape(outputChannels))
            throw new ArgumentException($"The bias has shape {bias.Shape}; expected [{outputChannels}].", nameof(bias));
        var members = new List<Member<T>>();
        for (int group = 0; group < kernels.Count; group++)
            members.Add((kernels.Count == 1 ? "kernel" : FormattableString.Invariant($"kernel{group}"), kernels[group]));
        if (bias is not null)
            members.Add(("bias", bias));
        Members = members;
    }

    /// <summary>Input channels C.</summary>
    public int InputChannels { get; }

    /// <summary>Output channels O.</summary>
    public int OutputChannels { get; }

    /// <summary>The window.</summary>
    public ConvWindow Window { get; }

    /// <summary>What the convolution is made of.</summary>
    public KanConvOptions Options { get; }

    /// <summary>A layer for each group: its output tap·outputs + o is the function of a tap to output o of the group; taps are counted row by row.</summary>
    public IReadOnlyList<KanLinear<T>> Kernels { get; }

    /// <summary>Bias [O]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    private int KernelOutputs => Options.SharedKernels ? OutputChannels / InputChannels : OutputChannels / Options.Groups;

    /// <summary>Creates a convolution with fresh parameters.</summary>
    /// <param name="inputChannels">C, at least 1.</param>
    /// <param name="outputChannels">O, at least 1.</param>
    /// <param name="window">The window.</param>
    /// <param name="options">Functions, padding, groups; the defaults if null. <see cref="KanLinearOptions.Bias"/> of the functions gives a bias to each output channel.</param>
    /// <param name="random">Source of the initial values.</param>
    /// <exception cref="ArgumentException">A size or an option is out of its range.</exception>
    public static KanConv<T> Create(int inputChannels, int outputChannels, ConvWindow window, KanConvOptions? options, SplitRandom random)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(random);
        options ??= new KanConvOptions();
        window.Validate();
        options.Validate(inputChannels, outputChannels);
        int channels = options.SharedKernels ? 1 : inputChannels / options.Groups;
        int outputs = options.SharedKernels ? outputChannels / inputChannels : outputChannels / options.Groups;
        var kernels = new KanLinear<T>[options.Groups];
        for (int group = 0; group < kernels.Length; group++)
            kernels[group] = ConvStart.Draw<T>(channels, window.Taps, outputs, options, random.Split((ulong)group));
        return new KanConv<T>(inputChannels, outputChannels, window, options, kernels, options.Functions.Bias ? new Parameter<T>(new Shape(outputChannels)) : null);
    }

    /// <summary>Computes the convolution.</summary>
    /// <param name="x">Images [N, C, ...]; N may be 0.</param>
    /// <returns>[N, O, ...].</returns>
    /// <exception cref="ArgumentException">The axes or channels do not fit, or the window is larger than the padded image.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        ConvGeometry geometry = ConvInput.Geometry("KanConv", x, InputChannels, Window, Options.PaddingMode, ref _geometry);
        Var<T> images = Options.SharedKernels ? ConvInput.ChannelsAlone(x) : x;
        Var<T> y = IsFused(x.Tape) ? Fused(images, geometry) : Spread(new Jet<T>(images, images), geometry, withDerivative: false).Value;
        return Options.SharedKernels ? ConvInput.ChannelsTogether(y, x.Shape[0], OutputChannels, Bias) : y;
    }

    /// <summary>Computes the convolution and its derivative along the direction that the input carries.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        ConvGeometry geometry = ConvInput.Geometry("KanConv", x.Value, InputChannels, Window, Options.PaddingMode, ref _geometry);
        if (!Options.SharedKernels)
            return Spread(x, geometry, withDerivative: true);
        Jet<T> y = Spread(new Jet<T>(ConvInput.ChannelsAlone(x.Value), ConvInput.ChannelsAlone(x.Derivative)), geometry, withDerivative: true);
        return new Jet<T>(ConvInput.ChannelsTogether(y.Value, x.Value.Shape[0], OutputChannels, Bias), ConvInput.ChannelsTogether(y.Derivative, x.Value.Shape[0], OutputChannels, null));
    }

    /// <summary>Whether one node computes all: functions that edges share, of pixels that are not normalised. An observer wants to see the kernels at work.</summary>
    private bool IsFused(Tape<T> tape)
    {
        KanLinearOptions options = Kernels[0].Options;
        bool exact = !tape.Training || (options.EdgeDropout == 0 && options.InputNoise == 0);
        return exact && options.Normalization == InputNormalization.None && tape.Observer is null && Kernels[0].Functions.Dense is not null;
    }

    private Var<T> Fused(Var<T> x, ConvGeometry geometry)
    {
        Var<T>? bias = Bias is null || Options.SharedKernels ? null : x.Tape.Use(Bias);
        return KanConvNode<T>.Record(x, geometry, Kernels, bias, Options.SharedKernels ? KernelOutputs : OutputChannels);
    }

    /// <summary>The kernels at every pixel, shifted and added.</summary>
    private Jet<T> Spread(Jet<T> x, ConvGeometry geometry, bool withDerivative)
    {
        int channels = Kernels[0].Inputs;
        Var<T> pixels = PixelsNode<T>.Record(x.Value, geometry).Transpose(1, 2);
        Var<T> along = withDerivative ? PixelsNode<T>.Record(x.Derivative, geometry).Transpose(1, 2) : pixels;
        var values = new Var<T>[Kernels.Count];
        var derivatives = new Var<T>[Kernels.Count];
        for (int group = 0; group < Kernels.Count; group++)
        {
            Var<T> part = Kernels.Count == 1 ? pixels : pixels.Slice(2, group * channels, channels);
            if (!withDerivative)
            {
                values[group] = FoldNode<T>.Record(Kernels[group].Forward(part), geometry);
                continue;
            }

            Jet<T> y = Kernels[group].Forward(new Jet<T>(part, Kernels.Count == 1 ? along : along.Slice(2, group * channels, channels)));
            (values[group], derivatives[group]) = (FoldNode<T>.Record(y.Value, geometry), FoldNode<T>.Record(y.Derivative, geometry));
        }

        Var<T> sum = Kernels.Count == 1 ? values[0] : Var<T>.Concat(1, values);
        if (Bias is not null && !Options.SharedKernels)
            sum = ConvInput.AddBias(sum, Bias);
        return new Jet<T>(sum, withDerivative ? Kernels.Count == 1 ? derivatives[0] : Var<T>.Concat(1, derivatives) : sum);
    }
}
