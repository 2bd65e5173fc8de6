using System.Text;
using KanSharp.Data;
using KanSharp.Interchange;

namespace KanSharp.Tests.Interchange;

public class SafetensorsFileTests
{
    private static SafetensorsFile TwoTensors() => new(
        [
            SafetensorsTensor.Create<float>("b", [1f, -2f, 0.5f], 3),
            SafetensorsTensor.Create<double>("a", [1.0, 2.0], 1, 2),
        ],
        new Dictionary<string, string> { ["format"] = "kan" });

    [Fact]
    public void GoldenBytesOfTwoTensors()
    {
        string header = """{"__metadata__":{"format":"kan"},"a":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[3],"data_offsets":[16,28]}}""";
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected =
        [
            (byte)header.Length, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.UTF8.GetBytes(header),
            0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40,
            0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F,
        ];
        Assert.Equal(expected, TwoTensors().ToBytes());
    }

    [Fact]
    public void ReadsBackWhatWasWritten()
    {
        SafetensorsFile read = SafetensorsFile.Parse(TwoTensors().ToBytes());
        Assert.Equal(["a", "b"], read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("kan", read.Metadata["format"]);
        Assert.Equal([1, 2], read["a"].Shape.ToArray());
        Assert.Equal([1.0, 2.0], read["a"].ToArray<double>());
        Assert.Equal([1f, 2f], read["a"].ToArray<float>());
        Assert.Equal([1.0, -2.0, 0.5], read["b"].ToArray<double>());
        Assert.False(read.TryGet("c", out _));
        Assert.Contains("'c'", Assert.Throws<KeyNotFoundException>(() => read["c"]).Message);
    }

    [Fact]
    public void OrderIsByElementSizeThenByUtf8Name()
    {
        // U+FF5E sorts before U+1F600 in UTF-8 but after its surrogates in UTF-16
        var file = new SafetensorsFile(
        [
            SafetensorsTensor.Create<byte>("bytes", [7]),
            SafetensorsTensor.Create<float>("z", [1f], 1),
            SafetensorsTensor.Create<long>("\U0001F600", [-5L], 1),
            SafetensorsTensor.Create<double>("\uFF5E", [], 0, 4),
        ]);
        SafetensorsFile read = SafetensorsFile.Parse(file.ToBytes());
        Assert.Equal(["\uFF5E", "\U0001F600", "z", "bytes"], read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([-5L], read["\U0001F600"].ToInt64Array());
        Assert.Equal([7L], read["bytes"].ToInt64Array());
        Assert.Empty(read["\uFF5E"].ToArray<double>());
        Assert.Equal([0, 4], read["\uFF5E"].Shape.ToArray());
        Assert.True(read["bytes"].Shape.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => read["z"].ToInt64Array());
    }

    [Fact]
    public void SaveLoadSaveIsByteIdentical()
    {
        string path = Path.Combine(Path.GetTempPath(), $"kansharp-{Guid.NewGuid():N}.safetensors");
        try
        {
            var metadata = new Dictionary<string, string> { ["z"] = "{\"a\": \"b\\\\\"}\n", ["format"] = "kän <&>\u2028", ["a"] = "" };
            var file = new SafetensorsFile(TwoTensors().Tensors, metadata);
            file.Save(path);
            byte[] first = File.ReadAllBytes(path);
            SafetensorsFile read = SafetensorsFile.Read(path);
            Assert.Equal(metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), read.Metadata);
            read.Save(path);
            Assert.Equal(first, File.ReadAllBytes(path));
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + ".*.tmp"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ReadsEveryPromisedType()
    {
        string header = """
            {"f16":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"bf":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},
             "i32":{"dtype":"I32","shape":[],"data_offsets":[8,12]},"u8":{"dtype":"U8","shape":[1],"data_offsets":[12,13]},
             "bool":{"dtype":"BOOL","shape":[2],"data_offsets":[13,15]}}
            """;
        byte[] data = [0x00, 0x3C, 0x00, 0xC1, 0x80, 0x3F, 0x20, 0xC0, 0xFE, 0xFF, 0xFF, 0xFF, 200, 0, 1];
        SafetensorsFile file = SafetensorsFile.Parse(SafetensorsBytes.Make(Encoding.UTF8.GetBytes(header), data));
        Assert.Equal([1.0, -2.5], file["f16"].ToArray<double>());
        Assert.Equal([1f, -2.5f], file["bf"].ToArray<float>());
        Assert.Equal([-2L], file["i32"].ToInt64Array());
        Assert.Equal([200.0], file["u8"].ToArray<double>());
        Assert.Equal([0L, 1L], file["bool"].ToInt64Array());
        Assert.Equal(ElementType.Bool, file["bool"].Type);
    }

    [Fact]
    public void WritingMisuseIsNamed()
    {
        Assert.Contains("[2, 2]", Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<double>("t", [1.0], 2, 2)).Message);
        Assert.Contains("reserved", Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<double>("__metadata__", [1.0])).Message);
        Assert.Contains("Int32", Assert.Throws<ArgumentException>(() => SafetensorsTensor.Create<int>("t", [1])).Message);
        Assert.ThrowsAny<ArgumentException>(() => SafetensorsTensor.Create<double>("\uD800", [1.0]));
        Assert.ThrowsAny<ArgumentException>(() => new SafetensorsFile([], new Dictionary<string, string> { ["k"] = "\uDC00" }));
        SafetensorsTensor tensor = SafetensorsTensor.Create<double>("t", [1.0]);
        Assert.Contains("'t'", Assert.Throws<ArgumentException>(() => new SafetensorsFile([tensor, tensor])).Message);
    }

    [Fact]
    public void AFailedSaveLeavesTheOldFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"kansharp-{Guid.NewGuid():N}.bin");
        try
        {
            File.WriteAllText(path, "old");
            Assert.Throws<InvalidTimeZoneException>(() => AtomicFile.Write(path, stream =>
            {
                stream.WriteByte(1);
                throw new InvalidTimeZoneException();
            }));
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + ".*.tmp"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
