using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Chooses the compiled kernel for a register width and a degree.</summary>
internal static unsafe class EdgeSumKernel
{
    /// <summary>y[n, o] += Σ_f m[f, o]·( s[f, o]·Σ_r value[n, f, r]·C[f, first + r, o] + base[n, f]·w[f, o] ).</summary>
    public static void Run<T>(in EdgeSumBlock<T> block, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (width)
        {
            case SimdWidth.Bits512: WithWidth<Simd512<T>, T>(block); break;
            case SimdWidth.Bits256: WithWidth<Simd256<T>, T>(block); break;
            case SimdWidth.Bits128: WithWidth<Simd128<T>, T>(block); break;
            default: WithWidth<SimdScalar<T>, T>(block); break;
        }
    }

    private static void WithWidth<V, T>(in EdgeSumBlock<T> block)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (block.Scale is not null && block.BaseWeight is not null && block.Mask is null)
            WithEdge<V, One, T>(block);
        else
            WithEdge<V, AnyNumber, T>(block);
    }

    private static void WithEdge<V, TEdge, T>(in EdgeSumBlock<T> block)
        where V : unmanaged, ISimd<V, T>
        where TEdge : struct, IConstant
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (block.Degree)
        {
            case 1: EdgeSumKernel<V, One, TEdge, T>.Run(block); break;
            case 2: EdgeSumKernel<V, Two, TEdge, T>.Run(block); break;
            case 3: EdgeSumKernel<V, Three, TEdge, T>.Run(block); break;
            case 4: EdgeSumKernel<V, Four, TEdge, T>.Run(block); break;
            case 5: EdgeSumKernel<V, Five, TEdge, T>.Run(block); break;
            default: EdgeSumKernel<V, AnyNumber, TEdge, T>.Run(block); break;
        }
    }
}

/// <summary>
/// The inner loops: feature by feature, so that memory is read in rows as long as the outputs, and for each feature row by row. The outputs
/// are read and written once per feature, from the first-level cache.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TDegree">Degree k if it is 1 to 5, else <see cref="AnyNumber"/>.</typeparam>
/// <typeparam name="TEdge"><see cref="One"/> for the usual edge with scale and base weight and without mask, else <see cref="AnyNumber"/>.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal static unsafe class EdgeSumKernel<V, TDegree, TEdge, T>
    where V : unmanaged, ISimd<V, T>
    where TDegree : struct, IConstant
    where TEdge : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in EdgeSumBlock<T> block)
    {
        int outputs = block.Outputs;
        int degree = TDegree.Value <= 5 ? TDegree.Value : block.Degree;
        T* scale = block.Scale;
        T* mask = block.Mask;
        T* baseWeight = block.BaseWeight;
        bool scaled = TEdge.Value == 1 || scale is not null;
        bool based = TEdge.Value == 1 || baseWeight is not null;
        bool masked = TEdge.Value != 1 && mask is not null;
        for (int f = 0; f < block.Features; f++)
        {
            bool ahead = Sse.IsSupported && block.FetchAhead && f + 1 < block.Features;
            for (int n = 0; n < block.Rows; n++)
            {
                int point = n * block.Features + f;
                T* c = block.Coefficients + ((nint)f * block.Count + block.First[point]) * outputs;
                // The distance to where the next feature's coefficients will be read
                nint next = ahead ? (block.Count + block.First[point + 1] - block.First[point]) * (nint)outputs : 0;
                T* values = block.Values + (nint)point * block.Stride;
                V v0 = V.Broadcast(values[0]);
                V v1 = V.Broadcast(values[1]);
                V v2 = TDegree.Value is > 1 and <= 5 ? V.Broadcast(values[2]) : default;
                V v3 = TDegree.Value is > 2 and <= 5 ? V.Broadcast(values[3]) : default;
                V v4 = TDegree.Value is > 3 and <= 5 ? V.Broadcast(values[4]) : default;
                V v5 = TDegree.Value is > 4 and <= 5 ? V.Broadcast(values[5]) : default;
                V b = based ? V.Broadcast(block.Bases[point]) : default;
                T* y = block.Y + (nint)n * outputs;
                int o = 0;
                for (; o <= outputs - V.Count; o += V.Count)
                {
                    if (ahead)
                    {
                        T* fetch = c + next + o;
                        Sse.Prefetch0(fetch);
                        Sse.Prefetch0(fetch + outputs);
                        if (TDegree.Value > 1)
                            Sse.Prefetch0(fetch + 2 * (nint)outputs);
                        if (TDegree.Value > 2)
                            Sse.Prefetch0(fetch + 3 * (nint)outputs);
                        for (int r = 4; TDegree.Value > 3 && r <= degree; r++)
                            Sse.Prefetch0(fetch + r * (nint)outputs);
                        if (scaled)
                            Sse.Prefetch0(scale + outputs + o);
                        if (based)
                            Sse.Prefetch0(baseWeight + outputs + o);
                        if (masked)
                            Sse.Prefetch0(mask + outputs + o);
                    }

                    V sum = v0 * V.Load(ref *c, o);
                    sum = V.MultiplyAdd(v1, V.Load(ref *c, outputs + o), sum);
                    if (TDegree.Value is > 1 and <= 5)
                        sum = V.MultiplyAdd(v2, V.Load(ref *c, 2 * (nint)outputs + o), sum);
                    if (TDegree.Value is > 2 and <= 5)
                        sum = V.MultiplyAdd(v3, V.Load(ref *c, 3 * (nint)outputs + o), sum);
                    if (TDegree.Value is > 3 and <= 5)
                        sum = V.MultiplyAdd(v4, V.Load(ref *c, 4 * (nint)outputs + o), sum);
                    if (TDegree.Value is > 4 and <= 5)
                        sum = V.MultiplyAdd(v5, V.Load(ref *c, 5 * (nint)outputs + o), sum);
                    for (int r = 2; TDegree.Value > 5 && r <= degree; r++)
                        sum = V.MultiplyAdd(V.Broadcast(values[r]), V.Load(ref *c, r * (nint)outputs + o), sum);
                    V total = V.Load(ref *y, o);
                    if (masked)
                    {
                        sum = scaled ? V.Load(ref *scale, o) * sum : sum;
                        sum = based ? V.MultiplyAdd(b, V.Load(ref *baseWeight, o), sum) : sum;
                        total = V.MultiplyAdd(V.Load(ref *mask, o), sum, total);
                    }
                    else
                    {
                        total = scaled ? V.MultiplyAdd(V.Load(ref *scale, o), sum, total) : total + sum;
                        total = based ? V.MultiplyAdd(b, V.Load(ref *baseWeight, o), total) : total;
                    }

                    V.Store(total, ref *y, o);
                }

                if (o < outputs)
                    Tail(block, f, point, c, values, y, o, degree);
            }

            scale += scaled ? outputs : 0;
            mask += masked ? outputs : 0;
            baseWeight += based ? outputs : 0;
        }
    }

    /// <summary>The outputs that do not fill a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tail(in EdgeSumBlock<T> block, int f, int point, T* c, T* values, T* y, int o, int degree)
    {
        int outputs = block.Outputs;
        int lanes = outputs - o;
        nint edge = (nint)f * outputs + o;
        V sum = V.Broadcast(values[0]) * V.LoadPartial(ref *c, o, lanes);
        for (int r = 1; r <= degree; r++)
            sum = V.MultiplyAdd(V.Broadcast(values[r]), V.LoadPartial(ref *c, r * (nint)outputs + o, lanes), sum);
        if (block.Scale is not null)
            sum *= V.LoadPartial(ref *block.Scale, edge, lanes);
        if (block.BaseWeight is not null)
            sum = V.MultiplyAdd(V.Broadcast(block.Bases[point]), V.LoadPartial(ref *block.BaseWeight, edge, lanes), sum);
        V total = V.LoadPartial(ref *y, o, lanes);
        total = block.Mask is null ? total + sum : V.MultiplyAdd(V.LoadPartial(ref *block.Mask, edge, lanes), sum, total);
        V.StorePartial(total, ref *y, o, lanes);
    }
}
