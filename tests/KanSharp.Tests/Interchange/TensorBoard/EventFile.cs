using System.Buffers.Binary;

namespace KanSharp.Tests.Interchange.TensorBoard;

/// <summary>An independent reader of event files: its own checksum, bit by bit, and its own reader of messages.</summary>
internal static class EventFile
{
    /// <summary>One value of an event.</summary>
    public sealed record Entry(double Time, long Step, string Tag, WireFields Value);

    /// <summary>The data of every whole record; what is cut off at the end is left out.</summary>
    public static List<byte[]> Records(ReadOnlySpan<byte> file)
    {
        List<byte[]> records = [];
        while (file.Length >= 12)
        {
            long length = BinaryPrimitives.ReadInt64LittleEndian(file);
            Assert.Equal(Masked(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            if (file.Length < 16 + length)
                break;
            ReadOnlySpan<byte> data = file.Slice(12, (int)length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + (int)length)..]));
            records.Add(data.ToArray());
            file = file[(16 + (int)length)..];
        }

        return records;
    }

    /// <summary>The values of a file, the version checked.</summary>
    public static List<Entry> Read(string path)
    {
        List<byte[]> records = Records(Bytes(path));
        Assert.Equal("brain.Event:2", new WireFields(records[0]).Text(3));
        return
        [
            .. from record in records.Skip(1)
               let entry = new WireFields(record)
               from bytes in new WireFields(entry.Bytes(5)).All(1)
               let value = new WireFields(bytes)
               select new Entry(entry.Double(1), entry.Number(2), value.Text(1), value),
        ];
    }

    /// <summary>A file that may still be open for writing.</summary>
    public static byte[] Bytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return crc ^ 0xFFFFFFFF;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = Crc32C(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }
}
