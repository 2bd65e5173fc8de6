using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>An optimiser that needs nothing but loss and gradient, so that a loop of your own can drive it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class GradientOptimizer<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected GradientOptimizer(Module<T> module, IReadOnlyList<ParameterGroup> groups, Executor? executor)
        : base(module, groups, executor)
    {
    }

    /// <summary>Sets the gradients of all bound parameters to zero.</summary>
    public void ClearGradients()
    {
        foreach (ParameterSlot<T> slot in Slots)
            slot.Parameter.ClearGradient();
    }

    /// <summary>
    /// One step: calls <paramref name="evaluate"/>, which computes the loss at the current parameters and adds its gradient to them (they are
    /// cleared before), and moves the parameters.
    /// </summary>
    /// <param name="evaluate">Forward and backward pass; quasi-Newton methods call it several times.</param>
    /// <param name="learningRateFactor">Factor on the learning rate, from a schedule.</param>
    /// <returns>The loss before the step.</returns>
    public abstract double Step(Func<double> evaluate, double learningRateFactor = 1);
}
