using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Writing gradient to where it is either the first contribution or a further one.</summary>
internal static class Runs
{
    /// <summary>target = x, or target += x.</summary>
    public static void Put<T>(ReadOnlySpan<T> x, Span<T> target, bool add, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (add)
            VectorMath.Add(target, x, target, width);
        else
            x.CopyTo(target);
    }

    /// <summary>target = a·x, or target += a·x.</summary>
    public static void PutScaled<T>(T a, ReadOnlySpan<T> x, Span<T> target, bool add, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (add)
            VectorMath.MultiplyAdd(a, x, target, width);
        else
            VectorMath.Scale(a, x, target, width);
    }

    /// <summary>target = value, or target += value.</summary>
    public static void PutConstant<T>(T value, Span<T> target, bool add, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (add)
            UnaryRun<ShiftOperation, T>.Apply(width, target, target, value);
        else
            target.Fill(value);
    }
}
