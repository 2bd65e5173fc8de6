using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Networks;

/// <summary>A multilayer perceptron: linear layers with an activation between them. The honest baseline of every comparison.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Mlp<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Linear<T>[] _layers;
    private readonly Module<T>[] _chain;

    private Mlp(Linear<T>[] layers, Activation activation)
    {
        _layers = layers;
        Activation = activation;
        var between = new ActivationLayer<T>(activation);
        _chain = [layers[0], .. layers.Skip(1).SelectMany(layer => new Module<T>[] { between, layer })];
        Members = [.. layers.Select((layer, index) => (Member<T>)($"layers.{index.ToString(CultureInfo.InvariantCulture)}", layer))];
    }

    /// <summary>The linear layers, input first.</summary>
    public IReadOnlyList<Linear<T>> Layers => _layers;

    /// <summary>The function after every layer but the last.</summary>
    public Activation Activation { get; }

    /// <summary>Nodes per level, inputs first: [13, 64, 64, 1].</summary>
    public IReadOnlyList<int> Widths => [_layers[0].Inputs, .. _layers.Select(layer => layer.Outputs)];

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Creates a perceptron with fresh parameters (Kaiming uniform weights, as PyTorch's linear layer).</summary>
    /// <param name="widths">Nodes per level, inputs first, at least two.</param>
    /// <param name="activation">The function between layers; SiLU if null.</param>
    /// <param name="seed">Seed of the initial values. Default 0.</param>
    /// <exception cref="ArgumentException">Fewer than two widths, or a width below 1.</exception>
    public static Mlp<T> Create(IReadOnlyList<int> widths, Activation? activation = null, ulong seed = 0)
    {
        NetworkWidths.Check(widths);
        var random = new SplitRandom(seed);
        var layers = new Linear<T>[widths.Count - 1];
        for (int index = 0; index < layers.Length; index++)
            layers[index] = Linear<T>.Create(widths[index], widths[index + 1], random.Split($"layers.{index.ToString(CultureInfo.InvariantCulture)}"));
        return new Mlp<T>(layers, activation ?? Activation.SiLU);
    }

    /// <summary>Computes the network: [..., inputs] to [..., outputs].</summary>
    public override Var<T> Forward(Var<T> x)
    {
        for (int index = 0; index < _layers.Length; index++)
        {
            x = _layers[index].Forward(x);
            if (index < _layers.Length - 1)
                x = x.Apply(Activation);
        }

        return x;
    }

    /// <summary>Computes the network and its derivative along the input's direction.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        for (int index = 0; index < _layers.Length; index++)
        {
            x = _layers[index].Forward(x);
            if (index < _layers.Length - 1)
                x = x.Apply(Activation);
        }

        return x;
    }

    /// <summary>
    /// Predicts rows without a tape and, in steady state, without allocating. Several threads may predict with one network at once, as long
    /// as none changes it.
    /// </summary>
    /// <param name="x">Inputs, row-major [rows, inputs].</param>
    /// <param name="y">Receives the outputs, row-major [rows, outputs]; must not overlap <paramref name="x"/>.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<T> x, Span<T> y, Executor? executor = null) => PredictRows(x, y, _layers[0].Inputs, executor);

    internal override RowPlan? Plan(int features) => ModuleChain<T>.Plan(_chain, features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        ModuleChain<T>.Evaluate(_chain, rows, x, y, executor);
}
