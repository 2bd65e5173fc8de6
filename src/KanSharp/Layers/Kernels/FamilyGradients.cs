using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Gradients of the parameters that belong to a family itself, from gradients of edge functions, input by input. An input has memory of its own for them, and they
/// are added up in order at the end, so that the bits do not depend on threads.
/// </summary>
internal struct FamilyGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GlobalBasis<T>? _basis;
    private readonly int _features;
    private readonly Node<T>? _first;
    private readonly Node<T>? _second;
    private Buffer<T> _sums;

    /// <param name="points">The family; one without parameters wants nothing.</param>
    /// <param name="first">First of its trained parameters, or null.</param>
    /// <param name="second">The second one, or null.</param>
    public FamilyGradients(IPointBasis<T> points, Node<T>? first, Node<T>? second)
    {
        (_basis, _features, _first, _second) = ((points as GlobalPoints<T>)?.Basis, points.Features, first, second);
        _sums = default;
    }

    /// <summary>Whether there is a parameter that is trained.</summary>
    public readonly bool IsWanted => _basis is not null && (_first is { RequiresGradient: true } || _second is { RequiresGradient: true });

    private readonly int Count => _basis!.SharedParameters + _basis.FeatureParameters;

    /// <summary>Makes room.</summary>
    public void Reserve(Tape<T> tape)
    {
        _sums = tape.Rent(_features * Count);
        _sums.Span.Clear();
    }

    /// <summary>Adds what a block of rows of an input gives.</summary>
    /// <param name="input">The input.</param>
    /// <param name="x">Its values, [rows].</param>
    /// <param name="gradients">Gradients of the edge functions, [rows, padded].</param>
    /// <param name="weights">Weights of the functions, [functions, padded].</param>
    /// <param name="padded">Elements of a row.</param>
    /// <param name="width">SIMD width.</param>
    public readonly void Add(int input, ReadOnlySpan<T> x, T[] gradients, T[] weights, int padded, SimdWidth width)
    {
        int functions = _basis!.Count, stride = (x.Length + 15) / 16 * 16;
        EdgeProducts<T> scratch = WorkCache<EdgeProducts<T>>.Rent();
        Span<T> points = scratch.Take(stride * (functions + 1)), products = points[stride..];
        points.Clear();
        x.CopyTo(points);
        for (int j = 0; j < functions; j++)
        {
            for (int row = 0; row < x.Length; row++)
                products[j * stride + row] = VectorMath.Dot<T>(weights.AsSpan(j * padded, padded), gradients.AsSpan(row * padded, padded), width);
        }

        Span<T> sums = _sums.Span.Slice(input * Count, Count);
        switch (width)
        {
            case SimdWidth.Bits512: Add<Simd512<T>>(input, points, products, stride, sums); break;
            case SimdWidth.Bits256: Add<Simd256<T>>(input, points, products, stride, sums); break;
            case SimdWidth.Bits128: Add<Simd128<T>>(input, points, products, stride, sums); break;
            default: Add<SimdScalar<T>>(input, points, products, stride, sums); break;
        }

        WorkCache<EdgeProducts<T>>.Return(scratch);
    }

    /// <summary>Hands the sums to the parameters.</summary>
    public readonly void Collect(SimdWidth width)
    {
        bool shared = _basis!.SharedParameters > 0;
        int start = 0;
        foreach (Node<T>? parameter in (ReadOnlySpan<Node<T>?>)[_first, _second])
        {
            if (parameter is null)
                continue;
            int part = shared ? parameter.Shape.Count : parameter.Shape.Count / _features;
            for (int input = 0; input < _features && parameter.RequiresGradient; input++)
            {
                Span<T> target = parameter.GradientSum();
                if (!shared)
                    target = target.Slice(input * part, part);
                VectorMath.Add(target, _sums.Span.Slice(input * Count + start, part), target, width);
            }

            start += part;
        }
    }

    private readonly void Add<V>(int input, Span<T> points, Span<T> products, int stride, Span<T> sums)
        where V : unmanaged, ISimd<V, T> => _basis!.ParameterGradient<V>(
            new BasisBlock<T>(input, 1, stride, 0, ref MemoryMarshal.GetReference(points), stride, ref MemoryMarshal.GetReference(products), stride),
            _basis.SharedParameters > 0 ? sums : default,
            _basis.SharedParameters > 0 ? default : sums);
}
