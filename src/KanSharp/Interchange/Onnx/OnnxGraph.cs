using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using KanSharp.Interchange.Onnx.Messages;

namespace KanSharp.Interchange.Onnx;

/// <summary>A graph under construction: nodes in topological order with names of their own, and constants, of which equal small ones are stored once.</summary>
/// <param name="isSingle">Whether numbers are stored and computed in single precision; otherwise in double precision.</param>
internal sealed class OnnxGraph(bool isSingle)
{
    private readonly Dictionary<double, OnnxValue> _scalars = [];
    private readonly Dictionary<string, OnnxValue> _integers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private int _constants;

    /// <summary>What a value comes from, where that matters.</summary>
    private enum Kind
    {
        Other,
        SingleNumber,
        MatrixProduct,
        Multiple,
    }

    /// <summary>Whether numbers are of single precision.</summary>
    public bool IsSingle { get; } = isSingle;

    /// <summary>The type of its numbers.</summary>
    public TensorProto.Types.DataType NumberType => IsSingle ? TensorProto.Types.DataType.Float : TensorProto.Types.DataType.Double;

    /// <summary>Nodes and constants so far.</summary>
    public GraphProto Proto { get; } = new() { Name = "kan" };

    /// <summary>Bytes of the constants.</summary>
    public long ConstantBytes { get; private set; }

    /// <summary>Put before the names of what is added, such as <c>layer0</c>.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Adds a node with one result.</summary>
    public OnnxValue Node(string type, params ReadOnlySpan<OnnxValue> inputs) => Node(type, [], inputs);

    /// <summary>Adds a node with attributes and one result, which has the name of the node.</summary>
    public OnnxValue Node(string type, ReadOnlySpan<AttributeProto> attributes, params ReadOnlySpan<OnnxValue> inputs)
    {
        Kind kind = KindOf(type, inputs);
        Kind apart = IsSingle ? Kind.Other : kind switch { Kind.Multiple => Kind.MatrixProduct, Kind.MatrixProduct => Kind.Multiple, _ => Kind.Other };
        string[] names = [.. inputs.ToArray().Select(input => apart != Kind.Other && Of(input) == apart ? Node("Sum", input).Name : input.Name)];
        string name = Named(type, Proto.Node.Count);
        var node = new NodeProto { Name = name, OpType = type };
        node.Input.Add(names);
        node.Output.Add(name);
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        Proto.Node.Add(node);
        if (kind != Kind.Other)
            _kinds.Add(name, kind);
        return new OnnxValue(this, name);
    }

    /// <summary>A number.</summary>
    public OnnxValue Constant(double value)
    {
        ref OnnxValue scalar = ref CollectionsMarshal.GetValueRefOrAddDefault(_scalars, value, out bool known);
        if (!known)
            scalar = Store([value], []);
        return scalar;
    }

    /// <summary>Numbers, row-major.</summary>
    public OnnxValue Constant(ReadOnlySpan<double> values, params ReadOnlySpan<int> sizes) => Store(values, sizes);

    /// <summary>Whole numbers, [count].</summary>
    public OnnxValue Integers(params ReadOnlySpan<long> values)
    {
        string key = string.Join(',', values.ToArray());
        if (!_integers.TryGetValue(key, out OnnxValue known))
        {
            known = Integers(values, values.Length);
            _integers.Add(key, known);
        }

        return known;
    }

    /// <summary>Whole numbers, row-major.</summary>
    public OnnxValue Integers(ReadOnlySpan<long> values, params ReadOnlySpan<int> sizes) =>
        Add(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values).ToArray(), sizes);

    /// <summary>The attribute of a whole number.</summary>
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>The attribute of a word.</summary>
    public static AttributeProto Attribute(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    /// <summary>The attribute of a list of whole numbers.</summary>
    public static AttributeProto Attribute(string name, long[] values) => new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    /// <summary>
    /// ONNX Runtime takes a constant factor before or after a matrix product into an operator of its own, FusedMatMul, whose factor is of single precision even where
    /// all else is of double precision. A sum of one term, which is the term itself, keeps the two apart.
    /// </summary>
    private Kind KindOf(string type, ReadOnlySpan<OnnxValue> inputs) => type switch
    {
        "MatMul" => Kind.MatrixProduct,
        "Mul" or "Div" when Of(inputs[0]) == Kind.SingleNumber || Of(inputs[1]) == Kind.SingleNumber => Kind.Multiple,
        _ => Kind.Other,
    };

    private Kind Of(OnnxValue value) => _kinds.GetValueOrDefault(value.Name);

    private OnnxValue Store(ReadOnlySpan<double> values, ReadOnlySpan<int> sizes)
    {
        if (!IsSingle)
            return Add(NumberType, MemoryMarshal.AsBytes(values).ToArray(), sizes);
        byte[] bytes = new byte[values.Length * sizeof(float)];
        Span<float> singles = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int index = 0; index < values.Length; index++)
            singles[index] = (float)values[index];
        return Add(NumberType, bytes, sizes);
    }

    private OnnxValue Add(TensorProto.Types.DataType type, byte[] bytes, ReadOnlySpan<int> sizes)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX files are written on little-endian machines.");
        string name = Named("constant", _constants++);
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (int size in sizes)
            tensor.Dims.Add(size);
        ConstantBytes += bytes.Length;
        if (bytes.Length <= sizeof(double))
            _kinds.Add(name, Kind.SingleNumber);
        Proto.Initializer.Add(tensor);
        return new OnnxValue(this, name);
    }

    private string Named(string what, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scope}{(Scope.Length > 0 ? "/" : "")}{what}_{number}");
}
