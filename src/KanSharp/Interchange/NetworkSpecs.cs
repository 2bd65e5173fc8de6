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
            KanNetwork<T> kan => new ModelSpec(Kan, [.. kan.Stages.Select(Describe)], [], null, frozen, SelectionOf(kan), null),
            Mlp<T> mlp => new ModelSpec(Mlp, [], mlp.Widths, mlp.Activation.Name, frozen, null, null),
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

    private static KanLayerSpec Describe<T>(KanStage<T> stage)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
            stage.Inputs, stage.Subnodes, stage.Numeric.Options, stage.Symbolic?.Edges ?? [], stage.Nodes is { } nodes ? new LevelShape(nodes.Sums, nodes.Arities) : null);

    private static SelectionSpec? SelectionOf<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        network.SelectsInputs ? new SelectionSpec(network.Features, network.InputSelection) : null;

    private static KanNetwork<T> BuildKan<T>(ModelSpec spec, TensorSource tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stages = new List<KanStage<T>>();
        long held = tensors.Count;
        long tables = 0;
        foreach (KanLayerSpec layer in spec.Layers)
        {
            string number = stages.Count.ToString(CultureInfo.InvariantCulture), prefix = $"layers.{number}.";
            (int inputs, int outputs, KanLinearOptions options) = (layer.Inputs, layer.Outputs, layer.Options);
            options.Validate();
            if (options.Basis is BSplineOptions spline)
                tables = checked(tables + BSplineTable.Numbers(Math.Max(0, inputs), spline.Intervals, spline.Degree, spline.Outside));
            if (tables > SmallTables && tables / MostPerNumber > held)
                throw new ArgumentException(
                    $"The basis tables up to layer {stages.Count} take {tables} numbers, more than {MostPerNumber} times the {held} numbers of the file; above {SmallTables} that is refused. A lower degree needs less.");
            var edges = new Shape(inputs, outputs);
            BasisPart[] parts = BasisParts.Of(options.Basis, inputs, outputs);
            Tensor<T>[] family = [.. parts.Select(part => tensors.Take<T>(prefix + part.Name, part.Shape))];
            var numeric = new KanLinear<T>(inputs, outputs, options, new KanLinearTensors<T>(
                options.IsSpline ? family[0] : null,
                tensors.Take<T>(prefix + "coefficients", new Shape(inputs, options.Basis.Count, outputs)),
                options.BaseActivation is null ? null : tensors.Take<T>(prefix + "base_weight", edges),
                options.EdgeScale ? tensors.Take<T>(prefix + "edge_scale", edges) : null,
                options.Bias ? tensors.Take<T>(prefix + "bias", new Shape(outputs)) : null,
                options.Mask ? tensors.Take<T>(prefix + "mask", edges) : null)
            {
                Family = options.IsSpline ? [] : family,
                Mapping = BuildMapping<T>(inputs, options, tensors, prefix + "norm."),
            });
            stages.Add(new KanStage<T>(numeric, BuildSymbolic<T>(layer, tensors, $"symbolic.{number}."), BuildNodes<T>(layer, tensors, $"nodes.{number}.")));
        }

        return new KanNetwork<T>(stages, spec.Selection?.Features, spec.Selection?.Columns);
    }

    private static InputMapping<T>? BuildMapping<T>(int inputs, KanLinearOptions options, TensorSource tensors, string prefix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        InputMapping<T>? mapping = InputMapping<T>.Create(inputs, options.Normalization, options.Squash);
        if (mapping?.Norm is not { } norm)
            return mapping;
        foreach ((string path, Parameter<T> parameter) in norm.Parameters())
            tensors.Take<T>(prefix + path, parameter.Shape).Span.CopyTo(parameter.Value.Span);
        foreach ((string path, StateTensor<T> state) in norm.States())
            tensors.Take<T>(prefix + path, state.Value.Shape).Span.CopyTo(state.Value.Span);
        return mapping;
    }

    private static SymbolicEdges<T>? BuildSymbolic<T>(KanLayerSpec layer, TensorSource tensors, string prefix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = layer.Symbolic.Count;
        if (count == 0)
            return null;
        return new SymbolicEdges<T>(
            layer.Inputs, layer.Outputs, layer.Symbolic, tensors.Take<T>(prefix + "affine", new Shape(count, 4)),
            layer.Symbolic.Any(edge => edge.Function.HasExponent) ? tensors.Take<T>(prefix + "exponents", new Shape(count)) : null);
    }

    private static NodeStage<T>? BuildNodes<T>(KanLayerSpec layer, TensorSource tensors, string prefix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (layer.Nodes is not { } nodes)
            return null;

        // the numeric edges were in the file: memory is taken for no more sub-nodes than they have
        if (nodes.Subnodes != layer.Outputs)
            throw new ArgumentException($"The nodes {nodes} are made of {nodes.Subnodes} sub-nodes, but the layer has {layer.Outputs} outputs.");
        var stage = new NodeStage<T>(nodes.Sums, nodes.Arities, trainable: true);
        foreach ((string path, Parameter<T> parameter) in stage.Parameters())
            tensors.Take<T>(prefix + path, parameter.Shape).Span.CopyTo(parameter.Value.Span);
        return stage;
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
