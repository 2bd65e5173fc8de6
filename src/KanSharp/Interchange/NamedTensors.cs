using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Interchange;

/// <summary>Tensors by name, as another program stores the parts of a layer, and what is said when one is missing or does not fit.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class NamedTensors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IReadOnlyDictionary<string, (Shape Shape, Func<Tensor<T>> Copy)> _tensors;
    private readonly string _prefix;

    /// <summary>Collects the tensors; they are copied where a layer takes them.</summary>
    /// <param name="tensors">Tensors by full name.</param>
    /// <param name="prefix">What the names of the layer begin with, for example <c>layers.0.</c>; nothing by default.</param>
    public NamedTensors(IReadOnlyDictionary<string, Tensor<T>> tensors, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(prefix);
        _tensors = tensors.ToDictionary(entry => entry.Key, entry => (entry.Value.Shape, new Func<Tensor<T>>(entry.Value.Clone)), StringComparer.Ordinal);
        _prefix = prefix;
    }

    private NamedTensors(IReadOnlyDictionary<string, (Shape Shape, Func<Tensor<T>> Copy)> tensors, string prefix) => (_tensors, _prefix) = (tensors, prefix);

    /// <summary>The tensors of a safetensors file, in the precision of <typeparamref name="T"/>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What the names of the layer begin with; nothing by default.</param>
    public static NamedTensors<T> From(SafetensorsFile file, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        return From(file.Tensors, prefix);
    }

    /// <summary>Stored tensors with different names; numbers are converted where a layer takes them, so that those of no use take no memory.</summary>
    internal static NamedTensors<T> From(IEnumerable<SafetensorsTensor> tensors, string prefix) => new(tensors.ToDictionary(tensor => tensor.Name, Lazily, StringComparer.Ordinal), prefix);

    private static (Shape Shape, Func<Tensor<T>> Copy) Lazily(SafetensorsTensor tensor)
    {
        var shape = new Shape(tensor.Shape.ToArray());
        return (shape, () => new Tensor<T>(shape, tensor.ToArray<T>()));
    }

    /// <summary>The same tensors under a longer prefix.</summary>
    public NamedTensors<T> Below(string prefix) => new(_tensors, _prefix + prefix);

    /// <summary>Whether there is a tensor of that name.</summary>
    internal bool Has(string name) => _tensors.ContainsKey(_prefix + name);

    /// <summary>Axes of a tensor; 0 if there is none of that name.</summary>
    internal int RankOf(string name) => ShapeOf(name)?.Rank ?? 0;

    /// <summary>Shape of a tensor; null if there is none of that name.</summary>
    internal Shape? ShapeOf(string name) => _tensors.TryGetValue(_prefix + name, out (Shape Shape, Func<Tensor<T>> Copy) tensor) ? tensor.Shape : null;

    /// <summary>Copies a tensor into one of the same shape.</summary>
    /// <exception cref="ArgumentException">It is missing, or has another shape.</exception>
    internal void CopyTo(string name, Tensor<T> target)
    {
        Tensor<T> source = Take(name, target.Shape.Rank);
        if (source.Shape != target.Shape)
            throw new ArgumentException($"'{_prefix + name}' has shape {source.Shape}; expected {target.Shape}.");
        source.Span.CopyTo(target.Span);
    }

    /// <summary>A copy of a tensor.</summary>
    /// <exception cref="ArgumentException">It is missing, or has another number of axes.</exception>
    internal Tensor<T> Take(string name, int rank)
    {
        if (!_tensors.TryGetValue(_prefix + name, out (Shape Shape, Func<Tensor<T>> Copy) tensor))
            throw new ArgumentException($"There is no tensor '{_prefix + name}' among {_tensors.Count}: {string.Join(", ", _tensors.Keys.Order(StringComparer.Ordinal).Take(8))}.");
        if (tensor.Shape.Rank != rank)
            throw new ArgumentException($"'{_prefix + name}' has shape {tensor.Shape}; expected {rank} {(rank == 1 ? "axis" : "axes")}.");
        return tensor.Copy();
    }

    /// <summary>A matrix [O, I] as [I, O].</summary>
    internal Tensor<T> Transposed(string name)
    {
        Tensor<T> source = Take(name, 2);
        var target = new Tensor<T>(new Shape(source.Shape[1], source.Shape[0]));
        (int rows, int columns) = (source.Shape[0], source.Shape[1]);
        ReadOnlySpan<T> from = source.Span;
        Span<T> to = target.Span;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                to[column * rows + row] = from[row * columns + column];
        }

        return target;
    }

    /// <summary>[I, O, N] as [I, N, O].</summary>
    internal Tensor<T> FromInputMajor(string name)
    {
        Tensor<T> source = Take(name, 3);
        var target = new Tensor<T>(new Shape(source.Shape[0], source.Shape[2], source.Shape[1]));
        for (int i = 0; i < source.Shape[0]; i++)
        {
            for (int o = 0; o < source.Shape[1]; o++)
            {
                for (int n = 0; n < source.Shape[2]; n++)
                    target[i, n, o] = source[i, o, n];
            }
        }

        return target;
    }

    /// <summary>[O, I·N] or [O, …] in that order of memory, as [I, N, O].</summary>
    internal Tensor<T> Coefficients(string name, int rank, int inputs)
    {
        Tensor<T> source = Take(name, rank);
        int outputs = source.Shape[0], count = inputs < 1 || outputs < 1 ? 0 : source.Shape.Count / outputs / inputs;
        if (count < 1 || count * inputs * outputs != source.Shape.Count)
            throw new ArgumentException($"'{_prefix + name}' has shape {source.Shape}, whose rows are no whole number of functions for {inputs} inputs.");
        var target = new Tensor<T>(new Shape(inputs, count, outputs));
        int length = inputs * count;
        ReadOnlySpan<T> from = source.Span;
        Span<T> to = target.Span;
        for (int o = 0; o < outputs; o++)
        {
            for (int index = 0; index < length; index++)
                to[index * outputs + o] = from[o * length + index];
        }

        return target;
    }
}
