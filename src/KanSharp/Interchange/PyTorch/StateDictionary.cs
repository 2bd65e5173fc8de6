using System.Globalization;

namespace KanSharp.Interchange.PyTorch;

/// <summary>Finds the tensors by name in what a pickle holds: a <c>state_dict</c>, or a dictionary of a training run that has one among other things.</summary>
internal sealed class StateDictionary
{
    private const int MostLevels = 4;

    /// <summary>Usual names of the state in a larger dictionary, the first one that is there wins.</summary>
    private static readonly string[] Usual =
        ["state_dict", "model_state_dict", "model_state", "model", "net", "network", "net_state_dict", "kan", "module", "weights", "params", "checkpoint", "ema", "model_ema"];

    private readonly string? _file;

    private StateDictionary(string? file) => _file = file;

    /// <summary>The tensors in their order.</summary>
    public List<(string Name, PickleValue.Tensor View)> Tensors { get; } = [];

    /// <summary>What was chosen and what was left out.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Finds the tensors.</summary>
    /// <exception cref="ModelFileException">There are none, or it is not clear which are meant.</exception>
    public static StateDictionary Of(PickleValue root, string? file)
    {
        var state = new StateDictionary(file);
        switch (root)
        {
            case PickleValue.Tensor tensor:
                state.Tensors.Add(("tensor", tensor));
                break;
            case PickleValue.Dict dictionary:
                state.Find(dictionary, "", 0);
                break;
            case PickleValue.Null:
                break;
            default:
                throw new ModelFileException($"the file holds {root.Describe}; save model.state_dict()", file);
        }

        return state;
    }

    private void Find(PickleValue.Dict dictionary, string path, int level)
    {
        var others = new List<string>();
        var inner = new List<(string Key, PickleValue.Dict Value)>();
        foreach ((PickleValue key, PickleValue value) in dictionary.Items)
        {
            string? name = key is PickleValue.Text text ? text.Value : null;
            if (name is not null && value is PickleValue.Tensor tensor)
                Tensors.Add((name, tensor));
            else if (name is not null && value is PickleValue.Dict nested)
                inner.Add((name, nested));
            else if (value is not PickleValue.Null)
                others.Add(name is null ? key.Describe : PickleValue.Shortened(name));
        }

        if (Tensors.Count > 0)
        {
            Say(path, [.. others, .. inner.Select(entry => PickleValue.Shortened(entry.Key))]);
            return;
        }

        if (level == MostLevels || inner.Count == 0)
            throw new ModelFileException($"no tensors by name{(path.Length == 0 ? "" : $" under {path}")}: found {List([.. others, .. inner.Select(entry => PickleValue.Shortened(entry.Key))])}; save model.state_dict()", _file);
        (string Key, PickleValue.Dict Value)[] candidates = [.. inner.Where(entry => entry.Value.HoldsParts)];
        int usual = Array.FindIndex(Usual, name => candidates.Any(entry => entry.Key == name));
        (string Key, PickleValue.Dict Value)? chosen = usual >= 0 ? candidates.First(entry => entry.Key == Usual[usual])
            : candidates.Where(entry => !entry.Key.Contains("optim", StringComparison.OrdinalIgnoreCase)).ToArray() is [var only] ? only
            : null;
        if (chosen is not var (part, content))
            throw new ModelFileException($"it is not clear which part is the model: {List([.. inner.Select(entry => PickleValue.Shortened(entry.Key))])}; save model.state_dict() alone", _file);
        Find(content, path + $"'{PickleValue.Shortened(part)}'", level + 1);
        others.AddRange(inner.Where(entry => entry.Key != part).Select(entry => PickleValue.Shortened(entry.Key)));
        if (others.Count > 0)
            Notes.Add($"left out: {List(others)}");
    }

    private void Say(string path, IReadOnlyList<string> others)
    {
        if (path.Length > 0)
            Notes.Add($"the tensors are those under {path}");
        if (others.Count > 0)
            Notes.Add($"left out, no tensors: {List(others)}");
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "nothing"
        : string.Join(", ", names.Take(8)) + (names.Count > 8 ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 8} more") : "");
}
