using System.Globalization;
using System.Numerics;
using System.Text;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interchange;

/// <content>pykan.</content>
public static partial class PublishedTensors
{
    /// <summary>
    /// pykan (<c>MultKAN</c>): <c>act_fun.{l}.grid</c> [I, G + 2k + 1], <c>.coef</c> [I, O, G + k], <c>.mask</c>, <c>.scale_base</c>, <c>.scale_sp</c> [I, O], <c>symbolic_fun.{l}.mask</c>
    /// [O, I], <c>.affine</c> [O, I, 4], <c>subnode_scale_{l}</c>, <c>subnode_bias_{l}</c>, <c>node_scale_{l}</c>, <c>node_bias_{l}</c>, and the configuration with the names of the
    /// functions on edges. A bias of a layer becomes part of <c>subnode_bias</c>.
    /// </summary>
    /// <param name="network">Layers of B-splines without normalisation; formulas on edges, products and chosen inputs are taken.</param>
    /// <exception cref="NotSupportedException">The network has a part that pykan has not; the message names it.</exception>
    public static PublishedModel Pykan<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        List<SafetensorsTensor> tensors = [];
        var functions = new string[network.Stages.Count][][];
        for (int index = 0; index < network.Stages.Count; index++)
        {
            CheckSplines(network.Layers[index], "pykan", index);
            Numeric(tensors, network.Layers[index], index);
            functions[index] = Symbolic(tensors, network.Stages[index], index);
            Nodes(tensors, network.Stages[index], index);
        }

        List<string> notes = SplineNotes(network);
        if (network.SelectsInputs)
            notes.Add($"pykan keeps no choice of inputs in its files: after loading set model.input_id = torch.tensor([{string.Join(", ", network.InputSelection)}]).");
        if (network.Stages.Any(stage => stage.Symbolic?.Edges.Any(edge => edge.Function.Threshold is not null) == true))
            notes.Add("Edges have functions that avoid singularities; call the model with singularity_avoiding=True.");
        return new PublishedModel(new SafetensorsFile(tensors, Metadata("pykan", notes)), notes, Config(network, functions));
    }

    private static void Numeric<T>(List<SafetensorsTensor> tensors, KanLinear<T> layer, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string prefix = $"act_fun.{index.ToString(CultureInfo.InvariantCulture)}.";
        (int inputs, int outputs, int count) = (layer.Inputs, layer.Outputs, layer.Coefficients.Value.Shape[1]);
        Tensor<T> knots = layer.Knots.Value, coefficients = layer.Coefficients.Value;
        tensors.Add(SafetensorsTensor.Create<T>(prefix + "grid", knots.Span, knots.Shape[0], knots.Shape[1]));
        var values = new T[inputs * outputs * count];
        for (int at = 0; at < values.Length; at++)
            values[at] = coefficients[at / count / outputs, at % count, at / count % outputs];
        tensors.Add(SafetensorsTensor.Create<T>(prefix + "coef", values, inputs, outputs, count));
        tensors.Add(Matrix(prefix + "mask", inputs, outputs, (i, o) => layer.Mask is null ? T.One : layer.Mask.Value[i, o]));
        tensors.Add(Matrix(prefix + "scale_base", inputs, outputs, (i, o) => layer.BaseWeight is null ? T.Zero : layer.BaseWeight.Value[i, o]));
        tensors.Add(Matrix(prefix + "scale_sp", inputs, outputs, (i, o) => layer.EdgeScale is null ? T.One : layer.EdgeScale.Value[i, o]));
    }

    /// <summary>Tensors of the symbolic edges.</summary>
    /// <returns>Names of the functions, [O][I].</returns>
    private static string[][] Symbolic<T>(List<SafetensorsTensor> tensors, KanStage<T> stage, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string prefix = $"symbolic_fun.{index.ToString(CultureInfo.InvariantCulture)}.";
        (int inputs, int outputs) = (stage.Inputs, stage.Subnodes);
        string[][] names = [.. Enumerable.Range(0, outputs).Select(_ => Enumerable.Repeat("0", inputs).ToArray())];
        T[] mask = new T[outputs * inputs], affine = new T[outputs * inputs * 4];
        for (int edge = 0; edge < (stage.Symbolic?.Edges.Count ?? 0); edge++)
        {
            (int input, int output, CatalogFunction function) = stage.Symbolic!.Edges[edge];
            if (FunctionCatalog.Pykan.Find(function.Name) is null)
                throw new NotSupportedException($"Edge ({index}, {input}, {output}) has the function '{function.Name}', which pykan does not have. Its functions: {string.Join(", ", FunctionCatalog.Pykan.Select(known => known.Name))}.");
            names[output][input] = function.Name;
            mask[(output * inputs) + input] = T.One;
            stage.Symbolic.Affine.Value.Row(edge).CopyTo(affine.AsSpan(((output * inputs) + input) * 4));
        }

        tensors.Add(SafetensorsTensor.Create<T>(prefix + "mask", mask, outputs, inputs));
        tensors.Add(SafetensorsTensor.Create<T>(prefix + "affine", affine, outputs, inputs, 4));
        return names;
    }

    private static void Nodes<T>(List<SafetensorsTensor> tensors, KanStage<T> stage, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string number = index.ToString(CultureInfo.InvariantCulture);
        T[] subnodeScale = Values(stage.Nodes?.SubnodeScale, stage.Subnodes, T.One), subnodeBias = Values(stage.Nodes?.SubnodeBias, stage.Subnodes, T.Zero);
        for (int subnode = 0; subnode < subnodeBias.Length && stage.Numeric.Bias is not null; subnode++)
            subnodeBias[subnode] += subnodeScale[subnode] * stage.Numeric.Bias.Value[subnode];
        tensors.Add(SafetensorsTensor.Create<T>($"subnode_scale_{number}", subnodeScale, stage.Subnodes));
        tensors.Add(SafetensorsTensor.Create<T>($"subnode_bias_{number}", subnodeBias, stage.Subnodes));
        tensors.Add(SafetensorsTensor.Create<T>($"node_scale_{number}", Values(stage.Nodes?.NodeScale, stage.Outputs, T.One), stage.Outputs));
        tensors.Add(SafetensorsTensor.Create<T>($"node_bias_{number}", Values(stage.Nodes?.NodeBias, stage.Outputs, T.Zero), stage.Outputs));

        static T[] Values(Parameter<T>? parameter, int count, T otherwise)
        {
            if (parameter is not null)
                return parameter.Value.Span.ToArray();
            var values = new T[count];
            Array.Fill(values, otherwise);
            return values;
        }
    }

    private static string Config<T>(KanNetwork<T> network, string[][][] functions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BSplineOptions[] splines = [.. network.Layers.Select(layer => layer.Options.Spline)];
        Activation? activation = network.Layers.FirstOrDefault(layer => layer.BaseWeight is not null)?.Options.BaseActivation;
        string[] widths = [$"[{network.Widths[0]}, 0]", .. network.Stages.Select(stage => stage.Nodes is { } nodes ? $"[{nodes.Sums}, {nodes.Arities.Count}]" : $"[{stage.Outputs}, 0]")];
        string[] arities = ["[]", .. network.Stages.Select(stage => $"[{string.Join(", ", stage.Nodes?.Arities ?? [])}]")];
        bool pairs = network.Stages.All(stage => stage.Nodes?.Arities.All(arity => arity == 2) != false);
        var text = new StringBuilder();
        Line("width", $"[{string.Join(", ", widths)}]");
        Line("grid", One(splines.Select(spline => spline.Intervals)));
        Line("k", One(splines.Select(spline => spline.Degree)));
        Line("mult_arity", pairs ? "2" : $"[{string.Join(", ", arities)}]");
        Line("base_fun_name", activation is null ? "zero" : activation == Activation.SiLU ? "silu" : activation == Activation.Identity ? "identity" : activation == Activation.Zero ? "zero" : activation.Name);
        Line("symbolic_enabled", "true");
        Line("affine_trainable", network.Stages.Any(stage => stage.Nodes?.SubnodeScale.Trainable == true) ? "true" : "false");
        Line("grid_eps", "0.02");
        Line("grid_range", string.Create(CultureInfo.InvariantCulture, $"[{splines[0].Low}, {splines[0].High}]"));
        Line("sp_trainable", network.Layers[0].Options.EdgeScaleTrainable ? "true" : "false");
        Line("sb_trainable", network.Layers[0].Options.BaseTrainable ? "true" : "false");
        Line("state_id", "0");
        Line("auto_save", "false");
        Line("ckpt_path", "./model");
        Line("round", "0");
        Line("device", "cpu");
        for (int layer = 0; layer < functions.Length; layer++)
            Line($"symbolic.funs_name.{layer.ToString(CultureInfo.InvariantCulture)}", $"[{string.Join(", ", functions[layer].Select(row => $"[{string.Join(", ", row.Select(name => $"'{name}'"))}]"))}]");
        return text.ToString();

        void Line(string key, string value) => text.Append(key).Append(": ").Append(value).Append('\n');

        static string One(IEnumerable<int> values)
        {
            int[] all = [.. values];
            return all.Distinct().Count() == 1 ? all[0].ToString(CultureInfo.InvariantCulture) : $"[{string.Join(", ", all)}]";
        }
    }
}
