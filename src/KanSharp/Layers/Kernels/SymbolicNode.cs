using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The symbolic edges of a layer as one node, see <see cref="SymbolicKernel{T}"/>.</summary>
internal sealed class SymbolicNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SymbolicPlan _plan = null!;
    private Node<T> _x = null!;
    private Node<T>? _multiplier;
    private Node<T> _affine = null!;
    private Node<T>? _exponents;
    private int _order;
    private int _affineRun;
    private int _exponentRun;
    private JacobianRows? _rows;
    private double[] _sums = [];

    public bool IsLinear => false;

    private int RowsPerPiece => Math.Max(64, Pieces.Items(8 * _plan.Count));

    private int PieceCount => Pieces.Count(Shape.Rows, RowsPerPiece);

    private SymbolicConstants<T> Constants => new(_affine.Value.Span, _exponents is null ? default : _exponents.Value.Span);

    private bool HasSums => _affine.RequiresGradient || _exponents is { RequiresGradient: true };

    /// <summary>Records and computes the node.</summary>
    /// <param name="plan">The edges.</param>
    /// <param name="x">Inputs [..., I].</param>
    /// <param name="affine">[E, 4].</param>
    /// <param name="exponents">[E], or null.</param>
    /// <param name="order">Derivative order.</param>
    /// <param name="multiplier">The input's derivative, shaped like x; null for order 0.</param>
    public void Set(SymbolicPlan plan, Node<T> x, Node<T> affine, Node<T>? exponents, int order, Node<T>? multiplier)
    {
        (_plan, _x, _affine, _exponents, _order, _multiplier) = (plan, x, affine, exponents, order, multiplier);
        Initialize(x.Shape.WithLast(plan.Outputs), x.RequiresGradient || multiplier is { RequiresGradient: true } || HasSums);
        RunPieces(Phase.Forward, PieceCount);
    }

    public override void Backward()
    {
        if (_x.RequiresGradient)
            _x.GradientSum();
        if (_multiplier is { RequiresGradient: true })
            _multiplier.GradientSum();
        int length = _plan.Count * SymbolicKernel<T>.Constants, pieces = PieceCount;
        if (HasSums)
        {
            if (_sums.Length < pieces * length)
                _sums = new double[pieces * length];
            _sums.AsSpan(0, pieces * length).Clear();
        }

        RunPieces(Phase.Left, pieces);
        for (int piece = 0; piece < pieces && HasSums; piece++)
            AddSums(_sums.AsSpan(piece * length, length));
    }

    public void DeclareRuns(JacobianLayout<T> layout)
    {
        _affineRun = ParameterRuns.Declare(layout, _affine);
        _exponentRun = ParameterRuns.Declare(layout, _exponents);
    }

    public void AddRuns(JacobianRows rows)
    {
        if (_affineRun < 0 && _exponentRun < 0)
            return;
        _rows = rows;
        RunPieces(Phase.Third, PieceCount);
        _rows = null;
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, Shape.Rows, RowsPerPiece);
        ReadOnlySpan<T> x = Part(_x.Value, start, end, _plan.Inputs);
        ReadOnlySpan<T> multiplier = _multiplier is null ? default : Part(_multiplier.Value, start, end, _plan.Inputs);
        if (phase == Phase.Forward)
        {
            Span<T> y = Part(Value, start, end, _plan.Outputs);
            y.Clear();
            SymbolicKernel<T>.AddValues(_plan, Constants, x, multiplier, _order, end - start, y, Width);
            return;
        }

        ReadOnlySpan<T> gradient = Part(Gradient, start, end, _plan.Outputs);
        if (phase == Phase.Third)
        {
            var runs = new Runs(_rows!, start, _affineRun, _exponentRun);
            SymbolicKernel<T>.AddGradients(_plan, Constants, x, multiplier, _order, gradient, default, default, ref runs, Width);
            return;
        }

        int length = _plan.Count * SymbolicKernel<T>.Constants;
        var sums = new Sums(HasSums ? _sums.AsSpan(piece * length, length) : default, Width);
        SymbolicKernel<T>.AddGradients(
            _plan, Constants, x, multiplier, _order, gradient,
            _x.RequiresGradient ? Part(_x.Gradient, start, end, _plan.Inputs) : default,
            _multiplier is { RequiresGradient: true } ? Part(_multiplier.Gradient, start, end, _plan.Inputs) : default,
            ref sums, Width);
    }

    private void AddSums(ReadOnlySpan<double> sums)
    {
        Span<T> affine = _affine.RequiresGradient ? _affine.GradientSum() : default;
        Span<T> exponents = _exponents is { RequiresGradient: true } ? _exponents.GradientSum() : default;
        for (int edge = 0; edge < _plan.Count; edge++)
        {
            ReadOnlySpan<double> own = sums.Slice(edge * SymbolicKernel<T>.Constants, SymbolicKernel<T>.Constants);
            for (int index = 0; index < 4 && !affine.IsEmpty; index++)
                affine[4 * edge + index] += T.CreateTruncating(own[index]);
            if (!exponents.IsEmpty)
                exponents[edge] += T.CreateTruncating(own[4]);
        }
    }

    private static Span<T> Part(Buffer<T> rows, int start, int end, int width) => rows.Span[(start * width)..(end * width)];

    /// <summary>Adds derivatives up over rows.</summary>
    private readonly ref struct Sums(Span<double> sums, SimdWidth width) : ISymbolicReceiver<T>
    {
        private readonly Span<double> _sums = sums;
        private readonly SimdWidth _width = width;

        public void Receive(scoped SymbolicEdgeSlopes<T> slopes)
        {
            if (_sums.IsEmpty)
                return;
            Span<double> own = _sums.Slice(slopes.Edge * SymbolicKernel<T>.Constants, SymbolicKernel<T>.Constants);
            (double a, double b, double c, double d) = slopes.AffineSums(_width);
            own[0] += a;
            own[1] += b;
            own[2] += c;
            own[3] += d;
            if (slopes.HasShape)
                own[4] += slopes.ShapeSum(_width);
        }
    }

    /// <summary>Writes derivatives into the rows of a Jacobian.</summary>
    private readonly struct Runs(JacobianRows rows, int first, int affineRun, int exponentRun) : ISymbolicReceiver<T>
    {
        public void Receive(scoped SymbolicEdgeSlopes<T> slopes)
        {
            bool shaped = exponentRun >= 0 && slopes.HasShape;
            for (int n = 0; n < slopes.Count; n++)
            {
                int row = first + slopes.Start + n;
                if (affineRun >= 0)
                {
                    (double a, double b, double c, double d) = slopes.Affine(n);
                    Span<double> run = rows.Run(row, affineRun, 0).Slice(4 * slopes.Edge, 4);
                    run[0] += a;
                    run[1] += b;
                    run[2] += c;
                    run[3] += d;
                }

                if (shaped)
                    rows.Run(row, exponentRun, 0)[slopes.Edge] += slopes.Shape(n);
            }
        }
    }
}
