using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>What the steps of a training run are made with.</summary>
/// <param name="Module">The module.</param>
/// <param name="Objective">Loss and penalties, with the training data.</param>
/// <param name="Plan">Sizes of passes and steps.</param>
/// <param name="Options">The options of the run.</param>
/// <param name="CheckInterruption">Throws if training should stop; for steps that take long, to be called before every pass.</param>
internal sealed record StepperContext<T>(Module<T> Module, Objective<T> Objective, StepPlan Plan, FitOptions Options, Action CheckInterruption)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
