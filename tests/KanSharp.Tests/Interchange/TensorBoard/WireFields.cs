using System.Buffers.Binary;

namespace KanSharp.Tests.Interchange.TensorBoard;

/// <summary>Walks the fields of a Protocol Buffers message by the rules of the wire format, without any generated code.</summary>
internal sealed class WireFields
{
    private readonly List<(int Number, int Kind, byte[] Bytes, ulong Value)> _fields = [];

    public WireFields(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            ulong tag = Varint(ref message);
            int number = (int)(tag >> 3), kind = (int)(tag & 7);
            switch (kind)
            {
                case 0:
                    _fields.Add((number, kind, [], Varint(ref message)));
                    break;
                case 1:
                    _fields.Add((number, kind, [], BinaryPrimitives.ReadUInt64LittleEndian(message)));
                    message = message[8..];
                    break;
                case 2:
                    int length = (int)Varint(ref message);
                    _fields.Add((number, kind, message[..length].ToArray(), 0));
                    message = message[length..];
                    break;
                case 5:
                    _fields.Add((number, kind, [], BinaryPrimitives.ReadUInt32LittleEndian(message)));
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {kind}");
            }
        }
    }

    public bool Has(int number) => _fields.Any(field => field.Number == number);

    public long Number(int number) => (long)_fields.Where(field => field is { Kind: 0 } && field.Number == number).Select(field => field.Value).LastOrDefault();

    public double Double(int number) => BitConverter.UInt64BitsToDouble(_fields.Where(field => field is { Kind: 1 } && field.Number == number).Select(field => field.Value).LastOrDefault());

    public float Single(int number) => BitConverter.UInt32BitsToSingle((uint)_fields.Single(field => field is { Kind: 5 } && field.Number == number).Value);

    public byte[] Bytes(int number) => _fields.Single(field => field is { Kind: 2 } && field.Number == number).Bytes;

    public string Text(int number) => System.Text.Encoding.UTF8.GetString(Bytes(number));

    public IReadOnlyList<byte[]> All(int number) => [.. _fields.Where(field => field is { Kind: 2 } && field.Number == number).Select(field => field.Bytes)];

    /// <summary>A packed list of 64-bit numbers.</summary>
    public double[] Doubles(int number) =>
        [.. Bytes(number).Chunk(8).Select(bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes))];

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }
    }
}
