using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>The distance from 1 to the next larger number, 2⁻²³ or 2⁻⁵² (.NET's own Epsilon is the smallest subnormal number).</summary>
internal static class MachineEpsilon
{
    public static T Of<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.BitIncrement(T.One) - T.One;
}
