using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>A bound parameter with its running averages.</summary>
internal sealed class ParameterSlot<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ParameterSlot(string path, Parameter<T> parameter, ParameterGroup? group)
    {
        Path = path;
        Parameter = parameter;
        RateFactor = group?.LearningRateFactor ?? 1;
        Decays = group?.Decays ?? true;
        _ = parameter.GradientArray;
    }

    public string Path { get; }

    public Parameter<T> Parameter { get; }

    public double RateFactor { get; }

    public bool Decays { get; }

    public int Count => Parameter.Shape.Count;

    /// <summary>First running array (momentum, mean of gradients, mean of squares); empty if the rule has none.</summary>
    public T[] First { get; set; } = [];

    /// <summary>Second running array (mean of squares); empty if the rule has none.</summary>
    public T[] Second { get; set; } = [];

    /// <summary>Updates since the averages started; bias corrections depend on it.</summary>
    public long Updates { get; set; }
}
