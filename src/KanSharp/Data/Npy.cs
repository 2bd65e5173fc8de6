namespace KanSharp.Data;

/// <summary>Reads and writes NumPy array files (.npy), format versions 1 to 3.</summary>
public static class Npy
{
    /// <summary>Reads an array; gzip is unpacked. Column-major (Fortran) and big-endian arrays are brought to row-major.</summary>
    /// <exception cref="DataFormatException">Not an NPY file, damaged, cut off, or of a type that is not numeric.</exception>
    /// <exception cref="IOException">The file can not be opened or read.</exception>
    public static NpyArray Read(string path) => Parse(InputFile.ReadAllBytes(path), Path.GetFileName(path));

    /// <summary>Reads an array from the bytes of a file.</summary>
    /// <param name="bytes">The whole file; the result may refer to it.</param>
    /// <param name="name">Name for messages; none if null.</param>
    /// <exception cref="DataFormatException">Not an NPY file, damaged, cut off, or of a type that is not numeric.</exception>
    public static NpyArray Parse(ReadOnlyMemory<byte> bytes, string? name = null)
    {
        NpyHeader header = NpyHeader.Parse(bytes.Span, name);
        ReadOnlyMemory<byte> data = bytes[header.Length..];
        int size = ElementCodec.SizeOf(header.Type);
        UInt128 expected = (UInt128)size;
        foreach (int length in header.Shape)
        {
            expected *= (UInt128)length;
            if (expected > long.MaxValue)
                throw new DataFormatException("the product of the shape overflows", name);
        }

        if (expected != (UInt128)data.Length)
        {
            string what = expected > (UInt128)data.Length ? "the file is cut off" : "there are bytes after the array";
            throw new DataFormatException($"{data.Length} bytes of data where type and shape need {expected}: {what}", name);
        }

        if (header.BigEndian || (header.FortranOrder && header.Shape.Length > 1))
        {
            byte[] own = header.FortranOrder ? ToRowMajor(data.Span, header.Shape, size) : data.ToArray();
            if (header.BigEndian)
                ElementCodec.ReverseElements(own, size);
            data = own;
        }

        return new NpyArray(header.Type, header.Shape, data);
    }

    /// <summary>Writes an array atomically, as NumPy would: version 1, little-endian, row-major.</summary>
    public static void Write(string path, NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        AtomicFile.Write(path, stream => Write(stream, array));
    }

    /// <summary>Writes an array to a stream, as NumPy would: version 1, little-endian, row-major.</summary>
    public static void Write(Stream stream, NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        stream.Write(NpyHeader.Compose(array.Type, array.Shape));
        stream.Write(array.Bytes);
    }

    private static byte[] ToRowMajor(ReadOnlySpan<byte> columnMajor, int[] shape, int size)
    {
        var result = new byte[columnMajor.Length];
        var index = new int[shape.Length];
        var strides = new int[shape.Length];
        int stride = size;
        for (int d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        int source = 0;
        for (int target = 0; target < result.Length; target += size)
        {
            columnMajor.Slice(source, size).CopyTo(result.AsSpan(target));
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                source += strides[d];
                if (++index[d] < shape[d])
                    break;
                source -= strides[d] * shape[d];
                index[d] = 0;
            }
        }

        return result;
    }
}
