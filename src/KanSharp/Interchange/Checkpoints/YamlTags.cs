using System.Buffers.Binary;
using System.Globalization;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>The tags that are read: those of plain data, tuples, bytes, and a NumPy number, which PyYAML writes as the call that would make it.</summary>
internal static class YamlTags
{
    private const string Tuple = "!!python/tuple", Binary = "!!binary", Dtype = "!!python/object/apply:numpy.dtype";

    private static readonly string[] Numbers =
        ["!!python/object/apply:numpy.core.multiarray.scalar", "!!python/object/apply:numpy._core.multiarray.scalar"];

    private static readonly string[] Plain = ["!!int", "!!float", "!!bool", "!!null", "!!str", "!!seq", "!!map"];

    /// <summary>Whether a tag is read.</summary>
    public static bool Check(string tag) => tag is Tuple or Binary or Dtype || Numbers.Contains(tag) || Plain.Contains(tag);

    /// <summary>The node that a tag makes of another; null if they do not go together.</summary>
    public static YamlNode? Apply(string tag, YamlNode node)
    {
        if (Numbers.Contains(tag))
            return node is YamlNode.List { Items: [YamlNode.Map dtype, YamlNode.Scalar bytes] } ? Number(dtype, bytes.Text) : null;
        return tag == "!!str" && node is YamlNode.Scalar text ? text with { Quoted = true } : node;
    }

    private static YamlNode.Scalar? Number(YamlNode.Map dtype, string base64)
    {
        if (!dtype.Entries.TryGetValue("args", out YamlNode? arguments) || arguments is not YamlNode.List { Items: [YamlNode.Scalar type, ..] })
            return null;
        if (dtype.Entries.TryGetValue("state", out YamlNode? state) && state is YamlNode.List { Items: [_, YamlNode.Scalar { Text: ">" }, ..] })
            return null;
        Span<byte> bytes = stackalloc byte[16];
        if (base64.Length > 24 || !Convert.TryFromBase64String(base64, bytes, out int count))
            return null;
        string? number = (type.Text, count) switch
        {
            ("i8", 8) => Text(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            ("i4", 4) => Text(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            ("i2", 2) => Text(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
            ("f8", 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
            ("f4", 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
            ("b1", 1) => bytes[0] == 0 ? "false" : "true",
            _ => null,
        };
        return number is null ? null : new YamlNode.Scalar(number, Quoted: false);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
