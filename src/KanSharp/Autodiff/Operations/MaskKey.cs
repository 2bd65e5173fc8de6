using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>
/// Names one random mask: the seed of the tape and the number of the draw. Element i's bits are word i of the Philox stream under that key,
/// so that any thread can draw any element.
/// </summary>
internal readonly record struct MaskKey(ulong Seed, ulong Draw)
{
    /// <summary>Elements that share one call of <see cref="Block"/>.</summary>
    public const int BlockLength = 8;

    /// <summary>Uniform 32-bit numbers of elements <see cref="BlockLength"/>·block and on.</summary>
    public void Block(int block, Span<uint> bits)
    {
        (ulong r0, ulong r1, ulong r2, ulong r3) = Philox.Block(Seed, Draw, (ulong)(uint)block, 0, 0, 0);
        bits[0] = (uint)r0;
        bits[1] = (uint)(r0 >> 32);
        bits[2] = (uint)r1;
        bits[3] = (uint)(r1 >> 32);
        bits[4] = (uint)r2;
        bits[5] = (uint)(r2 >> 32);
        bits[6] = (uint)r3;
        bits[7] = (uint)(r3 >> 32);
    }
}
