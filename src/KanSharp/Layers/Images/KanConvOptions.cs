using KanSharp.Bases;

namespace KanSharp.Layers.Images;

/// <summary>What a <see cref="KanConv{T}"/> is made of, beside its window.</summary>
public sealed record KanConvOptions
{
    /// <summary>
    /// The functions on the edges, with branches and initialisation, as for a <see cref="KanLinear{T}"/>: an edge leads from a place of the window in one channel to
    /// an output channel. Functions of a channel share their grid over the window. Default cubic B-splines as efficient-kan has them.
    /// </summary>
    public KanLinearOptions Functions { get; init; } = new();

    /// <summary>What lies outside the image. Default <see cref="PaddingMode.PadInput"/>.</summary>
    public PaddingMode PaddingMode { get; init; }

    /// <summary>Groups of channels that do not see each other; divides inputs and outputs. Default 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>
    /// The first convention of Convolutional-KANs: the kernels of one input channel are used for each input channel alone, and their outputs are not added up. O is then
    /// C·kernels, output o = channel·kernels + kernel. Default false.
    /// </summary>
    public bool SharedKernels { get; init; }

    /// <summary>
    /// Whether every input channel starts as if it were the only one (Convolutional-KANs); otherwise initial values keep the size of sums over all channels and places,
    /// the default.
    /// </summary>
    public bool ChannelsStartAlone { get; init; }

    /// <summary>Options with the given functions and defaults for the rest.</summary>
    public static implicit operator KanConvOptions(KanLinearOptions functions) => new() { Functions = functions };

    /// <summary>Options with the given family and defaults for the rest; see <see cref="KanFamilies.Around"/>.</summary>
    public static implicit operator KanConvOptions(BasisOptions basis) => new() { Functions = basis };

    /// <summary>Checks the values for a layer.</summary>
    /// <param name="inputs">Input channels C.</param>
    /// <param name="outputs">Output channels O.</param>
    /// <exception cref="ArgumentException">A value is out of its range or does not fit the channels.</exception>
    internal void Validate(int inputs, int outputs)
    {
        ArgumentNullException.ThrowIfNull(Functions);
        Functions.Validate();
        if (inputs < 1 || outputs < 1)
            throw new ArgumentException($"A convolution has at least 1 input and 1 output channel, not {inputs} and {outputs}.");
        if (!Enum.IsDefined(PaddingMode))
            throw new ArgumentException($"PaddingMode is {PaddingMode}; use the values that are defined.");
        if (Groups < 1 || inputs % Groups != 0 || outputs % Groups != 0)
            throw new ArgumentException($"{Groups} groups do not divide {inputs} input and {outputs} output channels.");
        if (Functions.Normalization == InputNormalization.LayerNorm && (SharedKernels || inputs == Groups))
            throw new ArgumentException("LayerNorm over the channels of a pixel leaves nothing of a single channel; take InputNormalization.BatchNorm, or a family that does not normalise rows (gaussian in place of fastkan, sech2 for fasterkan, spline-gaussian for bsrbf).");
        if (SharedKernels && (Groups > 1 || outputs % inputs != 0))
            throw new ArgumentException($"Shared kernels need 1 group and a number of output channels that is a multiple of the {inputs} input channels, not {Groups} and {outputs}.");
    }
}
