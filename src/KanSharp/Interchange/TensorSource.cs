using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;

namespace KanSharp.Interchange;

/// <summary>Takes tensors of expected shapes from a file.</summary>
internal sealed class TensorSource(SafetensorsFile file, string? fileName)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Numbers in all tensors of the file.</summary>
    public long Count { get; } = file.Tensors.Sum(tensor => (long)tensor.Count);

    /// <summary>The tensor of that name in precision T.</summary>
    /// <exception cref="ModelFileException">It is missing, of another shape, not of floating-point numbers, or holds NaN or infinity.</exception>
    public Tensor<T> Take<T>(string name, Shape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string where = $"tensor '{name}'";
        if (!file.TryGet(name, out SafetensorsTensor? tensor))
            throw new ModelFileException("missing", fileName, where);
        _taken.Add(name);
        if (!tensor.Shape.SequenceEqual(shape.ToArray()))
            throw new ModelFileException($"has shape [{string.Join(", ", tensor.Shape.ToArray())}]; the structure needs {shape}", fileName, where);
        if (tensor.Type is not (ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64))
            throw new ModelFileException($"holds {tensor.Type}; floating-point numbers are needed", fileName, where);
        T[] values = tensor.ToArray<T>();
        foreach (T value in values)
        {
            if (!T.IsFinite(value))
                throw new ModelFileException($"holds {value}; model parameters are finite", fileName, where);
        }

        return new Tensor<T>(shape, values);
    }

    /// <summary>Refuses tensors that nobody took: they would be lost when the model is saved again.</summary>
    /// <exception cref="ModelFileException">There is one; the message names the first.</exception>
    public void RequireAllTaken()
    {
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            if (!_taken.Contains(tensor.Name))
                throw new ModelFileException("the structure does not name it; a model file holds the tensors of its structure and no others", fileName, SafetensorsText.WhereTensor(tensor.Name));
        }
    }

    /// <summary>Refuses a structure that claims more numbers than the file holds.</summary>
    /// <exception cref="ModelFileException">The file is too small.</exception>
    public void RequireAtLeast(long count)
    {
        if (count > Count)
            throw new ModelFileException($"the structure needs {count} numbers; the file holds {Count}", fileName, "spec");
    }
}
