using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>What a layer does to its inputs before its functions see them: normalisation, then a bounded function.</summary>
internal sealed class InputMapping<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Module<T>? _norm;
    private readonly Activation? _squash;

    private InputMapping(Module<T>? norm, InputSquash squash)
    {
        _norm = norm;
        Squash = squash;
        _squash = squash switch { InputSquash.Tanh => Activation.Tanh, InputSquash.Sigmoid => Activation.Sigmoid, _ => null };
    }

    public InputSquash Squash { get; }

    /// <summary>The bounded function; null without.</summary>
    public Activation? SquashFunction => _squash;

    /// <summary>The normalisation, a member of the layer; null without.</summary>
    public Module<T>? Norm => _norm;

    /// <summary>Whether a mapped input depends on its own input alone (outside training).</summary>
    public bool IsElementwise => _norm is not LayerNorm<T>;

    /// <summary>The mapping of fresh layers; null for the identity.</summary>
    public static InputMapping<T>? Create(int inputs, InputNormalization normalization, InputSquash squash)
    {
        Module<T>? norm = normalization switch
        {
            InputNormalization.LayerNorm => new LayerNorm<T>(inputs),
            InputNormalization.BatchNorm => new BatchNorm<T>(inputs),
            InputNormalization.MinMax => new RangeNorm<T>(inputs),
            _ => null,
        };
        return norm is null && squash == InputSquash.None ? null : new InputMapping<T>(norm, squash);
    }

    public Var<T> Forward(Var<T> x)
    {
        if (_norm is not null)
            x = _norm.Forward(x);
        return _squash is null ? x : x.Apply(_squash);
    }

    public Jet<T> Forward(Jet<T> x)
    {
        if (_norm is not null)
            x = _norm.Forward(x);
        return _squash is null ? x : x.Apply(_squash);
    }

    /// <summary>Maps rows without a tape.</summary>
    public void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        if (_norm is null)
            x.CopyTo(y);
        else
            _norm.Evaluate(rows, x, y, executor);
        _squash?.Evaluate(0, y, y, executor.Width);
    }

    /// <summary>Maps values of one input; what <see cref="LayerNorm{T}"/> does to a row must have been done.</summary>
    public T[] Column(int input, ReadOnlySpan<T> x)
    {
        T[] mapped = x.ToArray();
        switch (_norm)
        {
            case BatchNorm<T> batch:
                T deviation = T.Sqrt(batch.RunningVariance.Value[input] + T.CreateTruncating(batch.Epsilon));
                foreach (ref T value in mapped.AsSpan())
                {
                    value = (value - batch.RunningMean.Value[input]) / deviation;
                    if (batch.Weight is not null)
                        value = value * batch.Weight.Value[input] + batch.Bias!.Value[input];
                }

                break;
            case RangeNorm<T> range:
                foreach (ref T value in mapped.AsSpan())
                    value = (value - range.Center.Value[input]) * range.Scale.Value[input];
                break;
        }

        _squash?.Evaluate(0, mapped, mapped, SimdWidths.Best);
        return mapped;
    }

    /// <summary>The inputs that a mapping sends to the ends of a range: for pictures. Where a bounded function never gets there, ±3 of its argument.</summary>
    public (double Low, double High) Inverse(int input, (double Low, double High) range)
    {
        if (Squash != InputSquash.None)
            range = (-3, 3);
        switch (_norm)
        {
            case BatchNorm<T> batch:
                double deviation = Math.Sqrt(double.CreateTruncating(batch.RunningVariance.Value[input]) + batch.Epsilon);
                double weight = batch.Weight is null ? 1 : double.CreateTruncating(batch.Weight.Value[input]);
                double bias = batch.Bias is null ? 0 : double.CreateTruncating(batch.Bias.Value[input]);
                double mean = double.CreateTruncating(batch.RunningMean.Value[input]);
                if (Math.Abs(weight) < 1e-6)
                    return (mean - deviation, mean + deviation);
                double left = mean + (range.Low - bias) / weight * deviation, right = mean + (range.High - bias) / weight * deviation;
                return (Math.Min(left, right), Math.Max(left, right));
            case RangeNorm<T> ranges:
                double center = double.CreateTruncating(ranges.Center.Value[input]), scale = double.CreateTruncating(ranges.Scale.Value[input]);
                return (center + range.Low / scale, center + range.High / scale);
            default:
                return range;
        }
    }

    /// <summary>The mapping of chosen inputs.</summary>
    public InputMapping<T> Subset(ReadOnlySpan<int> inputs)
    {
        int count = inputs.Length;
        Module<T>? norm = _norm switch
        {
            LayerNorm<T> layer => new LayerNorm<T>(count, layer.Epsilon, layer.Weight is not null),
            BatchNorm<T> batch => new BatchNorm<T>(count, batch.Epsilon, batch.Momentum, batch.Weight is not null),
            RangeNorm<T> => new RangeNorm<T>(count),
            _ => null,
        };
        if (norm is null)
            return new InputMapping<T>(null, Squash);
        int[] chosen = inputs.ToArray();
        foreach (((_, Parameter<T> from), (_, Parameter<T> to)) in _norm!.Parameters().Zip(norm.Parameters()))
        {
            to.Trainable = from.Trainable;
            Copy(from.Value, to.Value);
        }

        foreach (((_, StateTensor<T> from), (_, StateTensor<T> to)) in _norm.States().Zip(norm.States()))
            Copy(from.Value, to.Value);
        return new InputMapping<T>(norm, Squash);

        void Copy(Tensor<T> from, Tensor<T> to)
        {
            for (int index = 0; index < chosen.Length; index++)
                to[index] = from[chosen[index]];
        }
    }

    public InputMapping<T> Clone() => Subset(Enumerable.Range(0, Features).ToArray());

    private int Features => _norm switch { LayerNorm<T> layer => layer.Features, BatchNorm<T> batch => batch.Features, RangeNorm<T> range => range.Features, _ => 0 };
}
