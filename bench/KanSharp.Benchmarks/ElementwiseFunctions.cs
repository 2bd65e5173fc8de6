using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Benchmarks;

/// <summary>A function on spans: y from x, or a number from x that is stored in y[0].</summary>
internal delegate void SpanFunction<T>(ReadOnlySpan<T> x, Span<T> y)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>What --function of the elementwise case may name: every activation by its name, sines and logarithms, sums.</summary>
internal static class ElementwiseFunctions
{
    private static readonly string[] s_others = ["cos", "log", "add", "multiply", "multiplyadd", "sum", "dot", "maxabs"];

    public static string Names => string.Join(", ", Activation.All.Select(one => one.Name.ToLowerInvariant()).Concat(s_others));

    /// <summary>Bytes read and written for each element.</summary>
    public static int BytesMoved<T>(string name) => Unsafe.SizeOf<T>() * name switch
    {
        "sum" or "maxabs" => 1,
        "add" or "multiply" or "multiplyadd" => 3,
        _ => 2,
    };

    /// <summary>The function, or the derivative of an activation.</summary>
    /// <exception cref="FormatException">No such function, or one without derivatives here.</exception>
    public static SpanFunction<T> Find<T>(string name, int order, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (order is < 0 or > 3)
            throw new FormatException($"--order is 0 (value) to 3 (third derivative), got {order}.");
        if (Activation.All.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } activation)
            return (x, y) => activation.Evaluate(order, x, y, width);
        if (order > 0)
            throw new FormatException($"--order {order} needs one of {string.Join(", ", Activation.All)}; got '{name}'.");
        return name switch
        {
            "cos" => (x, y) => Elementwise.Map<Cosine, T>(x, y, width),
            "log" => (x, y) => Elementwise.Map<Logarithm, T>(x, y, width),
            "add" => (x, y) => VectorMath.Add(x, y, y, width),
            "multiply" => (x, y) => VectorMath.Multiply(x, y, y, width),
            "multiplyadd" => (x, y) => VectorMath.MultiplyAdd(T.CreateTruncating(1e-9), x, y, width),
            "sum" => (x, y) => y[0] = VectorMath.Sum(x, width),
            "dot" => (x, y) => y[0] = VectorMath.Dot(x, y, width),
            "maxabs" => (x, y) => y[0] = VectorMath.MaxAbs(x, width),
            _ => throw new FormatException($"--function is one of {Names}; got '{name}'."),
        };
    }

    private readonly struct Cosine : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Cos<V, T>(x);
    }

    private readonly struct Logarithm : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Log<V, T>(x);
    }
}
