using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>Finds the layers and normalisations that tensors belong to.</summary>
internal sealed class ModuleFinder<T>(Checkpoint file, NamedTensors<T> tensors, IReadOnlyList<string> names, ImportNotes notes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<string, int> _places = names.Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => entry.index, StringComparer.Ordinal);

    /// <summary>The owners of every family that is there.</summary>
    public List<(ImportFamily Family, string Owner)> Layers(IEnumerable<ImportFamily> families)
    {
        var found = new List<(ImportFamily, string)>();
        var owners = new HashSet<string>(StringComparer.Ordinal);
        foreach (ImportFamily family in families)
        {
            foreach (string owner in Owners(family.Signature))
            {
                if (family.Matches(tensors.Below(owner)) && owners.Add(owner))
                    found.Add((family, owner));
            }
        }

        return found;
    }

    /// <summary>Reads the layers, and the normalisations around them.</summary>
    public IReadOnlyList<FoundModule<T>> Read(IReadOnlyList<(ImportFamily Family, string Owner)> layers, ImportSettings settings)
    {
        var modules = new List<FoundModule<T>>();
        (ImportFamily Family, string Owner)[] rational = [.. layers.Where(layer => layer.Family is KatFamily)];
        string[] linears = rational.Length == 0 ? [] : [.. Owners("weight").Where(owner => tensors.RankOf(owner + "weight") == 2 && tensors.RankOf(owner + "bias") == 1)];
        if (linears.Length != rational.Length)
            throw new ModelFileException($"{rational.Length} rational activations and {linears.Length} linear layers; each activation goes with the linear layer after it", file.FileName);
        foreach ((ImportFamily family, string owner) in layers)
        {
            NamedTensors<T> own = tensors.Below(owner);
            Take(owner, [family.Signature, .. family.Parts]);
            string? linear = family is KatFamily ? linears[Array.FindIndex(rational, entry => entry.Owner == owner)] : null;
            if (linear is not null)
                Take(linear, ["weight", "bias"]);
            KanLinear<T> layer = Guard(owner, () => linear is null ? family.Read(own, settings, notes) : PublishedLayers.Kat(own, tensors.Below(linear)));
            notes.Family(family.Name);
            modules.Add(new FoundModule<T>(owner, Place(owner, family.Signature), layer, Guard(owner, () => family.NormAfter(own))));
        }

        foreach (string owner in Owners("weight").Where(IsNorm))
            modules.Add(new FoundModule<T>(owner, Place(owner, "weight"), null, Norm(owner)));
        return modules;
    }

    /// <summary>Reading with the place in messages.</summary>
    private TResult Guard<TResult>(string owner, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new ModelFileException(ErrorText.WithoutParameter(error), file.FileName, owner.Length == 0 ? null : $"layer '{PyTorch.PickleValue.Shortened(owner.TrimEnd('.'))}'", error);
        }
    }

    private bool IsNorm(string owner) =>
        !notes.Has(owner + "weight") && tensors.RankOf(owner + "weight") == 1 && tensors.RankOf(owner + "bias") == 1
        && tensors.ShapeOf(owner + "weight") == tensors.ShapeOf(owner + "bias");

    private Module<T> Norm(string owner)
    {
        NamedTensors<T> own = tensors.Below(owner);
        Take(owner, ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"]);
        int features = own.Take("weight", 1).Shape.Count;
        return Guard(owner, () =>
        {
            Module<T> norm = own.Has("running_mean") ? new BatchNorm<T>(features) : new LayerNorm<T>(features);
            foreach ((string path, Parameter<T> parameter) in norm.Parameters())
                own.CopyTo(path, parameter.Value);
            foreach ((string path, StateTensor<T> state) in norm.States())
                own.CopyTo(path, state.Value);
            if (norm is LayerNorm<T>)
                notes.Assume("a weight and a bias of one length without running statistics are a layer normalisation (nn.LayerNorm)");
            notes.Assume("normalisations add 1e-5 to the variance, as PyTorch does by default");
            return norm;
        });
    }

    private void Take(string owner, IEnumerable<string> parts)
    {
        foreach (string part in parts)
            notes.Take(owner + part);
    }

    private int Place(string owner, string part) => _places[owner + part];

    private IEnumerable<string> Owners(string part) =>
        names.Where(name => name == part || (name.EndsWith(part, StringComparison.Ordinal) && name[^(part.Length + 1)] == '.')).Select(name => name[..^part.Length]);
}
