using KanSharp.Interchange.Onnx.Messages;

namespace KanSharp.Interchange.Onnx;

/// <summary>A tensor of a graph under construction; operators add nodes. Sizes follow NumPy's rules for broadcasting.</summary>
internal readonly record struct OnnxValue(OnnxGraph Graph, string Name)
{
    public static OnnxValue operator +(OnnxValue a, OnnxValue b) => a.Graph.Node("Add", a, b);

    public static OnnxValue operator +(OnnxValue a, double b) => a + a.Graph.Constant(b);

    public static OnnxValue operator +(double a, OnnxValue b) => b.Graph.Constant(a) + b;

    public static OnnxValue operator -(OnnxValue a, OnnxValue b) => a.Graph.Node("Sub", a, b);

    public static OnnxValue operator -(OnnxValue a, double b) => a - a.Graph.Constant(b);

    public static OnnxValue operator -(double a, OnnxValue b) => b.Graph.Constant(a) - b;

    public static OnnxValue operator -(OnnxValue a) => a.Graph.Node("Neg", a);

    public static OnnxValue operator *(OnnxValue a, OnnxValue b) => a.Graph.Node("Mul", a, b);

    public static OnnxValue operator *(OnnxValue a, double b) => a * a.Graph.Constant(b);

    public static OnnxValue operator *(double a, OnnxValue b) => b.Graph.Constant(a) * b;

    public static OnnxValue operator /(OnnxValue a, OnnxValue b) => a.Graph.Node("Div", a, b);

    public static OnnxValue operator /(OnnxValue a, double b) => a / a.Graph.Constant(b);

    public static OnnxValue operator /(double a, OnnxValue b) => b.Graph.Constant(a) / b;

    /// <summary>Whether it is below a number, a tensor of truth values.</summary>
    public OnnxValue Below(double bound) => Graph.Node("Less", this, Graph.Constant(bound));

    /// <summary>Whether it is above a number.</summary>
    public OnnxValue Above(double bound) => Graph.Node("Greater", this, Graph.Constant(bound));

    /// <summary>Of truth values: one or the other value.</summary>
    public OnnxValue Choose(OnnxValue yes, OnnxValue no) => Graph.Node("Where", this, yes, no);

    /// <summary>Not below the bound; unlike with Max, of which ONNX does not say it, NaN stays NaN.</summary>
    public OnnxValue AtLeast(OnnxValue bound) => Graph.Node("Less", this, bound).Choose(bound, this);

    /// <inheritdoc cref="AtLeast(OnnxValue)"/>
    public OnnxValue AtLeast(double bound) => AtLeast(Graph.Constant(bound));

    /// <summary>Not above the bound; NaN stays NaN.</summary>
    public OnnxValue AtMost(OnnxValue bound) => Graph.Node("Greater", this, bound).Choose(bound, this);

    /// <inheritdoc cref="AtMost(OnnxValue)"/>
    public OnnxValue AtMost(double bound) => AtMost(Graph.Constant(bound));

    /// <summary>Truth values to 0 and 1.</summary>
    public OnnxValue ToNumber() => Graph.Node("Cast", [OnnxGraph.Attribute("to", (long)Graph.NumberType)], this);

    /// <summary>Zeros of the same size.</summary>
    public OnnxValue Zeros()
    {
        OnnxValue zero = Graph.Constant(0);
        return Graph.Node("Equal", this, this).Choose(zero, zero);
    }

    /// <summary>Zeros of the same size, but NaN where it is NaN.</summary>
    public OnnxValue Vanished() => Graph.Node("Equal", this, this).Choose(Graph.Constant(0), this);

    /// <summary>The matrix product.</summary>
    public OnnxValue MatMul(OnnxValue right) => Graph.Node("MatMul", this, right);

    /// <summary>With an axis of size 1 put in.</summary>
    public OnnxValue Unsqueeze(int axis) => Graph.Node("Unsqueeze", this, Graph.Integers(axis));

    /// <summary>With its axes in another order.</summary>
    public OnnxValue Transpose(params long[] axes) => Graph.Node("Transpose", [OnnxGraph.Attribute("perm", axes)], this);

    /// <summary>In other sizes; −1 for what remains.</summary>
    public OnnxValue Reshape(params ReadOnlySpan<long> sizes) => Graph.Node("Reshape", this, Graph.Integers(sizes));

    /// <summary>The elements from one index up to another of an axis.</summary>
    public OnnxValue Slice(int axis, int start, int end) => Graph.Node("Slice", this, Graph.Integers(start), Graph.Integers(end), Graph.Integers(axis));

    /// <summary>Columns of a matrix in the order of the indices.</summary>
    public OnnxValue Columns(IEnumerable<int> indices) =>
        Graph.Node("Gather", [OnnxGraph.Attribute("axis", 1L)], this, Graph.Integers([.. indices.Select(index => (long)index)]));

    /// <summary>The sum over an axis, which vanishes.</summary>
    public OnnxValue Sum(int axis) => Graph.Node("ReduceSum", [OnnxGraph.Attribute("keepdims", 0L)], this, Graph.Integers(axis));

    /// <summary>The mean over the second axis, which stays with size 1.</summary>
    public OnnxValue RowMean()
    {
        AttributeProto axes = OnnxGraph.Attribute("axes", [1L]);
        return Graph.Node("ReduceMean", [axes, OnnxGraph.Attribute("keepdims", 1L)], this);
    }

    /// <summary>Tensors side by side along an axis.</summary>
    public static OnnxValue Concat(int axis, params ReadOnlySpan<OnnxValue> parts) =>
        parts.Length == 1 ? parts[0] : parts[0].Graph.Node("Concat", [OnnxGraph.Attribute("axis", (long)axis)], parts);
}
