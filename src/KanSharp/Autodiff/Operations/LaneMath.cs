using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Functions too rare to deserve a register version, applied lane by lane.</summary>
internal static class LaneMath
{
    /// <summary>xᵃ.</summary>
    public static TV Pow<TV, T>(TV x, TV a)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var bases = default(Lanes<T>);
        var exponents = default(Lanes<T>);
        TV.Store(x, ref bases[0], 0);
        TV.Store(a, ref exponents[0], 0);
        for (int lane = 0; lane < TV.Count; lane++)
            bases[lane] = T.Pow(bases[lane], exponents[lane]);
        return TV.Load(in bases[0], 0);
    }

    [InlineArray(16)]
    private struct Lanes<T>
        where T : unmanaged
    {
        private T _first;
    }
}
