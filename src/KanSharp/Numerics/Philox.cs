namespace KanSharp.Numerics;

/// <summary>
/// The counter-based generator Philox4x64-10 of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3", SC'11: a keyed bijection of 256-bit counters whose outputs pass the BigCrush tests. Integer arithmetic only.
/// </summary>
internal static class Philox
{
    /// <summary>The four words that belong to counter (c0, c1, c2, c3) under the key (key0, key1).</summary>
    public static (ulong R0, ulong R1, ulong R2, ulong R3) Block(ulong key0, ulong key1, ulong c0, ulong c1, ulong c2, ulong c3)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong high0 = Math.BigMul(0xD2E7470EE14C6C93UL, c0, out ulong low0);
            ulong high1 = Math.BigMul(0xCA5A826395121157UL, c2, out ulong low1);
            (c0, c1, c2, c3) = (high1 ^ c1 ^ key0, low1, high0 ^ c3 ^ key1, low0);
            unchecked
            {
                key0 += 0x9E3779B97F4A7C15UL;
                key1 += 0xBB67AE8584CAA73BUL;
            }
        }

        return (c0, c1, c2, c3);
    }
}
