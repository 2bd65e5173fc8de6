using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>The functions of <see cref="SplineGaussianOptions"/>: the Gaussians are evaluated, and to the few that are in reach the B-splines are added.</summary>
internal sealed class SplineGaussianBasis<T> : GlobalBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 64;
    private const int LargestStride = 16;
    private readonly GaussianBasis<T> _gaussians;
    private readonly LocalBasisTable<T> _splines;

    public SplineGaussianBasis(SplineGaussianOptions options)
        : base(options.Count)
    {
        _gaussians = new GaussianBasis<T>(options.Low, options.High, options.Count);
        var knots = new T[options.Intervals + 2 * options.Degree + 1];
        KnotVector.Uniform<T>(options.Low, options.High, options.Intervals, options.Degree, knots);
        _splines = BSplineTable.Build<T>(knots, 1, options.Degree, OutsideGrid.Zero);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Evaluate<V>(in BasisBlock<T> block)
    {
        _gaussians.Evaluate<V>(block);
        Span<int> first = stackalloc int[Chunk];
        Span<T> active = stackalloc T[Chunk * LargestStride];
        for (int feature = 0; feature < block.Features; feature++)
        {
            ref T points = ref Unsafe.Add(ref block.Points, (nint)feature * block.PointStride);
            ref T values = ref Unsafe.Add(ref block.Values, (nint)feature * Count * block.ValueStride);
            for (int n = 0; n < block.Length; n += Chunk)
            {
                int length = Math.Min(Chunk, block.Length - n);
                ReadOnlySpan<T> x = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref points, n), length);
                _splines.Evaluate(x, 0, 1, block.Order, first, active, SimdWidths.Of<V, T>());
                Add(first, active, length, ref Unsafe.Add(ref values, n), block.ValueStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ReadOnlySpan<int> first, ReadOnlySpan<T> active, int length, ref T values, int stride)
    {
        int degree = _splines.Degree, step = _splines.Stride;
        ref T source = ref MemoryMarshal.GetReference(active);
        for (int n = 0; n < length; n++)
        {
            ref T target = ref Unsafe.Add(ref values, ((nint)first[n] * stride) + n);
            for (int r = 0; r <= degree; r++)
            {
                target += Unsafe.Add(ref source, (n * step) + r);
                target = ref Unsafe.Add(ref target, stride);
            }
        }
    }
}
