using System.Text;

namespace KanSharp.Numerics;

/// <summary>
/// A seeded random generator that can be split into independent children. The same seed gives the same numbers on every operating system
/// and processor: integers come from the counter-based Philox4x64-10, and the functions behind normal numbers are our own.
/// </summary>
/// <remarks>
/// A child's stream depends on the parent's stream and on its name (or its number among the unnamed children), never on how many numbers
/// were drawn, so that adding a draw in one place leaves every other place as it was. Not safe for use from several threads at once: give
/// each a child.
/// </remarks>
public sealed partial class SplitRandom
{
    // The last word of the counter keeps the uses of one key apart.
    private const ulong Draws = 0;
    private const ulong UnnamedChildren = 1;
    private const ulong NumberedChildren = 2;
    private const ulong NamedChildren = 3;

    private readonly ulong _key0;
    private readonly ulong _key1;
    private ulong _position;
    private ulong _splits;
    private (ulong R0, ulong R1, ulong R2, ulong R3) _block;

    /// <summary>Creates a generator; different seeds give independent streams.</summary>
    public SplitRandom(ulong seed)
        : this(new SplitRandomState(seed, 0, 0, 0))
    {
    }

    /// <summary>Creates a generator that continues from an exported state.</summary>
    public SplitRandom(SplitRandomState state)
    {
        (_key0, _key1, _position, _splits) = state;
        if (_position % 4 != 0)
            _block = Philox.Block(_key0, _key1, _position / 4, 0, 0, Draws);
    }

    /// <summary>What a generator needs to continue from here.</summary>
    public SplitRandomState State => new(_key0, _key1, _position, _splits);

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong lane = _position++ % 4;
        switch (lane)
        {
            case 0:
                _block = Philox.Block(_key0, _key1, (_position - 1) / 4, 0, 0, Draws);
                return _block.R0;
            case 1: return _block.R1;
            case 2: return _block.R2;
            default: return _block.R3;
        }
    }

    /// <summary>Uniform on [0, 1): a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Standard normal, by the cosine half of G. E. P. Box and M. E. Muller (1958). Takes two numbers of the stream; magnitudes end
    /// at 8.6.
    /// </summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Logarithm(1 - NextDouble()));
        return radius * Cosine(2 * Math.PI * NextDouble());
    }

    /// <summary>Uniform on 0..<paramref name="bound"/>−1, without bias (D. Lemire, "Fast random integer generation in an interval", 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound;
        ulong result = Math.BigMul(NextUInt64(), range, out ulong fraction);
        if (fraction < range)
        {
            ulong threshold = (0UL - range) % range;
            while (fraction < threshold)
                result = Math.BigMul(NextUInt64(), range, out fraction);
        }

        return (int)result;
    }

    /// <summary>The next unnamed child. Its stream depends on how many unnamed children came before it.</summary>
    public SplitRandom Split() => Child(_splits++, 0, UnnamedChildren);

    /// <summary>The child with this number; asking again gives the same stream from its start.</summary>
    public SplitRandom Split(ulong key) => Child(key, 0, NumberedChildren);

    /// <summary>The child with this name, e.g. <c>"shuffle"</c>; asking again gives the same stream from its start.</summary>
    public SplitRandom Split(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] bytes = Encoding.UTF8.GetBytes(name);

        // FNV-1a; the length as second word makes names of different lengths differ for certain.
        ulong hash = 0xCBF29CE484222325UL;
        foreach (byte value in bytes)
            hash = unchecked((hash ^ value) * 0x100000001B3UL);
        return Child(hash, (ulong)bytes.Length, NamedChildren);
    }

    private SplitRandom Child(ulong word0, ulong word1, ulong use)
    {
        (ulong key0, ulong key1, _, _) = Philox.Block(_key0, _key1, word0, word1, 0, use);
        return new SplitRandom(new SplitRandomState(key0, key1, 0, 0));
    }

    // Not System.Math: its last bits differ between operating systems.
    private static double Logarithm(double x) => SimdScalar<double>.Sum(SimdMath.Log<SimdScalar<double>, double>(new(x)));

    private static double Cosine(double x) => SimdScalar<double>.Sum(SimdMath.Cos<SimdScalar<double>, double>(new(x)));
}
