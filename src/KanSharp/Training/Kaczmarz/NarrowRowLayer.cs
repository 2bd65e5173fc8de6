using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// One output: the k+1 weights of an input lie side by side, and inputs are taken one by one, several at a time in independent chains. Registers would have to be
/// filled from scattered places and written back to them, which waits for the memory it has just written.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TLocal">k+1, or any number.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed unsafe class NarrowRowLayer<V, TLocal, T>(KanLinear<T> layer, int records, int targets, SimdWidth width)
    : RowLayer<T>(layer, records, targets, width, outStride: 1)
    where V : unmanaged, ISimd<V, T>
    where TLocal : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int Local
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLocal.Value == int.MaxValue ? Degree + 1 : TLocal.Value;
    }

    /// <inheritdoc/>
    /// <remarks>The derivatives by the inputs need the same weights and are kept.</remarks>
    public override void Sum(int record, T* y)
    {
        ref readonly RowPoint<T> point = ref Point(record);
        *y = *Bias + (TLocal.Value is 2 or 4 ? Splines(point, Weights, Inputs, InStride) : AnySplines(point));
        for (int input = 0; input < Inputs && HasBase; input++)
        {
            T weight = Weights[input * Rows + SplineRows];
            *y += point.Values[Local * InStride + input] * weight;
            point.Derivatives[input] += point.Slopes[Local * InStride + input] * weight;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(int record, T* g, T* gx)
    {
        T* derivatives = Point(record).Derivatives;
        V factor = V.Broadcast(*g);
        int plane = InStride;
        for (int n = 0; n < plane; n += V.Count)
            V.Store(V.Load(ref derivatives[n], 0) * factor, ref gx[n], 0);
    }

    public override void Update(int record, T* g, T step)
    {
        ref readonly RowPoint<T> point = ref Point(record);
        T delta = *g * step;
        if (TrainsSpline && (TLocal.Value is 2 or 4) && Mask is null)
            Add(point, Weights, Inputs, InStride, delta);
        else if (TrainsSpline)
            AddAny(point, delta);
        for (int input = 0; input < Inputs && TrainsBase; input++)
        {
            if (Mask is null || !Mask.IsOff(input))
                Weights[input * Rows + SplineRows] += delta * point.Values[Local * InStride + input];
        }

        if (TrainsBias)
            *Bias += delta;
    }

    public override T SquaredLength(int record) => RowSums.SquaredLength<V, T>(
        Point(record).Values, InStride, TrainsSpline ? 0 : Local, TrainsBase ? Functions : Local, TrainsBias);

    protected override T Dot(T* g) => *g * *g;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Splines(in RowPoint<T> point, T* weights, nint inputs, nint plane)
    {
        T* first = point.First;
        T* values = point.Values;
        T* slopes = point.Slopes;
        T* derivatives = point.Derivatives;
        T a = T.Zero, b = T.Zero, c = T.Zero, d = T.Zero;
        nint input = 0;
        for (; input + 4 <= inputs; input += 4)
        {
            a = Edge(weights + LaneIndex.Read(ref first[input]), values + input, slopes + input, plane, a, derivatives + input);
            b = Edge(weights + LaneIndex.Read(ref first[input + 1]), values + input + 1, slopes + input + 1, plane, b, derivatives + input + 1);
            c = Edge(weights + LaneIndex.Read(ref first[input + 2]), values + input + 2, slopes + input + 2, plane, c, derivatives + input + 2);
            d = Edge(weights + LaneIndex.Read(ref first[input + 3]), values + input + 3, slopes + input + 3, plane, d, derivatives + input + 3);
        }

        for (; input < inputs; input++)
            a = Edge(weights + LaneIndex.Read(ref first[input]), values + input, slopes + input, plane, a, derivatives + input);
        return (a + b) + (c + d);
    }

    /// <summary>sum + Σ B·w of one edge with 2 or 4 functions; keeps Σ B'·w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Edge(T* row, T* values, T* slopes, nint plane, T sum, T* derivative)
    {
        T first = row[0], second = row[1];
        sum = T.FusedMultiplyAdd(first, *values, sum);
        T slope = T.FusedMultiplyAdd(second, slopes[plane], *slopes * first);
        if (TLocal.Value == 4)
        {
            T third = row[2], fourth = row[3];
            sum += T.FusedMultiplyAdd(third, values[2 * plane], fourth * values[3 * plane]);
            slope += T.FusedMultiplyAdd(third, slopes[2 * plane], fourth * slopes[3 * plane]);
        }

        *derivative = slope;
        return T.FusedMultiplyAdd(second, values[plane], sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(in RowPoint<T> point, T* weights, nint inputs, nint plane, T delta)
    {
        T* first = point.First;
        T* values = point.Values;
        for (nint input = 0; input < inputs; input++)
        {
            T* row = weights + LaneIndex.Read(ref first[input]);
            T a = T.FusedMultiplyAdd(delta, values[input], row[0]);
            T b = T.FusedMultiplyAdd(delta, values[plane + input], row[1]);
            row[0] = a;
            row[1] = b;
            if (TLocal.Value == 4)
            {
                T c = T.FusedMultiplyAdd(delta, values[2 * plane + input], row[2]);
                T d = T.FusedMultiplyAdd(delta, values[3 * plane + input], row[3]);
                row[2] = c;
                row[3] = d;
            }
        }
    }

    private T AnySplines(in RowPoint<T> point)
    {
        T sum = T.Zero;
        for (int input = 0; input < Inputs; input++)
        {
            T* row = Weights + LaneIndex.Read(ref point.First[input]);
            T slope = T.Zero;
            for (int r = 0; r < Local; r++)
            {
                sum += point.Values[r * InStride + input] * row[r];
                slope += point.Slopes[r * InStride + input] * row[r];
            }

            point.Derivatives[input] = slope;
        }

        return sum;
    }

    private void AddAny(in RowPoint<T> point, T delta)
    {
        for (int input = 0; input < Inputs; input++)
        {
            if (Mask is not null && Mask.IsOff(input))
                continue;
            T* row = Weights + LaneIndex.Read(ref point.First[input]);
            for (int r = 0; r < Local; r++)
                row[r] += delta * point.Values[r * InStride + input];
        }
    }
}
