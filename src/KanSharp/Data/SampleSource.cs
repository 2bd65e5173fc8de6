using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Data;

/// <summary>
/// Samples that are made when they are needed instead of lying in memory as numbers: images kept as bytes, files, anything that can say what sample
/// i is. What is read depends on the sample and the epoch alone, so that training can be resumed and repeated exactly.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class SampleSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The epoch that asks for samples as they are, without random changes: what validation and prediction read.</summary>
    public const int Plain = -1;

    /// <summary>Number of samples, at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>Shape of one sample, such as [channels, height, width] or [features].</summary>
    public abstract Shape SampleShape { get; }

    /// <summary>Whether samples change from epoch to epoch (default no). Optimisers that take all samples at once need those that stay.</summary>
    public virtual bool ChangesWithEpoch => false;

    /// <summary>
    /// What the samples depend on, in words. Stands in checkpoints: a run is only resumed with a source that says the same.
    /// </summary>
    public abstract string Description { get; }

    /// <summary>Writes samples one after the other, row-major. Called from several threads at once.</summary>
    /// <param name="rows">The samples wanted, each 0 to <see cref="Count"/>−1; may repeat.</param>
    /// <param name="epoch">The epoch from 0, or <see cref="Plain"/>.</param>
    /// <param name="target">Room for exactly the values of these samples.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another length, or a row does not exist.</exception>
    public abstract void Read(ReadOnlySpan<int> rows, int epoch, Span<T> target);
}
