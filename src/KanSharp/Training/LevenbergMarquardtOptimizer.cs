using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Training.LeastSquares;

namespace KanSharp.Training;

/// <summary>State of <see cref="LevenbergMarquardt"/> over the trainable parameters of a module. It needs residuals, so <see cref="Trainer"/> drives it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LevenbergMarquardtOptimizer<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal LevenbergMarquardtOptimizer(Module<T> module, LevenbergMarquardt options, Executor? executor)
        : base(module, [], executor)
    {
        Options = options;
        Damping = options.Damping;
    }

    /// <summary>Present damping, relative to the diagonal of JᵀJ.</summary>
    public double Damping { get; internal set; }

    /// <summary>Steps taken.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Steps tried and not taken.</summary>
    public long Rejected { get; internal set; }

    /// <summary>How the last step ended.</summary>
    public SolverStatus Status { get; internal set; }

    internal LevenbergMarquardt Options { get; }

    internal double Growth { get; set; } = 2;

    internal int SmallSteps { get; set; }

    internal override bool TakesAllData => true;

    /// <summary>Keeps the damping, which adapts within a few steps, and forgets how fast the loss fell.</summary>
    /// <param name="path">Ignored.</param>
    public override void Reset(string? path = null)
    {
        Status = SolverStatus.Continues;
        SmallSteps = 0;
    }

    internal override IStepper CreateStepper(StepperContext<T> context) => new LeastSquaresStepper<T>(context, this);

    /// <remarks>
    /// The damping is relative to the diagonal of JᵀJ, so it means the same on another grid. But a small one was earned by the old unknowns; with the new ones the first
    /// step is not bolder than a tenth of the first damping lets it be.
    /// </remarks>
    internal override void CarryFrom(Optimizer<T> before, ParameterTransfer<T> transfer) =>
        Damping = Math.Max(((LevenbergMarquardtOptimizer<T>)before).Damping, Options.Damping / 10);

    internal override void Save(StateWriter<T> state)
    {
        state.Write("accepted", Accepted);
        state.Write("rejected", Rejected);
        state.Write("damping", BitConverter.DoubleToInt64Bits(Damping));
        state.Write("growth", BitConverter.DoubleToInt64Bits(Growth));
        state.Write("small_steps", SmallSteps);
    }

    internal override void Load(StateReader<T> state)
    {
        Accepted = state.ReadCount("accepted");
        Rejected = state.ReadCount("rejected");
        Damping = BitConverter.Int64BitsToDouble(state.ReadCount("damping"));
        Growth = BitConverter.Int64BitsToDouble(state.ReadCount("growth"));
        SmallSteps = (int)state.ReadCount("small_steps");
    }
}
