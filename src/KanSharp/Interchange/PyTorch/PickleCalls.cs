using KanSharp.Data;

namespace KanSharp.Interchange.PyTorch;

/// <summary>
/// The calls that a checkpoint of tensors consists of, by name: an ordered dictionary, a tensor from a storage, a parameter, and a tensor of another type. What they
/// would do is written here as construction of a value; every other name is refused.
/// </summary>
internal static class PickleCalls
{
    private static readonly PickleValue.Name OrderedDict = new("collections", "OrderedDict");
    private static readonly PickleValue.Name RebuildTensor = new("torch._utils", "_rebuild_tensor_v2");
    private static readonly PickleValue.Name RebuildParameter = new("torch._utils", "_rebuild_parameter");
    private static readonly PickleValue.Name RebuildType = new("torch._tensor", "_rebuild_from_type_v2");
    private const int MostAxes = 16;

    /// <summary>The value of a call; null with a reason where it is none of the known ones.</summary>
    public static PickleValue? Call(PickleValue.Name name, IReadOnlyList<PickleValue> arguments, out string? problem)
    {
        problem = null;
        if (name == OrderedDict)
        {
            if (arguments.Count == 0)
                return new PickleValue.Dict([]);
            problem = "an ordered dictionary is made from arguments";
            return null;
        }

        if (name == RebuildTensor)
            return Tensor(arguments, out problem);
        if (name == RebuildParameter)
        {
            if (arguments is [PickleValue.Tensor tensor, ..] && arguments.Count == 3)
                return tensor;
            problem = "a parameter is made of something else than a tensor";
            return null;
        }

        // the function, the type, its arguments and a state: unwrapped once, so that there is no nesting
        if (name == RebuildType && arguments is [PickleValue.Name inner, PickleValue.Name, PickleValue.Tuple { Items: var items }, _] && (inner == RebuildTensor || inner == RebuildParameter))
            return Call(inner, items, out problem);
        problem = $"this file stores a Python object of class {name.Full}; save model.state_dict() instead";
        return null;
    }

    /// <summary>('storage', class, key, place, elements); null for anything else.</summary>
    public static PickleValue? Persistent(PickleValue value) =>
        value is PickleValue.Tuple { Items: [PickleValue.Text { Value: "storage" }, PickleValue.Name type, PickleValue.Text key, PickleValue.Text, PickleValue.Int { Value: >= 0 } count] }
        && TypeOf(type) is { } element
            ? new PickleValue.Storage(element, key.Value, count.Value)
            : null;

    private static PickleValue.Tensor? Tensor(IReadOnlyList<PickleValue> arguments, out string? problem)
    {
        problem = "a tensor is not made of storage, offset, size and strides";
        if (arguments is not [PickleValue.Storage storage, PickleValue.Int offset, PickleValue.Tuple { Items: var size }, PickleValue.Tuple { Items: var strides }, PickleValue.Bool, ..]
            || arguments.Count is not (6 or 7) || size.Count != strides.Count)
        {
            return null;
        }

        if (size.Count > MostAxes)
        {
            problem = $"a tensor has {size.Count} axes; at most {MostAxes} are read";
            return null;
        }

        if (!size.Concat(strides).Append(offset).All(number => number is PickleValue.Int { Value: >= 0 }))
        {
            problem = "a size, stride or offset of a tensor is negative or no integer";
            return null;
        }

        problem = null;
        return new PickleValue.Tensor(storage, offset.Value, Numbers(size), Numbers(strides));
    }

    private static long[] Numbers(IReadOnlyList<PickleValue> values) => [.. values.Select(value => ((PickleValue.Int)value).Value)];

    private static ElementType? TypeOf(PickleValue.Name type) => type.Module is not "torch" ? null : type.Member switch
    {
        "DoubleStorage" => ElementType.Float64,
        "FloatStorage" => ElementType.Float32,
        "HalfStorage" => ElementType.Float16,
        "BFloat16Storage" => ElementType.BFloat16,
        "LongStorage" => ElementType.Int64,
        "IntStorage" => ElementType.Int32,
        "ShortStorage" => ElementType.Int16,
        "CharStorage" => ElementType.Int8,
        "ByteStorage" => ElementType.UInt8,
        "BoolStorage" => ElementType.Bool,
        _ => null,
    };
}
