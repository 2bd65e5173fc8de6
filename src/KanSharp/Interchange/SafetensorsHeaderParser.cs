using System.Text.Json;
using KanSharp.Data;

namespace KanSharp.Interchange;

/// <summary>Reads the JSON header token by token: strict, without reflection, memory in proportion to the header.</summary>
internal ref struct SafetensorsHeaderParser
{
    private readonly string? _fileName;
    private Utf8JsonReader _json;

    public SafetensorsHeaderParser(ReadOnlySpan<byte> header, string? fileName)
    {
        _fileName = fileName;
        _json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 4 });
    }

    public void Parse(List<SafetensorsEntry> entries, Dictionary<string, string> metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject, "header");
        while (NextName() is string name)
        {
            if (!names.Add(name))
                throw Error("this name occurs twice", SafetensorsText.WhereTensor(name));
            if (name == SafetensorsText.Metadata)
                ReadMetadata(metadata);
            else
                entries.Add(ReadEntry(name, entries.Count));
        }

        // Anything but white space after the object makes the reader throw
        _json.Read();
    }

    private void ReadMetadata(Dictionary<string, string> metadata)
    {
        Expect(JsonTokenType.StartObject, SafetensorsText.Metadata);
        while (NextName() is string key)
        {
            string where = $"metadata '{SafetensorsText.Clip(key)}'";
            Expect(JsonTokenType.String, where);
            if (!metadata.TryAdd(key, _json.GetString()!))
                throw Error("this key occurs twice", where);
        }
    }

    private SafetensorsEntry ReadEntry(string name, int order)
    {
        string where = SafetensorsText.WhereTensor(name);
        if (name.Length == 0)
            throw Error("the name is empty", where);
        ElementType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(JsonTokenType.StartObject, where);
        while (NextName() is string key)
        {
            switch (key)
            {
                case SafetensorsText.DataType when type is null:
                    type = ReadType(where);
                    break;
                case SafetensorsText.Shape when shape is null:
                    shape = ReadNumbers(where, key);
                    break;
                case SafetensorsText.Offsets when offsets is null:
                    offsets = ReadNumbers(where, key);
                    break;
                case SafetensorsText.DataType or SafetensorsText.Shape or SafetensorsText.Offsets:
                    throw Error($"'{key}' occurs twice", where);
                default:
                    throw Error($"unknown key '{SafetensorsText.Clip(key)}'; allowed: dtype, shape, data_offsets", where);
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Error($"'{(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}' is missing", where);
        if (offsets.Count != 2 || offsets[0] > offsets[1])
            throw Error($"data_offsets [{string.Join(", ", offsets.Take(4))}]; expected [begin, end] with begin <= end", where);
        return Check(new SafetensorsEntry(name, type.Value, ToSizes(shape, where), offsets[0], offsets[1], order), shape);
    }

    private readonly SafetensorsEntry Check(SafetensorsEntry entry, List<long> shape)
    {
        UInt128 bytes = (UInt128)ElementCodec.SizeOf(entry.Type);
        foreach (long size in shape)
        {
            bytes *= (UInt128)size;
            if (bytes > long.MaxValue)
                throw Error("the product of the shape overflows", entry.Where);
        }

        long actual = entry.End - entry.Begin;
        return bytes == (UInt128)actual
            ? entry
            : throw Error($"data_offsets span {actual} bytes, but type and shape need {bytes}", entry.Where);
    }

    private readonly int[] ToSizes(List<long> shape, string where)
    {
        var sizes = new int[shape.Count];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = shape[i] <= int.MaxValue
                ? (int)shape[i]
                : throw Error($"size {shape[i]} in dimension {i}; at most {int.MaxValue} can be read", where);
        }

        return sizes;
    }

    private ElementType ReadType(string where)
    {
        Expect(JsonTokenType.String, where);
        string code = _json.GetString()!;
        return SafetensorsText.TypeFromCode(code)
            ?? throw Error(
                $"dtype '{SafetensorsText.Clip(code)}' can not be read; allowed: F64, F32, F16, BF16, I64, I32, U8, BOOL", where);
    }

    private List<long> ReadNumbers(string where, string key)
    {
        Expect(JsonTokenType.StartArray, where);
        var numbers = new List<long>();
        while (Next(where) != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
                throw Error($"'{key}' holds something else than integers from 0 to {long.MaxValue}", where);
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>The next property name, or null at the end of the object.</summary>
    private string? NextName() => Next("header") == JsonTokenType.PropertyName ? _json.GetString() : null;

    private JsonTokenType Next(string where) =>
        _json.Read() ? _json.TokenType : throw Error("ends too early", where);

    private void Expect(JsonTokenType expected, string where)
    {
        if (Next(where) != expected)
            throw Error($"found {_json.TokenType}, expected {expected}", where);
    }

    private readonly ModelFileException Error(string problem, string where) => new(problem, _fileName, where);
}
