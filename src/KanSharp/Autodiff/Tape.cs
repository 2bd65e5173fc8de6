using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// Records operations on <see cref="Var{T}"/> values and runs them backwards. Keep one tape and call <see cref="Reset"/> before each step:
/// buffers and nodes are reused, so a step that repeats the shape of the one before allocates nothing. Not thread-safe; operations use
/// the threads of <see cref="Executor"/> inside.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Tape<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Arena<T> _arena = new();
    private readonly List<Node<T>> _nodes = [];
    private readonly List<Node<T>?[]> _slots = [];
    private int _slab;
    private int _slotsUsed;
    private int _count;
    private ulong _seed;
    private ulong _draws;

    /// <summary>Creates a tape.</summary>
    /// <param name="executor">Threads and SIMD width; the process-wide one by default.</param>
    public Tape(Executor? executor = null) => Executor = executor ?? Executor.Default;

    /// <summary>Where operations run.</summary>
    public Executor Executor { get; }

    /// <summary>Whether layers behave as in training (dropout drops, batch norm uses the batch's statistics). Default false.</summary>
    public bool Training { get; set; }

    /// <summary>Whether operations are recorded for <see cref="Backward(Var{T})"/> (default true). Switch it off for prediction.</summary>
    public bool RecordsGradients { get; set; } = true;

    /// <summary>
    /// Whether backward passes are for derivatives of rows (Jacobians): gradients then flow to every node that has parameters, but not into the
    /// parameters, whose part <see cref="IRowwiseParameters{T}"/> tells row by row. Default false.
    /// </summary>
    internal bool ForJacobian { get; set; }

    /// <summary>Told of every layer that is computed on this tape; null (default) for none.</summary>
    public ITapeObserver<T>? Observer { get; set; }

    /// <summary>Operations recorded since the last <see cref="Reset"/>.</summary>
    public int Count => _count;

    /// <summary>Grows with every <see cref="Reset"/>: tells recordings apart.</summary>
    internal long Recording { get; private set; }

    /// <summary>Bytes that the tape holds for buffers; they are kept for the next step.</summary>
    public long BufferBytes => _arena.Bytes;

    /// <summary>
    /// Starts the random stream that dropout draws from (0 in a new tape). The same seed and recording give the same bits for any number of
    /// threads; <see cref="Reset"/> goes on in the stream, so that each step draws anew.
    /// </summary>
    public void Seed(ulong seed)
    {
        _seed = seed;
        _draws = 0;
    }

    /// <summary>Forgets everything recorded. Values taken from the tape before are no longer valid.</summary>
    public void Reset()
    {
        Recording++;
        _count = 0;
        (_slab, _slotsUsed) = (0, 0);
        _arena.Reset();
    }

    /// <summary>A constant that shares the tensor's storage: do not change the tensor before <see cref="Reset"/>.</summary>
    public Var<T> Constant(Tensor<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var node = Add<ConstantNode<T>>();
        node.Initialize(value.Shape, new Buffer<T>(value.Array, 0, value.Shape.Count), requiresGradient: false);
        return new Var<T>(node);
    }

    /// <summary>A constant copied from values.</summary>
    /// <param name="values">Row-major values.</param>
    /// <param name="shape">Their shape.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public Var<T> Constant(ReadOnlySpan<T> values, Shape shape) => Leaf<ConstantNode<T>>(values, shape, requiresGradient: false);

    /// <summary>A scalar constant.</summary>
    public Var<T> Constant(T value) => Constant([value], Shape.Scalar);

    /// <summary>An input whose gradient can be read from <see cref="Var{T}.Gradient"/> after <see cref="Backward(Var{T})"/>; the values are copied.</summary>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public Var<T> Input(ReadOnlySpan<T> values, Shape shape) => Leaf<InputNode<T>>(values, shape, requiresGradient: true);

    /// <summary>An input whose gradient can be read after <see cref="Backward(Var{T})"/>; the values are copied.</summary>
    public Var<T> Input(Tensor<T> value) => Input((value ?? throw new ArgumentNullException(nameof(value))).Span, value.Shape);

    /// <summary>A parameter's current value; <see cref="Backward(Var{T})"/> adds to the parameter's gradient if it is trainable.</summary>
    public Var<T> Use(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var node = Add<ParameterNode<T>>();
        node.Set(parameter);
        return new Var<T>(node);
    }

    /// <summary>
    /// Adds the gradient of a scalar to every parameter behind it, and sets that of every input. May be called again for another value of
    /// the same recording: parameters then hold the sum, inputs the gradient of the last call.
    /// </summary>
    /// <param name="loss">A value with one element, recorded on this tape.</param>
    /// <exception cref="ArgumentException">Not a single number, or from another tape.</exception>
    public void Backward(Var<T> loss)
    {
        if (loss.Node.Shape.Count != 1)
            throw new ArgumentException($"Backward starts from a single number; this value has shape {loss.Shape}. Reduce it first, for example with Mean().", nameof(loss));
        Backward(loss, [T.One]);
    }

    /// <summary>Runs backwards from a value of any shape with a given gradient (a vector-Jacobian product).</summary>
    /// <param name="output">The value to start from.</param>
    /// <param name="cotangent">Gradient with respect to <paramref name="output"/>, same layout.</param>
    /// <exception cref="ArgumentException">Sizes differ, or the value is from another tape.</exception>
    public void Backward(Var<T> output, ReadOnlySpan<T> cotangent)
    {
        Node<T> node = Own(output);
        if (cotangent.Length != node.Shape.Count)
            throw new ArgumentException($"The cotangent has {cotangent.Length} elements; the value has shape {node.Shape}.", nameof(cotangent));
        for (int index = 0; index < _count; index++)
            _nodes[index].ForgetGradient();
        if (!node.RequiresGradient)
            return;
        cotangent.CopyTo(node.GradientSum());
        for (int index = node.Index; index >= 0; index--)
        {
            Node<T> current = _nodes[index];
            if (current.RequiresGradient && !current.Gradient.IsEmpty)
                current.Backward();
        }
    }

    /// <summary>Carries out the state changes that layers asked for in a training forward pass (running statistics of batch norm).</summary>
    public void Commit()
    {
        for (int index = 0; index < _count; index++)
            _nodes[index].Commit();
    }

    /// <summary>The next node of the recording: the one that stood here in the last step if it has the same type, else a new one.</summary>
    internal TNode Add<TNode>()
        where TNode : Node<T>, new()
    {
        TNode node;
        if (_count < _nodes.Count)
        {
            if (_nodes[_count] is TNode kept)
                node = kept;
            else
                _nodes[_count] = node = new TNode();
        }
        else
        {
            node = new TNode();
            _nodes.Add(node);
        }

        node.Attach(this, _count++);
        return node;
    }

    /// <summary>The recorded nodes, in order.</summary>
    internal ReadOnlySpan<Node<T>> Nodes => CollectionsMarshal.AsSpan(_nodes)[.._count];

    /// <summary>The key of the next random mask.</summary>
    internal MaskKey NextMask() => new(_seed, ++_draws);

    /// <summary>A buffer with undefined contents that lives until <see cref="Reset"/>.</summary>
    internal Buffer<T> Rent(int length) => _arena.Rent(length);

    /// <summary>Room for the components of a jet, empty, that lives until <see cref="Reset"/>.</summary>
    internal ArraySegment<Node<T>?> RentSlots(int count)
    {
        while (_slab < _slots.Count && _slotsUsed + count > _slots[_slab].Length)
            (_slab, _slotsUsed) = (_slab + 1, 0);
        if (_slab == _slots.Count)
            _slots.Add(new Node<T>?[Math.Max(256, count)]);
        var slots = new ArraySegment<Node<T>?>(_slots[_slab], _slotsUsed, count);
        slots.AsSpan().Clear();
        _slotsUsed += count;
        return slots;
    }

    /// <summary>Where buffers come from; all go back at <see cref="Reset"/>.</summary>
    internal Arena<T> Arena => _arena;

    /// <summary>The node of a value, checked to be of this tape.</summary>
    internal Node<T> Own(Var<T> value)
    {
        if (value.Node is null || value.Node.Tape != this)
            throw new ArgumentException("The value was not recorded on this tape.", nameof(value));
        return value.Node;
    }

    private Var<T> Leaf<TNode>(ReadOnlySpan<T> values, Shape shape, bool requiresGradient)
        where TNode : Node<T>, new()
    {
        if (values.Length != shape.Count)
            throw new ArgumentException($"Shape {shape} has {shape.Count} elements; {values.Length} values were given.", nameof(values));
        var node = Add<TNode>();
        node.Initialize(shape, requiresGradient);
        values.CopyTo(node.Value.Span);
        return new Var<T>(node);
    }
}
