using System.Text;
using KanSharp.Data;

namespace KanSharp.Interchange;

/// <summary>Names, keys and type codes of the safetensors header.</summary>
internal static class SafetensorsText
{
    public const string Metadata = "__metadata__";
    public const string DataType = "dtype";
    public const string Shape = "shape";
    public const string Offsets = "data_offsets";

    /// <summary>Length limit of the header in bytes, as in the reference implementation.</summary>
    public const int HeaderLimit = 100_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ElementType? TypeFromCode(string code) => code switch
    {
        "F64" => ElementType.Float64,
        "F32" => ElementType.Float32,
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "I64" => ElementType.Int64,
        "I32" => ElementType.Int32,
        "U8" => ElementType.UInt8,
        "BOOL" => ElementType.Bool,
        _ => null,
    };

    public static string CodeOf(ElementType type) => type switch
    {
        ElementType.Float64 => "F64",
        ElementType.Float32 => "F32",
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Int64 => "I64",
        ElementType.Int32 => "I32",
        ElementType.UInt8 => "U8",
        ElementType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of tensors that are read or written here"),
    };

    public static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name == Metadata)
            throw new ArgumentException($"a tensor can not be named '{Metadata}': the name is reserved");
        Utf8(name);
    }

    /// <summary>UTF-8 bytes; a lone surrogate, which a file could not hold, is an <see cref="ArgumentException"/>.</summary>
    public static byte[] Utf8(string text) => Strict.GetBytes(text);

    /// <summary>How messages name a tensor; a hostile name is cut.</summary>
    public static string WhereTensor(string name) => $"tensor '{Clip(name)}'";

    public static string Clip(string text) => text.Length <= 80 ? text : text[..80] + "...";
}
