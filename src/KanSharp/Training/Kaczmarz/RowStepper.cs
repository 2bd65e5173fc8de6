using System.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Rounds of Newton-Kaczmarz steps over samples in memory.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed unsafe class RowStepper<T> : IStepper
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingData<T> _data;
    private readonly NewtonKaczmarzOptimizer<T> _optimizer;
    private readonly StepPlan _plan;
    private readonly double[] _targetScale;
    private readonly T _largestWeight;

    public RowStepper(NewtonKaczmarzOptimizer<T> optimizer, StepperContext<T> context)
    {
        TrainingData<T> data = _data = context.Objective.Reader.Data;
        _optimizer = optimizer;
        _plan = context.Plan;
        int inputs = optimizer.Network.Layers[0].Inputs, outputs = optimizer.Network.Layers[^1].Outputs;
        if (data.Targets is null || context.Options.Loss is not (null or MeanSquaredError))
            throw new ArgumentException($"Newton-Kaczmarz minimises squared errors of target values; {(data.Targets is null ? "the data have class indices" : $"the loss is '{context.Options.Loss!.Name}'")}. Use another optimiser.", nameof(context));
        if (context.Objective.HasCallersPenalty)
            throw new ArgumentException("Newton-Kaczmarz follows residuals alone and can not take a Penalty of FitHooks into account. Use another optimiser.", nameof(context));
        if (data.Inputs.Shape.Count != (long)data.Count * inputs || data.Targets.Shape.Count != (long)data.Count * outputs)
            throw new ArgumentException($"Inputs have shape {data.Inputs.Shape} and targets {data.Targets.Shape}; the network takes [N, {inputs}] and gives [N, {outputs}].", nameof(data));
        _targetScale = new double[outputs];
        RowUnits.OfTargets<T>(data.Targets.Span[..(Math.Min(data.Count, RowUnits.Sample) * outputs)], _targetScale);
        _largestWeight = NewtonKaczmarzOptimizer<T>.Largest(data.Weights);
    }

    public double Loss { get; private set; }

    public double Penalty => 0;

    public double Weight { get; private set; }

    public bool Converged => false;

    public double LossWithinStep => double.PositiveInfinity;

    public long Samples { get; private set; }

    public string? Take(ReadOnlySpan<int> rows, long step, double rateFactor)
    {
        Samples = rows.Length;
        fixed (T* x = _data.Inputs.Span)
        fixed (T* y = _data.Targets!.Span)
        fixed (T* weights = _data.Weights)
        fixed (int* order = rows)
        {
            var records = new RowRecords<T> { Inputs = x, Targets = y, Weights = weights, LargestWeight = _largestWeight, Order = order, Count = rows.Length };
            RowPass pass = _optimizer.Run(records, _targetScale, _optimizer.Options.Relaxation(rateFactor, step, _plan.Steps));
            if (pass.Failed >= 0)
            {
                int row = rows[pass.Failed], inputs = _data.Inputs.Shape.Count / _data.Count, outputs = _data.Targets.Shape.Count / _data.Count;
                return RowFailure.Describe<T>(_data.Inputs.Span.Slice(row * inputs, inputs), _data.Targets.Span.Slice(row * outputs, outputs), row);
            }

            Weight = pass.Weight;
            Loss = pass.Weight > 0 ? pass.Loss / pass.Weight : 0;
            return null;
        }
    }
}
