using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>A public implementation: how its layers are told by their tensors, and how they are read.</summary>
internal abstract class ImportFamily
{
    /// <summary>All of them. The first that recognises a layer reads it.</summary>
    public static IReadOnlyList<ImportFamily> All { get; } =
    [
        new EfficientKanFamily(), new BsrbfFamily(), new FasterKanFamily(), new FastKanFamily(), new ReluKanFamily(), new WavKanFamily(),
        new PolynomialFamily("chebykan", "cheby_coeffs"), new PolynomialFamily("jacobikan", "jacobi_coeffs"), new FourierKanFamily(), new SineKanFamily(), new KatFamily(),
    ];

    /// <summary>Name for the user.</summary>
    public abstract string Name { get; }

    /// <summary>The tensor that every layer of the family has.</summary>
    public abstract string Signature { get; }

    /// <summary>Everything a layer may have, beside the signature.</summary>
    public abstract IReadOnlyList<string> Parts { get; }

    /// <summary>Settings.</summary>
    public virtual IReadOnlyList<string> Settings => [];

    /// <summary>Whether a layer with the signature is one of this family.</summary>
    public abstract bool Matches<T>(NamedTensors<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Reads a layer.</summary>
    /// <exception cref="ArgumentException">A tensor does not fit.</exception>
    public abstract KanLinear<T> Read<T>(NamedTensors<T> layer, ImportSettings settings, ImportNotes notes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A normalisation that is part of the layer and follows it; null without.</summary>
    public virtual BatchNorm<T>? NormAfter<T>(NamedTensors<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => null;

    /// <summary>Warns where stored centres are not the even ones that are used in their place.</summary>
    protected static void CheckEven<T>(Tensor<T> centres, ImportNotes notes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double low = double.CreateTruncating(centres.Span[0]), high = double.CreateTruncating(centres.Span[^1]), most = 0;
        for (int index = 0; index < centres.Shape.Count; index++)
            most = Math.Max(most, Math.Abs(low + (high - low) * index / Math.Max(1, centres.Shape.Count - 1) - double.CreateTruncating(centres.Span[index])));
        if (!(most <= 1e-6 * Math.Abs(high - low)))
            notes.Warn(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"stored centres differ from the even ones that are used by up to {most:0.##e+0}; half precision does that"));
    }
}
