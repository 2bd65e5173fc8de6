using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// dx[n, i] += Σ_j Φ[n, (i, j)]·D[(i, j), n] with D[p, n] = Σ_o W[p, o]·g[n, o]: a product with the samples side by side, whose rows meet the
/// basis values of the same samples while both are in the first-level cache. With Φ of order d + 1 it is the gradient of the points, with
/// order d and no multiplier that of the multiplier.
/// </summary>
internal sealed unsafe class GlobalInputGradient<V, T> : GlobalWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Depth = 768;
    private const int RowRange = 1536;
    private const int FunctionRows = 8 * TileRows;
    private const int PanelElements = 1 << 17;

    private readonly AlignedBuffer<T> _gradientBuffer = new();
    private T* _packed;
    private T* _target;
    private int _row;
    private int _rows;
    private int _panelsPerPiece;
    private int _featuresPerPiece;
    private bool _preparing;

    private int Panels => Pieces(_rows, PanelWidth);

    /// <summary>Adds to a gradient shaped like the points.</summary>
    public void Run(in GlobalOperands<T> operands, Span<T> gradient, Span<T> target, Executor executor)
    {
        fixed (T* pinned = target)
        {
            _target = pinned;
            Run(operands, gradient, executor);
        }
    }

    protected override void Run(Executor executor)
    {
        _packed = _gradientBuffer.Take((nint)Pieces(Math.Min(Rows, RowRange), PanelWidth) * PanelWidth * Outputs);
        for (_row = 0; _row < Rows; _row += RowRange)
        {
            _rows = Math.Min(RowRange, Rows - _row);
            _panelsPerPiece = Math.Clamp(PanelElements / (PanelWidth * Outputs), 1, 4);
            int rowPieces = Pieces(Panels, _panelsPerPiece);
            _featuresPerPiece = Share(Inputs, Math.Clamp(PiecesWanted / rowPieces, 1, Inputs), FeaturesFor(FunctionRows));
            _preparing = true;
            executor.Run(this, Panels);
            _preparing = false;
            executor.Run(this, rowPieces * Pieces(Inputs, _featuresPerPiece));
        }
    }

    public override void Execute(int piece)
    {
        if (!_preparing)
        {
            Multiply(piece);
            return;
        }

        int start = piece * PanelWidth;
        int width = Math.Min(PanelWidth, _rows - start);
        MatrixPacking<V, T>.Columns(
            Y + ((nint)(_row + start) * Outputs), Outputs, width, Outputs, MicroKernel<V, T>.Registers(width) * V.Count, _packed + ((nint)start * Outputs));
    }

    private void Multiply(int piece)
    {
        int featurePieces = Pieces(Inputs, _featuresPerPiece);
        int firstPanel = piece / featurePieces * _panelsPerPiece;
        int firstFeature = piece % featurePieces * _featuresPerPiece;
        int lastFeature = Math.Min(Inputs, firstFeature + _featuresPerPiece);
        int step = FeaturesFor(FunctionRows);
        GlobalScratch<T> scratch = WorkCache<GlobalScratch<T>>.Rent();
        T* packed = Weights.IsPlain ? null : scratch.Weights.Take((nint)step * Count * Outputs);
        for (int feature = firstFeature; feature < lastFeature; feature += step)
        {
            int features = Math.Min(step, lastFeature - feature);
            if (packed is not null)
                Weights.Pack(feature, features, 0, Outputs, Outputs, packed);
            T* weights = packed is null ? Weights.Of(feature) : packed;
            for (int panel = firstPanel; panel < Math.Min(Panels, firstPanel + _panelsPerPiece); panel++)
                Panel(panel, feature, features, weights, scratch);
        }

        WorkCache<GlobalScratch<T>>.Return(scratch);
    }

    private void Panel(int panel, int feature, int features, T* weights, GlobalScratch<T> scratch)
    {
        int start = panel * PanelWidth;
        int width = Math.Min(PanelWidth, _rows - start);
        int stride = MicroKernel<V, T>.Registers(width) * V.Count;
        int rows = features * Count;
        T* values = scratch.Values.Take((nint)rows * stride);
        T* products = scratch.Products.Take((nint)rows * stride);
        T* b = _packed + ((nint)start * Outputs);
        for (int output = 0; output < Outputs; output += Depth)
        {
            Product(
                Math.Min(Depth, Outputs - output), weights + output, Outputs, 1, rows, b + ((nint)output * stride), stride, stride, products, stride,
                output == 0 ? ProductMode.Assign : ProductMode.Add);
        }

        Evaluate(_row + start, width, feature, features, stride, scratch, values);
        T* sums = scratch.Points.Take(2 * (nint)features * stride);
        Combine(values, products, features, stride, sums);
        // Back to a row per sample, the padding lanes dropped.
        T* turned = sums + ((nint)features * stride);
        MatrixPacking<V, T>.Columns(sums, stride, features, width, features, turned);
        T* target = _target + ((nint)(_row + start) * Inputs) + feature;
        MatrixPacking<V, T>.StoreTile(turned, features, target, Inputs, width, features, ProductMode.Add);
    }

    /// <summary>sums[f, n] = Σ_j values[(f, j), n]·products[(f, j), n].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(T* values, T* products, int features, int stride, T* sums)
    {
        nint block = (nint)Count * stride;
        for (int f = 0; f < features; f++)
        {
            for (int n = 0; n < stride; n += V.Count)
            {
                V sum = V.Zero;
                for (nint at = n; at < block; at += stride)
                    sum = V.MultiplyAdd(V.Load(ref *values, at), V.Load(ref *products, at), sum);
                V.Store(sum, ref *sums, n);
            }

            values += block;
            products += block;
            sums += stride;
        }
    }
}
