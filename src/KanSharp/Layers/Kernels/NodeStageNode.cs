using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;

namespace KanSharp.Layers.Kernels;

/// <summary>The nodes of a <see cref="NodeStage{T}"/>, or their derivative along the derivative of the sub-nodes, as one node of the tape.</summary>
internal sealed class NodeStageNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Node<T>[] _constants = new Node<T>[4];
    private readonly int[] _runs = new int[4];
    private NodeStage<T> _stage = null!;
    private Node<T> _x = null!;
    private Node<T>? _derivative;
    private JacobianRows? _rows;
    private double[] _sums = [];

    public bool IsLinear => false;

    private int Subnodes => _stage.Subnodes;

    private int Nodes => _stage.Nodes;

    private int ConstantCount => 2 * (Subnodes + Nodes);

    private int RowsPerPiece => Math.Max(64, Pieces.Items(2 * Subnodes));

    private int PieceCount => Pieces.Count(Shape.Rows, RowsPerPiece);

    private bool HasSums => Array.Exists(_constants, node => node.RequiresGradient);

    /// <summary>Records and computes the node.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="x">Sub-nodes.</param>
    /// <param name="derivative">Their derivative, if that of the nodes is wanted; else null.</param>
    public static Var<T> Record(NodeStage<T> stage, Var<T> x, Var<T>? derivative)
    {
        Tape<T> tape = x.Tape;
        (Node<T> subnodeScale, Node<T> subnodeBias) = (tape.Use(stage.SubnodeScale).Node, tape.Use(stage.SubnodeBias).Node);
        (Node<T> nodeScale, Node<T> nodeBias) = (tape.Use(stage.NodeScale).Node, tape.Use(stage.NodeBias).Node);
        var node = tape.Add<NodeStageNode<T>>();
        (node._stage, node._x, node._derivative) = (stage, x.Node, derivative?.Node);
        (node._constants[0], node._constants[1], node._constants[2], node._constants[3]) = (subnodeScale, subnodeBias, nodeScale, nodeBias);
        node.Initialize(x.Shape.WithLast(stage.Nodes), x.Node.RequiresGradient || node._derivative is { RequiresGradient: true } || node.HasSums);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    public override void Backward()
    {
        if (_x.RequiresGradient)
            _x.GradientSum();
        if (_derivative is { RequiresGradient: true })
            _derivative.GradientSum();
        int length = ConstantCount, pieces = PieceCount;
        bool sums = HasSums;
        if (sums)
        {
            if (_sums.Length < pieces * length)
                _sums = new double[pieces * length];
            _sums.AsSpan(0, pieces * length).Clear();
        }

        RunPieces(Phase.Left, pieces);
        for (int piece = 0; piece < pieces && sums; piece++)
        {
            int offset = piece * length;
            foreach (Node<T> constant in _constants)
            {
                if (constant.RequiresGradient)
                {
                    Span<T> target = constant.GradientSum();
                    for (int index = 0; index < target.Length; index++)
                        target[index] += T.CreateTruncating(_sums[offset + index]);
                }

                offset += constant.Shape.Count;
            }
        }
    }

    public void DeclareRuns(JacobianLayout<T> layout)
    {
        for (int index = 0; index < _constants.Length; index++)
            _runs[index] = ParameterRuns.Declare(layout, _constants[index]);
    }

    public void AddRuns(JacobianRows rows)
    {
        if (_runs.AsSpan().IndexOfAnyExcept(-1) < 0)
            return;
        _rows = rows;
        RunPieces(Phase.Third, PieceCount);
        _rows = null;
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, Shape.Rows, RowsPerPiece);
        var constants = new NodeConstants<T>(_stage);
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        bool wanted = phase == Phase.Third || (phase == Phase.Left && HasSums);
        Span<T> before = phase == Phase.Forward ? default : arena.Rent(2 * Subnodes + 2).Span;
        Span<T> own = wanted ? arena.Rent(ConstantCount).Span : default;
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<T> x = Row(_x.Value, row, Subnodes);
            ReadOnlySpan<T> derivative = _derivative is null ? default : Row(_derivative.Value, row, Subnodes);
            if (phase == Phase.Forward)
            {
                if (_derivative is null)
                    constants.Values(x, Row(Value, row, Nodes));
                else
                    constants.Derivatives(x, derivative, Row(Value, row, Nodes));
                continue;
            }

            bool left = phase == Phase.Left;
            constants.Gradients(
                x, derivative, Row(Gradient, row, Nodes),
                left && _x.RequiresGradient ? Row(_x.Gradient, row, Subnodes) : default,
                left && _derivative is { RequiresGradient: true } ? Row(_derivative.Gradient, row, Subnodes) : default,
                own, before);
            if (!left)
                AddRow(row, own);
            else if (wanted)
                ParameterRuns.AddScaled(1, own, _sums.AsSpan(piece * ConstantCount, ConstantCount));
        }

        arena.Release(mark);
    }

    private void AddRow(int row, ReadOnlySpan<T> own)
    {
        for (int index = 0; index < _constants.Length; index++)
        {
            int count = _constants[index].Shape.Count;
            if (_runs[index] >= 0)
                ParameterRuns.AddScaled(1, own[..count], _rows!.Run(row, _runs[index], 0));
            own = own[count..];
        }
    }

    private static Span<T> Row(Buffer<T> rows, int row, int width) => rows.Span.Slice(row * width, width);
}
