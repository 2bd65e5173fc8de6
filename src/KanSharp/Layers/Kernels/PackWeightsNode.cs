using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Folds coefficients, edge scale, mask and base weights into the kernel's layout once per step:
/// W[i, n, o] = mask_io·scale_io·C[i, n, o] and W[i, base, o] = mask_io·base_io. Backward takes the packed gradient apart again.
/// </summary>
internal sealed class PackWeightsNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Work _work = new();
    private Node<T> _coefficients = null!;
    private Node<T>? _scale;
    private Node<T>? _base;
    private Tensor<T>? _mask;

    public WeightLayout Layout { get; private set; }

    /// <summary>Packs the weights.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="coefficients">[I, basis, O].</param>
    /// <param name="scale">[I, O] or null.</param>
    /// <param name="baseWeight">[I, O] or null.</param>
    /// <param name="mask">[I, O] or null.</param>
    public void Set(in WeightLayout layout, Node<T> coefficients, Node<T>? scale, Node<T>? baseWeight, Tensor<T>? mask)
    {
        Layout = layout;
        _coefficients = coefficients;
        _scale = scale;
        _base = baseWeight;
        _mask = mask;
        Initialize(new Shape(layout.Count), Trains(coefficients) || Trains(scale) || Trains(baseWeight));
        _work.Run(this, backward: false);
    }

    public override void Backward()
    {
        if (_coefficients.RequiresGradient)
            _ = _coefficients.GradientSum();
        if (Trains(_scale))
            _ = _scale!.GradientSum();
        if (Trains(_base))
            _ = _base!.GradientSum();
        _work.Run(this, backward: true);
    }

    private static bool Trains(Node<T>? node) => node is { RequiresGradient: true };

    private void PackInput(int input)
    {
        WeightLayout layout = Layout;
        ReadOnlySpan<T> coefficients = _coefficients.Value.Span;
        Span<T> packed = Value.Span;
        for (int tile = 0; tile < layout.Tiles; tile++)
        {
            int width = layout.TileWidth(tile);
            int outputs = layout.TileOutputs(tile);
            int start = layout.TileStart(tile);
            int edge = input * layout.Outputs + start;
            for (int row = 0; row < layout.Rows; row++)
            {
                Span<T> target = packed.Slice(layout.TileOffset(tile) + (input * layout.Rows + row) * width, width);
                target[outputs..].Clear();
                bool isBase = row == layout.BasisCount;
                ReadOnlySpan<T> source = isBase
                    ? _base!.Value.Span.Slice(edge, outputs)
                    : coefficients.Slice((input * layout.BasisCount + row) * layout.Outputs + start, outputs);
                target = target[..outputs];
                if (_scale is not null && !isBase)
                    VectorMath.Multiply(source, _scale.Value.Span.Slice(edge, outputs), target, Width);
                else
                    source.CopyTo(target);
                if (_mask is not null)
                    VectorMath.Multiply(target, _mask.Span.Slice(edge, outputs), target, Width);
            }
        }
    }

    private void UnpackInput(int input)
    {
        WeightLayout layout = Layout;
        Span<T> packed = Gradient.Span;
        for (int tile = 0; tile < layout.Tiles; tile++)
        {
            int width = layout.TileWidth(tile);
            int outputs = layout.TileOutputs(tile);
            int start = layout.TileStart(tile);
            int edge = input * layout.Outputs + start;
            for (int row = 0; row < layout.Rows; row++)
            {
                Span<T> g = packed.Slice(layout.TileOffset(tile) + (input * layout.Rows + row) * width, outputs);
                // Nobody reads the packed gradient afterwards, so the mask is applied in place.
                if (_mask is not null)
                    VectorMath.Multiply(g, _mask.Span.Slice(edge, outputs), g, Width);
                if (row == layout.BasisCount)
                {
                    if (_base!.RequiresGradient)
                        AddTo(_base.Gradient.Span.Slice(edge, outputs), g);
                    continue;
                }

                int offset = (input * layout.BasisCount + row) * layout.Outputs + start;
                if (_coefficients.RequiresGradient)
                {
                    Span<T> target = _coefficients.Gradient.Span.Slice(offset, outputs);
                    if (_scale is null)
                        AddTo(target, g);
                    else
                        VectorMath.MultiplyAdd(g, _scale.Value.Span.Slice(edge, outputs), target, Width);
                }

                if (Trains(_scale))
                    VectorMath.MultiplyAdd(g, _coefficients.Value.Span.Slice(offset, outputs), _scale!.Gradient.Span.Slice(edge, outputs), Width);
            }
        }
    }

    private void AddTo(Span<T> target, ReadOnlySpan<T> g) => VectorMath.Add(target, g, target, Width);

    /// <summary>Packs or unpacks groups of inputs in parallel.</summary>
    private sealed class Work : ParallelWork
    {
        private const int Inputs = 64;
        private PackWeightsNode<T> _node = null!;
        private bool _backward;

        public void Run(PackWeightsNode<T> node, bool backward)
        {
            _node = node;
            _backward = backward;
            node.Tape.Executor.Run(this, (node.Layout.Inputs + Inputs - 1) / Inputs);
        }

        public override void Execute(int piece)
        {
            int end = Math.Min((piece + 1) * Inputs, _node.Layout.Inputs);
            for (int input = piece * Inputs; input < end; input++)
            {
                if (_backward)
                    _node.UnpackInput(input);
                else
                    _node.PackInput(input);
            }
        }
    }
}
