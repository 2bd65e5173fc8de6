using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// dx[n, i] += Σ_j Φ[n, (i, j)]·D[(i, j), n] with D[p, n] = Σ_o W[p, o]·g[n, o]: a product with the samples side by side, whose rows meet the
/// basis values of the same samples while both are in the first-level cache. With Φ of order d + 1 it is the gradient of the points, with
/// order d and no multiplier that of the multiplier. D is also what the gradient of the family's own parameters needs.
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
    private readonly AlignedBuffer<T> _partialBuffer = new();
    private T* _target;
    private T* _partials;
    private T* _parameters;
    private bool _trainsBasis;
    private int _order;
    private int _row;
    private int _rows;
    private int _panelsPerPiece;
    private int _featuresPerPiece;
    private bool _preparing;

    private int Panels => Pieces(_rows, PanelWidth);

    /// <summary>Numbers of the family's own parameters that a piece adds to: those of its features, or the shared ones.</summary>
    private int ParametersOf(int features) => Basis.SharedParameters + (features * Basis.FeatureParameters);

    /// <summary>Adds to a gradient shaped like the points and to those of the family's parameters; an empty target is left out.</summary>
    public void Run(in GlobalOperands<T> operands, Span<T> gradient, Span<T> target, Span<T> parameters, Executor executor)
    {
        _order = operands.Order;
        _trainsBasis = !parameters.IsEmpty;
        fixed (T* pinned = target, pinnedParameters = parameters)
        {
            _target = pinned;
            _parameters = pinnedParameters;
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
            int pieces = rowPieces * Pieces(Inputs, _featuresPerPiece);
            if (_trainsBasis)
                _partials = _partialBuffer.Take((nint)pieces * ParametersOf(_featuresPerPiece));
            executor.Run(this, pieces);
            for (int piece = 0; piece < pieces && _trainsBasis; piece++)
                Collect(piece);
        }
    }

    /// <summary>Adds what a piece found to the gradients of the family's parameters.</summary>
    private void Collect(int piece)
    {
        int firstFeature = piece % Pieces(Inputs, _featuresPerPiece) * _featuresPerPiece;
        int count = ParametersOf(Math.Min(_featuresPerPiece, Inputs - firstFeature));
        T* source = _partials + ((nint)piece * ParametersOf(_featuresPerPiece));
        T* target = _parameters + ((nint)firstFeature * Basis.FeatureParameters);
        for (int index = 0; index < count; index++)
            target[index] += source[index];
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
        T* partial = _trainsBasis ? _partials + ((nint)piece * ParametersOf(_featuresPerPiece)) : null;
        if (_trainsBasis)
            new Span<T>(partial, ParametersOf(lastFeature - firstFeature)).Clear();
        T* packed = Weights.IsPlain ? null : scratch.Weights.Take((nint)step * Count * Outputs);
        for (int feature = firstFeature; feature < lastFeature; feature += step)
        {
            int features = Math.Min(step, lastFeature - feature);
            if (packed is not null)
                Weights.Pack(feature, features, 0, Outputs, Outputs, packed);
            T* weights = packed is null ? Weights.Of(feature) : packed;
            for (int panel = firstPanel; panel < Math.Min(Panels, firstPanel + _panelsPerPiece); panel++)
                Panel(panel, feature, features, weights, partial + ((nint)(feature - firstFeature) * Basis.FeatureParameters), scratch);
        }

        WorkCache<GlobalScratch<T>>.Return(scratch);
    }

    private void Panel(int panel, int feature, int features, T* weights, T* partial, GlobalScratch<T> scratch)
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

        if (_target is not null)
            AddInputs(start, width, feature, features, stride, values, products, scratch);
        if (!_trainsBasis)
            return;
        T* points = Weigh(_row + start, width, feature, features, stride, scratch, products);
        Basis.ParameterGradient<V>(
            new BasisBlock<T>(feature, features, stride, _order - 1, ref *points, stride, ref *products, stride),
            new Span<T>(partial, Basis.SharedParameters),
            new Span<T>(partial, features * Basis.FeatureParameters));
    }

    /// <summary>The gradient of the points of a panel.</summary>
    private void AddInputs(int start, int width, int feature, int features, int stride, T* values, T* products, GlobalScratch<T> scratch)
    {
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
