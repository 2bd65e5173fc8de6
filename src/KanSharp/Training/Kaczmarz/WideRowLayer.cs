using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// Several outputs: they lie side by side in registers, and per input a pass reads k+1 rows of weights. A tile of up to 4 registers of outputs stays in
/// registers over all inputs.
/// </summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TLocal">k+1, or any number.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed unsafe class WideRowLayer<V, TLocal, T> : RowLayer<T>
    where V : unmanaged, ISimd<V, T>
    where TLocal : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _registers;
    private readonly int _tile;

    public WideRowLayer(KanLinear<T> layer, int records, int targets, SimdWidth width)
        : base(layer, records, targets, width, Padded(layer.Outputs))
    {
        _registers = (layer.Outputs + V.Count - 1) / V.Count;
        int tiles = (_registers + 3) / 4;
        _tile = (_registers + tiles - 1) / tiles;
    }

    private int Local
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLocal.Value == int.MaxValue ? Degree + 1 : TLocal.Value;
    }

    public override void Sum(int record, T* y)
    {
        ref readonly RowPoint<T> point = ref Point(record);
        for (int register = 0; register < _registers; register += _tile)
        {
            int at = register * V.Count;
            switch (Math.Min(_tile, _registers - register))
            {
                case 1: Sum<One>(point, y, at); break;
                case 2: Sum<Two>(point, y, at); break;
                case 3: Sum<Three>(point, y, at); break;
                default: Sum<Four>(point, y, at); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(int record, T* g, T* gx)
    {
        ref readonly RowPoint<T> point = ref Point(record);
        int local = Local, stride = OutStride, registers = _registers;
        for (int input = 0; input < Inputs; input++)
        {
            V sum = V.Zero;
            for (int function = 0; function < Functions; function++)
            {
                T* row = Weights + (nint)(function < local ? LaneIndex.Read(ref point.First[input]) + function : input * Rows + SplineRows) * stride;
                V dot = V.Zero;
                for (int register = 0; register < registers; register++)
                    dot = V.MultiplyAdd(V.Load(ref row[register * V.Count], 0), V.Load(ref g[register * V.Count], 0), dot);
                sum = V.MultiplyAdd(V.Broadcast(point.Slopes[function * InStride + input]), dot, sum);
            }

            gx[input] = V.Sum(sum);
        }
    }

    public override void Update(int record, T* g, T step)
    {
        ref readonly RowPoint<T> point = ref Point(record);
        for (int register = 0; register < _registers; register += _tile)
        {
            int at = register * V.Count;
            switch (Math.Min(_tile, _registers - register))
            {
                case 1: Update<One>(point, g, step, at); break;
                case 2: Update<Two>(point, g, step, at); break;
                case 3: Update<Three>(point, g, step, at); break;
                default: Update<Four>(point, g, step, at); break;
            }
        }

        for (int input = 0; input < Inputs && Mask is not null; input++)
        {
            for (int function = 0; function < Local; function++)
                Mask.Clear(input, Weights + (nint)(LaneIndex.Read(ref point.First[input]) + function) * OutStride);
            if (HasBase)
                Mask.Clear(input, Weights + (nint)(input * Rows + SplineRows) * OutStride);
        }
    }

    public override T SquaredLength(int record) => RowSums.SquaredLength<V, T>(
        Point(record).Values, InStride, TrainsSpline ? 0 : Local, TrainsBase ? Functions : Local, TrainsBias);

    protected override T Dot(T* g) => RowSums.Dot<V, T>(g, g, _registers * V.Count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum<TTile>(in RowPoint<T> point, T* y, int at)
        where TTile : struct, IConstant
    {
        T* values = point.Values;
        T* first = point.First;
        T* weights = Weights + at;
        int local = Local;
        nint stride = OutStride, plane = InStride, inputs = Inputs;
        Strip<V, TTile, T> sum = Strip<V, TTile, T>.Load(ref Bias[at]), other = default;
        for (nint input = 0; input < inputs; input++)
        {
            T* row = weights + LaneIndex.Read(ref first[input]) * stride;
            T* value = values + input;
            // two chains of sums: one would wait for itself
            sum.Add(V.Broadcast(*value), Strip<V, TTile, T>.Load(ref *row));
            other.Add(V.Broadcast(value[plane]), Strip<V, TTile, T>.Load(ref row[stride]));
            if (TLocal.Value == 4)
            {
                sum.Add(V.Broadcast(value[2 * plane]), Strip<V, TTile, T>.Load(ref row[2 * stride]));
                other.Add(V.Broadcast(value[3 * plane]), Strip<V, TTile, T>.Load(ref row[3 * stride]));
            }

            for (int r = 2; TLocal.Value == int.MaxValue && r < local; r++)
                sum.Add(V.Broadcast(value[r * plane]), Strip<V, TTile, T>.Load(ref row[r * stride]));
        }

        for (int input = 0; input < inputs && HasBase; input++)
            sum.Add(V.Broadcast(values[local * plane + input]), Strip<V, TTile, T>.Load(ref weights[(input * Rows + SplineRows) * stride]));
        sum.Add(V.Broadcast(T.One), other);
        sum.Store(ref y[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update<TTile>(in RowPoint<T> point, T* g, T step, int at)
        where TTile : struct, IConstant
    {
        T* values = point.Values;
        T* first = point.First;
        T* weights = Weights + at;
        int local = Local;
        nint stride = OutStride, plane = InStride, inputs = Inputs;
        Strip<V, TTile, T> delta = default;
        delta.Scale(V.Broadcast(step), Strip<V, TTile, T>.Load(ref g[at]));
        for (nint input = TrainsSpline ? 0 : inputs; input < inputs; input++)
        {
            T* row = weights + LaneIndex.Read(ref first[input]) * stride;
            T* value = values + input;
            Add(row, *value, delta);
            Add(row + stride, value[plane], delta);
            if (TLocal.Value == 4)
            {
                Add(row + 2 * stride, value[2 * plane], delta);
                Add(row + 3 * stride, value[3 * plane], delta);
            }

            for (int r = 2; TLocal.Value == int.MaxValue && r < local; r++)
                Add(row + r * stride, value[r * plane], delta);
        }

        for (int input = 0; input < inputs && TrainsBase; input++)
            Add(weights + (input * Rows + SplineRows) * stride, values[local * plane + input], delta);
        if (TrainsBias)
            delta.AddTo(ref Bias[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TTile>(T* row, T value, in Strip<V, TTile, T> delta)
        where TTile : struct, IConstant
    {
        Strip<V, TTile, T> sum = Strip<V, TTile, T>.Load(ref *row);
        sum.Add(V.Broadcast(value), delta);
        sum.Store(ref *row);
    }
}
