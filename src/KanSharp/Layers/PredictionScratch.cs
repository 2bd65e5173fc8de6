using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>
/// Memory for what lies between layers during a prediction: one arena per thread, used like a stack, so that modules inside modules and
/// several threads at once need no allocation.
/// </summary>
internal static class PredictionScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static Arena<T>? t_arena;

    /// <summary>The calling thread's arena. Take a mark before renting and release it at the end.</summary>
    public static Arena<T> Arena => t_arena ??= new Arena<T>();
}
