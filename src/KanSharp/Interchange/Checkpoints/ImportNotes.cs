namespace KanSharp.Interchange.Checkpoints;

/// <summary>Collects what is to be reported; each line once.</summary>
internal sealed class ImportNotes
{
    private readonly List<string> _layers = [], _assumptions = [], _warnings = [];
    private readonly HashSet<string> _families = [], _taken = new(StringComparer.Ordinal);

    public void Family(string name) => _families.Add(name);

    public void Layer(string line) => _layers.Add(line);

    public void Assume(string line)
    {
        if (!_assumptions.Contains(line))
            _assumptions.Add(line);
    }

    public void Warn(string line)
    {
        if (!_warnings.Contains(line))
            _warnings.Add(line);
    }

    /// <summary>A tensor that became something, or is known to do nothing.</summary>
    public void Take(string tensor) => _taken.Add(tensor);

    /// <summary>Whether a tensor was taken.</summary>
    public bool Has(string tensor) => _taken.Contains(tensor);

    public ImportReport Report(Checkpoint file)
    {
        string[] unmapped = [.. file.Tensors.Select(tensor => tensor.Name).Where(name => !_taken.Contains(name))];
        if (unmapped.Length > 0)
            Warn("tensors were left out; predictions are those of the original only if it does not use them between input and output");
        return new ImportReport(string.Join(" + ", _families), _layers, _assumptions, unmapped, _warnings, file.Notes);
    }
}
