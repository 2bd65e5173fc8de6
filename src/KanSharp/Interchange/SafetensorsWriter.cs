using System.Text.Encodings.Web;
using System.Text.Json;
using KanSharp.Data;

namespace KanSharp.Interchange;

/// <summary>Order of the tensors and the JSON header of a safetensors file.</summary>
internal static class SafetensorsWriter
{
    // The relaxed encoder keeps a JSON text inside the metadata readable: \" where the default would write \u0022
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SafetensorsTensor[] Order(IEnumerable<SafetensorsTensor> tensors)
    {
        SafetensorsTensor[] ordered = [.. tensors];
        byte[][] names = [.. ordered.Select(tensor => SafetensorsText.Utf8(tensor.Name))];
        int[] order = [.. Enumerable.Range(0, ordered.Length)];
        Array.Sort(order, (left, right) =>
        {
            int bySize = ElementCodec.SizeOf(ordered[right].Type).CompareTo(ElementCodec.SizeOf(ordered[left].Type));
            return bySize != 0 ? bySize : names[left].AsSpan().SequenceCompareTo(names[right]);
        });
        return [.. order.Select(index => ordered[index])];
    }

    public static byte[] Header(SafetensorsTensor[] ordered, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
                WriteMetadata(json, metadata);
            long offset = 0;
            foreach (SafetensorsTensor tensor in ordered)
                offset = WriteTensor(json, tensor, offset);
            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        if (buffer.Length > SafetensorsText.HeaderLimit)
            throw new InvalidOperationException(
                $"the header takes {buffer.Length} bytes; the format allows {SafetensorsText.HeaderLimit}");
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsText.Metadata);
        foreach ((string key, string text) in metadata)
            json.WriteString(key, text);
        json.WriteEndObject();
    }

    private static long WriteTensor(Utf8JsonWriter json, SafetensorsTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString(SafetensorsText.DataType, SafetensorsText.CodeOf(tensor.Type));
        json.WriteStartArray(SafetensorsText.Shape);
        foreach (int size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray(SafetensorsText.Offsets);
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
        return offset + tensor.Bytes.Length;
    }
}
