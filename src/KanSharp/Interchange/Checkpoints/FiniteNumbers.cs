using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>Refuses networks with parameters that are no numbers: nothing could be predicted with them, and no file of a model may hold them.</summary>
internal static class FiniteNumbers
{
    /// <summary>Checks the tensors that were taken, in the precision of the network, and then what became of them.</summary>
    /// <exception cref="ModelFileException">A number is infinite or NaN; the message has the name that the tensor has in the file.</exception>
    public static void Check<T>(Module<T> network, IEnumerable<SafetensorsTensor> taken, string file)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (SafetensorsTensor tensor in taken)
            Check<T>(tensor.ToArray<T>(), SafetensorsText.WhereTensor(PyTorch.PickleValue.Shortened(tensor.Name)), "holds", file);
        foreach ((string path, Parameter<T> parameter) in network.Parameters())
            Check<T>(parameter.Value.Span, $"parameter '{path}' of the network", "becomes", file);
        foreach ((string path, StateTensor<T> state) in network.States())
            Check<T>(state.Value.Span, $"'{path}' of the network", "becomes", file);
    }

    private static void Check<T>(ReadOnlySpan<T> values, string where, string verb, string file)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value))
                throw new ModelFileException(FormattableString.Invariant($"{verb} {value} in {(typeof(T) == typeof(float) ? "single" : "double")} precision; parameters of a model are finite"), file, where);
        }
    }
}
