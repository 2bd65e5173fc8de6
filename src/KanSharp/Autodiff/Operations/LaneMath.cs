using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>A function of a number and a constant that has no register version.</summary>
internal interface ILaneFunction
{
    static abstract T Apply<T>(T x, T a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Applies a scalar function to each lane of a register: for functions too rare to deserve a kernel.</summary>
internal static class LaneMath
{
    public static TV Map<TV, T, TFunction>(TV x, TV a)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction
    {
        var lanes = default(Lanes<T>);
        var constants = default(Lanes<T>);
        TV.Store(x, ref lanes[0], 0);
        TV.Store(a, ref constants[0], 0);
        for (int lane = 0; lane < TV.Count; lane++)
            lanes[lane] = TFunction.Apply(lanes[lane], constants[lane]);
        return TV.Load(in lanes[0], 0);
    }

    public readonly struct Log : ILaneFunction
    {
        public static T Apply<T>(T x, T a)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Log(x);
    }

    public readonly struct Pow : ILaneFunction
    {
        public static T Apply<T>(T x, T a)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Pow(x, a);
    }

    [InlineArray(16)]
    private struct Lanes<T>
        where T : unmanaged
    {
        private T _first;
    }
}
