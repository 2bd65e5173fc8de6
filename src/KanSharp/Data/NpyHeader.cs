using System.Buffers.Binary;
using System.Text;

namespace KanSharp.Data;

/// <summary>The header of an NPY file: magic, version, and a Python dictionary literal with type, order and shape.</summary>
internal sealed record NpyHeader(ElementType Type, bool BigEndian, bool FortranOrder, int[] Shape, int Length)
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NpyHeader Parse(ReadOnlySpan<byte> bytes, string? name)
    {
        if (bytes.Length < 10 || !bytes.StartsWith(Magic))
            throw new DataFormatException("not an NPY file: it must start with \\x93NUMPY and a header", name);
        int prefix = bytes[6] switch
        {
            1 => 10,
            2 or 3 => 12,
            byte version => throw new DataFormatException($"NPY version {version}; versions 1 to 3 can be read", name),
        };
        long length = prefix == 10
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : bytes.Length < 12 ? long.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (length > bytes.Length - prefix)
            throw new DataFormatException("the file is cut off within its header", name);
        return ParseDictionary(Encoding.Latin1.GetString(bytes.Slice(prefix, (int)length)), prefix + (int)length, name);
    }

    public static byte[] Compose(ElementType type, ReadOnlySpan<int> shape)
    {
        string sizes = shape.Length switch
        {
            0 => "()",
            1 => $"({shape[0]},)",
            _ => $"({string.Join(", ", shape.ToArray())})",
        };
        string text = $"{{'descr': '{DescriptionOf(type)}', 'fortran_order': False, 'shape': {sizes}, }}";

        // NumPy pads with spaces so that the data starts at a multiple of 64, and ends with a newline
        int padded = (10 + text.Length + 1 + 63) / 64 * 64 - 10;
        byte[] header = [.. Magic, 1, 0, (byte)padded, (byte)(padded >> 8), .. Encoding.Latin1.GetBytes(text.PadRight(padded - 1)), (byte)'\n'];
        return header;
    }

    private static NpyHeader ParseDictionary(string text, int length, string? name)
    {
        var literal = new PythonLiteral(text, name);
        string? description = null;
        bool? fortran = null;
        int[]? shape = null;
        literal.Expect('{');
        while (!literal.TryTake('}'))
        {
            string key = literal.Text();
            literal.Expect(':');
            switch (key)
            {
                case "descr" when description is null:
                    description = literal.Text();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = literal.Truth();
                    break;
                case "shape" when shape is null:
                    shape = literal.Sizes();
                    break;
                default:
                    throw new DataFormatException($"the header has an unknown or repeated key '{key}'", name);
            }

            if (!literal.TryTake(','))
            {
                literal.Expect('}');
                break;
            }
        }

        literal.ExpectEnd();
        if (description is null || fortran is null || shape is null)
            throw new DataFormatException("the header must give 'descr', 'fortran_order' and 'shape'", name);
        return new NpyHeader(TypeOf(description, name), description[0] == '>', fortran.Value, shape, length);
    }

    private static ElementType TypeOf(string description, string? name) => description.TrimStart('<', '>', '|', '=') switch
    {
        "f8" => ElementType.Float64,
        "f4" => ElementType.Float32,
        "f2" => ElementType.Float16,
        "i8" => ElementType.Int64,
        "i4" => ElementType.Int32,
        "i2" => ElementType.Int16,
        "i1" => ElementType.Int8,
        "u8" => ElementType.UInt64,
        "u4" => ElementType.UInt32,
        "u2" => ElementType.UInt16,
        "u1" => ElementType.UInt8,
        "b1" or "?" => ElementType.Bool,
        "O" => throw new DataFormatException(
            "the array holds Python objects, which can not be read; save it with a numeric dtype", name),
        _ => throw new DataFormatException(
            $"dtype '{description}' can not be read; allowed: f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1", name),
    };

    private static string DescriptionOf(ElementType type) => type switch
    {
        ElementType.Float64 => "<f8",
        ElementType.Float32 => "<f4",
        ElementType.Float16 => "<f2",
        ElementType.Int64 => "<i8",
        ElementType.Int32 => "<i4",
        ElementType.Int16 => "<i2",
        ElementType.Int8 => "|i1",
        ElementType.UInt64 => "<u8",
        ElementType.UInt32 => "<u4",
        ElementType.UInt16 => "<u2",
        ElementType.UInt8 => "|u1",
        ElementType.Bool => "|b1",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "NumPy has no such element type"),
    };
}
