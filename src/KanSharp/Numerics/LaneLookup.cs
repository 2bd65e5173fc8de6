using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>A small table that is read lane by lane: held in one or two registers, or left in memory.</summary>
/// <typeparam name="V">Register.</typeparam>
/// <typeparam name="TTable">Where it lies.</typeparam>
/// <typeparam name="T">Scalar.</typeparam>
internal struct LaneLookup<V, TTable, T>
    where V : unmanaged, ISimd<V, T>
    where TTable : struct, ILaneTable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private V _low;
    private V _high;

    /// <summary>Loads whole registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneLookup<V, TTable, T> Load(ref T table)
    {
        LaneLookup<V, TTable, T> lookup = default;
        if (TTable.Registers > 0)
            lookup._low = V.Load(ref table, 0);
        if (TTable.Registers > 1)
            lookup._high = V.Load(ref table, V.Count);
        return lookup;
    }

    /// <summary>The entries of a register of points.</summary>
    /// <param name="index">Their numbers.</param>
    /// <param name="lanes">The same numbers in memory.</param>
    /// <param name="table">The table in memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V At(V index, ref T lanes, ref T table) => TTable.At(_low, _high, index, in lanes, in table);
}
