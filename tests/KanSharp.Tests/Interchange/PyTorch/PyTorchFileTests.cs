using System.IO.Compression;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Interchange.PyTorch;

namespace KanSharp.Tests.Interchange.PyTorch;

/// <summary>Files in the form of torch.save, made here byte by byte: numbers, views, what is chosen.</summary>
public sealed class PyTorchFileTests
{
    private static readonly byte[] Six = TorchZip.Bytes(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);

    [Fact]
    public void A_tensor_is_read()
    {
        SafetensorsTensor tensor = Assert.Single(PyTorchFile.Parse(TorchZip.Make(PickleWriter.OneTensor(), ("data/0", Six), ("version", "3\n"u8.ToArray()))).Tensors);
        Assert.Equal("w", tensor.Name);
        Assert.Equal([2, 3], tensor.Shape.ToArray());
        Assert.Equal([1.0, 2, 3, 4, 5, 6], tensor.ToArray<double>());
    }

    [Theory]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new double[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 2, 1 }, new double[] { 2, 3, 4, 5 })]
    [InlineData(2, new long[] { 2 }, new long[] { 3 }, new double[] { 3, 6 })]
    [InlineData(5, new long[] { }, new long[] { }, new double[] { 6 })]
    [InlineData(1, new long[] { 3 }, new long[] { 0 }, new double[] { 2, 2, 2 })]
    [InlineData(0, new long[] { 0, 4 }, new long[] { 4, 1 }, new double[] { })]
    public void Offsets_and_strides_are_honoured(long offset, long[] shape, long[] strides, double[] expected)
    {
        byte[] file = TorchZip.Make(PickleWriter.OneTensor(offset: offset, shape: shape, strides: strides), ("data/0", Six));
        Assert.Equal(expected, PyTorchFile.Parse(file).Tensors[0].ToArray<double>());
    }

    [Theory]
    [InlineData("DoubleStorage", ElementType.Float64)]
    [InlineData("FloatStorage", ElementType.Float32)]
    [InlineData("HalfStorage", ElementType.Float16)]
    [InlineData("BFloat16Storage", ElementType.BFloat16)]
    [InlineData("LongStorage", ElementType.Int64)]
    [InlineData("IntStorage", ElementType.Int32)]
    [InlineData("ShortStorage", ElementType.Int16)]
    [InlineData("CharStorage", ElementType.Int8)]
    [InlineData("ByteStorage", ElementType.UInt8)]
    [InlineData("BoolStorage", ElementType.Bool)]
    public void Every_type_is_read_in_either_order_of_bytes(string storage, ElementType type)
    {
        byte[] little = type switch
        {
            ElementType.Float64 => TorchZip.Bytes(1.0, 0.0),
            ElementType.Float32 => TorchZip.Bytes(1f, 0f),
            ElementType.Float16 => TorchZip.Bytes((Half)1, (Half)0),
            ElementType.BFloat16 => TorchZip.Bytes<ushort>(0x3F80, 0),
            ElementType.Int64 => TorchZip.Bytes(1L, 0L),
            ElementType.Int32 => TorchZip.Bytes(1, 0),
            ElementType.Int16 => TorchZip.Bytes<short>(1, 0),
            _ => [1, 0],
        };
        byte[] big = [.. little];
        for (int start = 0, size = little.Length / 2; start < big.Length; start += size)
            Array.Reverse(big, start, size);
        byte[] pickle = PickleWriter.OneTensor(storage, 2, shape: [2], strides: [1]);
        foreach ((byte[] bytes, byte[] order) in new[] { (little, "little"u8.ToArray()), (big, "big"u8.ToArray()) })
        {
            SafetensorsTensor tensor = PyTorchFile.Parse(TorchZip.Make(pickle, ("data/0", bytes), ("byteorder", order))).Tensors[0];
            Assert.Equal(type, tensor.Type);
            Assert.Equal([1.0, 0], tensor.ToArray<double>());
        }
    }

    [Fact]
    public void Several_names_of_one_storage_are_read()
    {
        byte[] numbers = new byte[1 << 20];
        PickleWriter pickle = new PickleWriter().Op('}').Op('(');
        for (int number = 0; number < 30; number++)
            pickle.Text($"tied.{number}").Tensor("ByteStorage", "0", numbers.Length, 0, [1 << 10, 1 << 10], [1 << 10, 1]);
        for (int number = 0; number < 1_000; number++)
            pickle.Text($"part.{number}").Tensor("ByteStorage", "0", numbers.Length, number, [1], [1]);
        Assert.Equal(1_030, PyTorchFile.Parse(TorchZip.Make(pickle.Op('u').Stop(), ("data/0", numbers))).Tensors.Count);
    }

    [Fact]
    public void The_order_of_the_file_is_kept_and_metadata_are_no_tensor()
    {
        PickleWriter pickle = new PickleWriter().Global("collections", "OrderedDict").Op(')').Op('R').Raw((byte)'q', 0).Op('(');
        foreach (string name in (string[])["z", "a", "m"])
            pickle.Text(name).Tensor("DoubleStorage", "0", 6, 0, [6], [1]);
        pickle.Op('u').Op('}').Text("_metadata").Op('}').Op('s').Op('b');
        PyTorchFile file = PyTorchFile.Parse(TorchZip.Make(pickle.Stop(), ("data/0", Six)));
        Assert.Equal(["z", "a", "m"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Empty(file.Notes);
    }

    [Fact]
    public void The_state_in_a_dictionary_of_a_run_is_taken_and_said()
    {
        byte[] pickle = new PickleWriter().Op('}').Op('(').Text("epoch").Int(3)
            .Text("optimizer").Op('}').Text("step").Tensor("DoubleStorage", "0", 6, 0, [1], [1]).Op('s')
            .Text("model").Op('}').Text("w").Tensor("DoubleStorage", "0", 6, 0, [6], [1]).Op('s').Op('u').Stop();
        PyTorchFile file = PyTorchFile.Parse(TorchZip.Make(pickle, ("data/0", Six)));
        Assert.Equal("w", Assert.Single(file.Tensors).Name);
        Assert.Equal(["the tensors are those under 'model'", "left out: epoch, optimizer"], file.Notes);
    }

    [Fact]
    public void An_archive_that_was_packed_again_is_read() =>
        Assert.Equal(6, PyTorchFile.Parse(TorchZip.Make("0", CompressionLevel.Optimal, PickleWriter.OneTensor(), ("data/0", Six))).Tensors[0].Count);

    [Fact]
    public void Tensors_become_a_safetensors_file()
    {
        var file = new SafetensorsFile(PyTorchFile.Parse(TorchZip.Make(PickleWriter.OneTensor(), ("data/0", Six))).Tensors);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], SafetensorsFile.Parse(file.ToBytes())["w"].ToArray<double>());
    }

    [Fact]
    public void Older_files_and_others_say_what_to_do()
    {
        Assert.Equal(
            "old.pt: the file is a pickle of its own, or of PyTorch before 1.6; if you trust it, load it with torch.load(old, weights_only=True) and save it again",
            Assert.Throws<ModelFileException>(() => PyTorchFile.Parse([0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC], "old.pt")).Message);
        Assert.StartsWith("x.pt: no ZIP archive", Assert.Throws<ModelFileException>(() => PyTorchFile.Parse("hello"u8.ToArray(), "x.pt")).Message);
    }
}
