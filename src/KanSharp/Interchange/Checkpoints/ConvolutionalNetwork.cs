using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Networks.Images;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>
/// Networks of Convolutional-KANs. Files say how many kernels a layer has, not how images run through it; the published architectures do, and one of them must have
/// exactly the tensors of the file.
/// </summary>
internal sealed class ConvolutionalNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The tensor that tells a convolution.</summary>
    public const string Signature = "convs.0.conv.spline_weight";

    private const int Places = 9, MostHead = 20_000;

    private readonly NamedTensors<T> _tensors;
    private readonly string[] _names;
    private readonly ImportNotes _notes;
    private readonly List<(string Kind, string Owner)> _parts = [];

    private ConvolutionalNetwork(NamedTensors<T> tensors, string[] names, ImportNotes notes)
    {
        (_tensors, _names, _notes) = (tensors, names, notes);
        foreach (string name in names)
        {
            if (name.EndsWith(Signature, StringComparison.Ordinal))
                _parts.Add(("kan convolution", name[..^Signature.Length]));
            else if (name.Contains("convs.", StringComparison.Ordinal))
                continue;
            else if (name.EndsWith("spline_weight", StringComparison.Ordinal))
                _parts.Add(("kan", name[..^"spline_weight".Length]));
            else if (name.EndsWith(".running_mean", StringComparison.Ordinal))
                _parts.Add(("norm", name[..^"running_mean".Length]));
            else if (name.EndsWith(".weight", StringComparison.Ordinal) && tensors.RankOf(name) == 2)
                _parts.Add(("linear", name[..^"weight".Length]));
        }
    }

    /// <summary>Settings.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["channels", "image"];

    /// <summary>Whether there is a convolution among the names.</summary>
    public static bool Recognises(IEnumerable<string> names) => names.Any(name => name.EndsWith(Signature, StringComparison.Ordinal));

    /// <summary>Reads a network.</summary>
    /// <exception cref="ArgumentException">No published architecture has these tensors.</exception>
    public static ImageNetwork<T> Read(NamedTensors<T> tensors, string[] names, ImportSettings settings, ImportNotes notes)
    {
        var reader = new ConvolutionalNetwork<T>(tensors, names, notes);
        (int channels, int size) = (settings.Count("channels", 1) ?? 1, settings.Count("image", 1) ?? 28);
        notes.Assume(string.Create(CultureInfo.InvariantCulture, $"images of {channels} × {size} × {size} (channels=N and image=N say otherwise), pixels from −1 to 1, base function SiLU, windows of 3 × 3 and pooling as published"));
        string found = string.Join(", ", reader._parts.Select(part => $"{part.Owner.TrimEnd('.')} ({part.Kind}{reader.Count(part)})"));
        foreach (ImagePreset preset in ImagePresets.All.Where(preset => preset.IsKan && preset.IsPublished))
        {
            if (reader.Try(preset, channels, size) is not { } network)
                continue;
            reader.Take(preset);
            return network;
        }

        throw new ArgumentException(
            $"Found {found}; no published architecture for images of {channels} × {size} × {size} has exactly these. channels=N and image=N say what it reads; single layers can be read in code with PublishedLayers.ConvolutionalKan.");
    }

    private string Count((string Kind, string Owner) part) => part.Kind == "kan convolution" ? string.Create(CultureInfo.InvariantCulture, $" of {Kernels(part.Owner)} kernels") : "";

    private int Kernels(string owner) => _names.Count(name => name.StartsWith(owner + "convs.", StringComparison.Ordinal) && name.EndsWith(".conv.spline_weight", StringComparison.Ordinal));

    /// <summary>The preset with the tensors of the file; null if they do not fit it.</summary>
    private ImageNetwork<T>? Try(ImagePreset preset, int channels, int size)
    {
        if (_parts.FindLast(part => part.Kind is "kan" or "linear") is not { Kind: not null } last || _tensors.RankOf(_parts[0].Owner + "convs.0.conv.base_weight") != 2)
            return null;
        int classes = last.Kind == "kan" ? _tensors.Take(last.Owner + "base_weight", 2).Shape[0] : _tensors.Take(last.Owner + "weight", 2).Shape[0];
        int intervals = Intervals(last.Kind == "kan" ? last.Owner : _parts[0].Owner + "convs.0.conv.");

        // a fresh network takes memory before it is compared with the file
        if ((long)classes * intervals > MostHead)
            return null;
        ImageNetwork<T> fresh;
        try
        {
            bool fixedSize = preset.Name is "ckan" or "ckan-bn";
            fresh = preset.Create<T>(new ImageShape(channels, size, size, classes), new ImagePresetOptions { Size = fixedSize || intervals == 10 ? null : intervals });
        }
        catch (ArgumentException)
        {
            return null;
        }

        var layers = new List<Module<T>>();
        List<(string Kind, string Owner)> left = [.. _parts];
        foreach (Module<T> layer in fresh.Layers.Layers)
        {
            string? kind = layer switch { KanConv<T> => "kan convolution", KanLinear<T> => "kan", Linear<T> => "linear", ChannelBatchNorm<T> => "norm", _ => null };
            if (kind is null)
            {
                layers.Add(layer);
                continue;
            }

            // kinds are in order among themselves; a file may have all convolutions before all normalisations
            int next = left.FindIndex(part => part.Kind == kind);
            if (next < 0 || Layer(layer, left[next].Owner) is not { } read || !Same(layer, read))
                return null;
            layers.Add(read);
            left.RemoveAt(next);
        }

        return left.Count == 0 ? new ImageNetwork<T>(new Sequential<T>([.. layers]), fresh.Shape, preset.Name, fresh.Options) : null;
    }

    private int Intervals(string owner) => 2 * _tensors.Take(owner + "spline_weight", 3).Shape[2] - _tensors.Take(owner + "grid", 2).Shape[1] + 1;

    private Module<T>? Layer(Module<T> like, string owner)
    {
        NamedTensors<T> own = _tensors.Below(owner);
        try
        {
            switch (like)
            {
                case KanConv<T> conv:
                    int kernels = conv.Options.SharedKernels ? conv.OutputChannels / conv.InputChannels : conv.OutputChannels * conv.InputChannels;
                    return Kernels(owner) == kernels && own.Take("convs.0.conv.base_weight", 2).Shape == new Shape(1, Places)
                        ? PublishedLayers.ConvolutionalKan(own, conv.InputChannels, conv.OutputChannels, conv.Window, conv.Options.SharedKernels)
                        : null;
                case KanLinear<T>:
                    return PublishedLayers.EfficientKan(own);
                case Linear<T>:
                    return new Linear<T>(own.Take("weight", 2), own.Take("bias", 1));
                default:
                    var norm = new ChannelBatchNorm<T>(own.Take("weight", 1).Shape.Count);
                    own.CopyTo("weight", norm.Weight!.Value);
                    own.CopyTo("bias", norm.Bias!.Value);
                    own.CopyTo("running_mean", norm.RunningMean.Value);
                    own.CopyTo("running_var", norm.RunningVariance.Value);
                    return norm;
            }
        }
        catch (ArgumentException error)
        {
            _notes.Warn($"{owner.TrimEnd('.')}: {error.Message}");
            return null;
        }
    }

    private static bool Same(Module<T> left, Module<T> right) => Shapes(left).SequenceEqual(Shapes(right));

    private static IEnumerable<(string, Shape)> Shapes(Module<T> module) =>
        module.Parameters().Select(entry => (entry.Path, entry.Parameter.Shape)).Concat(module.States().Select(entry => (entry.Path, entry.State.Value.Shape)));

    private void Take(ImagePreset preset)
    {
        foreach ((string kind, string owner) in _parts)
        {
            _notes.Layer($"{owner.TrimEnd('.')}: {kind}{Count((kind, owner))}");
            foreach (string name in _names.Where(name => name.StartsWith(owner, StringComparison.Ordinal)))
                _notes.Take(name);
        }

        _notes.Assume($"architecture '{preset.Name}': {preset.Summary}");
    }
}
