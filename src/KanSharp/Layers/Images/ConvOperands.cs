using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>The functions of one group of channels: a family, and the base branch as a family of one.</summary>
internal readonly record struct ConvFunctions<T>(GlobalBasis<T> Functions, GlobalBasis<T>? Base)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Functions of a channel, the base branch included.</summary>
    public int Count => Functions.Count + (Base is null ? 0 : 1);

    /// <summary>Numbers of the family that may be trained, for so many channels.</summary>
    public int Parameters(int channels) => Functions.SharedParameters + (channels * Functions.FeatureParameters);
}

/// <summary>What the kernels of a convolution work on: y[b, o, p] = bias_o + Σ_c Σ_t Σ_n W[c, n, t, o]·φ_n(squash(x[b, c, place(p, t)])), group by group.</summary>
/// <param name="Geometry">Where outputs look.</param>
/// <param name="Groups">Functions of each group.</param>
/// <param name="X">Inputs [B, C, ...].</param>
/// <param name="Squash">What bounds the inputs of the functions; null for nothing.</param>
/// <param name="RawBase">Whether the base branch sees the inputs as they come.</param>
/// <param name="Weights">W, [groups, C / groups, functions, taps, O / groups].</param>
/// <param name="Bias">[O], or empty.</param>
/// <param name="Batch">B.</param>
/// <param name="Channels">C.</param>
/// <param name="Outputs">O.</param>
internal readonly record struct ConvOperands<T>(
    ConvGeometry Geometry, ConvFunctions<T>[] Groups, Buffer<T> X, Activation? Squash, bool RawBase, Buffer<T> Weights, Buffer<T> Bias, int Batch, int Channels, int Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the only function is the identity: an ordinary convolution.</summary>
    public bool IsPlain { get; } = Groups[0].Base is null && Squash is null && Groups[0].Functions is ActivationBasis<T> { Activation: var only } && only == Activation.Identity;

    /// <summary>Channels of a group.</summary>
    public int GroupChannels => Channels / Groups.Length;

    /// <summary>Outputs of a group.</summary>
    public int GroupOutputs => Outputs / Groups.Length;

    /// <summary>Functions of a channel.</summary>
    public int Count => Groups[0].Count;

    /// <summary>Taps of the window.</summary>
    public int Taps => Geometry.Window.Taps;

    /// <summary>Weights of a group.</summary>
    public int GroupWeights => GroupChannels * Count * Taps * GroupOutputs;
}
