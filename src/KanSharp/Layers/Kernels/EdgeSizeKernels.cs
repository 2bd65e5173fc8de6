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
internal sealed unsafe class EdgeSizeKernels<V, T> : EdgeSizeKernels<T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Combine(
        int rows, int degree, int stride, ReadOnlySpan<int> first, T[] values, T[] bases, T[] weights, int baseRow, int padded, T[] target)
    {
        fixed (T* allValues = values, allWeights = weights, allTargets = target)
        {
            T* baseWeights = allWeights + (Math.Max(baseRow, 0) * padded);
            for (int row = 0; row < rows; row++)
            {
                T* value = allValues + (row * stride);
                T* w = allWeights + (first[row] * padded);
                T* y = allTargets + (row * padded);
                V factor = baseRow < 0 ? V.Zero : V.Broadcast(bases[row]);
                V v0 = V.Broadcast(value[0]), v1 = V.Broadcast(value[1]);
                if (degree == 3)
                {
                    V v2 = V.Broadcast(value[2]), v3 = V.Broadcast(value[3]);
                    for (int o = 0; o < padded; o += V.Count)
                    {
                        V left = V.MultiplyAdd(v0, V.Load(ref *w, o), factor * V.Load(ref *baseWeights, o));
                        V right = v2 * V.Load(ref *w, 2 * padded + o);
                        left = V.MultiplyAdd(v1, V.Load(ref *w, padded + o), left);
                        right = V.MultiplyAdd(v3, V.Load(ref *w, 3 * padded + o), right);
                        V.Store(left + right, ref *y, o);
                    }

                    continue;
                }

                for (int o = 0; o < padded; o += V.Count)
                {
                    V sum = V.MultiplyAdd(v0, V.Load(ref *w, o), factor * V.Load(ref *baseWeights, o));
                    sum = V.MultiplyAdd(v1, V.Load(ref *w, padded + o), sum);
                    for (int n = 2; n <= degree; n++)
                        sum = V.MultiplyAdd(V.Broadcast(value[n]), V.Load(ref *w, n * padded + o), sum);
                    V.Store(sum, ref *y, o);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Scatter(
        int rows, int degree, int stride, ReadOnlySpan<int> first, T[] values, T[] bases, T[] g, int padded, T[] gradients, int baseRow)
    {
        fixed (T* allValues = values, allSlopes = g, allGradients = gradients)
        {
            for (int row = 0; row < rows; row++)
            {
                T* value = allValues + (row * stride);
                T* slope = allSlopes + (row * padded);
                for (int n = 0; n <= degree; n++)
                    AddRow(V.Broadcast(value[n]), slope, allGradients + ((first[row] + n) * padded), padded);
                if (baseRow >= 0)
                    AddRow(V.Broadcast(bases[row]), slope, allGradients + (baseRow * padded), padded);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(V factor, T* source, T* target, int padded)
    {
        for (int o = 0; o < padded; o += V.Count)
            V.Store(V.MultiplyAdd(factor, V.Load(ref *source, o), V.Load(ref *target, o)), ref *target, o);
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
