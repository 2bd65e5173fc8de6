using KanSharp.Data;

namespace KanSharp.Interchange.PyTorch;

/// <summary>
/// What a pickle of a checkpoint can hold: this family and nothing else. No value does anything; a <see cref="Name"/> is a text that is never looked up.
/// </summary>
internal abstract record PickleValue
{
    private PickleValue()
    {
    }

    /// <summary>None.</summary>
    public static PickleValue None { get; } = new Null();

    /// <summary>A value in words, for messages; never looks into containers.</summary>
    public abstract string Describe { get; }

    internal sealed record Null : PickleValue
    {
        public override string Describe => "None";
    }

    internal sealed record Bool(bool Value) : PickleValue
    {
        public override string Describe => Value ? "True" : "False";
    }

    internal sealed record Int(long Value) : PickleValue
    {
        public override string Describe => "an integer";

        /// <summary>With the seed of the process: a file can not choose keys that collide.</summary>
        public override int GetHashCode() => HashCode.Combine((int)Value, (int)(Value >> 32));
    }

    internal sealed record Float(double Value) : PickleValue
    {
        public override string Describe => "a number";

        /// <summary>With the seed of the process, and equal for both zeros and for all NaN.</summary>
        public override int GetHashCode()
        {
            long bits = BitConverter.DoubleToInt64Bits(Value == 0 ? 0 : double.IsNaN(Value) ? double.NaN : Value);
            return HashCode.Combine((int)bits, (int)(bits >> 32));
        }
    }

    internal sealed record Text(string Value) : PickleValue
    {
        public override string Describe => $"the text '{Shortened(Value)}'";
    }

    internal sealed record Name(string Module, string Member) : PickleValue
    {
        public string Full => Shortened($"{Module}.{Member}");

        public override string Describe => $"the name {Full}";
    }

    internal sealed record Tuple(IReadOnlyList<PickleValue> Items) : PickleValue
    {
        public static Tuple Empty { get; } = new([]);

        public override string Describe => $"a tuple of {Items.Count}";
    }

    internal sealed record List(List<PickleValue> Items) : PickleValue
    {
        public override string Describe => $"a list of {Items.Count}";
    }

    /// <summary>A dictionary in the order of its file; no key occurs twice.</summary>
    internal sealed record Dict(List<KeyValuePair<PickleValue, PickleValue>> Items) : PickleValue
    {
        private readonly HashSet<PickleValue> _keys = [];

        public override string Describe => $"a dictionary of {Items.Count}";

        /// <summary>Whether a value is a tensor or a dictionary. Kept up to date, as many names may share one large dictionary.</summary>
        public bool HoldsParts { get; private set; }

        /// <summary>Adds an entry; false if there is one of that key.</summary>
        public bool TryAdd(PickleValue key, PickleValue value)
        {
            if (!_keys.Add(key))
                return false;
            Items.Add(new(key, value));
            HoldsParts |= value is Tensor or Dict;
            return true;
        }
    }

    /// <summary>A storage: an entry of the archive that holds <paramref name="Count"/> elements.</summary>
    internal sealed record Storage(ElementType Type, string Key, long Count) : PickleValue
    {
        public override string Describe => $"storage '{Shortened(Key)}'";

        public override int GetHashCode() => HashCode.Combine(Key, (int)Count, (int)(Count >> 32));
    }

    /// <summary>A view of a storage; offset and strides count elements. Nothing has been checked against the archive yet.</summary>
    internal sealed record Tensor(Storage Source, long Offset, long[] Shape, long[] Strides) : PickleValue
    {
        public override string Describe => $"a tensor [{string.Join(", ", Shape.Take(8))}]";
    }

    /// <summary>Names in messages come from the file: they are cut, and control characters shown as '?'.</summary>
    internal static string Shortened(string text) =>
        string.Concat((text.Length > 100 ? text[..97] + "..." : text).Select(letter => char.IsControl(letter) ? '?' : letter));
}
