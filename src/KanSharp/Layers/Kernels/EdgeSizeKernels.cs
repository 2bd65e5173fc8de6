using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Loops over the edges of one input and a block of rows; outputs stand in the lanes, and rows of outputs are padded to whole registers.</summary>
internal abstract class EdgeSizeKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The kernels of a register width.</summary>
    public static EdgeSizeKernels<T> For(SimdWidth width) => width switch
    {
        SimdWidth.Bits512 => new EdgeSizeKernels<Simd512<T>, T>(),
        SimdWidth.Bits256 => new EdgeSizeKernels<Simd256<T>, T>(),
        SimdWidth.Bits128 => new EdgeSizeKernels<Simd128<T>, T>(),
        _ => new EdgeSizeKernels<SimdScalar<T>, T>(),
    };

    /// <summary>target[r, o] = base_r·W[count, o] + Σ_n value_r[n]·W[first_r + n, o].</summary>
    public abstract void Combine(int rows, int degree, int stride, ReadOnlySpan<int> first, T[] values, T[] bases, T[] weights, int baseRow, int padded, T[] target);

    /// <summary>gradients[first_r + n, o] += value_r[n]·g[r, o], the base row likewise.</summary>
    public abstract void Scatter(int rows, int degree, int stride, ReadOnlySpan<int> first, T[] values, T[] bases, T[] g, int padded, T[] gradients, int baseRow);

    /// <summary>sums[0, o] = Σ_r (φ − shift), sums[1, o] = Σ_r (φ − shift)².</summary>
    public abstract void AddDeviations(int rows, int padded, T[] edges, ReadOnlySpan<T> shift, T[] sums);

    /// <summary>sums[0, o] = Σ_r |φ|, sums[1, o] = 0.</summary>
    public abstract void AddMagnitudes(int rows, int padded, T[] edges, T[] sums);

    /// <summary>φ ← factor[o]·(φ − mean[o]).</summary>
    public abstract void CentreAndScale(int rows, int padded, T[] edges, ReadOnlySpan<T> mean, ReadOnlySpan<T> factor);

    /// <summary>φ ← factor[o]·sign(φ).</summary>
    public abstract void SignAndScale(int rows, int padded, T[] edges, ReadOnlySpan<T> factor);

    /// <summary>target[r] = Σ_o left[r, o]·right[r, o].</summary>
    public abstract void RowDots(int rows, int padded, T[] left, T[] right, T[] target);
}

/// <summary>The loops for one register width.</summary>
internal sealed class EdgeSizeKernels<V, T> : EdgeSizeKernels<T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Combine(
        int rows, int degree, int stride, ReadOnlySpan<int> first, T[] values, T[] bases, T[] weights, int baseRow, int padded, T[] target)
    {
        for (int row = 0; row < rows; row++)
        {
            V factor = V.Broadcast(bases[row]);
            for (int o = 0; o < padded; o += V.Count)
            {
                V sum = baseRow < 0 ? V.Zero : factor * V.Load(ref weights[0], baseRow * padded + o);
                for (int n = 0; n <= degree; n++)
                    sum = V.MultiplyAdd(V.Broadcast(values[row * stride + n]), V.Load(ref weights[0], (first[row] + n) * padded + o), sum);
                V.Store(sum, ref target[0], row * padded + o);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Scatter(
        int rows, int degree, int stride, ReadOnlySpan<int> first, T[] values, T[] bases, T[] g, int padded, T[] gradients, int baseRow)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int o = 0; o < padded; o += V.Count)
            {
                V slope = V.Load(ref g[0], row * padded + o);
                for (int n = 0; n <= degree; n++)
                    Add(V.Broadcast(values[row * stride + n]) * slope, (first[row] + n) * padded + o);
                if (baseRow >= 0)
                    Add(V.Broadcast(bases[row]) * slope, baseRow * padded + o);
            }
        }

        void Add(V value, int at) => V.Store(V.Load(ref gradients[0], at) + value, ref gradients[0], at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddDeviations(int rows, int padded, T[] edges, ReadOnlySpan<T> shift, T[] sums)
    {
        for (int o = 0; o < padded; o += V.Count)
        {
            V origin = V.Load(in shift[0], o), sum = V.Zero, squares = V.Zero;
            for (int row = 0; row < rows; row++)
            {
                V difference = V.Load(ref edges[0], row * padded + o) - origin;
                sum += difference;
                squares = V.MultiplyAdd(difference, difference, squares);
            }

            V.Store(sum, ref sums[0], o);
            V.Store(squares, ref sums[0], padded + o);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddMagnitudes(int rows, int padded, T[] edges, T[] sums)
    {
        for (int o = 0; o < padded; o += V.Count)
        {
            V sum = V.Zero;
            for (int row = 0; row < rows; row++)
                sum += V.Abs(V.Load(ref edges[0], row * padded + o));
            V.Store(sum, ref sums[0], o);
            V.Store(V.Zero, ref sums[0], padded + o);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CentreAndScale(int rows, int padded, T[] edges, ReadOnlySpan<T> mean, ReadOnlySpan<T> factor)
    {
        for (int o = 0; o < padded; o += V.Count)
        {
            V origin = V.Load(in mean[0], o), scale = V.Load(in factor[0], o);
            for (int row = 0; row < rows; row++)
                V.Store((V.Load(ref edges[0], row * padded + o) - origin) * scale, ref edges[0], row * padded + o);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SignAndScale(int rows, int padded, T[] edges, ReadOnlySpan<T> factor)
    {
        for (int o = 0; o < padded; o += V.Count)
        {
            V scale = V.Load(in factor[0], o);
            for (int row = 0; row < rows; row++)
            {
                V value = V.Load(ref edges[0], row * padded + o);
                V negative = V.Select(V.LessThan(value, V.Zero), -scale, V.Zero);
                V.Store(V.Select(V.LessThan(V.Zero, value), scale, negative), ref edges[0], row * padded + o);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void RowDots(int rows, int padded, T[] left, T[] right, T[] target)
    {
        for (int row = 0; row < rows; row++)
        {
            V sum = V.Zero;
            for (int o = 0; o < padded; o += V.Count)
                sum = V.MultiplyAdd(V.Load(ref left[0], row * padded + o), V.Load(ref right[0], row * padded + o), sum);
            target[row] = V.Sum(sum);
        }
    }
}
