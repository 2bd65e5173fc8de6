using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace KanSharp.Interchange.PyTorch;

/// <summary>
/// Reads the pickle of a checkpoint (protocol 2, as <c>torch.save</c> writes it) into a closed family of values. It is a stack machine that knows the instructions of
/// data and refuses all others; nothing is imported, called or constructed by name. Every instruction takes bounded memory, values and depths are limited, and no
/// length is believed beyond the bytes that are there.
/// </summary>
internal sealed class PickleReader
{
    /// <summary>Largest pickle that is read.</summary>
    public const int MostBytes = 64 << 20;

    private const int MostValues = 4_000_000, MostStack = 1_000_000, MostMarks = 10_000;

    private readonly byte[] _bytes;
    private readonly string? _file;
    private readonly List<PickleValue> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, PickleValue> _memo = [];
    private int _position, _at, _values;

    private PickleReader(byte[] bytes, string? file) => (_bytes, _file) = (bytes, file);

    /// <summary>Reads a pickle.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="file">File for messages.</param>
    /// <exception cref="ModelFileException">It is damaged, or holds something else than data.</exception>
    public static PickleValue Read(byte[] bytes, string? file)
    {
        if (bytes.Length > MostBytes)
            throw new ModelFileException($"{bytes.Length} bytes; at most {MostBytes} are read", file, "data.pkl");
        return new PickleReader(bytes, file).Run();
    }

    private PickleValue Run()
    {
        while (true)
        {
            _at = _position;
            byte code = Byte();
            switch (code)
            {
                case 0x80:
                    if (Byte() is not 2 and var protocol)
                        throw Error($"pickle protocol {protocol}; protocol 2 is read, which torch.save uses unless told otherwise");
                    break;
                case (byte)'.':
                    PickleValue root = Pop();
                    return _stack.Count == 0 && _marks.Count == 0 ? root : throw Error($"the pickle ends with {_stack.Count} values left over");
                case (byte)'(':
                    if (_marks.Count == MostMarks)
                        throw Error($"more than {MostMarks} open brackets");
                    _marks.Add(_stack.Count);
                    break;
                case (byte)'N': Push(PickleValue.None); break;
                case 0x88: Push(new PickleValue.Bool(true)); break;
                case 0x89: Push(new PickleValue.Bool(false)); break;
                case (byte)'K': Push(new PickleValue.Int(Byte())); break;
                case (byte)'M': Push(new PickleValue.Int(BinaryPrimitives.ReadUInt16LittleEndian(Take(2)))); break;
                case (byte)'J': Push(new PickleValue.Int(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))); break;
                case 0x8A: Push(new PickleValue.Int(Long())); break;
                case (byte)'G': Push(new PickleValue.Float(BinaryPrimitives.ReadDoubleBigEndian(Take(8)))); break;
                case (byte)'X': Push(new PickleValue.Text(Utf8(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))))); break;
                case (byte)'U': Push(new PickleValue.Text(Encoding.Latin1.GetString(Take(Byte())))); break;
                case (byte)'c': Push(new PickleValue.Name(Line(), Line())); break;
                case (byte)')': Push(PickleValue.Tuple.Empty); break;
                case 0x85: Push(new PickleValue.Tuple(PopMany(1))); break;
                case 0x86: Push(new PickleValue.Tuple(PopMany(2))); break;
                case 0x87: Push(new PickleValue.Tuple(PopMany(3))); break;
                case (byte)'t': Push(new PickleValue.Tuple(PopMark())); break;
                case (byte)']' or 0x8F: Push(new PickleValue.List([])); break;
                case (byte)'a': Append([Pop()]); break;
                case (byte)'e': Append(PopMark()); break;
                case (byte)'}': Push(new PickleValue.Dict([])); break;
                case (byte)'s': SetItems(PopMany(2)); break;
                case (byte)'u': SetItems(PopMark()); break;
                case (byte)'q': Remember(Byte()); break;
                case (byte)'r': Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
                case (byte)'h': Push(Recall(Byte())); break;
                case (byte)'j': Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
                case (byte)'Q': Push(PickleCalls.Persistent(Pop()) ?? throw Error("a reference to something else than a storage of numbers")); break;
                case (byte)'R' or 0x81: Call(); break;
                case (byte)'b': Build(); break;
                default:
                    throw Error($"instruction 0x{code.ToString("x2", CultureInfo.InvariantCulture)} is none that a checkpoint of tensors has; save model.state_dict() with torch.save");
            }
        }
    }

    private void Call()
    {
        PickleValue arguments = Pop(), function = Pop();
        if (function is not PickleValue.Name name || arguments is not PickleValue.Tuple { Items: var items })
            throw Error($"{function.Describe} is called");
        Push(PickleCalls.Call(name, items, out string? problem) ?? throw Error(problem!));
    }

    /// <summary>State of an object: an ordered dictionary carries its <c>_metadata</c>, which is no entry; nothing else has state here.</summary>
    private void Build()
    {
        PickleValue state = Pop();
        if (Peek() is not PickleValue.Dict || state is not PickleValue.Dict)
            throw Error($"{Peek().Describe} is given a state: this file stores a Python object; save model.state_dict() instead");
    }

    private void Append(IReadOnlyList<PickleValue> items)
    {
        if (Peek() is not PickleValue.List list)
            throw Error($"something is added to {Peek().Describe}");
        list.Items.AddRange(items);
    }

    private void SetItems(IReadOnlyList<PickleValue> items)
    {
        if (Peek() is not PickleValue.Dict dictionary || items.Count % 2 != 0)
            throw Error($"entries are added to {Peek().Describe}");
        for (int index = 0; index < items.Count; index += 2)
        {
            if (!dictionary.TryAdd(items[index], items[index + 1]))
                throw Error($"a dictionary has {items[index].Describe} twice");
        }
    }

    private void Remember(uint index)
    {
        if (_memo.Count == MostStack)
            throw Error($"more than {MostStack} values are remembered");
        _memo[index] = Peek();
    }

    private PickleValue Recall(uint index) => _memo.TryGetValue(index, out PickleValue? value) ? value : throw Error($"value {index} is used, but was never remembered");

    private void Push(PickleValue value)
    {
        if (_stack.Count == MostStack || ++_values > MostValues)
            throw Error($"more than {MostStack} values at once or {MostValues} in all");
        _stack.Add(value);
    }

    private PickleValue Peek() => _stack.Count > Floor ? _stack[^1] : throw Error("a value is missing");

    private PickleValue Pop()
    {
        PickleValue value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private PickleValue[] PopMany(int count)
    {
        if (_stack.Count - Floor < count)
            throw Error("a value is missing");
        PickleValue[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private PickleValue[] PopMark()
    {
        if (_marks.Count == 0)
            throw Error("a bracket is closed that was not opened");
        PickleValue[] items = PopMany(_stack.Count - _marks[^1]);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _bytes.Length - _position)
            throw Error($"{count} bytes are promised and {_bytes.Length - _position} are left: the file is cut off or damaged");
        ReadOnlySpan<byte> taken = _bytes.AsSpan(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private long Long()
    {
        ReadOnlySpan<byte> digits = Take(Byte());
        if (digits.Length > 8)
            throw Error($"an integer of {digits.Length} bytes; at most 8 are read");
        long value = digits.Length > 0 && (sbyte)digits[^1] < 0 ? -1 : 0;
        for (int index = digits.Length - 1; index >= 0; index--)
            value = value << 8 | digits[index];
        return value;
    }

    private string Line()
    {
        int length = _bytes.AsSpan(_position).IndexOf((byte)'\n');
        if (length < 0)
            throw Error("a name does not end");
        string line = Utf8(Take((uint)length));
        _position++;
        return line;
    }

    private string Utf8(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Error("a text is not valid UTF-8");

    private ModelFileException Error(string problem) => new(problem, _file, $"data.pkl, byte {_at.ToString(CultureInfo.InvariantCulture)}");
}
