using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// One recorded operation: its value, and how its gradient flows to its inputs. Nodes are kept by the tape and reused step after step,
/// so they must overwrite every field in use when they are set up.
/// </summary>
internal abstract class Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private PieceWork? _work;

    public Tape<T> Tape { get; private set; } = null!;

    /// <summary>Position on the tape.</summary>
    public int Index { get; private set; }

    public Shape Shape { get; private set; }

    /// <summary>The result, row-major.</summary>
    public Buffer<T> Value { get; private set; }

    /// <summary>Gradient of the loss with respect to the value; empty until something flows in.</summary>
    public Buffer<T> Gradient { get; private set; }

    /// <summary>Whether any trainable input is behind this node.</summary>
    public bool RequiresGradient { get; private set; }

    /// <summary>Register width of the kernels.</summary>
    protected SimdWidth Width => Tape.Executor.Width;

    /// <summary>Forgets the gradient of an earlier backward pass.</summary>
    internal void ForgetGradient() => Gradient = default;

    /// <summary>Called by the tape before the node is filled.</summary>
    internal void Attach(Tape<T> tape, int index)
    {
        Tape = tape;
        Index = index;
        Gradient = default;
    }

    /// <summary>Sets shape and storage. Forward code then writes <see cref="Value"/> (undefined contents unless it is a view).</summary>
    internal void Initialize(Shape shape, Buffer<T> value, bool requiresGradient)
    {
        Shape = shape;
        Value = value;
        RequiresGradient = (requiresGradient || (Tape.ForJacobian && this is IRowwiseParameters<T>)) && Tape.RecordsGradients;
    }

    /// <summary>Sets the shape and takes fresh storage from the tape's arena.</summary>
    internal void Initialize(Shape shape, bool requiresGradient) => Initialize(shape, Tape.Rent(shape.Count), requiresGradient);

    /// <summary>Adds this node's contribution to the gradients of its inputs; called once, after <see cref="Gradient"/> is complete.</summary>
    public abstract void Backward();

    /// <summary>
    /// Where gradient is to be written. <paramref name="accumulate"/> is false the first time: the contents are undefined and the caller must
    /// overwrite all of it; afterwards the caller must add.
    /// </summary>
    public virtual Span<T> GradientTarget(out bool accumulate)
    {
        accumulate = !Gradient.IsEmpty;
        if (!accumulate)
            Gradient = Tape.Rent(Shape.Count);
        return Gradient.Span;
    }

    /// <summary>Where gradient is to be added: cleared the first time.</summary>
    public Span<T> GradientSum()
    {
        Span<T> target = GradientTarget(out bool accumulate);
        if (!accumulate)
            target.Clear();
        return target;
    }

    /// <summary>Makes changes that the forward pass asked for and that outlive the step (running statistics). Called by <see cref="Tape{T}.Commit"/>.</summary>
    public virtual void Commit()
    {
    }

    /// <summary>Lets a node name its gradient storage instead of taking it from the arena.</summary>
    protected void SetGradient(Buffer<T> gradient) => Gradient = gradient;

    /// <summary>Runs one of the node's loops in pieces on the tape's threads. The number must depend on the problem alone.</summary>
    protected void RunPieces(Phase phase, int pieces)
    {
        if (pieces <= 1)
        {
            if (pieces == 1)
                Piece(phase, 0);
            return;
        }

        _work ??= new PieceWork(this);
        _work.Phase = phase;
        Tape.Executor.Run(_work, pieces);
    }

    /// <summary>Does one piece of a loop started by <see cref="RunPieces"/>; pieces write to separate places.</summary>
    protected virtual void Piece(Phase phase, int piece) => throw new NotSupportedException($"{GetType().Name} has no pieces.");

    private sealed class PieceWork(Node<T> node) : ParallelWork
    {
        public Phase Phase { get; set; }

        public override void Execute(int piece) => node.Piece(Phase, piece);
    }
}
