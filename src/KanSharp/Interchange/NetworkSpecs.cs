using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Interchange;

/// <summary>Between networks and their description in a model file.</summary>
internal static class NetworkSpecs
{
    public const string Kan = "kan";
    public const string Mlp = "mlp";

    /// <summary>Basis tables up to this size (1 GiB in double precision) are never refused.</summary>
    private const long SmallTables = 1L << 27;

    /// <summary>Numbers in larger basis tables per number in the file. Degrees up to 7 always stay below.</summary>
    private const long MostPerNumber = 64;

    /// <summary>Describes a network.</summary>
    /// <exception cref="NotSupportedException">A module of a kind that model files do not know.</exception>
    public static ModelSpec Describe<T>(Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string[] frozen = [.. network.Parameters().Where(entry => !entry.Parameter.Trainable).Select(entry => entry.Path)];
        return network switch
        {
            KanNetwork<T> kan => new ModelSpec(
                Kan, [.. kan.Layers.Select(layer => new KanLayerSpec(layer.Inputs, layer.Outputs, layer.Options))], [], null, frozen, null),
            Mlp<T> mlp => new ModelSpec(Mlp, [], mlp.Widths, mlp.Activation.Name, frozen, null),
            _ => throw new NotSupportedException($"A model file can not describe a {network.GetType().Name}; it holds a KanNetwork or an Mlp."),
        };
    }

    /// <summary>Builds the network that a file describes.</summary>
    /// <exception cref="ModelFileException">A tensor is missing, does not fit or is too many.</exception>
    /// <exception cref="ArgumentException">The structure is not possible.</exception>
    public static Module<T> Build<T>(ModelSpec spec, TensorSource tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Module<T> network = spec.Kind == Kan ? BuildKan<T>(spec, tensors) : BuildMlp<T>(spec, tensors);
        tensors.RequireAllTaken();
        foreach (string path in spec.Frozen)
            network.SetTrainable(false, path);
        return network;
    }

    private static KanNetwork<T> BuildKan<T>(ModelSpec spec, TensorSource tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layers = new List<KanLinear<T>>();
        long held = tensors.Count;
        long tables = 0;
        foreach (KanLayerSpec layer in spec.Layers)
        {
            string prefix = $"layers.{layers.Count.ToString(CultureInfo.InvariantCulture)}.";
            (int inputs, int outputs, KanLinearOptions options) = layer;
            options.Validate();
            tables = checked(tables + BSplineTable.Numbers(Math.Max(0, inputs), options.Basis.Intervals, options.Basis.Degree, options.Basis.Outside));
            if (tables > SmallTables && tables / MostPerNumber > held)
                throw new ArgumentException(
                    $"The basis tables up to layer {layers.Count} take {tables} numbers, more than {MostPerNumber} times the {held} numbers of the file; above {SmallTables} that is refused. A lower degree needs less.");
            var edges = new Shape(inputs, outputs);
            layers.Add(new KanLinear<T>(inputs, outputs, options, new KanLinearTensors<T>(
                tensors.Take<T>(prefix + "knots", new Shape(inputs, checked(options.Basis.Intervals + 2 * options.Basis.Degree + 1))),
                tensors.Take<T>(prefix + "coefficients", new Shape(inputs, options.Basis.Count, outputs)),
                options.BaseActivation is null ? null : tensors.Take<T>(prefix + "base_weight", edges),
                options.EdgeScale ? tensors.Take<T>(prefix + "edge_scale", edges) : null,
                options.Bias ? tensors.Take<T>(prefix + "bias", new Shape(outputs)) : null,
                options.Mask ? tensors.Take<T>(prefix + "mask", edges) : null)));
        }

        return new KanNetwork<T>(layers);
    }

    private static Mlp<T> BuildMlp<T>(ModelSpec spec, TensorSource tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The weights must be in the file before memory for them is taken
        long weights = 0;
        for (int layer = 1; layer < spec.Widths.Count; layer++)
            weights = checked(weights + (long)spec.Widths[layer - 1] * spec.Widths[layer]);
        tensors.RequireAtLeast(weights);
        Mlp<T> mlp = Mlp<T>.Create(spec.Widths, Activation.FromName(spec.Activation!));
        foreach ((string path, Parameter<T> parameter) in mlp.Parameters())
            tensors.Take<T>(path, parameter.Shape).Span.CopyTo(parameter.Value.Span);
        return mlp;
    }
}
