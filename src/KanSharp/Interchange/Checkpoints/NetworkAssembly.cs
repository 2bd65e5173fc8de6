using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>
/// Makes one network of layers and normalisations. A normalisation before a layer becomes that of the layer. Outside training a batch normalisation is an affine map of
/// every output, which the layer before it can take into its coefficients and a bias; what nothing else can take stands before a layer of identities.
/// </summary>
internal sealed class NetworkAssembly<T>(ImportNotes notes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<KanLinear<T>> _layers = [];
    private string _last = "the input";
    private Module<T>? _pending;

    /// <summary>Puts a module at the end.</summary>
    /// <exception cref="ArgumentException">It does not take what comes before it.</exception>
    public void Add(FoundModule<T> module)
    {
        string name = module.Owner.Length == 0 ? "the layer" : module.Owner.TrimEnd('.');
        if (module.Layer is { } layer)
        {
            Expect(layer.Inputs, name);
            if (_pending is not null && !CanNormalize(layer))
                Settle();
            KanLinear<T> made = _pending is null ? layer : Normalized(layer, _pending);
            notes.Layer($"{name}: {layer.Inputs} → {layer.Outputs}, {BasisText.Of(made.Options)}{(made.Options.BaseActivation is { } branch ? $", base {branch.Name}" : "")}");
            _layers.Add(made);
            (_pending, _last) = (null, name);
        }

        if (module.Norm is { } norm)
        {
            if (_pending is not null)
                Settle();
            if (_layers.Count > 0)
                Expect(module.Features, name);
            _pending = norm;
            if (module.Layer is null)
                notes.Layer($"{name}: {(norm is LayerNorm<T> ? "layer" : "batch")} normalisation of {module.Features}");
        }
    }

    /// <summary>The network.</summary>
    public KanNetwork<T> Finish()
    {
        if (_pending is not null)
            Settle();
        return new KanNetwork<T>(_layers);
    }

    private void Expect(int inputs, string name)
    {
        int before = _layers.Count > 0 ? _layers[^1].Outputs : (_pending as LayerNorm<T>)?.Features ?? (_pending as BatchNorm<T>)?.Features ?? inputs;
        if (before != inputs)
            throw new ArgumentException($"{name} takes {inputs} inputs, but {_last} before it gives {before}: a layer of another kind stands between them, or their order is another; prefix=TEXT chooses what names begin with.");
    }

    private static bool CanNormalize(KanLinear<T> layer) =>
        layer.Options.Normalization == InputNormalization.None && !(layer.Options.BaseOnRawInput && layer.BaseWeight is not null);

    /// <summary>Lets something else than the next layer take the normalisation.</summary>
    private void Settle()
    {
        if (_pending is BatchNorm<T> batch && _layers.Count > 0)
        {
            _layers[^1] = Folded(_layers[^1], batch);
            notes.Assume($"the batch normalisation after {_last} became part of its coefficients and a bias, as it is outside training");
        }
        else
        {
            int features = (_pending as LayerNorm<T>)?.Features ?? ((BatchNorm<T>)_pending!).Features;
            _layers.Add(Normalized(Identities(features), _pending!));
            notes.Layer($"{features} → {features}, identities, for the normalisation after {_last}");
        }

        _pending = null;
    }

    private static KanLinear<T> Normalized(KanLinear<T> layer, Module<T> norm)
    {
        InputNormalization kind = norm is LayerNorm<T> ? InputNormalization.LayerNorm : InputNormalization.BatchNorm;
        InputMapping<T> mapping = InputMapping<T>.Create(layer.Inputs, kind, layer.Options.Squash)!;
        foreach (((_, Parameter<T> from), (_, Parameter<T> to)) in norm.Parameters().Zip(mapping.Norm!.Parameters()))
            from.Value.Span.CopyTo(to.Value.Span);
        foreach (((_, StateTensor<T> from), (_, StateTensor<T> to)) in norm.States().Zip(mapping.Norm.States()))
            from.Value.Span.CopyTo(to.Value.Span);
        return new KanLinear<T>(layer.Inputs, layer.Outputs, layer.Options with { Normalization = kind }, layer.CopyTensors() with { Mapping = mapping });
    }

    /// <summary>y → γ·(y − mean)/√(var + ε) + β for every output of a layer.</summary>
    private static KanLinear<T> Folded(KanLinear<T> layer, BatchNorm<T> norm)
    {
        KanLinearTensors<T> tensors = layer.CopyTensors();
        int outputs = layer.Outputs;
        var scale = new T[outputs];
        Tensor<T> bias = tensors.Bias ?? new Tensor<T>(new Shape(outputs));
        for (int o = 0; o < outputs; o++)
        {
            scale[o] = norm.Weight!.Value[o] / T.Sqrt(norm.RunningVariance.Value[o] + T.CreateTruncating(norm.Epsilon));
            bias[o] = scale[o] * (bias[o] - norm.RunningMean.Value[o]) + norm.Bias!.Value[o];
        }

        foreach (Tensor<T>? part in new[] { tensors.Coefficients, tensors.BaseWeight })
        {
            for (int index = 0; index < (part?.Shape.Count ?? 0); index++)
                part!.Span[index] *= scale[index % outputs];
        }

        return new KanLinear<T>(layer.Inputs, outputs, layer.Options with { Bias = true }, tensors with { Bias = bias });
    }

    private static KanLinear<T> Identities(int count)
    {
        var options = new KanLinearOptions { Basis = new PolynomialOptions { Degree = 1 }, BaseActivation = Activation.Identity, EdgeScale = false };
        var weight = new Tensor<T>(new Shape(count, count));
        for (int index = 0; index < count; index++)
            weight[index, index] = T.One;
        return new KanLinear<T>(count, count, options, new KanLinearTensors<T>(null, new Tensor<T>(new Shape(count, options.Basis.Count, count)), weight, null, null, null));
    }
}
