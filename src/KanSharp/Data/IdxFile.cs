using System.Buffers.Binary;

namespace KanSharp.Data;

/// <summary>
/// A file in the IDX format of the MNIST family with unsigned bytes: big-endian header (two zero bytes, type 0x08, number of dimensions,
/// one 32-bit size for each), then the data row-major.
/// </summary>
public sealed class IdxFile
{
    private const byte UnsignedByte = 0x08;
    private readonly int[] _shape;

    private IdxFile(int[] shape, ReadOnlyMemory<byte> data)
    {
        _shape = shape;
        Data = data;
    }

    /// <summary>Sizes of the dimensions, such as [60000, 28, 28] for images or [60000] for labels.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The bytes, row-major.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Number of items: the first size.</summary>
    public int Count => _shape[0];

    /// <summary>Bytes of one item: the product of the other sizes, 1 for labels.</summary>
    public int ItemSize => Count == 0 ? 0 : Data.Length / Count;

    /// <summary>Reads a file; gzip is unpacked.</summary>
    /// <exception cref="DataFormatException">Wrong magic number, another type than bytes, cut off, or bytes left over.</exception>
    /// <exception cref="IOException">The file can not be opened or read.</exception>
    public static IdxFile Read(string path) => Parse(InputFile.ReadAllBytes(path), Path.GetFileName(path));

    /// <summary>Reads the bytes of a file; the result refers to them.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Name for messages; none if null.</param>
    /// <exception cref="DataFormatException">Wrong magic number, another type than bytes, cut off, or bytes left over.</exception>
    public static IdxFile Parse(ReadOnlyMemory<byte> bytes, string? name = null)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.Length < 4 || span[0] != 0 || span[1] != 0)
            throw new DataFormatException(
                "not an IDX file: it must start with two zero bytes, a type and a number of dimensions", name);
        if (span[2] != UnsignedByte)
            throw new DataFormatException($"IDX type 0x{span[2]:X2}; only unsigned bytes (0x08) can be read", name);
        int rank = span[3];
        int header = 4 + 4 * rank;
        if (rank == 0 || span.Length < header)
            throw new DataFormatException(
                $"{rank} dimensions in a file of {span.Length} bytes: the header is damaged or cut off", name);
        var shape = new int[rank];
        UInt128 expected = 1;
        for (int d = 0; d < rank; d++)
        {
            shape[d] = BinaryPrimitives.ReadInt32BigEndian(span[(4 + 4 * d)..]);
            expected *= shape[d] >= 0 ? (UInt128)shape[d] : throw new DataFormatException(
                $"size {(uint)shape[d]} in dimension {d} is too large", name);
            if (expected > long.MaxValue)
                throw new DataFormatException("the product of the sizes overflows", name);
        }

        return expected == (UInt128)(span.Length - header)
            ? new IdxFile(shape, bytes[header..])
            : throw new DataFormatException(
                $"{span.Length - header} bytes of data where the header [{string.Join(", ", shape)}] needs {expected}", name);
    }
}
