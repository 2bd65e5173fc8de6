using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>sums[o] += factor[n]·B(u[n])·g[o][n], lane by lane: the gradients of the weights of one basis function, for up to 8 outputs.</summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTable">Where tables lie.</typeparam>
/// <typeparam name="TDegree">Degree, 1 to 5.</typeparam>
/// <typeparam name="TOutputs">Outputs, 1 to 8.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal static class LaneSums<V, TTable, TDegree, TOutputs, T>
    where V : unmanaged, ISimd<V, T>
    where TTable : struct, ILaneTable
    where TDegree : struct, IConstant
    where TOutputs : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in LanePoints<T> points, ref T function, ref T g, nint stride, ref T sums)
    {
        nint length = points.TableLength;
        CellPolynomial<V, TDegree, TTable, T> polynomial = CellPolynomial<V, TDegree, TTable, T>.Load(ref function, length);
        ref T index = ref points.Index;
        ref T arguments = ref points.U;
        ref T factors = ref points.Factors;
        bool hasFactors = !Unsafe.IsNullRef(ref factors);
        V s0 = Sum(ref sums, 0), s1 = Sum(ref sums, 1), s2 = Sum(ref sums, 2), s3 = Sum(ref sums, 3);
        V s4 = Sum(ref sums, 4), s5 = Sum(ref sums, 5), s6 = Sum(ref sums, 6), s7 = Sum(ref sums, 7);
        int count = points.Count;
        for (nint n = 0; n < count; n += V.Count)
        {
            V value = polynomial.At(V.Load(ref arguments, n), ref Unsafe.Add(ref index, n), ref function, length);
            if (hasFactors)
                value *= V.Load(ref factors, n);
            ref T part = ref Unsafe.Add(ref g, n);
            s0 = V.MultiplyAdd(value, V.Load(ref part, 0), s0);
            if (TOutputs.Value > 1)
                s1 = V.MultiplyAdd(value, V.Load(ref part, stride), s1);
            if (TOutputs.Value > 2)
                s2 = V.MultiplyAdd(value, V.Load(ref part, 2 * stride), s2);
            if (TOutputs.Value > 3)
                s3 = V.MultiplyAdd(value, V.Load(ref part, 3 * stride), s3);
            if (TOutputs.Value > 4)
                s4 = V.MultiplyAdd(value, V.Load(ref part, 4 * stride), s4);
            if (TOutputs.Value > 5)
                s5 = V.MultiplyAdd(value, V.Load(ref part, 5 * stride), s5);
            if (TOutputs.Value > 6)
                s6 = V.MultiplyAdd(value, V.Load(ref part, 6 * stride), s6);
            if (TOutputs.Value > 7)
                s7 = V.MultiplyAdd(value, V.Load(ref part, 7 * stride), s7);
        }

        Keep(s0, ref sums, 0);
        Keep(s1, ref sums, 1);
        Keep(s2, ref sums, 2);
        Keep(s3, ref sums, 3);
        Keep(s4, ref sums, 4);
        Keep(s5, ref sums, 5);
        Keep(s6, ref sums, 6);
        Keep(s7, ref sums, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum(ref T sums, int output) => TOutputs.Value > output ? V.Load(ref sums, output * V.Count) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(V sum, ref T sums, int output)
    {
        if (TOutputs.Value > output)
            V.Store(sum, ref sums, output * V.Count);
    }
}
