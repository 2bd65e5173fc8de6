using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>The functions of <see cref="FourierOptions"/>: one sine and one cosine, then rotations by the first angle.</summary>
internal sealed class FourierBasis<T>(int frequencies, double frequency) : RowBasis<T>(2 * frequencies)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Row<V>(int feature, int order, int length, ref T points, ref T values, int stride)
    {
        V omega = SimdMath.Constant<V, T>(frequency);
        nint sines = (nint)frequencies * stride;
        int turn = order & 3;
        for (int n = 0; n < length; n += V.Count)
        {
            V angle = omega * V.Load(in points, n);
            V firstSine = SimdMath.Sin<V, T>(angle), firstCosine = SimdMath.Cos<V, T>(angle);
            V sine = firstSine, cosine = firstCosine;
            ref T target = ref Unsafe.Add(ref values, n);
            for (int k = 1; k <= frequencies; k++)
            {
                V factor = SimdMath.Constant<V, T>(k * frequency);
                V scale = SimdMath.Power<V, T>(factor, order);
                // cos → −sin → −cos → sin, sin → cos → −sin → −cos
                V c = turn == 0 ? cosine : turn == 1 ? -sine : turn == 2 ? -cosine : sine;
                V s = turn == 0 ? sine : turn == 1 ? cosine : turn == 2 ? -sine : -cosine;
                V.Store(scale * c, ref target, 0);
                V.Store(scale * s, ref target, sines);
                target = ref Unsafe.Add(ref target, stride);
                V next = V.MultiplyAdd(cosine, firstCosine, -(sine * firstSine));
                sine = V.MultiplyAdd(sine, firstCosine, cosine * firstSine);
                cosine = next;
            }
        }
    }
}
