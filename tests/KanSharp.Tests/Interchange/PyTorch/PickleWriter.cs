using System.Buffers.Binary;
using System.Text;

namespace KanSharp.Tests.Interchange.PyTorch;

/// <summary>Puts pickles together by hand, instruction by instruction, right or wrong.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = new();

    public PickleWriter(byte protocol = 2) => Raw(0x80, protocol);

    public PickleWriter Raw(params byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Op(char code) => Raw((byte)code);

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Op('X').UInt32((uint)utf8.Length).Raw(utf8);
    }

    public PickleWriter UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Int(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
            return Op('J').UInt32((uint)(int)value);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8A, 8).Raw(bytes.ToArray());
    }

    public PickleWriter Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleWriter Tuple(params long[] numbers)
    {
        Op('(');
        foreach (long number in numbers)
            Int(number);
        return Op('t');
    }

    /// <summary>A tensor as torch.save writes it.</summary>
    public PickleWriter Tensor(string storage, string key, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", storage).Text(key).Text("cpu").Int(count).Op('t').Op('Q')
            .Int(offset).Tuple(shape).Tuple(strides).Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');

    public byte[] Stop()
    {
        Op('.');
        return _bytes.ToArray();
    }

    /// <summary>A dictionary of one tensor 'w'.</summary>
    public static byte[] OneTensor(string storage = "DoubleStorage", long count = 6, long offset = 0, long[]? shape = null, long[]? strides = null, string key = "0") =>
        new PickleWriter().Op('}').Text("w").Tensor(storage, key, count, offset, shape ?? [2, 3], strides ?? [3, 1]).Op('s').Stop();
}
