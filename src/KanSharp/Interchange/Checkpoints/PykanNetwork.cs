using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>
/// Networks of pykan (MultKAN): <c>act_fun.{l}.grid</c> [I, G + 2k + 1], <c>.coef</c> [I, O, G + k], <c>.mask</c>, <c>.scale_base</c> and <c>.scale_sp</c> [I, O];
/// <c>symbolic_fun.{l}.mask</c> [O, I] and <c>.affine</c> [O, I, 4]; <c>subnode_scale_{l}</c>, <c>subnode_bias_{l}</c>, <c>node_scale_{l}</c>, <c>node_bias_{l}</c>.
/// The forward pass is the truth: a product takes as many sub-nodes as its arity says.
/// </summary>
internal sealed class PykanNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The tensor that tells a network of pykan.</summary>
    public const string Signature = "act_fun.0.coef";

    private readonly NamedTensors<T> _tensors;
    private readonly string _prefix;
    private readonly PykanConfig? _config;
    private readonly ImportNotes _notes;
    private readonly Activation _base;
    private readonly int _arity;
    private readonly bool _symbolic;

    private PykanNetwork(NamedTensors<T> tensors, string prefix, PykanConfig? config, ImportSettings settings, ImportNotes notes)
    {
        (_tensors, _prefix, _config, _notes) = (tensors.Below(prefix), prefix, config, notes);
        _base = settings.Text("base") is null && config?.BaseFunction is { } stored ? Stored(stored, config.FileName) : settings.Base(notes);
        _arity = settings.Count("arity", 1) ?? LevelShape.DefaultArity;
        _symbolic = config?.SymbolicEnabled ?? true;
    }

    /// <summary>Settings.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["base", "arity"];

    /// <summary>Reads a network.</summary>
    /// <exception cref="ArgumentException">A tensor is missing or does not fit.</exception>
    public static KanNetwork<T> Read(NamedTensors<T> tensors, string prefix, PykanConfig? config, ImportSettings settings, ImportNotes notes)
    {
        var reader = new PykanNetwork<T>(tensors, prefix, config, settings, notes);
        if (reader._tensors.RankOf(Signature) == 2)
            throw new ArgumentException("The file is of pykan before version 0.2, which kept one row for every edge; load it there, make a network of pykan 0.2 or later from it, and save that.");
        var stages = new List<KanStage<T>>();
        while (reader._tensors.Has(Name("act_fun", stages.Count, "coef")))
            stages.Add(reader.Stage(stages.Count));
        if (config?.Levels is { } levels && levels.Count != stages.Count + 1)
            throw new ArgumentException($"The state has {stages.Count} layers; {config.FileName} has {levels.Count} levels of nodes.");
        notes.Warn("if prune_input was used, the file does not say which columns are left: name them (--inputs)");
        return new KanNetwork<T>(stages);
    }

    private static string Name(string list, int layer, string part) => $"{list}.{layer.ToString(CultureInfo.InvariantCulture)}.{part}";

    private static string Name(string part, int layer) => $"{part}_{layer.ToString(CultureInfo.InvariantCulture)}";

    private static Activation Stored(string name, string file)
    {
        try
        {
            return Activation.FromName(name.Split('(')[0]);
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"{file} has the base function '{PyTorch.PickleValue.Shortened(name)}', which is not known; say it with base=NAME.");
        }
    }

    private KanStage<T> Stage(int layer)
    {
        Tensor<T> coefficients = Take(Name("act_fun", layer, "coef"), 3), knots = Take(Name("act_fun", layer, "grid"), 2);
        (int inputs, int outputs, int count) = (coefficients.Shape[0], coefficients.Shape[1], coefficients.Shape[2]);
        int degree = knots.Shape[1] - count - 1;
        Tensor<T> mask = Edges("mask");
        List<SymbolicEdge> edges = [];
        List<T> constants = [];
        if (_symbolic && _tensors.Has(Name("symbolic_fun", layer, "mask")))
            Symbolic(layer, mask, edges, constants);
        else if (_tensors.Has(Name("symbolic_fun", layer, "mask")))
            (_, _) = (Take(Name("symbolic_fun", layer, "mask"), 2), Take(Name("symbolic_fun", layer, "affine"), 3));
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = degree, Intervals = count - degree, Outside = OutsideGrid.Zero },
            BaseActivation = _base,
            Mask = true,
        };
        Tensor<T> values = _tensors.FromInputMajor(Name("act_fun", layer, "coef"));
        var numeric = new KanLinear<T>(inputs, outputs, options, new KanLinearTensors<T>(knots, values, Edges("scale_base"), Edges("scale_sp"), null, mask));
        var symbolic = edges.Count == 0 ? null : new SymbolicEdges<T>(inputs, outputs, edges, new Tensor<T>(new Shape(edges.Count, 4), [.. constants]));
        NodeStage<T>? nodes = Nodes(layer, outputs);
        _notes.Layer($"{_prefix}act_fun.{layer.ToString(CultureInfo.InvariantCulture)}: {inputs} → {outputs}, {BasisText.Of(numeric.Options)}, {edges.Count} symbolic edges");
        return new KanStage<T>(numeric, symbolic, nodes);

        Tensor<T> Edges(string part)
        {
            Tensor<T> tensor = Take(Name("act_fun", layer, part), _tensors.RankOf(Name("act_fun", layer, part)));
            return tensor.Shape == new Shape(inputs, outputs)
                ? tensor
                : throw new ArgumentException($"'{_prefix}{Name("act_fun", layer, part)}' has shape {tensor.Shape}; expected [{inputs}, {outputs}].");
        }
    }

    /// <summary>Collects the symbolic edges of a layer. Where a function is not known, the edge goes on with its spline, which is switched on if it was off.</summary>
    private void Symbolic(int layer, Tensor<T> numeric, List<SymbolicEdge> edges, List<T> constants)
    {
        (int inputs, int outputs) = (numeric.Shape[0], numeric.Shape[1]);
        Tensor<T> mask = Take(Name("symbolic_fun", layer, "mask"), 2), affine = Take(Name("symbolic_fun", layer, "affine"), 3);
        if (mask.Shape != new Shape(outputs, inputs) || affine.Shape != new Shape(outputs, inputs, 4))
            throw new ArgumentException($"The symbolic edges of layer {layer} have masks {mask.Shape} and constants {affine.Shape}; expected [{outputs}, {inputs}] and [{outputs}, {inputs}, 4].");
        string[][]? names = _config?.Functions.GetValueOrDefault(layer);
        if (names is not null && (names.Length != outputs || names.Any(row => row.Length != inputs)))
            throw new ArgumentException($"{_config!.FileName} names the functions of layer {layer} for another number of edges than {outputs} × {inputs}.");
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                if (mask[o, i] == T.Zero)
                    continue;
                string? name = names?[o][i];
                CatalogFunction? function = name is null ? null : FunctionCatalog.Pykan.Find(name) ?? FunctionCatalog.Standard.Find(name);
                if (function is null or { HasExponent: true })
                {
                    if (numeric[i, o] == T.Zero)
                        numeric[i, o] = T.One;
                    _notes.Warn($"edge ({layer}, {i}, {o}) has {(name is null ? "a symbolic function whose name is not in the file" : $"the unknown function '{PyTorch.PickleValue.Shortened(name)}'")}: its spline stands in for it");
                    continue;
                }

                edges.Add(new SymbolicEdge(i, o, function));
                constants.AddRange([affine[o, i, 0], affine[o, i, 1], mask[o, i] * affine[o, i, 2], mask[o, i] * affine[o, i, 3]]);
            }
        }
    }

    private NodeStage<T>? Nodes(int layer, int subnodes)
    {
        LevelShape level = _config?.Levels is { } levels
            ? layer + 1 < levels.Count ? levels[layer + 1] : throw new ArgumentException($"The state has more layers than {_config.FileName} has levels.")
            : Guess(layer, subnodes);
        if (level.Subnodes != subnodes)
            throw new ArgumentException($"Layer {layer} has {subnodes} outputs; the nodes {level} above it are made of {level.Subnodes}.");
        var stage = new NodeStage<T>(level.Sums, level.Arities, _config?.AffineTrainable ?? false);
        foreach ((string path, Parameter<T> parameter) in stage.Parameters())
        {
            if (!_tensors.Has(Name(path, layer)))
                continue;
            _tensors.CopyTo(Name(path, layer), parameter.Value);
            _notes.Take(_prefix + Name(path, layer));
        }

        return stage.IsIdentity ? null : stage;
    }

    /// <summary>Without a configuration: products of one arity, as many as make up for the difference between sub-nodes and nodes.</summary>
    private LevelShape Guess(int layer, int subnodes)
    {
        int nodes = _tensors.Has(Name("node_scale", layer)) ? _tensors.Take(Name("node_scale", layer), 1).Shape.Count : subnodes;
        if (nodes == subnodes)
            return new LevelShape(nodes);
        int products = _arity > 1 ? (subnodes - nodes) / (_arity - 1) : 0;
        if (products < 1 || products > nodes || nodes - products + products * _arity != subnodes)
            throw new ArgumentException($"Layer {layer} has {subnodes} sub-nodes for {nodes} nodes, which products of {_arity} factors do not give; say the arity with arity=N, or put NAME_config.yml beside the state.");
        _notes.Assume($"{products} products of {_arity} factors after layer {layer} (arity=N says otherwise)");
        return new LevelShape(nodes - products, [.. Enumerable.Repeat(_arity, products)]);
    }

    private Tensor<T> Take(string name, int rank)
    {
        Tensor<T> tensor = _tensors.Take(name, rank);
        _notes.Take(_prefix + name);
        return tensor;
    }
}
