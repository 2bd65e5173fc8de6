using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>An elementwise operation of one operand and up to two constants.</summary>
internal sealed class UnaryNode<T, TOperation> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOperation : struct, IUnaryOperation
{
    private Node<T> _input = null!;
    private T _a;
    private T _b;
    private bool _add;

    public static Var<T> Record(Var<T> input, T a = default, T b = default)
    {
        var node = input.Tape.Add<UnaryNode<T, TOperation>>();
        node._input = input.Node;
        node._a = a;
        node._b = b;
        node.Initialize(input.Shape, input.Node.RequiresGradient);
        node.RunPieces(Phase.Forward, Pieces.Count(input.Shape.Count, Pieces.Elements));
        return new Var<T>(node);
    }

    public override void Backward()
    {
        _input.GradientTarget(out _add);
        RunPieces(Phase.Left, Pieces.Count(Shape.Count, Pieces.Elements));
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, Shape.Count, Pieces.Elements);
        int done = Width switch
        {
            SimdWidth.Bits512 => Loop<Simd512<T>>(phase, start, end),
            SimdWidth.Bits256 => Loop<Simd256<T>>(phase, start, end),
            SimdWidth.Bits128 => Loop<Simd128<T>>(phase, start, end),
            _ => start,
        };
        Loop<SimdScalar<T>>(phase, done, end);
    }

    private int Loop<TV>(Phase phase, int start, int end)
        where TV : unmanaged, ISimd<TV, T> => phase == Phase.Forward ? Forward<TV>(start, end) : Gradients<TV>(start, end);

    private int Forward<TV>(int start, int end)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T x = ref MemoryMarshal.GetReference(_input.Value.Span);
        ref T y = ref MemoryMarshal.GetReference(Value.Span);
        TV a = TV.Broadcast(_a);
        TV b = TV.Broadcast(_b);
        int i = start;
        for (; i <= end - TV.Count; i += TV.Count)
            TV.Store(TOperation.Apply<TV, T>(TV.Load(in x, i), a, b), ref y, i);
        return i;
    }

    private int Gradients<TV>(int start, int end)
        where TV : unmanaged, ISimd<TV, T>
    {
        ref T x = ref MemoryMarshal.GetReference(_input.Value.Span);
        ref T y = ref MemoryMarshal.GetReference(Value.Span);
        ref T g = ref MemoryMarshal.GetReference(Gradient.Span);
        ref T t = ref MemoryMarshal.GetReference(_input.Gradient.Span);
        TV a = TV.Broadcast(_a);
        TV b = TV.Broadcast(_b);
        int i = start;
        for (; i <= end - TV.Count; i += TV.Count)
        {
            TV part = TOperation.Gradient<TV, T>(TV.Load(in g, i), TV.Load(in x, i), TV.Load(in y, i), a, b);
            TV.Store(_add ? TV.Load(in t, i) + part : part, ref t, i);
        }

        return i;
    }
}
