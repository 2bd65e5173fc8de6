using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <content>Copies, with other parts where asked for.</content>
public sealed partial class KanLinear<T>
{
    /// <summary>Copies the layer with its parameters and state.</summary>
    public KanLinear<T> Clone() => With(Options, CopyTensors());

    /// <summary>Copies of all that the layer is made of.</summary>
    internal KanLinearTensors<T> CopyTensors() => new(
        Options.IsSpline ? Knots.Value.Clone() : null, Coefficients.Value.Clone(), BaseWeight?.Value.Clone(), EdgeScale?.Value.Clone(), Bias?.Value.Clone(), Mask?.Value.Clone())
    {
        Family = Options.IsSpline ? [] : [.. _functions.Tensors.Select(tensor => tensor.Clone())],
        Mapping = _mapping?.Clone(),
    };

    /// <summary>The same layer with other knots and coefficients, which become its own; all else is copied, frozen parameters stay frozen.</summary>
    internal KanLinear<T> WithGrid(KanLinearOptions options, Tensor<T> knots, Tensor<T> coefficients) =>
        With(options, CopyTensors() with { Knots = knots, Coefficients = coefficients });

    private KanLinear<T> With(KanLinearOptions options, KanLinearTensors<T> tensors)
    {
        var copy = new KanLinear<T>(Inputs, Outputs, options, tensors);
        foreach (((_, Parameter<T> source), (_, Parameter<T> target)) in Parameters().Zip(copy.Parameters()))
            target.Trainable = source.Trainable;
        return copy;
    }
}
