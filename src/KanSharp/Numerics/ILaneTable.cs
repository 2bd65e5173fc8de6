using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>
/// Where a small table that is read lane by lane lies. A type each, not a number: the JIT then never looks at the ways that are not taken, and its
/// budget for inlining goes to the one that is.
/// </summary>
internal interface ILaneTable
{
    /// <summary>Registers that hold the table; 0 if it stays in memory.</summary>
    static abstract int Registers { get; }

    /// <summary>The entries of a register of points.</summary>
    /// <param name="low">First half of the table, if it is held in registers.</param>
    /// <param name="high">Second half.</param>
    /// <param name="index">Entry numbers.</param>
    /// <param name="lanes">The same numbers in memory.</param>
    /// <param name="table">The table in memory.</param>
    static abstract V At<V, T>(V low, V high, V index, ref readonly T lanes, ref readonly T table)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A table of at most as many entries as a register has lanes.</summary>
internal readonly struct OneRegister : ILaneTable
{
    public static int Registers => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<V, T>(V low, V high, V index, ref readonly T lanes, ref readonly T table)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Permute(low, index);
}

/// <summary>A table of at most twice as many entries.</summary>
internal readonly struct TwoRegisters : ILaneTable
{
    public static int Registers => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<V, T>(V low, V high, V index, ref readonly T lanes, ref readonly T table)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Permute(low, high, index);
}

/// <summary>A table of any size.</summary>
internal readonly struct InMemory : ILaneTable
{
    public static int Registers => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<V, T>(V low, V high, V index, ref readonly T lanes, ref readonly T table)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Gather(in table, in lanes);
}
