using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>A family of one function, the same for every feature: the base branch of a layer.</summary>
internal sealed class ActivationBasis<T>(Activation activation) : GlobalBasis<T>(1)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly ConcurrentDictionary<Activation, ActivationBasis<T>> Known = new();

    /// <summary>The function.</summary>
    public Activation Activation => activation;

    /// <summary>The family of an activation; the same object for the same activation.</summary>
    public static ActivationBasis<T> Of(Activation activation) => Known.GetOrAdd(activation, static key => new ActivationBasis<T>(key));

    /// <inheritdoc/>
    public override void Evaluate<V>(in BasisBlock<T> block)
    {
        for (int feature = 0; feature < block.Features; feature++)
        {
            ref T points = ref Unsafe.Add(ref block.Points, (nint)feature * block.PointStride);
            ref T values = ref Unsafe.Add(ref block.Values, (nint)feature * block.ValueStride);
            activation.Evaluate(
                block.Order,
                MemoryMarshal.CreateReadOnlySpan(ref points, block.Length),
                MemoryMarshal.CreateSpan(ref values, block.Length),
                SimdWidths.Of<V, T>());
        }
    }
}
