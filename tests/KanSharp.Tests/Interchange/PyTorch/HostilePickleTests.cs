using System.IO.Compression;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Interchange.PyTorch;

namespace KanSharp.Tests.Interchange.PyTorch;

/// <summary>Files that mean harm: each gives a <see cref="ModelFileException"/> that says what and where, and takes little memory.</summary>
public sealed class HostilePickleTests
{
    private const long MostMemory = 4 << 20;

    private static readonly byte[] Six = TorchZip.Bytes(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);

    [Fact]
    public void Calls_of_other_functions_are_refused()
    {
        Refused("Python object of class posix.system", new PickleWriter().Global("posix", "system").Text("echo harm").Raw(0x85).Op('R').Stop());
        Refused("class os.system", new PickleWriter().Global("os", "system").Text("echo harm").Raw(0x85).Op('R').Stop());
        Refused("class builtins.eval", new PickleWriter().Global("builtins", "eval").Text("1").Raw(0x85).Op('R').Stop());
        Refused("class collections.abc.OrderedDict", new PickleWriter().Global("collections.abc", "OrderedDict").Op(')').Op('R').Stop());
        Refused("made from arguments", new PickleWriter().Global("collections", "OrderedDict").Op(']').Raw(0x85).Op('R').Stop());
        byte[] inside = new PickleWriter().Global("torch._tensor", "_rebuild_from_type_v2").Op('(').Global("os", "system").Global("torch", "Tensor").Text("echo harm").Raw(0x85).Op('N').Op('t').Op('R').Stop();
        Refused("class torch._tensor._rebuild_from_type_v2", inside);
    }

    [Fact]
    public void A_pickled_model_says_what_to_save_instead()
    {
        byte[] model = new PickleWriter().Global("__main__", "KAN").Op(')').Raw(0x81).Op('}').Text("training").Raw(0x88).Op('s').Op('b').Stop();
        Refused("this file stores a Python object of class __main__.KAN; save model.state_dict() instead", model);
        Refused("given a state", new PickleWriter().Op(']').Op('}').Op('b').Stop());
    }

    [Fact]
    public void Instructions_and_protocols_that_are_not_data_are_refused()
    {
        foreach (char code in "iopRIdPV0128")
            Assert.Throws<ModelFileException>(() => PyTorchFile.Parse(TorchZip.Make(new PickleWriter().Op(code).Stop())));
        Refused("instruction 0x69", new PickleWriter().Op('i').Stop());
        Refused("instruction 0x82", new PickleWriter().Raw(0x82, 1).Stop());
        Refused("instruction 0xff", new PickleWriter().Raw(0xFF).Stop());
        Refused("protocol 4", new PickleWriter(4).Raw(0x95, 1, 0, 0, 0, 0, 0, 0, 0).Op('N').Stop());
    }

    [Fact]
    public void Lengths_are_not_believed()
    {
        Refused("bytes are promised", new PickleWriter().Op('X').UInt32(uint.MaxValue).Stop());
        Refused("bytes are promised", new PickleWriter().Op('X').UInt32(1 << 30).Stop());
        Refused("integer of 255 bytes", new PickleWriter().Raw(0x8A, 255).Raw(new byte[255]).Stop());
        Refused("bytes are promised", [0x80]);
        Refused("bytes are promised", new byte[0]);
        Refused("a name does not end", new PickleWriter().Op('c').Raw("torch"u8.ToArray()).Stop());
        Refused("not valid UTF-8", new PickleWriter().Op('X').UInt32(1).Raw(0xFF).Stop());
    }

    [Fact]
    public void A_stack_that_is_empty_is_not_read()
    {
        foreach (string codes in (string[])["", "R", "t", "u", "s", "b", "a", "e", "Q", "q\0", "\u0085", "((", "(u", "N(s", "NN"])
            Assert.Throws<ModelFileException>(() => PyTorchFile.Parse(TorchZip.Make(new PickleWriter().Raw([.. codes.Select(code => (byte)code)]).Stop())));
        Refused("value 7 is used", new PickleWriter().Op('h').Raw(7).Stop());
        Refused("value 305419896 is used", new PickleWriter().Op('j').UInt32(0x12345678).Stop());
    }

    [Fact]
    public void Cycles_and_depth_do_no_harm()
    {
        Refused("a list of 1", new PickleWriter().Op(']').Raw((byte)'q', 0).Raw((byte)'h', 0).Op('a').Stop());
        Refused("no tensors", new PickleWriter().Op('}').Raw((byte)'q', 0).Text("model").Raw((byte)'h', 0).Op('s').Stop());
        byte[] deep = [.. new PickleWriter().Stop()[..2], .. Enumerable.Repeat((byte)']', 50_000), .. Enumerable.Repeat((byte)'a', 49_999), (byte)'.'];
        Refused("a list of 1", deep, 16 << 20);
        Refused("open brackets", [0x80, 2, .. Enumerable.Repeat((byte)'(', 20_000)]);
        Refused("a dictionary has the text 'a' twice", new PickleWriter().Op('}').Op('(').Text("a").Int(1).Text("a").Int(2).Op('u').Stop());
        byte[] many = [0x80, 2, .. Enumerable.Repeat((byte)'N', 1_100_000)];
        Refused("more than 1000000 values", many, 32 << 20);
    }

    [Fact]
    public void Views_stay_inside_their_storage()
    {
        Refused("reaches element 6 of a storage of 6", PickleWriter.OneTensor(offset: 1));
        Refused("reaches element", PickleWriter.OneTensor(strides: [4, 1]));
        Refused("reaches element", PickleWriter.OneTensor(shape: [2, 1L << 40], strides: [0, 1]));
        Refused("beyond all numbers", PickleWriter.OneTensor(shape: [1L << 40, 1L << 40]));
        Refused("beyond all numbers", PickleWriter.OneTensor(shape: [2, 2], strides: [long.MaxValue, long.MaxValue]));
        Refused("elements; up to", PickleWriter.OneTensor(shape: [1L << 40], strides: [0]));
        Refused("repeats its storage", PickleWriter.OneTensor(shape: [20_000_000], strides: [0]));
        Refused("negative", PickleWriter.OneTensor(offset: -1));
        Refused("negative", PickleWriter.OneTensor(shape: [-2, 3]));
        Refused("negative", PickleWriter.OneTensor(strides: [-3, 1]));
        Refused("at most 16", PickleWriter.OneTensor(shape: new long[20], strides: new long[20]));
        Refused("not made of", PickleWriter.OneTensor(shape: [2], strides: [3, 1]));
    }

    [Fact]
    public void Storages_are_what_the_pickle_says()
    {
        Refused("storage '1': the archive does not hold it", PickleWriter.OneTensor(key: "1"));
        Refused("storage '../../data.pkl': the archive does not hold it", PickleWriter.OneTensor(key: "../../data.pkl"));
        Refused("48 bytes; its tensors say 56", PickleWriter.OneTensor(count: 7));
        Refused("48 bytes; its tensors say 24", PickleWriter.OneTensor("FloatStorage"));
        Refused("up to 2147483591 bytes", PickleWriter.OneTensor(count: long.MaxValue));
        Refused("storage of numbers", PickleWriter.OneTensor("ComplexDoubleStorage"));
        Refused("storage of numbers", PickleWriter.OneTensor(count: -6));
        byte[] two = new PickleWriter().Op('}').Op('(').Text("a").Tensor("DoubleStorage", "0", 6, 0, [6], [1]).Text("b").Tensor("LongStorage", "0", 6, 0, [6], [1]).Op('u').Stop();
        Refused("different kinds", two);
    }

    [Fact]
    public void Archives_that_expand_without_end_are_refused()
    {
        byte[] zeros = new byte[200 << 20];
        byte[] pickle = PickleWriter.OneTensor("ByteStorage", zeros.Length, shape: [zeros.Length], strides: [1]);
        Refused(TorchZip.Make("archive", CompressionLevel.Optimal, pickle, ("data/0", zeros)), "no checkpoint expands so much", MostMemory);
        Refused(TorchZip.Make("archive", CompressionLevel.Optimal, zeros), "at most 67108864 are read", MostMemory);
    }

    [Fact]
    public void Thousands_of_names_of_one_storage_are_refused()
    {
        byte[] zeros = new byte[4 << 20];
        byte[] file = Shared(3_000, zeros.Length / 4, ("data/0", zeros));
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            string message = Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(path)).Message;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Contains("too many tensors share their storages", message);
            Assert.True(allocated < 4 * file.Length, $"{allocated} bytes for a file of {file.Length}");

            // what no layer takes is not converted
            File.WriteAllBytes(path, file = Shared(30, zeros.Length / 4, ("data/0", zeros)));
            before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("no layers of any known family", Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(path)).Message);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 4 * file.Length, $"{allocated} bytes for a file of {file.Length}");
        }
        finally
        {
            File.Delete(path);
        }

        static byte[] Shared(int names, int count, (string Name, byte[] Bytes) storage)
        {
            PickleWriter pickle = new PickleWriter().Op('}').Op('(');
            for (int number = 0; number < names; number++)
                pickle.Text($"k{number}").Tensor("FloatStorage", "0", count, 0, [count], [1]);
            return TorchZip.Make(pickle.Op('u').Stop(), storage);
        }
    }

    [Fact]
    public void Many_names_of_one_large_dictionary_are_looked_at_once()
    {
        const int Count = 20_000;
        PickleWriter pickle = new PickleWriter().Op('}').Op('(').Text("k0").Op('}').Raw((byte)'q', 0).Op('(');
        for (int number = 0; number < Count; number++)
            pickle.Int(number).Int(number);
        pickle.Op('u');
        for (int number = 1; number < Count; number++)
            pickle.Text($"k{number}").Raw((byte)'h', 0);
        Refused("not clear which part is the model", pickle.Op('u').Stop(), 64 << 20);
    }

    [Fact]
    public void Keys_can_not_be_chosen_to_collide()
    {
        // the low and the high half cancel each other in the usual hash of an integer
        long[] keys = [.. Enumerable.Range(0, 10_000).Select(number => (long)number << 32 | (uint)number)];
        Assert.Single(keys.Select(key => key.GetHashCode()).Distinct());
        Assert.InRange(keys.Select(key => new PickleValue.Int(key).GetHashCode()).Distinct().Count(), 9_900, 10_000);
        double[] numbers = [.. keys.Select(BitConverter.Int64BitsToDouble)];
        Assert.InRange(numbers.Select(key => new PickleValue.Float(key).GetHashCode()).Distinct().Count(), 9_900, 10_000);
        Assert.Equal(new PickleValue.Float(0.0).GetHashCode(), new PickleValue.Float(-0.0).GetHashCode());
        Assert.InRange(keys.Select(key => new PickleValue.Storage(ElementType.UInt8, "0", key).GetHashCode()).Distinct().Count(), 9_900, 10_000);
    }

    [Fact]
    public void Archives_of_other_kinds_are_refused()
    {
        Refused(TorchZip.Make(PickleWriter.OneTensor(), ("code/model.py", [])), "TorchScript", MostMemory);
        Refused(TorchZip.Make(PickleWriter.OneTensor(), ("byteorder", "middle"u8.ToArray())), "neither 'little' nor 'big'", MostMemory);
        Refused(TorchZip.Make(PickleWriter.OneTensor(), ("data/0", Six), ("data/0", Six)), "occurs twice", MostMemory);
        byte[] whole = TorchZip.Make(PickleWriter.OneTensor(), ("data/0", Six));
        for (int length = 2; length < whole.Length; length += 7)
            Assert.Throws<ModelFileException>(() => PyTorchFile.Parse(whole[..length]));
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("a/data.pkl");
            zip.CreateEntry("b/data.pkl");
        }

        Refused(stream.ToArray(), "several pickles", MostMemory);
    }

    [Fact]
    public void Files_without_tensors_say_what_they_hold()
    {
        Refused("the file holds the text 'hello'", new PickleWriter().Text("hello").Stop());
        Refused("no tensors by name: found a, b", new PickleWriter().Op('}').Op('(').Text("a").Int(1).Text("b").Int(2).Op('u').Stop());
        byte[] two = new PickleWriter().Op('}').Op('(')
            .Text("generator").Op('}').Text("w").Tensor("DoubleStorage", "0", 6, 0, [6], [1]).Op('s')
            .Text("critic").Op('}').Text("w").Tensor("DoubleStorage", "0", 6, 0, [6], [1]).Op('s').Op('u').Stop();
        Refused("not clear which part is the model: generator, critic", two);
    }

    private static void Refused(string message, byte[] pickle, long memory = MostMemory) => Refused(TorchZip.Make(pickle, ("data/0", Six)), message, memory);

    private static void Refused(byte[] file, string message, long memory)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelFileException error = Assert.Throws<ModelFileException>(() => PyTorchFile.Parse(file, "bad.pt"));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.StartsWith("bad.pt: ", error.Message);
        Assert.Contains(message, error.Message);
        Assert.True(allocated < memory, $"{allocated} bytes for: {error.Message}");
    }
}
