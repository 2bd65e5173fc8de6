using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>An optimiser that moves every parameter along one gradient, in one pass over values, gradients and running averages.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class FirstOrderOptimizer<T> : GradientOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FirstOrderOptions _options;
    private readonly GradientPieces<T> _pieces;

    private protected FirstOrderOptimizer(Module<T> module, FirstOrderOptions options, Executor? executor)
        : base(module, options.Groups, executor)
    {
        _options = options;
        _pieces = new GradientPieces<T>(this);
    }

    /// <summary>The step's factor on the learning rate, for the rules.</summary>
    private protected double RateFactor { get; private set; }

    /// <inheritdoc/>
    public override double Step(Func<double> evaluate, double learningRateFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ClearGradients();
        double loss = evaluate();
        Step(learningRateFactor);
        return loss;
    }

    /// <summary>One step with the gradients that the parameters hold now; they are not cleared.</summary>
    /// <param name="learningRateFactor">Factor on the learning rate, from a schedule.</param>
    /// <param name="maxNorm">Gradients are scaled down together so that their Euclidean norm is at most this; no limit by default.</param>
    /// <param name="maxValue">Every gradient element is limited to ± this, after <paramref name="maxNorm"/>; no limit by default.</param>
    /// <returns>
    /// Path of the first parameter with a non-finite gradient (training has diverged, the parameters are spoilt); null if there is none.
    /// </returns>
    public string? Step(double learningRateFactor = 1, double maxNorm = double.PositiveInfinity, double maxValue = double.PositiveInfinity)
    {
        RateFactor = learningRateFactor;
        double scale = double.IsPositiveInfinity(maxNorm) ? 1 : _pieces.ClippingFactor(maxNorm);
        foreach (ParameterSlot<T> slot in Slots)
            slot.Updates++;
        return _pieces.Update(T.CreateTruncating(scale), T.CreateTruncating(maxValue));
    }

    internal override IStepper CreateStepper(StepperContext<T> context) =>
        new BatchStepper<T>(context.Module, context.Objective, this, context.Plan, context.Options);

    /// <inheritdoc/>
    public override void Reset(string? path = null)
    {
        foreach (ParameterSlot<T> slot in Slots)
        {
            if (path is not null && slot.Path != path)
                continue;
            Array.Clear(slot.First);
            Array.Clear(slot.Second);
            slot.Updates = 0;
        }
    }

    /// <summary>Updates a range of one parameter with the rule of this optimiser; <see cref="ParameterSlot{T}.Updates"/> counts this step.</summary>
    internal abstract T Update(ParameterSlot<T> slot, int start, int count, T scale, T limit);

    internal override void Save(StateWriter<T> state)
    {
        foreach (ParameterSlot<T> slot in Slots)
        {
            state.Write($"{slot.Path}.first", slot.First);
            state.Write($"{slot.Path}.second", slot.Second);
            state.Write($"{slot.Path}.updates", slot.Updates);
        }
    }

    internal override void Load(StateReader<T> state)
    {
        foreach (ParameterSlot<T> slot in Slots)
        {
            state.Read($"{slot.Path}.first", slot.First);
            state.Read($"{slot.Path}.second", slot.Second);
            slot.Updates = state.ReadCount($"{slot.Path}.updates");
        }
    }

    internal override void CarryFrom(Optimizer<T> before, ParameterTransfer<T> transfer)
    {
        for (int index = 0; index < Slots.Length; index++)
        {
            (ParameterSlot<T> slot, ParameterSlot<T> old) = (Slots[index], before.Slots[index]);
            if (slot.First.Length > 0)
                transfer.Carry(Roles.First, slot.Path, old.First, slot.First);
            if (slot.Second.Length > 0)
                transfer.Carry(Roles.Second, slot.Path, old.Second, slot.Second);
            slot.Updates = old.Updates;
        }
    }

    /// <summary>What the running arrays of a parameter are.</summary>
    private protected virtual (StateRole First, StateRole Second) Roles => (StateRole.Gradient, StateRole.Square);

    private protected void AllocateMoments(int moments)
    {
        foreach (ParameterSlot<T> slot in Slots)
        {
            slot.First = moments > 0 ? new T[slot.Count] : [];
            slot.Second = moments > 1 ? new T[slot.Count] : [];
        }
    }

    /// <summary>The learning rate of a parameter in this step.</summary>
    private protected double Rate(ParameterSlot<T> slot) => _options.LearningRate * RateFactor * slot.RateFactor;

    /// <summary>The weight decay of a parameter.</summary>
    private protected double Decay(ParameterSlot<T> slot) => slot.Decays ? _options.WeightDecay : 0;
}
