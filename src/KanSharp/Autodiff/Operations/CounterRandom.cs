namespace KanSharp.Autodiff.Operations;

/// <summary>Random bits as a function of a key and a position, so that any thread can draw any element's bits.</summary>
internal static class CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>64 bits for a position under a key.</summary>
    public static ulong Bits(ulong key, int position) => Mix(key + (ulong)(uint)position * Golden);

    /// <summary>The output function of SplitMix64 (Steele, Lea, Flood 2014): a bijection in which each input bit changes half of the output bits.</summary>
    public static ulong Mix(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
