using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>An optimiser that needs the loss over all data, evaluates it several times in a step and knows when it can not go on.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class FullBatchOptimizer<T> : GradientOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected FullBatchOptimizer(Module<T> module, Executor? executor)
        : base(module, [], executor)
    {
    }

    /// <summary>How the last step ended.</summary>
    public SolverStatus Status { get; private protected set; }

    /// <summary>Loss at the parameters that the last step ended with; +∞ before the first.</summary>
    public abstract double Loss { get; }

    /// <summary>Evaluations of the loss in all steps.</summary>
    public long Evaluations { get; private protected set; }

    /// <summary>Iterations in all steps.</summary>
    public long Iterations { get; private protected set; }

    internal override bool TakesAllData => true;

    internal override IStepper CreateStepper(StepperContext<T> context) => new FullBatchStepper<T>(context, this);

    internal override void Save(StateWriter<T> state)
    {
        state.Write("evaluations", Evaluations);
        state.Write("iterations", Iterations);
    }

    internal override void Load(StateReader<T> state)
    {
        Evaluations = state.ReadCount("evaluations");
        Iterations = state.ReadCount("iterations");
    }
}
