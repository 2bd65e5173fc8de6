using System.Globalization;
using System.Numerics;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Interchange;

/// <summary>
/// Networks as tensors with the names and layouts of public implementations, the way back to Python: <c>model.load_state_dict(safetensors.torch.load_file("model.safetensors"))</c>.
/// <see cref="PublishedLayers"/> reads such tensors.
/// </summary>
public static partial class PublishedTensors
{
    /// <summary>
    /// efficient-kan: <c>layers.{l}.base_weight</c> [O, I], <c>.spline_weight</c> [O, I, G + k], <c>.grid</c> [I, G + 2k + 1], and <c>.spline_scaler</c> [O, I] where edges have a
    /// scale. Masks are multiplied in.
    /// </summary>
    /// <param name="network">Numeric layers of B-splines without bias, normalisation, formulas and products.</param>
    /// <exception cref="NotSupportedException">The network has a part that efficient-kan has not; the message names it.</exception>
    public static PublishedModel EfficientKan<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.SelectsInputs || network.Stages.Any(stage => stage.Symbolic is not null || stage.Nodes is { IsIdentity: false }))
            throw new NotSupportedException("efficient-kan has no formulas on edges, no products and node scales, and no choice of inputs; write pykan names for such a network.");
        List<SafetensorsTensor> tensors = [];
        for (int index = 0; index < network.Layers.Count; index++)
        {
            KanLinear<T> layer = network.Layers[index];
            CheckSplines(layer, "efficient-kan", index);
            if (layer.Bias is not null)
                throw new NotSupportedException($"Layer {index} has a bias; efficient-kan has none. Write pykan names, where it becomes subnode_bias.");
            string prefix = $"layers.{index.ToString(CultureInfo.InvariantCulture)}.";
            (int inputs, int outputs) = (layer.Inputs, layer.Outputs);
            T Mask(int i, int o) => layer.Mask is null ? T.One : layer.Mask.Value[i, o];
            tensors.Add(Matrix(prefix + "base_weight", outputs, inputs, (o, i) => layer.BaseWeight is null ? T.Zero : Product(Mask(i, o), layer.BaseWeight.Value[i, o])));
            int count = layer.Coefficients.Value.Shape[1];
            bool scaled = layer.EdgeScale is not null;
            var weight = new T[outputs * inputs * count];
            for (int at = 0; at < weight.Length; at++)
            {
                (int o, int i, int n) = (at / count / inputs, at / count % inputs, at % count);
                weight[at] = scaled ? layer.Coefficients.Value[i, n, o] : Product(Mask(i, o), layer.Coefficients.Value[i, n, o]);
            }

            tensors.Add(SafetensorsTensor.Create<T>(prefix + "spline_weight", weight, outputs, inputs, count));
            if (scaled)
                tensors.Add(Matrix(prefix + "spline_scaler", outputs, inputs, (o, i) => Product(Mask(i, o), layer.EdgeScale!.Value[i, o])));
            tensors.Add(SafetensorsTensor.Create<T>(prefix + "grid", layer.Knots.Value.Span, layer.Knots.Value.Shape[0], layer.Knots.Value.Shape[1]));
        }

        List<string> notes = SplineNotes(network);
        bool scales = network.Layers[0].EdgeScale is not null;
        if (network.Layers.Any(layer => layer.EdgeScale is not null != scales))
            notes.Add("Some layers have edge scales and others not; efficient-kan's KAN gives all layers the same, so build its KANLinear layers one by one.");
        notes.Add($"Build it with KAN([{string.Join(", ", network.Widths)}], grid_size={network.Layers[0].Options.Spline.Intervals}, spline_order={network.Layers[0].Options.Spline.Degree}){(scales ? "" : ", its layers with enable_standalone_scale_spline=False")}.");
        return new PublishedModel(new SafetensorsFile(tensors, Metadata("efficient-kan", notes)), notes);
    }

    /// <summary>What all exports of B-splines say.</summary>
    private static List<string> SplineNotes<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<string> notes = [];
        if (network.Layers.Any(layer => layer.Options.Spline.Outside == OutsideGrid.Linear && !layer.IsOff))
            notes.Add("Outside the grid the network continues its splines along their tangents; in Python they vanish there, so predictions agree for values inside the grids of all layers only.");
        foreach (Activation activation in network.Layers.Where(layer => layer.BaseWeight is not null && layer.Options.BaseActivation != Activation.SiLU).Select(layer => layer.Options.BaseActivation!).Distinct())
            notes.Add($"The base branch has the function {activation} and not SiLU; the model in Python must be built with it.");
        (int, int)[] sizes = [.. network.Layers.Select(layer => (layer.Options.Spline.Intervals, layer.Options.Spline.Degree)).Distinct()];
        if (sizes.Length > 1)
            notes.Add("Layers have different grids or degrees; the model in Python must be built layer by layer.");
        return notes;
    }

    private static void CheckSplines<T>(KanLinear<T> layer, string target, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!layer.Options.IsSpline)
            throw new NotSupportedException($"Layer {index} has functions of family '{layer.Options.Basis.Family}'; {target} has B-splines.");
        if (layer.Mapping is not null)
            throw new NotSupportedException($"Layer {index} normalises or bounds its inputs; {target} does not.");
    }

    private static Dictionary<string, string> Metadata(string format, List<string> notes) => new() { ["format"] = format, ["producer"] = "KanSharp", ["notes"] = string.Join(' ', notes) };

    private static SafetensorsTensor Matrix<T>(string name, int rows, int columns, Func<int, int, T> value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[rows * columns];
        for (int at = 0; at < values.Length; at++)
            values[at] = value(at / columns, at % columns);
        return SafetensorsTensor.Create<T>(name, values, rows, columns);
    }

    /// <summary>A masked number is 0 whatever it is.</summary>
    private static T Product<T>(T mask, T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => mask == T.Zero ? T.Zero : mask * value;
}
