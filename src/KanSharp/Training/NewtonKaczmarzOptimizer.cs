using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training.Kaczmarz;

namespace KanSharp.Training;

/// <summary>
/// Takes the steps of <see cref="NewtonKaczmarz"/>. Nothing is carried from one round to the next but the network itself and the units of hidden values, half
/// the ranges that their grids had in the beginning: if they grew with the grids, long steps would make longer ones.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class NewtonKaczmarzOptimizer<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[][] _units;
    private readonly RoundWork<T> _work;

    internal NewtonKaczmarzOptimizer(Module<T> module, NewtonKaczmarz options, Executor? executor)
        : base(module, [], executor)
    {
        Options = options;
        Network = module as KanNetwork<T>
            ?? throw new ArgumentException($"Newton-Kaczmarz trains a KanNetwork, whose layers it knows; this is a {module.GetType().Name}. Use another optimiser.", nameof(module));
        if (!Network.IsPlain)
            throw new ArgumentException($"Newton-Kaczmarz trains networks of numeric layers alone; this one ({Network.Shape}) has symbolic edges, product nodes, node scales or chosen inputs. Use LevenbergMarquardt or Lbfgs.", nameof(module));
        for (int index = 0; index < Network.Layers.Count; index++)
        {
            KanLinear<T> layer = Network.Layers[index];
            if (!layer.HasFreeGrid)
                throw new ArgumentException($"Layer {index} has {BasisText.Of(layer.Options)}; Newton-Kaczmarz trains B-splines that see their inputs as they come. Use another optimiser.", nameof(module));
            if (layer.EdgeScale is not null && !(layer.EdgeScale.Trainable && layer.Coefficients.Trainable))
                throw new ArgumentException($"Layer {index} has edge scales, which Newton-Kaczmarz multiplies into the coefficients, but scales or coefficients are frozen. Train both, or create the layer with EdgeScale = false.", nameof(module));
        }

        _units = RowUnits.OfLayers(Network);
        _work = new RoundWork<T>(Network, options, _units, Executor);
    }

    /// <summary>The settings.</summary>
    public NewtonKaczmarz Options { get; }

    /// <summary>The network.</summary>
    public KanNetwork<T> Network { get; }

    /// <summary>The record of the last round whose residual was not finite, counted in its inputs; −1 for none. Then the round changed nothing.</summary>
    public int FailedRecord { get; private set; } = -1;

    /// <summary>One round: a step for each record or block, in their order.</summary>
    /// <param name="inputs">Row-major [N, inputs].</param>
    /// <param name="targets">Row-major [N, outputs].</param>
    /// <param name="targetScale">Typical deviation of every target, positive, the same in every round.</param>
    /// <param name="weights">One non-negative weight per record, multiplied into α after division by the largest; none by default.</param>
    /// <param name="learningRateFactor">Factor on α.</param>
    /// <returns>Mean squared residual, each taken before its record's step; NaN after a failure.</returns>
    /// <exception cref="ArgumentException">Lengths that do not fit.</exception>
    public unsafe double Step(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<double> targetScale, ReadOnlySpan<T> weights = default, double learningRateFactor = 1)
    {
        int features = Network.Layers[0].Inputs, outputs = Network.Layers[^1].Outputs, count = inputs.Length / features;
        if (inputs.Length != (long)count * features || targets.Length != (long)count * outputs || targetScale.Length != outputs || (!weights.IsEmpty && weights.Length != count))
            throw new ArgumentException($"{inputs.Length} input values, {targets.Length} target values, {targetScale.Length} target scales and {weights.Length} weights do not fit a network of {features} inputs and {outputs} outputs.", nameof(inputs));
        fixed (T* x = inputs)
        fixed (T* y = targets)
        fixed (T* w = weights)
        {
            var records = new RowRecords<T> { Inputs = x, Targets = y, Weights = w, LargestWeight = Largest(weights), Count = count };
            RowPass pass = Run(records, targetScale, Options.LearningRate * learningRateFactor);
            return pass.Failed >= 0 ? double.NaN : pass.Weight > 0 ? pass.Loss / pass.Weight : 0;
        }
    }

    /// <summary>One round over chosen samples: a step for each record or block, in the order given.</summary>
    /// <param name="data">Samples with target values.</param>
    /// <param name="rows">Which samples.</param>
    /// <param name="targetScale">Typical deviation of every target, positive, the same in every round.</param>
    /// <param name="learningRateFactor">Factor on α.</param>
    /// <returns>Mean squared residual, each taken before its record's step; NaN after a failure.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network, or a row is not there.</exception>
    public unsafe double Step(TrainingData<T> data, ReadOnlySpan<int> rows, ReadOnlySpan<double> targetScale, double learningRateFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        int features = Network.Layers[0].Inputs, outputs = Network.Layers[^1].Outputs;
        if (data.Targets is null || data.Inputs.Shape.Count != (long)data.Count * features || data.Targets.Shape.Count != (long)data.Count * outputs || targetScale.Length != outputs)
            throw new ArgumentException($"The data and {targetScale.Length} target scales do not fit a network of {features} inputs and {outputs} outputs.", nameof(data));
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)data.Count)
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"Rows are 0 to {data.Count - 1}.");
        }

        fixed (T* x = data.Inputs.Span)
        fixed (T* y = data.Targets.Span)
        fixed (T* w = data.Weights)
        fixed (int* order = rows)
        {
            var records = new RowRecords<T> { Inputs = x, Targets = y, Weights = w, LargestWeight = Largest(data.Weights), Order = order, Count = rows.Length };
            RowPass pass = Run(records, targetScale, Options.LearningRate * learningRateFactor);
            return pass.Failed >= 0 ? double.NaN : pass.Weight > 0 ? pass.Loss / pass.Weight : 0;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Without effect: there is nothing to forget.</remarks>
    public override void Reset(string? path = null)
    {
    }

    internal override IStepper CreateStepper(StepperContext<T> context) => new RowStepper<T>(this, context);

    internal override void Save(StateWriter<T> state)
    {
        for (int layer = 1; layer < _units.Length; layer++)
            state.Write($"units/{layer}", Array.ConvertAll(_units[layer], T.CreateTruncating));
    }

    internal override void Load(StateReader<T> state)
    {
        for (int layer = 1; layer < _units.Length; layer++)
        {
            var units = new T[_units[layer].Length];
            state.Read($"units/{layer}", units);
            for (int input = 0; input < units.Length; input++)
                _units[layer][input] = double.CreateTruncating(units[input]);
        }
    }

    internal RowPass Run(in RowRecords<T> records, ReadOnlySpan<double> targetScale, double relaxation)
    {
        RowPass pass = _work.Run(records, targetScale, new RowSettings(Options.Form, relaxation, Options.Damping));
        FailedRecord = pass.Failed;
        return pass;
    }

    internal static T Largest(ReadOnlySpan<T> weights)
    {
        T largest = T.Zero;
        foreach (T weight in weights)
            largest = T.Max(largest, weight);
        return largest > T.Zero ? largest : T.One;
    }
}
