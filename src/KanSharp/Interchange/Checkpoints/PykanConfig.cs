using System.Globalization;
using System.Text;
using KanSharp.Networks;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>What the state of a network of pykan does not say, from its <c>NAME_config.yml</c>.</summary>
/// <param name="FileName">File for messages.</param>
/// <param name="Levels">Sums and products of every level; null where the file does not say.</param>
/// <param name="BaseFunction">Name of the base function; null where the file does not say.</param>
/// <param name="SymbolicEnabled">Whether symbolic edges take part.</param>
/// <param name="AffineTrainable">Whether scales and biases of nodes are trained.</param>
/// <param name="Functions">Names of symbolic functions by layer, [output][input].</param>
internal sealed record PykanConfig(
    string FileName,
    IReadOnlyList<LevelShape>? Levels,
    string? BaseFunction,
    bool SymbolicEnabled,
    bool AffineTrainable,
    IReadOnlyDictionary<int, string[][]> Functions)
{
    private const int MostNodes = 1_000_000;
    private const string FunctionsKey = "symbolic.funs_name.";

    /// <summary>Reads a file.</summary>
    public static PykanConfig Read(string path)
    {
        string name = Path.GetFileName(path);
        var info = new FileInfo(path);
        if (info.Length > 1 << 25)
            throw new ModelFileException($"{info.Length} bytes; at most {1 << 25} are read", name);
        try
        {
            return Parse(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), name);
        }
        catch (DecoderFallbackException error)
        {
            throw new ModelFileException("not valid UTF-8", name, inner: error);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="ModelFileException">It is damaged or no configuration of pykan.</exception>
    public static PykanConfig Parse(string text, string name)
    {
        if (YamlReader.Read(text, name) is not YamlNode.Map { Entries: var entries })
            throw new ModelFileException("a map of settings was expected", name);
        var functions = new Dictionary<int, string[][]>();

        // an alias repeats a node in a few letters: what it becomes is made once and shared
        var tables = new Dictionary<YamlNode, string[][]>(ReferenceEqualityComparer.Instance);
        var rows = new Dictionary<YamlNode, string[]>(ReferenceEqualityComparer.Instance);
        foreach ((string key, YamlNode value) in entries)
        {
            if (key.StartsWith(FunctionsKey, StringComparison.Ordinal) && int.TryParse(key.AsSpan(FunctionsKey.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int layer))
                functions[layer] = Table(value, key);
        }

        return new PykanConfig(name, Levels(), Text("base_fun_name"), Truth("symbolic_enabled", true), Truth("affine_trainable", false), functions);

        ModelFileException Wrong(string key, string expected) => new($"expected {expected}", name, key);

        string? Text(string key) => entries.GetValueOrDefault(key) switch
        {
            null => null,
            YamlNode.Scalar scalar => scalar.Text,
            _ => throw Wrong(key, "a text"),
        };

        bool Truth(string key, bool otherwise) => Text(key)?.ToLowerInvariant() switch
        {
            null => otherwise,
            "true" => true,
            "false" => false,
            _ => throw Wrong(key, "true or false"),
        };

        int Number(YamlNode node, string key) =>
            node is YamlNode.Scalar scalar && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MostNodes
                ? value
                : throw Wrong(key, $"whole numbers up to {MostNodes}");

        string[][] Table(YamlNode node, string key)
        {
            if (node is not YamlNode.List { Items: var items })
                throw Wrong(key, "a list for every output");
            if (!tables.TryGetValue(node, out string[][]? table))
                tables.Add(node, table = [.. items.Select(item => Row(item, key))]);
            return table;
        }

        string[] Row(YamlNode node, string key)
        {
            if (node is not YamlNode.List { Items: var items })
                throw Wrong(key, "a list for every output");
            if (!rows.TryGetValue(node, out string[]? row))
                rows.Add(node, row = [.. items.Select(item => item is YamlNode.Scalar one ? one.Text : throw Wrong(key, "names of functions"))]);
            return row;
        }

        LevelShape[]? Levels()
        {
            if (entries.GetValueOrDefault("width") is not { } width)
                return null;
            YamlNode? arity = entries.GetValueOrDefault("mult_arity");
            if (width is not YamlNode.List { Items: { Count: >= 2 } widths })
                throw Wrong("width", "a list of at least two levels");
            var levels = new LevelShape[widths.Count];
            long nodes = 0;
            for (int level = 0; level < levels.Length; level++)
            {
                (int sums, int products) = widths[level] switch
                {
                    YamlNode.List { Items: [var first, var second] } => (Number(first, "width"), Number(second, "width")),
                    YamlNode.Scalar one => (Number(one, "width"), 0),
                    _ => throw Wrong("width", "a number or a pair of numbers for every level"),
                };
                nodes += (long)sums + products;
                if (nodes > MostNodes || (arity is YamlNode.List { Items: var lists } && level < lists.Count && lists[level] is YamlNode.List { Items.Count: var count } && count != products))
                    throw Wrong("width", nodes > MostNodes ? $"at most {MostNodes} nodes in all" : $"an arity for each of the {products} products of level {level}");
                int[] arities = arity is YamlNode.List { Items: var all }
                    ? level < all.Count && all[level] is YamlNode.List own ? [.. own.Items.Select(item => Number(item, "mult_arity"))] : throw Wrong("mult_arity", "a number, or a list for every level")
                    : [.. Enumerable.Repeat(arity is null ? 2 : Number(arity, "mult_arity"), products)];
                if (arities.Length != products || sums + products == 0 || arities.Any(one => one < 1) || (level == 0 && products > 0))
                    throw Wrong("width", $"a node at every level and an arity of 1 or more for each of its products (level {level})");
                levels[level] = new LevelShape(sums, arities);
            }

            return levels;
        }
    }
}
