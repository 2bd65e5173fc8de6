using System.Buffers.Binary;
using System.Text;
using KanSharp.Interchange;

namespace KanSharp.Tests.Interchange;

/// <summary>One rejected file per rule of the format.</summary>
public class SafetensorsRulesTests
{
    private const string Good = """{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private static string Message(byte[] bytes)
    {
        ModelFileException error = Assert.Throws<ModelFileException>(() => SafetensorsFile.Parse(bytes, "m.safetensors"));
        Assert.Equal("m.safetensors", error.FileName);
        Assert.StartsWith("m.safetensors: ", error.Message);
        return error.Message;
    }

    [Fact]
    public void TheUnbrokenFileIsRead() => Assert.Single(SafetensorsFile.Parse(SafetensorsBytes.Make(Good + "   ", 8)).Tensors);

    [Fact]
    public void AnEmptyFileIsRead() => Assert.Empty(SafetensorsFile.Parse(SafetensorsBytes.Make("{}", 0)).Tensors);

    [Theory]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}", 8, "JSON")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}x", 8, "JSON")]
    [InlineData(" {}", 0, "must start with '{'")]
    [InlineData("", 0, "must start with '{'")]
    [InlineData("[]", 0, "must start with '{'")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"t\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}}", 8, "twice")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"\\u0074\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}}", 8, "twice")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "twice")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "twice")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "'dtype' occurs twice")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", 0, "expected String")]
    [InlineData("{\"__metadata__\":null}", 0, "expected StartObject")]
    [InlineData("{\"t\":{\"dtype\":\"Q7\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "dtype 'Q7'")]
    [InlineData("{\"t\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "expected String")]
    [InlineData("{\"t\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "'dtype' is missing")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8, "'shape' is missing")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "'data_offsets' is missing")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}", 8, "unknown key 'x'")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}", 8, "integers")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "integers")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}}", 8, "integers")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[3000000000],\"data_offsets\":[0,8]}}", 8, "dimension 0")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}", 8, "overflows")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "need 12")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "begin <= end")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}", 8, "[begin, end]")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "hole")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}}", 6, "overlaps")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[5,9]}}", 9, "hole")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 7, "ends at 8")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 9, "accounts for 8")]
    [InlineData("{\"\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "empty")]
    [InlineData("{\"__metadata__\":{\"a\":\"\\ud800\"}}", 0, "Unicode")]
    [InlineData("{\"t\":[]}", 0, "expected StartObject")]
    public void BrokenHeadersAreRejected(string header, int dataLength, string expected) =>
        Assert.Contains(expected, Message(SafetensorsBytes.Make(header, dataLength)));

    [Fact]
    public void InvalidUtf8IsRejected()
    {
        byte[] header = Encoding.UTF8.GetBytes(Good);
        header[2] = 0xFF;
        Assert.Contains("UTF-8", Message(SafetensorsBytes.Make(header, new byte[8])));
    }

    [Fact]
    public void LengthsAreChecked()
    {
        Assert.Contains("8 bytes of header length", Message([1, 2, 3]));
        byte[] file = SafetensorsBytes.Make(Good, 8);
        BinaryPrimitives.WriteUInt64LittleEndian(file, 100_000_001);
        Assert.Contains("at most 100000000", Message(file));
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);
        Assert.Contains("at most 100000000", Message(file));
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)file.Length);
        Assert.Contains("cut off", Message(file));
    }

    [Fact]
    public void HostileNamesAreCutInMessages()
    {
        string name = new('n', 100_000);
        Assert.True(Message(SafetensorsBytes.Make($"{{\"{name}\":7}}", 0)).Length < 300);
    }
}
