using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
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
/// neither (pixels × functions) nor (pixels × window) is ever stored. Wavelets, a normalisation, noise or dropout of the layer, derivatives along the input, and observers that want
/// outputs (penalties on samples) are the exceptions: for these the (pixels × window × outputs) values of the kernels are kept.
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
        if (x.Tape.Observer is { WantsOutputs: false } observer)
        {
            for (int group = 0; group < Kernels.Count; group++)
                observer.Enter(Kernels[group], ConvInput.Pixels(ConvInput.Channels(images, group, Kernels.Count)));
        }

        Var<T> y = IsFused(x.Tape) ? Fused(images, geometry) : Spread(images, geometry);
        return Options.SharedKernels ? ConvInput.ChannelsTogether(y, x.Shape[0], OutputChannels, Bias) : y;
    }

    /// <summary>Computes the convolution and its derivative along the direction that the input carries.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        ConvGeometry geometry = ConvInput.Geometry("KanConv", x.Value, InputChannels, Window, Options.PaddingMode, ref _geometry);
        Jet<T> images = Options.SharedKernels ? x.Map(0, static (_, part) => ConvInput.ChannelsAlone(part)) : x;
        var sums = new Jet<T>[Kernels.Count];
        for (int group = 0; group < Kernels.Count; group++)
        {
            Jet<T> part = images.Map((Group: group, Groups: Kernels.Count), static (s, image) => ConvInput.Channels(image, s.Group, s.Groups));
            Jet<T> raw = part.Map(geometry, static (geometry, image) => ConvInput.Places(image, geometry));
            sums[group] = Kernels[group].Contract(Mapped(Kernels[group], part, raw, geometry), raw).Map(geometry, static (geometry, z) => FoldNode<T>.Record(z, geometry));
        }

        Jet<T> y = sums[0];
        for (int group = 1; group < sums.Length; group++)
            y = Jet<T>.Concat(1, y, sums[group]);
        if (Options.SharedKernels)
            y = y.Map((Batch: x.Value.Shape[0], Channels: OutputChannels), static (s, part) => ConvInput.ChannelsTogether(part, s.Batch, s.Channels, null));
        return Bias is null ? y : y.Map(Bias, static (bias, value) => ConvInput.AddBias(value, bias), static (_, derivative) => derivative);
    }

    /// <summary>Whether one node computes all: functions that edges share, of pixels that are not normalised, and nobody who wants to see the kernels' outputs.</summary>
    private bool IsFused(Tape<T> tape)
    {
        KanLinearOptions options = Kernels[0].Options;
        bool exact = !tape.Training || (options.EdgeDropout == 0 && options.InputNoise == 0);
        return exact && options.Normalization == InputNormalization.None && tape.Observer is null or { WantsOutputs: false } && Kernels[0].Functions.Dense is not null;
    }

    private Var<T> Fused(Var<T> x, ConvGeometry geometry)
    {
        Var<T>? bias = Bias is null || Options.SharedKernels ? null : x.Tape.Use(Bias);
        return KanConvNode<T>.Record(x, geometry, Kernels, bias, Options.SharedKernels ? KernelOutputs : OutputChannels);
    }

    /// <summary>The kernels at every pixel, shifted and added.</summary>
    private Var<T> Spread(Var<T> x, ConvGeometry geometry)
    {
        Tape<T> tape = x.Tape;
        var sums = new Var<T>[Kernels.Count];
        for (int group = 0; group < Kernels.Count; group++)
        {
            KanLinear<T> kernel = Kernels[group];
            Var<T> part = ConvInput.Channels(x, group, Kernels.Count);
            if (tape.Training && kernel.Options.InputNoise > 0)
                part = NoiseNode<T>.Record(part, kernel.Options.InputNoise, tape.NextMask());
            Var<T> raw = ConvInput.Places(part, geometry);
            ITapeObserver<T>? observer = tape.Observer is { WantsOutputs: true } wants ? wants : null;
            observer?.Enter(kernel, raw);
            Var<T> z = kernel.Contract(Mapped(kernel, part, raw, geometry), raw);
            observer?.Leave(kernel, raw, z);
            sums[group] = FoldNode<T>.Record(z, geometry);
        }

        return ConvInput.Together(sums, Options.SharedKernels ? null : Bias);
    }

    /// <summary>
    /// What the functions see at all places. A normalisation takes its statistics from the image, not from what is put around it, so that a padded place is 0 after it.
    /// </summary>
    private static Var<T> Mapped(KanLinear<T> kernel, Var<T> image, Var<T> places, ConvGeometry geometry)
    {
        if (kernel.Mapping is not { } mapping)
            return places;
        return mapping.Norm is null ? mapping.Forward(places) : ConvInput.Places(ConvInput.Image(mapping.Forward(ConvInput.Pixels(image)), image.Shape), geometry);
    }

    private static Jet<T> Mapped(KanLinear<T> kernel, Jet<T> image, Jet<T> places, ConvGeometry geometry)
    {
        if (kernel.Mapping is not { } mapping)
            return places;
        if (mapping.Norm is null)
            return mapping.Forward(places);
        Jet<T> mapped = mapping.Forward(image.Map(0, static (_, part) => ConvInput.Pixels(part)));
        return mapped.Map((image.Value.Shape, geometry), static (s, part) => ConvInput.Places(ConvInput.Image(part, s.Shape), s.geometry));
    }
}
