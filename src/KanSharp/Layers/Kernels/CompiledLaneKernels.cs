using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The loops themselves.</summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTable">Where tables lie.</typeparam>
/// <typeparam name="TDegree">Degree, 1 to 5.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed class CompiledLaneKernels<V, TTable, TDegree, T> : LaneKernels<T>
    where V : unmanaged, ISimd<V, T>
    where TTable : struct, ILaneTable
    where TDegree : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly CompiledLaneKernels<V, TTable, TDegree, T> Instance = new();

    public override void Locate(LocalBasisTable<T> table, int feature, ref T x, ref T cells, in LanePoints<T> points) =>
        table.LocateLanes<V, TTable>(feature, ref x, points.Count, ref cells, points.TableLength, ref points.Index, ref points.U);

    public override void Add(in LanePoints<T> points, ref T edge, ref T bases, T weight, ref T y)
    {
        if (Unsafe.IsNullRef(ref points.Factors))
        {
            if (Unsafe.IsNullRef(ref bases))
                Add<Zero, Zero>(points, ref edge, ref bases, weight, ref y);
            else
                Add<Zero, One>(points, ref edge, ref bases, weight, ref y);
        }
        else if (Unsafe.IsNullRef(ref bases))
        {
            Add<One, Zero>(points, ref edge, ref bases, weight, ref y);
        }
        else
        {
            Add<One, One>(points, ref edge, ref bases, weight, ref y);
        }
    }

    public override void Sum(in LanePoints<T> points, ref T function, ref T g, int stride, int outputs, ref T sums)
    {
        switch (outputs)
        {
            case 1: LaneSums<V, TTable, TDegree, One, T>.Run(points, ref function, ref g, stride, ref sums); break;
            case 2: LaneSums<V, TTable, TDegree, Two, T>.Run(points, ref function, ref g, stride, ref sums); break;
            case 3: LaneSums<V, TTable, TDegree, Three, T>.Run(points, ref function, ref g, stride, ref sums); break;
            case 4: LaneSums<V, TTable, TDegree, Four, T>.Run(points, ref function, ref g, stride, ref sums); break;
            case 5: LaneSums<V, TTable, TDegree, Five, T>.Run(points, ref function, ref g, stride, ref sums); break;
            case 6: LaneSums<V, TTable, TDegree, Six, T>.Run(points, ref function, ref g, stride, ref sums); break;
            case 7: LaneSums<V, TTable, TDegree, Seven, T>.Run(points, ref function, ref g, stride, ref sums); break;
            default: LaneSums<V, TTable, TDegree, Eight, T>.Run(points, ref function, ref g, stride, ref sums); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SumBase(ref T bases, int count, ref T g, int stride, int outputs, ref T sums)
    {
        for (int o = 0; o < outputs; o++)
        {
            V sum = V.Load(ref sums, o * V.Count);
            for (nint n = 0; n < count; n += V.Count)
                sum = V.MultiplyAdd(V.Load(ref bases, n), V.Load(ref g, n), sum);
            V.Store(sum, ref sums, o * V.Count);
            g = ref Unsafe.Add(ref g, stride);
        }
    }

    public override void Collect(ref T registers, int rows, int outputs, ref T sums, int stride)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int o = 0; o < outputs; o++)
                Unsafe.Add(ref sums, (nint)row * stride + o) = V.Sum(V.Load(ref registers, ((nint)row * outputs + o) * V.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TFactor, TBase>(in LanePoints<T> points, ref T edge, ref T bases, T weight, ref T y)
        where TFactor : struct, IConstant
        where TBase : struct, IConstant
    {
        nint length = points.TableLength;
        CellPolynomial<V, TDegree, TTable, T> polynomial = CellPolynomial<V, TDegree, TTable, T>.Load(ref edge, length);
        ref T index = ref points.Index;
        ref T arguments = ref points.U;
        ref T factors = ref points.Factors;
        V baseWeight = V.Broadcast(weight);
        int count = points.Count;
        for (nint n = 0; n < count; n += V.Count)
        {
            V sum = V.Load(ref y, n);
            if (TBase.Value > 0)
                sum = V.MultiplyAdd(baseWeight, V.Load(ref bases, n), sum);
            V value = polynomial.At(V.Load(ref arguments, n), ref Unsafe.Add(ref index, n), ref edge, length);
            sum = TFactor.Value > 0 ? V.MultiplyAdd(value, V.Load(ref factors, n), sum) : sum + value;
            V.Store(sum, ref y, n);
        }
    }
}
