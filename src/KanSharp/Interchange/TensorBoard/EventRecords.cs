using System.Buffers.Binary;
using System.Numerics;

namespace KanSharp.Interchange.TensorBoard;

/// <summary>
/// The records of a TensorBoard event file (TensorFlow's TFRecord format): length in 8 bytes, masked CRC-32C of these, the data, masked CRC-32C of the data; little-endian.
/// A reader takes every whole record, so a file that was cut off is good up to there.
/// </summary>
internal static class EventRecords
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Writes one record with one call, so that an interruption leaves at most one broken record at the end.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> data)
    {
        var record = new byte[data.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Masked(data));
        stream.Write(record);
    }

    /// <summary>CRC-32C (Castagnoli): initial value and final inversion all ones.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        int i = 0;
        for (; i + 8 <= data.Length; i += 8)
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data[i..]));
        for (; i < data.Length; i++)
            crc = BitOperations.Crc32C(crc, data[i]);
        return ~crc;
    }

    /// <summary>The checksum as it is stored: rotated and shifted, so that checksums of data that hold checksums stay useful.</summary>
    private static uint Masked(ReadOnlySpan<byte> data) => unchecked(BitOperations.RotateRight(Crc32C(data), 15) + MaskDelta);
}
