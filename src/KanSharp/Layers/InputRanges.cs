using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>Sets the ranges of layers with <see cref="InputNormalization.MinMax"/> from data, in one forward pass.</summary>
public static class InputRanges
{
    /// <summary>Sets them: each layer sees the outputs of the layers already set.</summary>
    /// <param name="module">A network or any module.</param>
    /// <param name="inputs">Samples [N, ...] as the module takes them, finite.</param>
    /// <returns>Number of layers set.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static int Apply<T>(Module<T> module, Tensor<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(inputs);
        if (!module.Modules().OfType<RangeNorm<T>>().Any())
            return 0;
        var setter = new Setter<T>();
        var tape = new Tape<T> { RecordsGradients = false, Observer = setter };
        module.Forward(tape.Constant(inputs));
        return setter.Count;
    }

    private sealed class Setter<T> : ITapeObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Count { get; private set; }

        public void Enter(object layer, Var<T> x)
        {
            if (layer is not KanLinear<T> { Normalization: RangeNorm<T> norm })
                return;
            norm.Fit(x.Values, "inputs");
            Count++;
        }

        public void Leave(object layer, Var<T> x, Var<T> y)
        {
        }
    }
}
