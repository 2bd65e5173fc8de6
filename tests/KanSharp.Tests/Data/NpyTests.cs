using System.Text;
using KanSharp.Data;

namespace KanSharp.Tests.Data;

public class NpyTests
{
    private static byte[] Make(string dictionary, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(dictionary);
        byte[] length = version == 1
            ? [(byte)text.Length, (byte)(text.Length >> 8)]
            : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }

    [Fact]
    public void WritesTheBytesOfNumPy()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, NpyArray.Create<float>([1f, 2f], 2));

        // numpy.save of array([1, 2], float32): header padded so that the data starts at 128
        byte[] header = Encoding.Latin1.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".PadRight(117) + "\n");
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. header, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], stream.ToArray());
    }

    [Theory]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5)]
    [InlineData(">f8", new byte[] { 0xBF, 0xF8, 0, 0, 0, 0, 0, 0 }, -1.5)]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0xBF }, -1.5)]
    [InlineData("<f2", new byte[] { 0, 0xBE }, -1.5)]
    [InlineData("<i8", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData(">i4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, -2)]
    [InlineData("<i2", new byte[] { 0xFE, 0xFF }, -2)]
    [InlineData("|i1", new byte[] { 0xFE }, -2)]
    [InlineData("|u1", new byte[] { 0xFE }, 254)]
    [InlineData("<u2", new byte[] { 0xFE, 0xFF }, 65534)]
    [InlineData("<u4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, 4294967294)]
    [InlineData("<u8", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, 9223372036854775808.0)]
    [InlineData("|b1", new byte[] { 1 }, 1)]
    public void ReadsEveryType(string type, byte[] data, double expected)
    {
        foreach (byte version in (byte[])[1, 2, 3])
        {
            NpyArray array = Npy.Parse(Make($"{{'descr': '{type}', 'fortran_order': False, 'shape': (), }}\n", data, version));
            Assert.Equal([expected], array.ToArray<double>());
            Assert.Equal([(float)expected], array.ToArray<float>());
        }
    }

    [Fact]
    public void FortranOrderBecomesRowMajor()
    {
        NpyArray array = Npy.Parse(Make("{'shape': (2, 3, 2), 'fortran_order': True, 'descr': '|u1'}", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));

        // element (i,j,k) of a column-major array lies at i + 2j + 6k
        long[] expected = [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 2) select (long)(i + 2 * j + 6 * k)];
        Assert.Equal(expected, array.ToInt64Array());
        Assert.Equal([2, 3, 2], array.Shape.ToArray());
        Assert.Empty(Npy.Parse(Make("{'shape': (0, 3), 'fortran_order': True, 'descr': '<f8'}", [])).ToArray<double>());
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, "Python objects")]
    [InlineData("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", 16, "'<c16'")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", 8, "structured")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 15, "cut off")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 17, "after the array")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", 8, "overflows")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }", 8, "size")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 8, "size")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,), }", 8, "True or False")]
    [InlineData("{'descr': '<f8', 'shape': (1,), }", 8, "must give")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8, "repeated key 'descr'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } x", 8, "the end")]
    [InlineData("{'descr': '<f8", 8, "quoted text")]
    public void BrokenFilesAreExplained(string dictionary, int dataLength, string expected)
    {
        byte[] file = Make(dictionary, new byte[dataLength]);
        DataFormatException error = Assert.Throws<DataFormatException>(() => Npy.Parse(file, "a.npy"));
        Assert.StartsWith("a.npy: ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void MutatedFilesGiveTheTypedError()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, NpyArray.Create<double>([1, 2, 3, 4, 5, 6], 2, 3));
        byte[] original = stream.ToArray();
        var random = new Random(7);
        int rejected = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] mutated = original[..(random.Next(4) == 0 ? random.Next(original.Length) : original.Length)];
            for (int flips = random.Next(1, 4); flips > 0 && mutated.Length > 0; flips--)
                mutated[random.Next(Math.Min(mutated.Length, 80))] = (byte)random.Next(256);
            try
            {
                Npy.Parse(mutated).ToArray<double>();
            }
            catch (DataFormatException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 1000, 5000);
    }

    [Fact]
    public void NpzKeepsNamesTypesAndBytes()
    {
        var arrays = new Dictionary<string, NpyArray>
        {
            ["u"] = NpyArray.Create<double>([1.5, -2.5], 1, 2),
            ["flags"] = NpyArray.Create<bool>([true, false], 2),
            ["n"] = NpyArray.Create<int>([7]),
            ["big"] = NpyArray.Create<ulong>([ulong.MaxValue], 1),
        };
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        Npz.Write(first, arrays);
        Npz.Write(second, arrays);
        Assert.Equal(first.ToArray(), second.ToArray());
        IReadOnlyDictionary<string, NpyArray> read = Npz.Read(first);
        Assert.Equal([1.5, -2.5], read["u"].ToArray<double>());
        Assert.Equal([1L, 0L], read["flags"].ToInt64Array());
        Assert.Equal([7L], read["n"].ToInt64Array());
        Assert.True(read["n"].Shape.IsEmpty);
        Assert.Throws<OverflowException>(() => read["big"].ToInt64Array());
        Assert.Throws<InvalidOperationException>(() => read["u"].ToInt64Array());
        Assert.Throws<DataFormatException>(() => Npz.Read(new MemoryStream(first.ToArray()[..100]), "cut.npz"));
    }

    [Fact]
    public void RealArchiveHoldsTheBurgersSolution()
    {
        IReadOnlyDictionary<string, NpyArray> arrays = Npz.Read(WorkplaceData.Require("equations/burgers.npz"));
        double[] x = arrays["x"].ToArray<double>();
        double[] u = arrays["usol"].ToArray<double>();
        Assert.Equal([201, 512], arrays["usol"].Shape.ToArray());

        // u(0, x) = −sin πx is the first row of the row-major array
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(-Math.Sin(Math.PI * x[i]), u[i], 1e-6);
    }
}
