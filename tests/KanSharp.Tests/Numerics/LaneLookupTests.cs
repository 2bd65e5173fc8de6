using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

/// <summary>Look-ups by lane give the entry that an array index gives, from one register, from two and from memory.</summary>
public class LaneLookupTests
{
    [Fact]
    public void EveryEntryIsFoundInEveryLane()
    {
        Verify<Simd512<double>, double>();
        Verify<Simd256<double>, double>();
        Verify<Simd128<double>, double>();
        Verify<SimdScalar<double>, double>();
        Verify<Simd512<float>, float>();
        Verify<Simd256<float>, float>();
        Verify<Simd128<float>, float>();
        Verify<SimdScalar<float>, float>();
    }

    [Fact]
    public void IndicesAreReadBack()
    {
        foreach (int number in (int[])[0, 1, 5, 1000, LaneIndex.Most - 1])
        {
            float single = LaneIndex.Of<float>(number);
            double wide = LaneIndex.Of<double>(number);
            Assert.Equal(number, LaneIndex.Read(in single));
            Assert.Equal(number, LaneIndex.Read(in wide));
            Assert.Equal(LaneIndex.Of<double>(number + 1), wide + 1);
        }
    }

    [Fact]
    public void LessThanOrEqualIsFalseForNaN()
    {
        Compare<Simd512<double>, double>();
        Compare<Simd256<float>, float>();
        Compare<Simd128<double>, double>();
        Compare<SimdScalar<float>, float>();
    }

    private static void Verify<V, T>()
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var table = new T[64];
        for (int entry = 0; entry < table.Length; entry++)
            table[entry] = T.CreateTruncating(1.5 + entry);
        var index = new T[V.Count];
        var found = new T[V.Count];
        for (int shift = 0; shift < table.Length; shift++)
        {
            for (int lane = 0; lane < V.Count; lane++)
                index[lane] = LaneIndex.Of<T>((5 * lane + shift) % table.Length);
            V.Store(V.Gather(in table[0], in index[0]), ref found[0], 0);
            Check(lane => (5 * lane + shift) % table.Length);
            V numbers = V.Load(in index[0], 0);
            V.Store(LaneLookup<V, InMemory, T>.Load(ref table[0]).At(numbers, ref index[0], ref table[0]), ref found[0], 0);
            Check(lane => (5 * lane + shift) % table.Length);
            V.Store(LaneLookup<V, OneRegister, T>.Load(ref table[0]).At(numbers, ref index[0], ref table[0]), ref found[0], 0);
            Check(lane => (5 * lane + shift) % table.Length % V.Count);
            V.Store(LaneLookup<V, TwoRegisters, T>.Load(ref table[0]).At(numbers, ref index[0], ref table[0]), ref found[0], 0);
            Check(lane => (5 * lane + shift) % table.Length % (2 * V.Count));
        }

        void Check(Func<int, int> entry)
        {
            for (int lane = 0; lane < V.Count; lane++)
                Assert.Equal(table[entry(lane)], found[lane]);
        }
    }

    private static void Compare<V, T>()
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Broadcast(T.One);
        V nan = V.Broadcast(T.NaN);
        V two = V.Broadcast(T.CreateTruncating(2));
        Assert.True(V.Any(V.LessThanOrEqual(one, one)));
        Assert.True(V.Any(V.LessThanOrEqual(one, two)));
        Assert.False(V.Any(V.LessThanOrEqual(two, one)));
        Assert.False(V.Any(V.LessThanOrEqual(one, nan)));
        Assert.False(V.Any(V.LessThanOrEqual(nan, one)));
    }
}
