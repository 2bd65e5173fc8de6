using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>A family of functions by name, with layer options that work for it.</summary>
public sealed class KanFamily
{
    /// <summary>From so many inputs on sums leave the range of functions that were made for it.</summary>
    private const int ManyInputs = 100;

    private readonly Func<int, KanLinearOptions> _create;

    internal KanFamily(string name, string summary, string sizeMeaning, int defaultSize, Func<int, KanLinearOptions> create)
    {
        (Name, Summary, SizeMeaning, DefaultSize, _create) = (name, summary, sizeMeaning, defaultSize, create);
    }

    /// <summary>The name: <c>gaussian</c>, <c>chebyshev</c> …</summary>
    public string Name { get; }

    /// <summary>What it is, in a line.</summary>
    public string Summary { get; }

    /// <summary>What its size counts: grid intervals, centres, degree, frequencies. Empty where there is nothing to count.</summary>
    public string SizeMeaning { get; }

    /// <summary>The size that is taken if none is given.</summary>
    public int DefaultSize { get; }

    /// <summary>Options of a layer.</summary>
    /// <param name="size">See <see cref="SizeMeaning"/>; <see cref="DefaultSize"/> if null.</param>
    /// <param name="inputs">
    /// Inputs of the network's widest layer. From 100 on, functions that vanish or are bounded outside their range get a batch normalisation, without which sums of so
    /// many terms leave that range; published layers stay as published. Default 0.
    /// </param>
    /// <exception cref="ArgumentException">The size is out of the family's range, or the family has none.</exception>
    public KanLinearOptions Options(int? size = null, int inputs = 0)
    {
        if (size is not null && SizeMeaning.Length == 0)
            throw new ArgumentException($"Family '{Name}' has one function on every edge and no size to choose.", nameof(size));
        KanLinearOptions options = _create(size ?? DefaultSize);
        options.Validate();
        bool leaves = options.Basis is GaussianOptions or SplineGaussianOptions or ReluBumpOptions or PolynomialOptions or GramOptions;
        return leaves && options.Initialization.ScalesWithInputs && inputs >= ManyInputs ? options with { Normalization = InputNormalization.BatchNorm } : options;
    }
}
